"""How well and at what cost the search answers, beside stock Sphinx and stock Pagefind.

Run by ``make bench``. ``--given FOLDER`` takes posts (`corpus/<year>/*.md`) and queries
(`queries.json`) from a folder instead of making them up.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import engines
import simplemma
import snowballstemmer
from corpus import Document, excuse_posts, make_corpus, write_posts
from pages import open_browser, serve
from playwright.sync_api import sync_playwright
from queries import Query, fold, make_queries
from slow_server import Line, serve_slowly

from archivist.search.article import ArticleBlock
from archivist.search.files import IndexedPage, make_search
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import read_blocks
from archivist.search.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Browser, Page

    Ask = Callable[[Page, str, str], list[str]]

ROOT = Path(__file__).parent.parent
POSTS, MANY_POSTS = 662, 20_000
# 1.6 Mbit/s, and so long until the first byte of each answer.
RATE, DELAY = 200_000, 0.15
SINGLE_WORDS = 300
SHOWN = 10

# -- Posts and queries ----------------------------------------------------------


def _read_posts(posts: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts and the titles of all *posts*, by slug."""
    texts, titles = {}, {}
    for path in sorted(posts.rglob("*.md")):
        body = path.read_text(encoding="utf-8").split("---", 2)[2]
        title = re.search(r"^# (.*)$", body, re.MULTILINE)
        texts[path.stem], titles[path.stem] = body, title[1] if title else path.stem
    return texts, titles


def _find_forms(texts: dict[str, str]) -> dict[str, list[str]]:
    """Return for each word the forms of it that there are, by a dictionary."""
    by_lemma: defaultdict[str, set[str]] = defaultdict(set)
    words = {word for text in texts.values() for word in re.findall(r"[^\W\d_]{4,}", text.lower())}
    for word in words:
        by_lemma[simplemma.lemmatize(word, lang="fr").lower()].add(word)
    return {word: sorted(group) for group in by_lemma.values() for word in group}


def prepare(docs: Path, given: Path | None) -> list[Query]:
    """Fill *docs* with posts to search, and return what to ask."""
    shutil.copytree(ROOT / "docs", docs)
    if given:
        shutil.copytree(given / "corpus", docs / "posts", dirs_exist_ok=True)
        excuse_posts(docs)
        asked = json.loads((given / "queries.json").read_text(encoding="utf-8"))
        return [Query(each["class"], each["query"], frozenset(each["relevant"])) for each in asked]
    write_posts(make_corpus(POSTS), docs / "posts")
    texts, titles = _read_posts(docs / "posts")
    return list(make_queries(texts, titles, _find_forms(texts)))


# -- Quality --------------------------------------------------------------------


def _rate(answers: Sequence[tuple[Query, list[str]]]) -> str:
    """Return s@1, s@3, s@10, MRR and the share without any result, as columns."""
    ranks = [
        next((i for i, slug in enumerate(found[:SHOWN], 1) if slug in query.relevant), 0)
        for query, found in answers
    ]
    count = len(ranks)
    within = [sum(0 < rank <= most for rank in ranks) / count for most in (1, 3, SHOWN)]
    mrr = sum(1 / rank for rank in ranks if rank) / count
    none = sum(not found for _, found in answers) / count
    return "".join(f"{figure:7.3f}" for figure in (*within, mrr, none))


def rate_engine(name: str, ask: Ask, page: Page, address: str, asked: Sequence[Query]) -> None:
    """Print how well an engine answers, by class."""
    answers = []
    for number, query in enumerate(asked, 1):
        answers.append((query, ask(page, address, query.text)))
        _show_progress(f"{name}: {number}/{len(asked)}")
    answerable = [(query, found) for query, found in answers if query.relevant]
    by_kind: defaultdict[str, list[tuple[Query, list[str]]]] = defaultdict(list)
    for query, found in answerable:
        by_kind[query.kind].append((query, found))
    print(f"\n{name:36}{'s@1':>7}{'s@3':>7}{'s@10':>7}{'MRR':>7}{'zero':>7}")
    for kind, some in by_kind.items():
        print(f"  {kind:28}{len(some):6}{_rate(some)}")
    print(f"  {'all':28}{len(answerable):6}{_rate(answerable)}")
    wrong = sum(bool(found) for query, found in answers if not query.relevant)
    print(f"  answered though nothing should: {wrong} of {len(answers) - len(answerable)}")


