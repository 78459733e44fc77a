"""Three searches over the same posts, asked alike: ours, stock Sphinx's, stock Pagefind's."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

from pagefind.service import get_executable

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

STOCK = """
project = "Blog"
language = "fr"
extensions = ["myst_parser"]
html_theme = "furo"
"""
_TIMEOUT = 60_000


def run_sphinx(docs: Path, site: Path) -> None:
    """Build *docs* into *site*, whatever it warns of."""
    subprocess.run([sys.executable, "-m", "sphinx", "-Q", str(docs), str(site)], check=True)  # noqa: S603


def build_stock(posts: Path, docs: Path, site: Path) -> None:
    """Build the *posts* with Sphinx and Furo as they come, and index that with Pagefind."""
    docs.mkdir()
    (docs / "conf.py").write_text(STOCK, encoding="utf-8")
    (docs / "index.md").write_text(
        "# Blog\n\n```{toctree}\n:glob:\nposts/*/*\n```\n", encoding="utf-8"
    )
    (docs / "posts").symlink_to(posts.resolve())
    run_sphinx(docs, site)
    subprocess.run([str(get_executable()), "--site", str(site), "--silent"], check=True)  # noqa: S603


def _slugs(links: list[str | None]) -> list[str]:
    names = [(link or "").split("?")[0].split("#")[0].rpartition("/")[2] for link in links]
    return list(dict.fromkeys(name.removesuffix(".html") for name in names))


def _read_links(page: Page, items: str) -> list[str | None]:
    return page.eval_on_selector_all(  # type: ignore[no-any-return]
        items, "items => items.map((item) => item.querySelector('a')?.href)"
    )


def ask_ours(page: Page, address: str, text: str, options: str = "") -> list[str]:
    """Return the slugs that our search page shows for *text*, best first."""
    page.goto(f"{address}search.html?q={quote(text)}{options}")
    page.wait_for_selector(
        "#search-status:not(:empty) ~ #search-results[aria-busy=false]",
        state="attached",
        timeout=_TIMEOUT,
    )
    return _slugs(_read_links(page, "#search-results > li"))


def ask_sphinx(page: Page, address: str, text: str) -> list[str]:
    """Return the slugs that Sphinx's search page shows for *text*, best first."""
    page.goto(f"{address}search.html?q={quote(text)}")
    page.wait_for_selector("#search-results .search-summary:has-text('.')", timeout=_TIMEOUT)
    page.wait_for_function(
        "() => !document.querySelector('#search-progress')?.textContent.endsWith('...')"
    )
    return _slugs(_read_links(page, "#search-results ul.search > li"))


_ASK_PAGEFIND = """async (text) => {
  window.pagefind ??= await import("/pagefind/pagefind.js");
  const { results } = await window.pagefind.search(text);
  const first = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return first.map(({ url }) => url);
}"""


def ask_pagefind(page: Page, address: str, text: str) -> list[str]:
    """Return the slugs that Pagefind finds for *text*, best first."""
    if not page.url.startswith(address):
        page.goto(address)
    return _slugs(page.evaluate(_ASK_PAGEFIND, text))
