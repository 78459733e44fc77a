"""Pages of every type in Firefox: try_firefox.py SITE, or SITE and the path of a Firefox.

In the Firefox that playwright installed (`playwright install firefox`), or in that of the system. Tries that nothing
scrolls sideways at 320 px, that contents follow the reader, that the theme is a choice, that details open, and that a
post is printed; prints what is not so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pages import serve
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

# One of each type is the longest: it holds most.
TYPES = (
    *("index.html", "404.html", "glossaire.html", "a-propos.html", "ecrire-un-billet.html"),
    *("accessibilite.html", "contribuer.html", "donnees/index.html", "archives/index.html"),
    *("archives/titres/index.html", "tag/index.html", "category/index.html", "series/index.html"),
    *("mots/index.html", "mots/*/index.html", "noms/index.html", "posts/*/*.html"),
    *("20[0-9][0-9]/index.html", "20[0-9][0-9]/[01][0-9]/index.html", "tag/*/index.html"),
    *("category/*/index.html", "author/*/index.html", "series/*/index.html", "page/*/index.html"),
    *("location/*/index.html", "search.html"),
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
SLACK = 60  # pixels that contents may stand from where they stick


def launch(playwright: Playwright, path: str | None) -> Browser:
    """Return the Firefox of playwright, or that of *path*."""
    if path is None:
        return playwright.firefox.launch()
    return playwright.firefox.launch(channel="moz-firefox", executable_path=path)


def list_pages(site: Path) -> Iterator[str]:
    """Yield a page of each type that the site has, and results of a search."""
    for pattern in TYPES:
        found = max(site.glob(pattern), key=lambda path: path.stat().st_size, default=None)
        if found:
            yield found.relative_to(site).as_posix()
    yield "search.html?q=budget"


def try_narrow(page: Page, address: str, names: list[str]) -> Iterator[str]:
    """Yield pages that scroll sideways on the smallest screen, all opened."""
    page.set_viewport_size({"width": 320, "height": 640})
    for name in names:
        page.goto(address + name)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        page.wait_for_timeout(300)
        if wide := page.evaluate(SIDEWAYS):
            yield f"{name} scrolls sideways by {wide} px at 320 px"


def try_post(page: Page, address: str, name: str) -> Iterator[str]:
    """Yield what a post does not do on a wide screen."""
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(address + name)
    page.evaluate("scrollTo(0, 1500)")
    page.wait_for_timeout(300)
    top = page.evaluate("document.querySelector('.sections details').getBoundingClientRect().top")
    if not 0 <= top <= SLACK:
        yield f"contents are at {top} px, and do not follow"
    if not page.locator(".sections a").first.is_visible():
        yield "contents are not open"
    grounds = set()
    for _ in range(3):
        page.locator(".theme-button").click()
        grounds.add(page.evaluate(GROUND))
    if len(grounds) != 2:  # noqa: PLR2004
        yield f"the theme is no choice: {grounds}"
    page.locator(".citing summary").click()
    if not page.locator(".citing-reference").is_visible():
        yield "the reference does not open"


def main() -> int:
    """Print what is not as it should be; return 1 where something is not."""
    site, path = Path(sys.argv[1]).resolve(), next(iter(sys.argv[2:]), None)
    names = list(list_pages(site))
    post = max(
        (each for each in site.glob("posts/*/*.html") if 'class="sections"' in each.read_text()),
        key=lambda each: each.stat().st_size,
    )
    with sync_playwright() as playwright, serve(site) as address:
        browser = launch(playwright, path)
        # Nothing is asked that Firefox's protocol has but of late.
        page = browser.new_page(
            color_scheme="null", forced_colors="null", reduced_motion="null", contrast="null"
        )
        faults = list(try_narrow(page, address, names))
        faults += try_post(page, address, post.relative_to(site).as_posix())
        paper = page.pdf(prefer_css_page_size=True)
        print(
            f"Firefox {browser.version}: {len(names)} pages, a post of {len(paper) // 1000} kB in PDF"
        )
    print(*faults, sep="\n", end="\n" if faults else "")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
