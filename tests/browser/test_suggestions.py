"""What a box of the search proposes while one types in it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

OPTION = "[role=listbox] [role=option]"
POST = "/posts/2018/mooc-innovation-publique-bilan-a-mi-parcours.html"
MOVED = """window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def type_in(page, text):
    """Type *text* in the box of *page*; return what is proposed, as soon as that is all of it."""
    box = page.locator(".site-search input >> visible=true")
    box.press_sequentially(text)
    page.wait_for_selector(OPTION)
    # The last key has been heard.
    page.wait_for_timeout(150)
    return page.locator(OPTION).all_inner_texts()


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["/", POST, "/search.html"])
def test_labels_and_titles_are_proposed_by_how_their_words_begin(open_page, path, phone):
    page = open_page(path, phone=phone)

    assert type_in(page, "ete UNI") == [
        "université d’été Étiquette, 2\xa0billets",
        "Retour sur l’université d’été de l’innovation publique du Cnfpt 2018",
        "Retour sur l’université d’été de l’innovation publique du CNFPT 2017",
    ]
    page.click(f"{OPTION} >> nth=1")
    page.wait_for_url("**/posts/2018/retour-sur-*.html")


def test_the_keyboard_chooses_what_is_proposed_and_what_was_typed_stays(open_page):
    page = open_page(POST)
    proposed = type_in(page, "mooc")
    box = page.locator("#recherche")

    def read_chosen():
        chosen = page.locator("[aria-selected=true]")
        active = box.get_attribute("aria-activedescendant")
        assert active == (chosen.get_attribute("id") if chosen.count() else None)
        return chosen.all_inner_texts()

    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "true")
    assert page.locator(f"#{box.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    for key, chosen in (
        ("ArrowDown", proposed[:1]),
        ("ArrowDown", proposed[1:2]),
        ("ArrowUp", proposed[:1]),
        ("ArrowUp", []),
        ("ArrowUp", proposed[-1:]),
        ("ArrowDown", []),
    ):
        page.keyboard.press(key)
        assert read_chosen() == chosen
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert (box.input_value(), page.locator(OPTION).first.is_visible()) == ("mooc", False)
    page.keyboard.type("s")
    page.wait_for_timeout(150)
    assert not page.locator(OPTION).first.is_visible()
    page.keyboard.press("Backspace")
    page.wait_for_selector(OPTION)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tag/mooc/index.html")


def test_on_the_page_of_the_search_the_arrows_are_those_of_the_answers_once_the_list_is_closed(
    open_page,
):
    page = open_page("/search.html")
    type_in(page, "mooc")
    page.wait_for_selector(".result-title a")

    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")

    assert page.evaluate("document.activeElement.matches('.result-title a')")


def test_nothing_is_loaded_before_the_first_key_and_nothing_moves(open_page):
    page = open_page("/")
    page.add_init_script(MOVED)
    page.goto(page.url.rstrip("/") + POST)
    loaded = "performance.getEntriesByType('resource').filter(({ name }) => /suggest|titles/.test(name)).length"
    page.focus("#recherche")
    page.wait_for_timeout(200)
    assert page.evaluate(loaded) == 0

    type_in(page, "inno")

    assert page.evaluate(loaded) == 3
    assert page.evaluate("window.moved") == 0


def test_axe_finds_nothing_while_the_list_is_open(open_page):
    page = open_page("/", reduced_motion="reduce")
    type_in(page, "inno")
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE_SCRIPT)

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for mode in (
            {"color_scheme": "light"},
            {"color_scheme": "dark"},
            {"forced_colors": "active"},
        ):
            page.emulate_media(**mode)
            violations = page.evaluate("axe.run('.site-search')")["violations"]
            assert [(mode, each["id"]) for each in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("missing", ["**/_search/suggest.js", "**/_search/titles/**"])
def test_the_box_searches_where_nothing_can_be_proposed(open_page, missing):
    page = open_page("/")
    page.route(missing, lambda route: route.fulfill(status=404, body="<p>\tIci\tle\tportail</p>"))
    page.locator("#recherche").press_sequentially("retour")
    page.wait_for_timeout(150)

    page.keyboard.press("Enter")

    page.wait_for_url("**/search.html?q=retour")
