"""How heavy a post page is, first view, beside the same post on stock ABlog and Furo.

Requests are counted in a browser; bytes are those of each answer under ``gzip -9``, images
left out. Run by ``make bench``.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pages import open_browser, serve
from playwright.sync_api import Browser, Response, sync_playwright

from archivist.build.build import build_site

ROOT = Path(__file__).parent.parent
POST = "posts/2017/petit-a-petit-la-communaute-innovation-publique-fait-son-nid.html"
# Requests and bytes that a post page may cost, and those it should come near.
BUDGET, STRETCH = (3, 8192), (2, 6144)

STOCK = """
project = "Blog"
language = "fr"
extensions = ["myst_parser", "ablog"]
html_theme = "furo"
blog_authors = {"amoor": ("a.m.o.o.r.", None)}
blog_post_pattern = ["posts/*/*"]
templates_path = ["_templates"]
"""


@dataclass(frozen=True)
class Weight:
    """What one page costs."""

    requests: int
    gzipped: int


def build_stock(folder: Path) -> Path:
    """Build our posts with ABlog on Furo, mended just enough to read; return the site."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs/posts", docs / "posts")
    shutil.copy(ROOT / "docs/glossaire.md", docs)
    (docs / "_templates").mkdir(parents=True)
    (docs / "_templates/page.html").write_text('{% extends "furo/page.html" %}', encoding="utf-8")
    (docs / "conf.py").write_text(STOCK, encoding="utf-8")
    (docs / "index.md").write_text("# Blog\n\n```{postlist}\n```\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-Q", str(docs), str(folder / "html")]
    subprocess.run(command, check=True)  # noqa: S603
    return folder / "html"


def weigh(browser: Browser, site: Path, page_name: str) -> Weight:
    """Return what the first view of a page of *site* costs."""
    answers: list[Response] = []
    page = browser.new_page()
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (playwright marks it)
    with serve(site) as address:
        page.goto(f"{address}{page_name}", wait_until="networkidle")
        kept = [each for each in answers if each.request.resource_type != "image"]
        gzipped = sum(len(gzip.compress(each.body(), 9, mtime=0)) for each in kept)
        page.close()
    return Weight(len(kept), gzipped)


def main() -> int:
    """Print the weights; return 1 when ours is over its budget."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build_site(ROOT / "docs", folder / "ours", {})
        browser = open_browser(playwright)
        ours = weigh(browser, folder / "ours", POST)
        stock = weigh(browser, build_stock(folder / "stock"), POST)
    ratio = ours.gzipped / stock.gzipped
    print("a post page, first view, without images      requests   gzip bytes")
    print(f"this archive                                 {ours.requests:8}   {ours.gzipped:10}")
    print(f"stock ABlog on Furo, the same post           {stock.requests:8}   {stock.gzipped:10}")
    print(f"budget                                       {BUDGET[0]:8}   {BUDGET[1]:10}")
    print(f"stretch                                      {STRETCH[0]:8}   {STRETCH[1]:10}")
    print(f"ratio to stock                                          {ratio:10.2f}")
    return 0 if (ours.requests, ours.gzipped) <= BUDGET and ours.gzipped <= BUDGET[1] else 1


if __name__ == "__main__":
    sys.exit(main())
