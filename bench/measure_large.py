"""What a large archive costs its readers: its search in a worker, and what a search box proposes.

Run by itself: ``python bench/measure_large.py``.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from unittest.mock import patch

from corpus import Document, make_corpus
from pages import open_browser, serve
from playwright.sync_api import sync_playwright
from rate_search import ANSWERED, DELAY, MANY_POSTS, POSTS, RATE, ROOT, rate_cost
from slow_server import serve_slowly

from archivist.build.build import build_site
from archivist.site.files.file import SiteFile
from archivist.site.files.suggestions import make_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser

SIZES = (POSTS, MANY_POSTS)
TITLES, LABELS = 5_000, 1_000
# Those that tell of the tasks of a worker too.
CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
OPTION = "[role=listbox] [role=option]"


def make_site(work: Path, size: int, *, is_large: bool) -> Path:
    """Return our own site with the index of so many made-up posts."""
    site = work / f"html-{size}"
    with patch("archivist.site.pages.tools.MANY_POSTS", 0 if is_large else size):
        build_site(ROOT / "docs", site, {})
    for name in ("settings.json", "facets.json", "words", "lexicon", "texts"):
        path = site / "_search" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    command = [sys.executable, str(ROOT / "bench/rate_search.py"), "--index", str(size)]
    subprocess.run([*command, str(site / "_search")], check=True)  # noqa: S603
    return site


def _ask(documents: Sequence[Document]) -> list[list[str]]:
    words = [document.title.split() for document in documents]
    pairs = zip(words[::8], words[4::8], strict=True)
    return [[f"{one[0]} {two[1]}"] for one, two in pairs]


def _find_common(site: Path) -> list[str]:
    """Return two of the words that most posts have, by the lexicon."""
    counts: dict[str, int] = {}
    for path in (site / "_search/lexicon").iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line[:1] not in "=>~#":
                fields = line.split()
                counts |= dict(zip(fields[::2], map(int, fields[1::2]), strict=True))
    return sorted(counts, key=lambda word: -counts[word])[:4:3]


def _list_tasks(trace: bytes) -> Iterator[tuple[str, float]]:
    """Yield the thread and the milliseconds of processor of each task."""
    events = json.loads(trace)["traceEvents"]
    threads = {
        (each["pid"], each["tid"]): each["args"]["name"]
        for each in events
        if each["name"] == "thread_name"
    }
    for each in events:
        if each["name"].endswith("RunTask") and "tdur" in each:
            yield threads.get((each["pid"], each["tid"]), ""), each["tdur"] / 1000


def rate_tasks(browser: Browser, site: Path, texts: Sequence[str]) -> None:
    """Print the longest task of the page, and of its worker, in milliseconds of processor."""
    with serve(site) as address:
        for text in texts:
            page = browser.new_page()
            browser.start_tracing(page=page, categories=CATEGORIES)
            page.goto(f"{address}search.html?q={text}")
            page.wait_for_selector(ANSWERED)
            page.wait_for_timeout(1000)
            tasks = list(_list_tasks(browser.stop_tracing()))
            longest = [
                max((time for name, time in tasks if thread in name), default=0)
                for thread in ("RendererMain", "DedicatedWorker")
            ]
            count = page.inner_text("#search-count")
            print(f"  {count}: page {longest[0]:.0f} ms, worker {longest[1]:.0f} ms")
            page.close()


def _write(site: Path, files: Iterator[SiteFile]) -> None:
    for file in files:
        path, made = site / file.name, file.make()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made if isinstance(made, bytes) else made.encode())


def _tell(document: Document) -> tuple[str, ...]:
    start = " ".join(document.paragraphs[0].split()[:4])
    url = f"posts/{document.year}/{document.slug}.html"
    return f"{document.title} {start}", url, str(document.year)


def rate_suggestions(browser: Browser, site: Path) -> None:
    """Print what a box loads for one word, typed letter by letter, at so many titles and labels."""
    chance = random.Random(3)  # noqa: S311 (no secret)
    posts = [_tell(document) for document in make_corpus(TITLES)]
    words = sorted({word for title, *_ in posts for word in title.split() if len(word) > 5})  # noqa: PLR2004
    labels = [
        (word.title(), f"tag/{word}/index.html", f"Étiquette, {LABELS - number} billets")
        for number, word in enumerate(chance.sample(words, LABELS))
    ]
    folder = ROOT / "docs/_static/search"
    scripts = [folder / name for name in ("words.js", "suggest.js")]
    _write(site, make_suggestions(labels, posts, scripts, is_folder=False))
    length = sum(len(title) for title, *_ in posts) / len(posts)
    figures = []
    with serve_slowly(site, RATE, DELAY) as (address, line):
        for word in chance.sample(words, 20):
            page = browser.new_context(ignore_https_errors=True).new_page()
            page.goto(address)
            page.wait_for_load_state("networkidle")
            line.sent = 0
            page.locator("#recherche").press_sequentially(word, delay=200)
            page.wait_for_selector(OPTION)
            page.wait_for_load_state("networkidle")
            figures.append(line.sent / 1000)
            page.context.close()
    print(
        f"{TITLES} titles of {length:.0f} signs, {LABELS} labels, a word typed letter by letter: "
        f"{median(figures):.1f} kB, at worst {max(figures):.1f} kB"
    )


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser, work = open_browser(playwright), Path(name)
        asked = _ask(make_corpus(40))
        sites = {size: make_site(work, size, is_large=size == MANY_POSTS) for size in SIZES}
        # In turn: a machine is not always as fast.
        for size, site in list(sites.items()) * 3:
            print(f"{size} posts")
            rate_cost(browser, site, asked)
        for site in sites.values():
            common = _find_common(site)
            rate_tasks(browser, site, [*common, " ".join(common), asked[0][0]])
        rate_suggestions(browser, sites[POSTS])


if __name__ == "__main__":
    main()
