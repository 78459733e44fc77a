"""The index of words from A to Z, a page a letter: a search that needs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archivist.addresses import owned
from archivist.search.word_index import index_words
from archivist.site.pages.lists import Link, link_from
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.search.word_index import IndexedWord
    from archivist.site.sphinx.ablog import Entry
    from archivist.site.sphinx.builder import ArchiveBuilder

WORDS = owned.WORDS
_TITLE = "Index des mots"


def _name_page(letter: str) -> str:
    return f"{WORDS}/{letter}/index"


def _link_letters(page: str, letters: Iterable[str]) -> list[Link]:
    return [Link(letter.upper(), link_from(page, _name_page(letter))) for letter in letters]


def _show_words(
    words: Iterable[IndexedWord], links: Mapping[str, Markup]
) -> list[tuple[str, Markup]]:
    """Return each word with the links to its posts, which a template would take long to write."""
    return [(word.word, Markup().join(map(links.__getitem__, word.posts))) for word in words]


def _write_links(entries: Iterable[Entry]) -> dict[str, Markup]:
    """Return the link to each post as the pages of letters, all as deep, show it."""
    page, link = _name_page("a"), Markup('<dd><a href="{}">{}</a></dd>\n')
    return {
        entry.post.docname: link.format(link_from(page, entry.post.docname), entry.title)
        for entry in entries
    }


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of each letter, and the one that leads to them."""
    if not prints_site(app):
        return
    links = _write_links(find_register(app).entries)
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    docnames = find_register(app).positions
    letters = index_words(
        {name: builder.find_reading(name).words for name in docnames},
        builder.dictionary,
    )
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
            "archive_words": _show_words(words, links),
        }
        yield page, context, "words.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("html-collect-pages", on_html_collect_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