def _show_progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text:60}", end="\r", file=sys.stderr, flush=True)


def rate_dates(page: Page, address: str, posts: Path) -> None:
    """Print how many of the posts found by date for one word have it, in some form."""
    texts, _ = _read_posts(posts)
    families = {slug: _read_families(text) for slug, text in texts.items()}
    joined = {slug: re.sub(r"[^a-z]", "", fold(text)) for slug, text in texts.items()}
    words = {word for text in texts.values() for word in re.findall(r"[^\W\d_]{4,}", text.lower())}
    chance = random.Random(3)  # noqa: S311 (no secret)
    right = total = 0
    for word in chance.sample(sorted(words), SINGLE_WORDS):
        found = engines.ask_ours(page, address, word, "&tri=date")
        posts_found = [slug for slug in found if slug in texts]
        family = _find_family(word)
        right += sum(
            bool(family & families[slug]) or fold(word) in joined[slug] for slug in posts_found
        )
        total += len(posts_found)
    print(f"\nprecision by date, {SINGLE_WORDS} single words: {right / total:.3f} ({total} posts)")


def _find_family(word: str) -> set[str]:
    """Return what *word* shares with its other forms: its stem, its dictionary form."""
    lemma = simplemma.lemmatize(word, lang="fr").lower()
    stem: str = snowballstemmer.stemmer("french").stemWord(word)
    return {f"={fold(lemma)}", f"-{fold(stem)}"}


def _read_families(text: str) -> set[str]:
    words = set(re.findall(r"[^\W\d_]{3,}", text.lower()))
    return set().union(*map(_find_family, words))


# -- Cost -----------------------------------------------------------------------

_NOTE_END = """new MutationObserver(() => {
  const list = document.getElementById("search-results");
  if (list?.getAttribute("aria-busy") === "false" && list.querySelector(".result-excerpt"))
    window.ended = performance.now();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["aria-busy"] })"""
_ASK_NEXT = """(text) => {
  document.getElementById("search-status").textContent = "";
  const box = document.getElementById("search-box");
  box.value = text;
  window.began = performance.now();
  box.form.requestSubmit();
}"""
ANSWERED = "#search-status:not(:empty) ~ #search-results[aria-busy=false] .result-excerpt"


def _time_queries(
    browser: Browser, address: str, line: Line, asked: Sequence[str]
) -> list[tuple[float, int]]:
    """Return seconds and bytes of a first query on an empty cache, then of the next ones."""
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.add_init_script(_NOTE_END)
    line.sent = 0
    page.goto(f"{address}search.html?q={asked[0]}", wait_until="commit")
    page.wait_for_selector(ANSWERED)
    figures = [(page.evaluate("window.ended") / 1000, line.sent)]
    for text in asked[1:]:
        line.sent = 0
        page.evaluate(_ASK_NEXT, text)
        page.wait_for_selector(ANSWERED)
        figures.append((page.evaluate("window.ended - window.began") / 1000, line.sent))
    context.close()
    return figures


def _say_cost(label: str, figures: Sequence[tuple[float, int]]) -> float:
    """Print the median and the worst of *figures*; return the median of bytes."""
    seconds, sent = zip(*figures, strict=True)
    middle = median(sent)
    print(
        f"  {label:30}{median(seconds):6.2f} s, at worst{max(seconds):6.2f} s"
        f"{middle / 1000:8.0f} kB, at worst{max(sent) / 1000:6.0f} kB"
    )
    return middle


