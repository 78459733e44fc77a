"""What a reader meets, over all kinds of pages of a built site, beside what is asked.

Without an argument, over the site that tests/ call the sink, with 300 posts of a made-up corpus.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import make_corpus, write_posts
from pages import open_browser, serve
from playwright.sync_api import Browser, Page, sync_playwright
from weigh_pages import KB, weigh

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from archivist.build.build import build_site  # noqa: E402
from tests.conftest import list_sink_files, write_docs  # noqa: E402

PAPER = 643  # pixels between the margins of A4
PHONE = {"width": 390, "height": 664}  # with its bars
ASKED_ENTRIES, ASKED_SHIFT, ASKED_FIRST, ASKED_WORDS = 10, 0.02, 0.95, 15

# Words of the article that no printed page shows: past its edge, or cut by what holds them.
LOST_ON_PAPER = """(width) => {
  const article = document.querySelector("article");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  let words = 0, lost = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    for (const { index, 0: word } of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(node, index); range.setEnd(node, index + word.length);
      const boxes = [...range.getClientRects()];
      if (!boxes.length) continue;
      words += 1;
      let right = width;
      for (let each = node.parentElement; each !== article; each = each.parentElement) {
        if (getComputedStyle(each).overflowX !== "visible") right = Math.min(right, each.getBoundingClientRect().right);
      }
      if (boxes.some((box) => box.right > right + 1)) lost += 1;
    }
  }
  return [words, lost];
}"""
# Where the first words of the text are: what the archive says above them left out.
FIRST_WORDS = """() => {
  const added = ".trail, .post-byline, .sections, .featured, .post-link, .withheld, .outdated, h1";
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest(added)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect().top;
  }
  return Infinity;
}"""
WATCH = """window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
STOPS = """() => {
  const all = "a[href], button, input, select, summary, [tabindex='0']";
  const main = document.querySelector("main");
  return [...document.querySelectorAll(all)].filter(
    (each) => each.checkVisibility({ visibilityProperty: true }) && !main.contains(each) &&
      each.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING).length;
}"""


def build_rich(folder: Path) -> Path:
    """Return a site of the sink and 300 posts."""
    docs = write_docs(folder, list_sink_files())
    write_posts(make_corpus(300), docs / "posts")
    build_site(docs, folder / "html", {"html_baseurl": "https://exemple.fr/"})
    return folder / "html"


def ask_each(browser: Browser, site: Path, names: list[str], ask: Callable[[Page], object], **options: object) -> Iterator[object]:  # fmt: skip
    """Yield what is answered of each page."""
    page = browser.new_page(**options)  # type: ignore[arg-type]
    page.add_init_script(WATCH)
    with serve(site) as address:
        for name in names:
            page.goto(address + name)
            yield ask(page)
    page.close()


def _shift(page: Page) -> object:
    page.wait_for_timeout(400)
    return page.evaluate("window.shift")


def _print(page: Page) -> object:
    page.emulate_media(media="print")
    return page.evaluate(LOST_ON_PAPER, PAPER)


def measure(browser: Browser, site: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what is measured, the figure, what is asked, and whether it is met."""
    posts = sorted(each.relative_to(site).as_posix() for each in site.glob("posts/*/*.html"))
    lists = sorted(
        each.relative_to(site).as_posix() for each in site.glob("[0-9tca]*/*/index.html")
    )
    kinds = ["index.html", posts[0], posts[-1], *lists[:2], "archives/index.html", "tag/index.html"]
    kinds += ["archives/titres/index.html", "search.html?q=budget", "search.html", "404.html"]

    paper = list(ask_each(browser, site, posts, _print, viewport={"width": PAPER, "height": 950}))
    words, lost = (sum(each[at] for each in paper) for at in (0, 1))  # type: ignore[index]
    yield "words of posts on paper", f"{(words - lost) / words:.2%}", "100 %", lost == 0
    tops = list(
        ask_each(browser, site, posts, lambda page: page.evaluate(FIRST_WORDS), viewport=PHONE)
    )
    seen = sum(top < PHONE["height"] - 20 for top in tops) / len(tops)  # type: ignore[operator]
    yield "posts whose text begins on the first screen", f"{seen:.1%}", "95 %", seen >= ASKED_FIRST
    for viewport in (PHONE, {"width": 1280, "height": 800}):
        worst = max(ask_each(browser, site, kinds, _shift, viewport=viewport))  # type: ignore[type-var]
        name = f"layout shift at {viewport['width']} px, worst page"
        yield name, f"{worst:.3f}", f"{ASKED_SHIFT}", worst <= ASKED_SHIFT  # type: ignore[operator]
    short = [
        name for name, many in zip(lists, ask_each(browser, site, lists, lambda page: page.evaluate(
            "[document.querySelectorAll('.entry').length, document.querySelector('.pages-older') !== null]"
        )), strict=True) if many[1] and many[0] < ASKED_ENTRIES  # type: ignore[index]
    ]  # fmt: skip
    yield (
        "lists of several pages that begin with less than ten",
        f"{len(short)} of {len(lists)}",
        "0",
        not short,
    )
    stops = max(
        ask_each(browser, site, kinds[:3], lambda page: page.evaluate(STOPS), viewport=PHONE)
    )  # type: ignore[type-var]
    yield "stops before the text on a phone", f"{stops}", "6", stops <= 6  # type: ignore[operator]  # noqa: PLR2004
    largest = max(site.glob("mots/*/index.html"), key=lambda path: path.stat().st_size)
    weight = weigh(browser, site, largest.relative_to(site).as_posix())
    yield (
        f"kB of the largest page of words, /mots/{largest.parent.name}/",
        f"{weight.gzipped / KB:.1f}",
        f"{ASKED_WORDS}",
        weight.gzipped <= ASKED_WORDS * KB,
    )


def main() -> int:
    """Print what is measured; return 1 where less is met than is asked."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        site = Path(sys.argv[1]) if len(sys.argv) > 1 else build_rich(Path(name))
        rows = list(measure(open_browser(playwright), site.resolve()))
    print(f"{'what a reader meets':60}  {'found':>14}  {'asked':>6}")
    for what, found, asked, is_met in rows:
        print(f"{what:60}  {found:>14}  {asked:>6}{'' if is_met else '   not met'}")
    return 0 if all(row[3] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
