"""« À lire aussi »: under each post, those that are about the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archivist.search.related import find_related
from archivist.site.pages.lists import link_posts
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.builder import ArchiveBuilder


class Related:
    """What to read after each post, by docname."""

    def __init__(self) -> None:
        self._related: dict[str, tuple[str, ...]] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Compare the posts."""
        builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
        docnames = find_register(app).positions
        words = {name: builder.find_reading(name).words for name in docnames}
        self._related = find_related(words, builder.dictionary)

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Hand a post's template the links to what to read next."""
        register = find_register(app)
        if page not in register.positions or not prints_site(app):
            return
        entries = [register.entries[register.positions[name]] for name in self._related[page]]
        context["archive_related"] = link_posts(page, entries)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    related = Related()
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("fragments-rendered", related.on_fragments_rendered)
    app.connect("html-page-context", related.on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
