"""On the page of a post: which series it is part of, and the posts before and after it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.site.pages.lists import Link, link_labels, link_neighbour
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry, Label


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """The series of a post, as its page shows it; *number* is the place of the post."""

    label: Link
    number: int
    count: int
    previous: Link | None
    next: Link | None


def _show_series(page: str, label: Label, entries: tuple[Entry, ...], position: int) -> Series:
    return Series(
        label=link_labels(page, [label])[0],
        number=position + 1,
        count=len(entries),
        previous=link_neighbour(page, entries, position - 1),
        next=link_neighbour(page, entries, position + 1),
    )


class AllSeries:
    """The series of each post that is in one, and its place there, by docname."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[Label, tuple[Entry, ...], int]] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Find the place of each post in its series."""
        self._places = {
            entry.post.docname: (label, entries, position)
            for label, entries in find_register(app).catalogues["series"].items()
            for position, entry in enumerate(entries)
        }

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Hand a post's template its series."""
        if page in self._places and prints_site(app):
            context["archive_series"] = _show_series(page, *self._places[page])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    series = AllSeries()
    app.setup_extension("archivist.site.pages.lists")
    app.connect("fragments-rendered", series.on_fragments_rendered)
    app.connect("html-page-context", series.on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
