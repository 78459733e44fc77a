"""The search: its index and lexicon, made from the pages that were written."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError
from sphinx.util.display import progress_message

from archivist.search.articles import read_article
from archivist.search.build import write_search
from archivist.search.copies import Page
from archivist.search.pagefind import IndexingError
from archivist.site.ablog_layer import find_register
from archivist.site.dates import spell_date
from archivist.site.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.ablog_layer import Entry

SEARCH = "search"
_FOLDER = "_search"
# Readers look for posts first.
_STANDING_WEIGHT = 0.05
# A page that answers nobody's question.
_NOT_FOUND = "404"


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
    for docname, told in _find_pages(app):
        url = f"{docname}.html"
        blocks = read_article(Path(app.outdir, url).read_bytes())
        if blocks:
            yield Page(url=url, title=blocks[0].text, blocks=blocks, **told)


def on_builder_inited(app: Sphinx) -> None:
    """Keep Sphinx from making its own index; its page is ours."""
    if prints_site(app):
        app.builder.search = False  # type: ignore[attr-defined]


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of the search."""
    if prints_site(app):
        yield (
            SEARCH,
            {"title": "Recherche", "archive_summary": "Chercher dans les billets."},
            "search.html",
        )


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the index and the lexicon of all pages."""
    if exception or not prints_site(app):
        return
    output = Path(app.outdir)
    with (
        progress_message("index de la recherche"),
        tempfile.TemporaryDirectory(prefix=".search-", dir=output) as work,
    ):
        staged = Path(work, _FOLDER)
        _write(app, staged)
        shutil.rmtree(output / _FOLDER, ignore_errors=True)
        staged.rename(output / _FOLDER)


def _write(app: Sphinx, folder: Path) -> None:
    try:
        write_search(list(_read_pages(app)), folder)
    except IndexingError as error:
        raise SphinxError(f"les pages n’ont pas pu être indexées : {error}") from error


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.listings")
    app.connect("builder-inited", on_builder_inited)
    app.connect("html-collect-pages", on_html_collect_pages)
    # From what is published: after stale pages are gone.
    app.connect("build-finished", on_build_finished, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
