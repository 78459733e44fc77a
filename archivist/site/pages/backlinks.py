"""« Cité par »: under each post, those that lead to it, oldest first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from archivist.site.pages.lists import link_posts
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry
    from archivist.site.sphinx.builder import ArchiveBuilder


def gather_links(app: Sphinx) -> dict[str, tuple[Entry, ...]]:
    """Return the posts that lead to each document and to each part of one, oldest first."""
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in find_register(app).entries:
        links = builder.find_fragment(entry.post.docname).links
        documents = {link.partition("#")[0] for link in links}
        for target in documents.union(links):
            found[target].append(entry)
    return {target: tuple(entries) for target, entries in found.items()}


class Backlinks:
    """The posts that lead to each post, by docname."""

    def __init__(self) -> None:
        self._citing: Mapping[str, tuple[Entry, ...]] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Turn the links of all posts round."""
        self._citing = gather_links(app)

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Hand a post's template the links to the others that lead to it."""
        if page in find_register(app).positions and prints_site(app):
            context["archive_cited_by"] = link_posts(page, self._citing.get(page, ()))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    backlinks = Backlinks()
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("fragments-rendered", backlinks.on_fragments_rendered)
    app.connect("html-page-context", backlinks.on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
