"""How long a writer waits: from the file written to its words on screen, by `archivist live`.

Run by ``make bench``; `python bench/measure_live.py 6 1000` names the sizes. Prints a table, and
writes it into bench/results/. Ends with 1 where a wait is over its budget.
"""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from blog import make_blog
from measure_builds import RESULTS
from pages import open_browser
from playwright.sync_api import sync_playwright
from systems import OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blog import BlogPost
    from playwright.sync_api import Browser, Page

# Seconds that a writer may wait, by the number of posts.
BUDGETS = {6: 0.3, 1000: 0.6}
RUNS = 5
# A writer thinks between two sentences, and what is not urgent is done then.
_PAUSE = 1.5


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    """Give the address of the preview of the blog in *folder*."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "archivist", "live", "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603
        said = (line for line in server.stderr or () if "Ctrl+C" in line)
        if not next(said, None):
            raise SystemExit(f"{' '.join(command)}: {server.wait()}")
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _add_sentence(post: BlogPost, number: int) -> tuple[BlogPost, str]:
    """Return *post* with a sentence more, and what tells it is there."""
    sentence = f"Une phrase de plus, la numéro {number}."
    (title, text), *rest = post.sections
    return replace(post, sections=((title, f"{text} {sentence}"), *rest)), sentence


def _change_title(post: BlogPost, number: int) -> tuple[BlogPost, str]:
    title = f"{post.title}, version {number}"
    return replace(post, title=title), title


def _wait(page: Page, change: Callable[[], None], words: str) -> float:
    """Return the seconds from *change* to *words* on *page*."""
    time.sleep(_PAUSE)
    began = time.perf_counter()
    change()
    page.locator("main, article").get_by_text(words).first.wait_for(timeout=60_000)
    return time.perf_counter() - began


def measure(browser: Browser, folder: Path, post: BlogPost) -> Iterator[tuple[str, float]]:
    """Yield what is waited for, and the median of the seconds it takes."""
    with _serve(folder) as address:
        own = f"posts/{post.date.year}/{post.slug}.html"
        for name, where, alter in (
            ("a sentence on its page", own, _add_sentence),
            ("a title on its page", own, _change_title),
            ("a title in the list of a year", f"{post.date.year}/", _change_title),
        ):
            page = browser.new_page()
            page.goto(address + where)
            waits = []
            for number in range(RUNS):
                changed, words = alter(post, number)
                waits.append(_wait(page, lambda: OURS.write(changed, folder), words))  # noqa: B023
            yield name, statistics.median(waits)
            OURS.write(post, folder)
            page.close()


def main(sizes: Sequence[int]) -> int:
    """Measure, print and write; return 1 where a writer waits too long."""
    lines, late = ["| posts | waited for | s |", "| --- | --- | --- |"], []
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        for size in sizes:
            posts = make_blog(size)
            with tempfile.TemporaryDirectory(prefix="bench-") as name:
                folder = Path(name, "blog")
                OURS.prepare(folder)
                for post in posts:
                    OURS.write(post, folder)
                for what, seconds in measure(browser, folder, posts[-1]):
                    lines.append(f"| {size} | {what} | {seconds:.2f} |")
                    print(lines[-1], flush=True)
                    if seconds > BUDGETS.get(size, 1.0):
                        late.append(f"{size} posts, {what}: {seconds:.2f} s")
        browser.close()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "live.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(*(f"OVER  {each}" for each in late), sep="\n")
    return int(bool(late))


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]] or list(BUDGETS)))
