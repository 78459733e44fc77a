"""While posts are written: drafts are shown, and of the lists only those of changed posts written.

It is on with ``archive_is_preview``, which `archivist live` sets; a site to publish never is.
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.site.ablog_layer import find_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.ablog_layer import Entry

_INDEXES = frozenset({"archives/index", "tag/index", "category/index", "author/index"})
_LATER_PAGES = re.compile(r"page/[0-9]+/index$")


def _find_lists(entry: Entry) -> frozenset[str]:
    """Return the pages of the lists that show *entry*, later pages named as the first."""
    labels = {f"{label.path}/index" for found in entry.labels.values() for label in found}
    date = entry.post.date
    return frozenset({"index", f"{date.year}/index", f"{date.year}/{date.month:02}/index", *labels})


class Preview:
    """Knows which posts a build read, the lists that show them or did, and if any moved."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.lists: set[str] = set()
        self.moved = False

    def on_env_before_read_docs(
        self, _: Sphinx, __: BuildEnvironment, docnames: Iterable[str]
    ) -> None:
        """Note the documents that changed."""
        self.read = set(docnames)

    def on_env_updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Note the lists to write, and have the home page written."""
        if not app.config.archive_is_preview:
            return []
        lists = {entry.post.docname: _find_lists(entry) for entry in find_register(app).entries}
        before = vars(env).get("archive_lists", {})
        changed = self.read | {name for name in before if name not in lists}
        pages = [found.get(name, frozenset()) for name in changed for found in (lists, before)]
        self.lists = set(chain.from_iterable(pages))
        self.moved = list(lists.items()) != list(before.items())
        vars(env)["archive_lists"] = lists
        # The home page lists posts, and is a document too.
        return [app.config.root_doc]

    def on_builder_inited(self, app: Sphinx) -> None:
        """Let only the lists that show what changed, or are not there yet, be written."""
        if not app.config.archive_is_preview:
            return
        app.builder.search = False  # type: ignore[attr-defined]
        write: Callable[..., None] = app.builder.handle_page  # type: ignore[attr-defined]

        def write_wanted(page: str, context: dict[str, Any], *rest: object, **more: object) -> None:
            is_there = Path(app.outdir, f"{page}.html").exists()
            if page in app.env.found_docs or not is_there or self.wants(page, context):
                write(page, context, *rest, **more)

        vars(app.builder)["handle_page"] = write_wanted

    def wants(self, page: str, context: Mapping[str, Any]) -> bool:
        """Tell whether *page* is one of a list to write."""
        if page in _INDEXES:
            return True
        shown: frozenset[str] = getattr(context.get("archive_entries"), "docnames", frozenset())
        is_near = self.moved or bool(shown & self.read)
        return is_near and _LATER_PAGES.sub("index", page) in self.lists


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    preview = Preview()
    app.setup_extension("archivist.site.posts")
    app.connect("env-before-read-docs", preview.on_env_before_read_docs)
    # After posts, whose register it stands on.
    app.connect("env-updated", preview.on_env_updated, priority=700)
    app.connect("builder-inited", preview.on_builder_inited)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
