"""The index of words from A to Z, by their first letters: a search that needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup

from archivist.addresses import owned
from archivist.search.word_index import index_words
from archivist.site.files.search import gather_corpus
from archivist.site.pages.page import Link, Page, link_from
from archivist.site.site import Site

WORDS = owned.WORDS
# Signs of HTML, some 7 kB as they are sent.
MOST = 45_000


def _name_page(letter: str) -> str:
    return f"{WORDS}/{letter}/index"


def _link(page: str, starts: Iterable[str]) -> list[Link]:
    return [Link(start.capitalize(), link_from(page, _name_page(start))) for start in starts]


@dataclass(frozen=True, kw_only=True)
class WordsPage(Page):
    """The words under some first letters, or without any the way to each."""

    template: ClassVar[str] = "words.html"
    letters: list[Link]
    parts: Sequence[Link] = ()
    """Where the words of this letter are, if they take several pages."""
    start: str = ""
    words: Sequence[tuple[str, Markup]] = ()


@dataclass(frozen=True, slots=True)
class WordLine:
    """A word, what it is sorted by, and links to its posts."""

    key: str
    word: str
    links: Markup


def cut(start: str, lines: list[WordLine], most: int) -> Iterator[tuple[str, list[WordLine]]]:
    """Yield what each page shows: those that begin with *start*, if they take no more than *most*.

    Else that page leads to those with one letter more, and has but the word that *start* is.
    """
    if sum(len(line.links) for line in lines) <= most:
        yield start, lines
        return
    yield start, [line for line in lines if line.key == start]
    longer = (line for line in lines if line.key != start)
    for key, found in groupby(longer, key=lambda line: line.key[: len(start) + 1]):
        yield from cut(key, list(found), most)


def _write_lines(site: Site) -> Iterator[WordLine]:
    # As the pages of letters, all as deep, show them; a template would take long to write them.
    page, link = _name_page("a"), Markup('<dd><a href="{}">{}</a></dd>\n')
    posts = site.library.posts
    links = [link.format(link_from(page, each.docname), each.title) for each in posts]
    corpus = site.once(gather_corpus)
    for each in index_words(corpus.tables, corpus.first_post, site.dictionary):
        yield WordLine(each.key, each.word, Markup("".join([links[post] for post in each.posts])))  # noqa: S704


def list_words(site: Site) -> Iterator[Page]:
    """Yield the pages of each letter, and the one that leads to them."""
    index = f"{WORDS}/index"
    letters = {
        key: list(found) for key, found in groupby(_write_lines(site), lambda each: each.key[0])
    }
    summary = "Les mots des billets, de A à Z."
    yield WordsPage(
        docname=index, title="Index des mots", summary=summary, letters=_link(index, letters)
    )
    for letter, lines in letters.items():
        parts = dict(cut(letter, lines, MOST))
        shown = [start for start in parts if parts[start] and len(parts) > 1]
        for start, words in parts.items():
            page, name = _name_page(start), start.capitalize()
            yield WordsPage(
                docname=page,
                title=f"Index des mots\u00a0: {name}",
                summary=f"Les mots des billets qui commencent par {name}.",
                start=name,
                letters=_link(page, letters),
                parts=_link(page, shown),
                words=[(each.word, each.links) for each in words],
            )
