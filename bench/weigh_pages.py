"""How heavy a post page and the home page are, first view, beside those of stock ABlog and Furo.

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
KB = 1024
# What each page may cost, in kB; a few requests are all that any may make.
BUDGETS = {POST: 7.5, "index.html": 9.0}
MOST_REQUESTS = 3

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

    def __str__(self) -> str:
        return f"{self.gzipped / KB:7.2f}, {self.requests:6}"


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
    """Print the weights; return 1 when one of ours is over its budget."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build_site(ROOT / "docs", folder / "ours", {"html_baseurl": "https://exemple.fr/"})
        browser, stock_site = open_browser(playwright), build_stock(folder / "stock")
        weights = {
            name: (weigh(browser, folder / "ours", name), weigh(browser, stock_site, name))
            for name in BUDGETS
        }
    print(
        "first view, without images, kB of 1,024 bytes      asked   ours, requests   stock, requests"
    )
    for name, (ours, stock) in weights.items():
        print(f"{name[-48:]:48}  {BUDGETS[name]:6}   {ours}   {stock}")
    is_met = all(
        ours.gzipped <= BUDGETS[name] * KB and ours.requests <= MOST_REQUESTS
        for name, (ours, _) in weights.items()
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
