"""The search: its index and lexicon, made of what the documents say."""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.search.files import write_search
from archivist.search.marks import Page
from archivist.search.pagefind import IndexingError
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry
    from archivist.site.sphinx.builder import ArchiveBuilder

SEARCH = owned.SEARCH
FOLDER = owned.SEARCH_FOLDER
# Readers look for posts first.
_STANDING_WEIGHT = 0.05
# A page that answers nobody's question.
_NOT_FOUND = owned.NOT_FOUND


def _describe_post(entry: Entry) -> dict[str, Any]:
    labels = {kind: [label.name for label in found] for kind, found in entry.labels.items()}
    return {
        "shown": {
            "date": spell_date(entry.post.shown_date),
            "category": ", ".join(labels["category"]),
        },
        "facets": {
            "annee": [str(entry.post.date.year)],
            "categorie": labels["category"],
            "etiquette": labels["tag"],
            "auteur": labels["author"],
        },
    }


def _find_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the pages to index with what is told of them: standing pages, then posts by date."""
    register = find_register(app)
    for docname in sorted(app.env.found_docs - register.positions.keys()):
        if docname not in {app.config.root_doc, _NOT_FOUND}:
            yield docname, {"weight": _STANDING_WEIGHT}
    for entry in register.entries:
        yield entry.post.docname, _describe_post(entry)


def _read_pages(app: Sphinx) -> Iterator[Page]:
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    for docname, told in _find_pages(app):
        reading = builder.find_reading(docname)
        if reading.title:
            yield Page(url=f"{docname}.html", reading=reading, **told)


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of the search."""
    if prints_site(app):
        yield (
            SEARCH,
            {"title": "Recherche", "archive_summary": "Chercher dans les billets."},
            "search.html",
        )


class Search:
    """The index of a build, made beside its pages: Pagefind is a program of its own."""

    def __init__(self) -> None:
        self._work = Path()
        self._made: Future[None] | None = None

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Begin to index what the documents say."""
        if prints_site(app):
            builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
            pages = list(_read_pages(app))
            self._work = Path(tempfile.mkdtemp(prefix=".search-", dir=app.outdir))
            pool = ThreadPoolExecutor(1)
            self._made = pool.submit(
                write_search,
                pages,
                builder.dictionary,
                self._work / FOLDER,
                Path(app.outdir, FOLDER),
            )
            pool.shutdown(wait=False)

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Put the index in its place."""
        if self._made is None:
            return
        try:
            self._made.result()
            if not exception:
                shutil.rmtree(Path(app.outdir, FOLDER), ignore_errors=True)
                (self._work / FOLDER).rename(Path(app.outdir, FOLDER))
        except IndexingError as error:
            raise SphinxError(f"les pages n’ont pas pu être indexées : {error}") from error
        finally:
            shutil.rmtree(self._work, ignore_errors=True)
            self._made = None


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.pages.lists")
    search = Search()
    app.connect("fragments-rendered", search.on_fragments_rendered)
    app.connect("html-collect-pages", on_html_collect_pages)
    app.connect("build-finished", search.on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
