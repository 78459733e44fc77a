import importlib
import json
import re

import pytest

from tests.browser.conftest import serve

PAGES = ["/", "/tag/cnfpt/", "/2017/", "/archives/", "/glossaire.html", "/404.html"]


@pytest.fixture
def post(sink_site):
    """The address of a post, and the number that WordPress gave it."""
    table = json.loads(
        (sink_site.folder / "_static/old-addresses.json").read_text(encoding="utf-8")
    )
    return next(iter(table.items()))


def test_an_old_query_leads_to_its_post(open_sink, post):
    query, name = post
    page = open_sink(f"/?{query}")

    page.wait_for_url(re.compile(re.escape(name)))


def test_an_old_query_on_a_page_that_is_not_there_leads_to_its_post(open_sink, post):
    query, name = post
    page = open_sink(f"/vieux/dossier/?{query}")

    page.wait_for_url(re.compile(re.escape(name)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/?s=mooc", "/search.html?q=mooc"),
        ("/?m=20180622", "/2018/06/"),
        ("/?tag=cnfpt", "/tag/cnfpt/"),
        ("/tag/cnfpt/page/40/", "/tag/cnfpt/"),
        ("/glossaire.html/amp/", "/glossaire.html"),
        ("//tag/cnfpt/feed/rss2/", "/tag/cnfpt/"),
    ],
)
def test_an_old_address_that_needs_no_table_leads_on(open_page, old, new):
    page = open_page(old)

    page.wait_for_url(re.compile(f"//[^/]*{re.escape(new)}"))


def test_an_unknown_query_stays_on_the_home_page(open_page):
    page = open_page("/?p=999999&utm_source=x")
    page.wait_for_load_state("networkidle")

    assert page.locator("h1").count() == 1


def test_a_slug_leads_to_its_post(open_sink, post):
    slug = post[1].rpartition("/")[2].removesuffix(".html")
    page = open_sink(f"/{slug}/")

    page.wait_for_url(re.compile(re.escape(post[1])))


def test_a_missing_page_shows_the_way_on_from_any_depth(open_page):
    page = open_page("/il/n-y-a/rien/ici")
    page.click("text=Voir les billets les plus récents")

    page.wait_for_url("**/index.html")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(open_page, scripts):
    page = open_page("/", phone=True, java_script_enabled=scripts)
    parts = page.locator("#_menu :is(.menu-search, .site-menu-heading)").all_text_contents()
    assert parts[:3] == ["Recherche", "Catégories", "Années"]
    menu, button = page.locator("#_menu"), page.locator("button", has_text="Menu").first
    assert not menu.is_visible()

    button.focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")

    assert not menu.is_visible()
    assert button.evaluate("each => each === document.activeElement")


