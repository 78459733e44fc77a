"""The index of words from A to Z, a page a letter: a search that needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from archivist.addresses import owned
from archivist.search.word_index import index_words
from archivist.site.files.search import gather_corpus
from archivist.site.pages.page import Link, Page, link_from
from archivist.site.site import Site

WORDS = owned.WORDS


def _name_page(letter: str) -> str:
    return f"{WORDS}/{letter}/index"


def _link_letters(page: str, letters: Iterable[str]) -> list[Link]:
    return [Link(letter.upper(), link_from(page, _name_page(letter))) for letter in letters]


@dataclass(frozen=True, kw_only=True)
class WordsPage(Page):
    """The words under a letter, or without one the way to each."""

    template: ClassVar[str] = "words.html"
    letters: list[Link]
    letter: str = ""
    words: Sequence[tuple[str, Markup]] = ()


def list_words(site: Site) -> Iterator[Page]:
    """Yield the page of each letter, and the one that leads to them."""
    posts, index = site.library.posts, f"{WORDS}/index"
    # As the pages of letters, all as deep, show them; a template would take long to write them.
    page, link = _name_page("a"), Markup('<dd><a href="{}">{}</a></dd>\n')
    links = [link.format(link_from(page, each.docname), each.title) for each in posts]
    corpus = site.once(gather_corpus)
    letters = index_words(corpus.tables, corpus.first_post, site.dictionary)
    summary = "Les mots des billets, de A à Z."
    yield WordsPage(
        docname=index,
        title="Index des mots",
        summary=summary,
        letters=_link_letters(index, letters),
    )
    for letter, words in letters.items():
        page, name = _name_page(letter), letter.upper()
        yield WordsPage(
            docname=page,
            title=f"Index des mots\u00a0: {name}",
            summary=f"Les mots des billets qui commencent par {name}.",
            letter=name,
            letters=_link_letters(page, letters),
            words=[
                (each.word, Markup("".join([links[post] for post in each.posts])))  # noqa: S704
                for each in words
            ],
        )
