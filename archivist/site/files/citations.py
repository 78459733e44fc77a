"""« Citer ce billet »: a reference under each post, files and tags for reference managers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.formats.bibtex import write_bibtex, write_library
from archivist.formats.citation import Citation, Person, make_key
from archivist.formats.csl import write_csl
from archivist.formats.highwire import list_tags
from archivist.formats.iso690 import list_pieces
from archivist.formats.ris import write_ris
from archivist.posts.people import read_registers
from archivist.site.pages.lists import Link
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import find_whole_address, prints_site
from archivist.site.text.typography import bind_spaces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.posts.people import Author
    from archivist.site.sphinx.ablog import Entry
    from archivist.site.sphinx.builder import ArchiveBuilder

LIBRARY = owned.LIBRARY
# What each file beside a post is called, how its name ends, and who writes it.
FORMATS = (
    ("BibTeX", ".bib", write_bibtex),
    ("RIS", ".ris", write_ris),
    ("CSL-JSON", ".csl.json", write_csl),
)


@dataclass(frozen=True, slots=True)
class Citing:
    """What the template of a post shows for those who cite it."""

    reference: Markup
    address: str
    bibtex: str
    files: tuple[Link, ...]
    tags: tuple[tuple[str, str], ...]


def _mark_up(citation: Citation) -> Markup:
    """Return the reference; a title is in the language of its post."""
    language = citation.language if citation.language != "fr" else ""
    title = Markup('<span lang="{}">{{}}</span>').format(language) if language else Markup("{}")
    templates = {"title": title, "container": Markup("<cite>{}</cite>"), "": Markup("{}")}
    pieces = list_pieces(citation)
    return Markup().join(templates[piece.kind].format(piece.text) for piece in pieces)


def _show(citation: Citation, page: str) -> Citing:
    name = page.rpartition("/")[2]
    return Citing(
        reference=_mark_up(citation),
        address=citation.address,
        bibtex=write_bibtex(citation),
        files=tuple(Link(form, f"{name}{ending}") for form, ending, _ in FORMATS),
        tags=tuple(list_tags(citation)),
    )


class Citations:
    """How each post of a build is cited, by docname, in the order of posts."""

    def __init__(self) -> None:
        self._citations: dict[str, Citation] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Describe the posts."""
        authors = read_registers(Path(app.srcdir), "").authors
        container = app.config.project
        self._citations = {
            entry.post.docname: _describe(
                entry, authors, container, find_whole_address(app, entry.post.docname)
            )
            for entry in find_register(app).entries
        }

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Hand the template of a post what there is to cite it by."""
        if prints_site(app) and page in self._citations:
            context["archive_citation"] = _show(self._citations[page], page)

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the files of each post, and the one of all."""
        if exception or not prints_site(app):
            return
        builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
        for docname, citation in self._citations.items():
            for _, ending, write in FORMATS:
                builder.write_file(f"{docname}{ending}", write(citation).encode("utf-8"))
        library = write_library(self._citations.values())
        builder.write_file(LIBRARY, library.encode("utf-8"))


def _describe(
    entry: Entry, authors: Mapping[str, Author], container: str, address: str
) -> Citation:
    post = entry.post
    signed = [authors[key] for key in post.authors]
    return Citation(
        key=make_key(post.docname),
        title=entry.title,
        authors=tuple(Person(each.name, each.family, each.given) for each in signed),
        date=post.shown_date,
        date_words=bind_spaces(spell_date(post.shown_date)),
        container=container,
        address=address,
        origin=post.source or post.canonical_link,
        language=post.language or "fr",
        partial=post.partial,
        keywords=tuple(label.name for label in entry.labels["tag"]),
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    citations = Citations()
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("fragments-rendered", citations.on_fragments_rendered)
    app.connect("html-page-context", citations.on_html_page_context)
    app.connect("build-finished", citations.on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
