"""What a page must be for a reader with a keyboard, a small screen, other colours or no script."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT

# One page of each type.
PAGES = [
    "/",
    "/page/1/",
    "/posts/2018/evier.html",
    "/2017/",
    "/tag/",
    "/tag/cnfpt/",
    "/archives/",
    "/glossaire.html",
    "/contribuer.html",
    "/ecrire-un-billet.html",
    "/tenir-l-archive.html",
    "/accessibilite.html",
    "/evier/",
    "/404.html",
    "/search.html",
    "/search.html?q=billet",
    "/search.html?q=bilet&annee=2017",
    "/search.html?q=kangourou",
    "/search.html?q=2017",
    "/mots/",
    "/mots/b/",
    "/noms/",
    "/series/",
]
# What axe is asked of other colours: what goes by them.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
MODES = {
    "light": ({"color_scheme": "light"}, {}),
    "dark": ({"color_scheme": "dark"}, COLOURS),
    "forced": ({"forced_colors": "active"}, COLOURS),
}
# https://www.w3.org/TR/WCAG22/#text-spacing
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
FAULTS_OF_FOCUS = """() => {
    const each = document.activeElement, box = each.getBoundingClientRect(), style = getComputedStyle(each);
    const faults = [];
    // Points of what is in the window: a long region goes on below it.
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const tops = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(left + (right - left) * part, (top + bottom) / 2));
    if (!tops.some((seen) => seen && (each.contains(seen) || seen.contains(each)))) faults.push("covered");
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no outline");
    if (box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight) faults.push("off screen");
    return [each.outerHTML.slice(0, 80), faults];
}"""


def sideways(page):
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def see_answer(page):
    """Wait for the answer of a search, with what narrows it open."""
    page.wait_for_selector(
        "#search-status:not(:empty) ~ #search-results[aria-busy=false]", state="attached"
    )
    page.evaluate("document.querySelector('.search-help').open = true")
    if page.locator("#search-tools").is_visible():
        page.evaluate("document.getElementById('search-facets').open = true")
        page.wait_for_selector(".facet")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(open_sink, mode, width):
    options, rules = MODES[mode]
    page = open_sink("/", **options)
    page.set_viewport_size({"width": width, "height": 800})
    origin = page.url.rstrip("/")

    found = {}
    for path in PAGES:
        page.goto(origin + path)
        if "search" in path:
            see_answer(page)
        # Evaluated by the driver, not as a script of the page, whose policy would refuse it.
        page.evaluate(AXE_SCRIPT)
        result = page.evaluate("rules => axe.run(rules)", rules)
        if result["violations"]:
            found[path] = [
                (each["id"], each["nodes"][0]["html"][:150]) for each in result["violations"]
            ]
    assert found == {}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_comments_that_are_open(open_sink, mode, width):
    options, rules = MODES[mode]
    page = open_sink("/posts/2018/evier.html", **options)
    page.set_viewport_size({"width": width, "height": 800})

    page.click("text=9 commentaires")

    page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("rules => axe.run('.comments', rules)", rules)["violations"]
    assert page.locator("text=Longtemps après").is_visible()
    assert [(each["id"], each["nodes"][0]["html"][:150]) for each in violations] == []
    assert sideways(page) <= 0


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_every_stop_of_the_keyboard_is_seen_and_in_the_window(open_sink, path, phone):
    page = open_sink(path, phone=phone, reduced_motion="reduce")
    page.wait_for_load_state("networkidle")

    walk(page)


def walk(page):
    """Press Tab to the end of the page, and see each stop."""
    stops = 0
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stop, faults = page.evaluate(FAULTS_OF_FOCUS)
        assert (stop, faults) == (stop, [])
        stops += 1
    assert 4 < stops < 400


def test_no_stop_is_hidden_behind_the_menu_left_open(open_sink):
    page = open_sink("/", phone=True, reduced_motion="reduce")
    page.click("button:has-text('Menu')")

    walk(page)


def test_the_menu_has_a_button_that_closes_it(open_sink):
    page = open_sink("/", phone=True)
    page.click("button:has-text('Menu')")
    page.click("text=Fermer le menu")

    assert not page.locator("#_menu").is_visible()


def test_a_menu_left_open_does_not_block_a_window_that_grows(open_sink):
    page = open_sink("/", phone=True)
    page.click("button:has-text('Menu')")
    page.set_viewport_size({"width": 1280, "height": 900})

    page.click("text=Fermer le menu")
    page.click("main h2 a >> nth=0")

    page.wait_for_url("**/posts/**")


def test_the_outline_of_the_focus_stands_out(open_sink):
    for scheme in ("light", "dark"):
        page = open_sink("/", color_scheme=scheme)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        colours = page.evaluate(
            "[getComputedStyle(document.activeElement).outlineColor, getComputedStyle(document.documentElement).backgroundColor]"
        )
        assert contrast(*colours) >= 3


def contrast(one, other):
    """Return the contrast of two CSS colours (WCAG 2.2)."""

    def luminance(colour):
        parts = [int(part) / 255 for part in re.findall(r"[0-9]+", colour)[:3]]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return sum(
            part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
        )

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_the_skip_link_comes_first_and_leads_to_the_text(open_sink):
    page = open_sink("/posts/2018/evier.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_the_smallest_screen(open_sink, path):
    page = open_sink(path)
    page.set_viewport_size({"width": 320, "height": 600})

    assert sideways(page) <= 0


@pytest.mark.parametrize("path", PAGES)
def test_text_may_be_spaced_and_enlarged(open_sink, path):
    page = open_sink(path, bypass_csp=True)
    page.add_style_tag(content=SPACING)
    assert sideways(page) <= 0

    # 200 % in a window of 1280 is a window of 640.
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 450})
        assert sideways(page) <= 0


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_for_who_wants_no_motion(open_sink, path):
    page = open_sink(path, reduced_motion="reduce")

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].map((each) => getComputedStyle(each)).filter((style) =>
            style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) > 0
            || parseFloat(style.animationDuration) > 0).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("path", [path for path in PAGES if "search" not in path])
def test_every_page_reads_without_scripts(open_sink, path):
    with_scripts = open_sink(path).inner_text("main")

    assert open_sink(path, java_script_enabled=False).inner_text("main") == with_scripts


def test_the_search_page_without_scripts_says_what_to_do(open_sink):
    page = open_sink("/search.html?q=billet", java_script_enabled=False)

    assert "La recherche demande JavaScript" in page.inner_text("main")
    for path in ("mots/index.html", "archives/index.html", "tag/index.html"):
        assert page.locator(f"noscript a[href='{path}']").is_visible()


def test_the_theme_is_a_choice_of_three_that_lasts(open_sink):
    page = open_sink("/", color_scheme="light")
    button = page.locator(".theme-button")
    read = "getComputedStyle(document.documentElement).backgroundColor"
    paper = page.evaluate(read)
    assert button.inner_text() == "Thème\xa0: comme le système"

    button.click()
    assert button.inner_text() == "Thème\xa0: clair"
    button.click()
    page.goto(re.sub(r"/$", "/glossaire.html", page.url))

    assert button.inner_text() == "Thème\xa0: sombre"
    assert page.evaluate(read) != paper
    button.click()
    assert (button.inner_text(), page.evaluate(read)) == ("Thème\xa0: comme le système", paper)


def test_no_key_alone_takes_the_focus(open_sink):
    for path in ("/", "/search.html"):
        page = open_sink(path)
        for key in ("/", "s", "Control", "?"):
            page.keyboard.press(key)

        assert page.evaluate("document.activeElement === document.body")


def test_a_wide_table_scrolls_in_a_region_with_a_name(open_sink):
    page = open_sink("/contribuer.html", phone=True)
    regions = page.get_by_role("region")

    names = [region.get_attribute("aria-label") for region in regions.all()]
    assert len(names) > 2
    assert len(names) == len(set(names))
    assert all(region.get_attribute("tabindex") == "0" for region in regions.all())


def test_on_paper_there_is_the_text_and_where_it_comes_from(open_sink):
    page = open_sink("/posts/2018/evier.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    assert not page.locator(".site-side").is_visible()
    assert not page.locator(".site-footer").is_visible()
    assert page.locator(".post-byline").is_visible()
    assert (
        "https://exemple.fr/posts/2018/evier.html" in page.locator(".citing-reference").inner_text()
    )
    after = "getComputedStyle(document.querySelector('.post a.external'), '::after').content"
    assert page.evaluate(after) == '" [https://exemple.fr/]"'
    # An address is not told twice.
    assert page.evaluate(after.replace(".post a.external", ".post-source a")) == "none"
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_no_page_asks_another_host_for_anything(open_sink, sink_site):
    page = open_sink("/")
    origin = page.url.rstrip("/")

    for name, parsed in sink_site.pages().items():
        if not parsed.select("meta[http-equiv=refresh]"):
            page.goto(f"{origin}/{name}", wait_until="load")
            assert page.context.cookies() == []
    assert page.faults == []