def rate_cost(browser: Browser, site: Path, asked: Sequence[Sequence[str]]) -> float:
    """Print what queries cost over a slow line; return the bytes of a first one."""
    with serve_slowly(site, RATE, DELAY) as (address, line):
        runs = [_time_queries(browser, address, line, texts) for texts in asked]
    first = _say_cost("first query, empty cache", [run[0] for run in runs])
    if later := [figure for run in runs for figure in run[1:]]:
        _say_cost("next query", later)
    return first


def _to_page(document: Document, lexis: Lexis) -> IndexedPage:
    blocks = [ArticleBlock(document.title, "h1"), *map(ArticleBlock, document.paragraphs)]
    url = f"posts/{document.year}/{document.slug}.html"
    return IndexedPage(
        url=url,
        reading=read_blocks(blocks, lexis),
        shown={"date": str(document.year), "category": "Innovation publique"},
        facets={"annee": [str(document.year)], "categorie": ["Innovation publique"]},
    )


def measure_index(size: int, folder: Path) -> None:
    """Index *size* made-up posts into *folder*; print what that takes."""
    documents, lexis = make_corpus(size), Lexis()
    before, began = _measure_peak(), time.process_time()
    pages = [_to_page(document, lexis) for document in documents]
    read = time.process_time()
    tables = Tables([page.reading for page in pages], lexis)
    for name, make, _ in make_search(pages, 0, tables, Dictionary()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(make())
    print(
        f"  index of {size} posts: {read - began:.1f} s of processor to read them, "
        f"{time.process_time() - read:.1f} s to index and write, {_measure_peak() - before:.0f} MB",
        flush=True,
    )


def _measure_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rate_growth(browser: Browser, site: Path, work: Path) -> None:
    """Print what the same queries cost over a small and over a large made-up archive."""
    print("\nmade-up archives, one query after another on a line of 1.6 Mbit/s, 150 ms")
    words = [document.title.split() for document in make_corpus(40)]
    asked = [
        [f"{one[0]} {two[1]}", one[1], two[2]]
        for one, two in zip(words[::8], words[4::8], strict=True)
    ]
    sent = []
    for size in (POSTS, MANY_POSTS):
        grown = work / f"grown-{size}"
        shutil.copytree(
            site, grown, ignore=shutil.ignore_patterns("posts", "_search", "mots", "_images")
        )
        command = [sys.executable, __file__, "--index", str(size), str(grown / "_search")]
        subprocess.run(command, check=True)  # noqa: S603
        sent.append(rate_cost(browser, grown, asked))
    print(f"  bytes of a first query, {MANY_POSTS} posts to {POSTS}: × {sent[1] / sent[0]:.2f}")


# -- All of it ------------------------------------------------------------------


def _build_sites(docs: Path, work: Path) -> tuple[Path, Path]:
    ours, stock = work / "ours", work / "stock"
    engines.run_sphinx(docs, ours)
    engines.build_stock(docs / "posts", work / "stock-docs", stock)
    return ours, stock


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--given", type=Path, help="folder with corpus/ and queries.json")
    parser.add_argument("--index", nargs=2, metavar=("SIZE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.index:
        measure_index(int(options.index[0]), Path(options.index[1]))
        return
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        work = Path(name)
        asked = prepare(work / "docs", options.given)
        browser = open_browser(playwright)
        ours, stock = _build_sites(work / "docs", work)
        page = browser.new_page()
        with serve(stock) as address:
            rate_engine("stock Sphinx", engines.ask_sphinx, page, address, asked)
            rate_engine("stock Pagefind", engines.ask_pagefind, page, address, asked)
        with serve(ours) as address:
            rate_engine("this archive", engines.ask_ours, page, address, asked)
            rate_dates(page, address, work / "docs/posts")
        print("\nthis archive, on a line of 1.6 Mbit/s, 150 ms to each first byte")
        texts = [query.text for query in asked if query.relevant and " " in query.text]
        rate_cost(browser, ours, [texts[start : start + 3] for start in range(0, 15, 3)])
        rate_growth(browser, ours, work)


if __name__ == "__main__":
    main()
