"""The index of words from A to Z, a page a letter: a search that needs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archivist.search.word_index import index_words
from archivist.site.ablog_layer import find_register
from archivist.site.listings import Link, link_from
from archivist.site.templates import prints_site
from archivist.site.texts import find_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.search.word_index import IndexedWord

WORDS = "mots"
_TITLE = "Index des mots"


def _name_page(letter: str) -> str:
    return f"{WORDS}/{letter}/index"


def _link_letters(page: str, letters: Iterable[str]) -> list[Link]:
    return [Link(letter.upper(), link_from(page, _name_page(letter))) for letter in letters]


def _show_words(
    page: str, words: Iterable[IndexedWord], titles: Mapping[str, str]
) -> list[tuple[str, list[Link]]]:
    return [
        (word.word, [Link(titles[post], link_from(page, post)) for post in word.posts])
        for word in words
    ]


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of each letter, and the one that leads to them."""
    if not prints_site(app):
        return
    titles = {entry.post.docname: entry.title for entry in find_register(app).entries}
    letters = index_words(find_texts(app))
    index = f"{WORDS}/index"
    shown = {"title": _TITLE, "archive_summary": "Les mots des billets, de A à Z."}
    yield index, shown | {"archive_letters": _link_letters(index, letters)}, "words.html"
    for letter, words in letters.items():
        page, name = _name_page(letter), letter.upper()
        context = {
            "title": f"{_TITLE}\u00a0: {name}",
            "archive_summary": f"Les mots des billets qui commencent par {name}.",
            "archive_letter": name,
            "archive_letters": _link_letters(page, letters),
            "archive_words": _show_words(page, words, titles),
        }
        yield page, context, "words.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.texts")
    app.connect("html-collect-pages", on_html_collect_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
