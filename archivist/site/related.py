"""« À lire aussi »: under each post, those that are about the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archivist.search.related import find_related
from archivist.site.ablog_layer import find_register
from archivist.site.listings import Link, link_from
from archivist.site.templates import prints_site
from archivist.site.texts import find_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def _related(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    return vars(env).setdefault("archive_related", {})  # type: ignore[no-any-return]


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Find what to read after each post; write anew the pages where it has changed."""
    before, related = _related(env), find_related(find_texts(app))
    vars(env)["archive_related"] = related
    return sorted(name for name, found in related.items() if before.get(name) != found)


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
) -> None:
    """Hand a post's template the links to what to read next."""
    register = find_register(app)
    if page not in register.positions or not prints_site(app):
        return
    entries = [register.entries[register.positions[name]] for name in _related(app.env)[page]]
    context["archive_related"] = [
        Link(entry.title, link_from(page, entry.post.docname)) for entry in entries
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.texts")
    # After posts, whose register it stands on.
    app.connect("env-updated", on_env_updated, priority=600)
    app.connect("html-page-context", on_html_page_context)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
