"""Ten things that readers come for, done in a browser: how many clicks and keys each takes.

Without an argument, over the site that measure_reading.py builds; else over the built site given.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pages import open_browser, serve
from playwright.sync_api import Browser, Page, sync_playwright

MOST = 3
SCREENS = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 664}}
DONE = "#search-results[aria-busy=false] .result"


class Reader:
    """Clicks and presses keys, and counts both."""

    def __init__(self, page: Page, address: str, site: Path) -> None:
        self.page, self._address, self._site, self.steps = page, address, site, 0

    def open(self, name: str) -> None:
        """Come to a page, as by a link from elsewhere."""
        self.page.goto(self._address + name)

    def open_post(self, *holding: str) -> str:
        """Come to the first post whose page holds all of *holding*; return its name."""
        for path in sorted(self._site.glob("posts/*/*.html")):
            text = path.read_text(encoding="utf-8")
            if all(each in text for each in holding):
                name = path.relative_to(self._site).as_posix()
                self.open(name)
                return name
        raise LookupError(holding)

    def click(self, selector: str, at: int = 0) -> None:
        """Click what is there."""
        self.steps += 1
        self.page.locator(selector).nth(at).click()

    def press(self, key: str) -> None:
        """Press a key, or some together."""
        self.steps += 1
        self.page.keyboard.press(key)

    def go_back(self) -> None:
        """Go to the page before, as with the button or the key of the browser."""
        self.steps += 1
        self.page.go_back()

    def find_word(self) -> str:
        """Return a word that many posts hold."""
        found = [
            (rest.count("<dd"), word)
            for path in sorted(self._site.glob("mots/*/index.html"))
            for word, rest in re.findall(
                r"<dt>(\w+)</dt>(.*?)</div>", path.read_text(encoding="utf-8"), re.DOTALL
            )
        ]
        return max(found)[1]


def list_a_month(reader: Reader) -> bool:
    """Find the posts of a month."""
    reader.open("index.html")
    reader.click(".year-strip a")
    reader.click(".months a")
    return reader.page.locator(".entry").count() > 0


def mend_an_address(reader: Reader) -> bool:
    """Reach the post from a wrong address."""
    reader.open_post("cited-by")
    title = reader.page.locator("h1").inner_text()
    words = "-".join(re.findall(r"\w+", title.lower()))
    reader.open(f"2001/13/{words}.php")
    reader.click("#not-found-results a")
    reader.page.wait_for_url("**/posts/**")
    return reader.page.locator("h1").inner_text() == title


def cite(reader: Reader) -> bool:
    """Copy its reference."""
    reader.open_post("citing-reference")
    reader.click(".citing summary")
    reader.click(".citing-reference")
    selected = str(reader.page.evaluate("getSelection().toString()")).strip()
    reader.press("Control+C")
    return selected == reader.page.locator(".citing-reference").inner_text().strip()


def subscribe(reader: Reader) -> bool:
    """Subscribe to what is new."""
    reader.open("index.html")
    reader.steps += 1
    feed = reader.page.locator(".subscribe a").get_attribute("href")
    return reader.page.request.get(reader.page.url.rpartition("/")[0] + f"/{feed}").ok


def print_post(reader: Reader) -> bool:
    """Print the text, and nothing to click."""
    reader.open_post("sections")
    reader.press("Control+P")
    reader.page.emulate_media(media="print")
    seen = [reader.page.locator(each).is_visible() for each in ("article", ".site-header", ".sections")]  # fmt: skip
    return seen == [True, False, False]


def reach_the_text(reader: Reader) -> bool:
    """Reach the text by keyboard alone."""
    reader.open_post("post-byline")
    reader.press("Tab")
    reader.press("Enter")
    return bool(reader.page.evaluate("document.activeElement === document.querySelector('main')"))


def come_back(reader: Reader) -> bool:
    """Come back from a result to the same place."""
    reader.open(f"search.html?q={reader.find_word()}")
    page = reader.page
    page.locator(DONE).first.wait_for()
    last = page.locator(".result-title a").last
    last.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    before, title = page.evaluate("scrollY"), last.inner_text()
    reader.click(".result-title a", page.locator(".result-title a").count() - 1)
    page.wait_for_url(lambda url: "search.html" not in url)
    reader.go_back()
    page.locator(DONE).first.wait_for()
    page.wait_for_timeout(300)
    is_there = page.locator(".result-title a").last.inner_text() == title
    return is_there and abs(page.evaluate("scrollY") - before) < 5  # noqa: PLR2004


def go_on(reader: Reader) -> bool:
    """Go on to the next post in time."""
    name = reader.open_post('rel="next"', "neighbour-next")
    reader.click('.neighbour-next[rel="next"]')
    return not reader.page.url.endswith(name)


def follow_citation(reader: Reader) -> bool:
    """Follow what cites this post."""
    name = reader.open_post('class="cited-by"')
    reader.click(".cited-by a")
    stem = Path(name).name
    return reader.page.locator(f'article a[href*="{stem}"]').count() > 0


def link_to_a_part(reader: Reader) -> bool:
    """Link to a part."""
    reader.open_post('class="sections"')
    if not reader.page.locator(".sections a").first.is_visible():
        reader.click(".sections summary")
    reader.click(".sections a")
    part = reader.page.locator(":target")
    return part.count() == 1 and part.bounding_box()["y"] < 300  # type: ignore[index]  # noqa: PLR2004


TASKS: tuple[Callable[[Reader], bool], ...] = (
    *(list_a_month, mend_an_address, cite, subscribe, print_post),
    *(reach_the_text, come_back, go_on, follow_citation, link_to_a_part),
)


def walk(browser: Browser, address: str, site: Path, screen: str) -> Iterator[tuple[str, int]]:
    """Yield each task, and its steps: one more than are allowed where it leads elsewhere."""
    context = browser.new_context(viewport=SCREENS[screen], reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    for task in TASKS:
        reader = Reader(context.new_page(), address, site)
        yield str(task.__doc__).rstrip("."), reader.steps if task(reader) else MOST + 1
        reader.page.close()
    context.close()


def main() -> int:
    """Print the steps of each task; return 1 where there are more than three."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        if len(sys.argv) > 1:
            site = Path(sys.argv[1]).resolve()
        else:
            from measure_reading import build_rich  # noqa: PLC0415

            site = build_rich(Path(name))
        browser = open_browser(playwright)
        with serve(site) as address:
            walked = {screen: list(walk(browser, address, site, screen)) for screen in SCREENS}
    print(f"{'what a reader does':46}" + "".join(f"{screen:>8}" for screen in walked))
    rows = list(zip(*walked.values(), strict=True))
    for row in rows:
        print(f"{row[0][0]:46}" + "".join(f"{steps:>8}" for _, steps in row))
    return int(any(steps > MOST for row in rows for _, steps in row))


if __name__ == "__main__":
    sys.exit(main())