def test_the_menu_stands_open_on_a_wide_screen(open_page):
    page = open_page("/")

    assert page.locator("#_menu").is_visible()
    # The field is above it.
    assert not page.locator("#_menu >> text=Recherche").is_visible()
    assert not page.locator(".site-header .menu-button").is_visible()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_scrolls_sideways(open_page, path, width):
    page = open_page(path)
    page.set_viewport_size({"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_lines_are_about_seventy_characters_at_most(open_page, path):
    page = open_page(path)

    width = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll("main p")].map((p) => {
            const letters = document.createElement("span");
            letters.textContent = "Les mots français que l’on lit, en moyenne, ici. ".repeat(2);
            letters.style.cssText = "position:absolute;white-space:nowrap;font:" + getComputedStyle(p).font;
            document.body.append(letters);
            const characters = p.clientWidth / (letters.getBoundingClientRect().width / 98);
            letters.remove();
            return characters;
        }))"""
    )
    assert width < 85


NESTED = """(tags) => {
  const article = document.querySelector("article");
  const open = tags.map((tag) => `<${tag}>`).join("");
  article.innerHTML = `<p>${open}<b id="word">innovation</b>`;
  const word = document.getElementById("word");
  return [parseFloat(getComputedStyle(word).fontSize), word.closest("ul, blockquote, p").clientWidth];
}"""


@pytest.mark.parametrize(
    "tags",
    [
        ["small", "small", "small", "small"],
        ["sup", "sub", "small", "sup"],
        ["code", "kbd", "code", "samp"],
        ["ul", "li"] * 9,
        ["blockquote"] * 40,
        ["blockquote", "ul", "li"] * 9,
    ],
    ids=lambda tags: f"{len(tags)} {tags[0]}",
)
def test_no_nesting_leaves_words_without_size_or_room(open_sink, tags):
    page = open_sink("/posts/2018/evier.html", phone=True)

    size, room = page.evaluate(NESTED, tags)

    assert size >= 9
    assert room >= 120


def test_the_sections_of_a_post_stand_beside_its_text_and_follow(open_sink):
    page = open_sink("/posts/2018/evier.html")
    text = page.locator(".post p:not([class])").first.bounding_box()
    nav = page.locator(".sections")

    assert nav.bounding_box()["x"] > text["x"] + text["width"]
    # It pushes nothing down.
    assert text["y"] < 900
    assert nav.locator("a").first.is_visible()
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 1500)")
    assert 0 <= nav.locator("details").bounding_box()["y"] < 200


def test_on_a_phone_the_sections_are_folded_and_the_text_is_on_the_first_screen(open_sink):
    page = open_sink("/posts/2017/ancien.html", phone=True)
    folded = open_sink("/posts/2018/evier.html", phone=True)

    assert page.locator(".post .e-content > p:not([class])").first.bounding_box()["y"] < 600
    assert not folded.locator(".sections a").first.is_visible()
    # On a tablet, all that stands under a text is as wide as it.
    folded.set_viewport_size({"width": 768, "height": 1024})
    under = folded.locator(".post, .citing, .comments, .cited-by, .related, .neighbours")
    sides = {(box["x"], box["width"]) for box in map(type(under).bounding_box, under.all())}
    assert len(sides) == 1
    assert under.count() >= 4


@pytest.mark.parametrize("phone", [False, True])
def test_a_gallery_is_a_grid_of_frames_of_one_shape_that_lead_to_whole_pictures(open_sink, phone):
    page = open_sink("/posts/2018/evier.html", phone=phone, java_script_enabled=False)
    frames = page.locator(".gallery img")
    boxes = [each.bounding_box() for each in frames.all()]

    assert [each["y"] == boxes[0]["y"] for each in boxes] == [True, True, not phone]
    assert {(each["width"], round(each["width"] / each["height"], 1)) for each in boxes} == {
        (boxes[0]["width"], 1.3)
    }
    frames.first.click()
    page.wait_for_url("**/_images/2018--evier--photo.png")


def test_one_word_with_a_hyphen_stays_on_a_line(open_sink):
    page = open_sink("/posts/2018/evier.html", phone=True)
    lines = page.evaluate(
        """() => [...document.querySelectorAll("article .nowrap")].map((each) => {
            each.closest("p").style.inlineSize = "1px";
            return [each.textContent, each.getClientRects().length];
        })"""
    )
    assert lines == [["UTF-8", 1], ["latin-1", 1]]


# What is past the edge of the paper, or cut by what holds it.
CUT = """() => [...document.querySelectorAll("article :is(td, th, pre, p, img)")].filter(
  (each) => each.getBoundingClientRect().right > innerWidth + 1
    || getComputedStyle(each.parentElement).overflowX !== "visible").map((each) => each.outerHTML)"""


def test_on_paper_no_column_and_no_line_is_cut(make_site, make_post, browser):
    row = "| " + " | ".join(f"colonne-{number}-de-mots" for number in range(12)) + " |"
    table = f"{row}\n{'|---' * 12}|\n{row}"
    body = f'{table}\n\n```python\nadresse = "{"x" * 300}"\n```'
    site = make_site({"2018/large.md": make_post(body=body)})
    for address in serve(site.folder):
        page = browser.new_page(viewport={"width": 643, "height": 950})
        page.goto(f"{address}/posts/2018/large.html")
        assert page.evaluate(CUT)
        page.emulate_media(media="print")
        assert page.evaluate(CUT) == []
        page.close()


def test_headings_are_named_by_their_words_and_boxes_say_what_they_are(open_sink):
    page = open_sink("/posts/2018/evier.html")

    names = [each.inner_text() for each in page.get_by_role("heading", level=2).all()]
    assert page.get_by_role("heading", name="Citation, tableau, code", exact=True).count() == 1
    assert names
    assert page.get_by_role("note", name="Note", exact=True).count() == 1
    assert page.get_by_role("note", name="Note de l’archive : Erratum du 20 novembre 2026").count()
    assert (
        page.evaluate("document.querySelectorAll('.headerlink:not([tabindex=\"-1\"])').length") == 0
    )


def test_what_readers_come_for_takes_three_steps_at_most(
    browser, sink_address, sink_site, root, monkeypatch
):
    monkeypatch.syspath_prepend(root / "bench")
    tasks = importlib.import_module("walk_tasks")

    walked = dict(tasks.walk(browser, f"{sink_address}/", sink_site.folder, "phone"))

    assert len(walked) == len(tasks.TASKS)
    assert max(walked.values()) <= tasks.MOST, walked
