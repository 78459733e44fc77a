"""Which documents Sphinx reads again, and what it forgets of them at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK, BuildEnvironment

from archivist.site.plan import find_plan

TOC = "archive_toc"
"""Where a document keeps its table of contents, which weighs much in Sphinx's environment."""


class Unkept(dict[str, Any]):
    """Keeps no document, read or pickled, until the end: together they would fill the memory."""

    def __setitem__(self, name: str, document: Any) -> None:  # noqa: ANN401
        """Let *document* go; it lies on the disk."""


class DocumentsRead:
    """Knows which documents a build read."""

    def __init__(self) -> None:
        self.docnames: set[str] = set()

    def on_env_before_read_docs(
        self, _: Sphinx, env: BuildEnvironment, docnames: Iterable[str]
    ) -> None:
        """Note the documents that are read."""
        self.docnames = set(docnames)
        env._write_doc_doctree_cache = Unkept()  # noqa: SLF001
        env._pickled_doctree_cache = Unkept()  # noqa: SLF001

    def on_doctree_read(self, app: Sphinx, doctree: nodes.document) -> None:
        """Move the contents of a document from what every build reads to the document."""
        if hasattr(app.builder, "find_stale"):
            docname = app.env.current_document.docname
            vars(doctree)[TOC] = app.env.tocs[docname]
            app.env.tocs[docname] = nodes.bullet_list()

    def on_env_updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Tell Sphinx which documents to render."""
        if hasattr(app.builder, "find_stale"):
            return app.builder.find_stale(self.docnames)  # type: ignore[no-any-return]
        return sorted(env.found_docs)


def choose_changed(
    app: Sphinx, _: BuildEnvironment, __: set[str], changed: set[str], ___: set[str]
) -> list[str]:
    """Put what is known to have changed in the place of what Sphinx takes from dates."""
    files = find_plan(app).changed
    if files is not None and app.env.config_status == CONFIG_OK:
        env = app.env
        changed.clear()
        known = env.all_docs.keys() & env.found_docs
        changed |= {each for each in known if not files.isdisjoint(_find_files(env, each))}
    return []


def _find_files(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield the files of docs/ that a document shows or is made of, by their path below it."""
    yield f"{docname}.md"
    for path in env.dependencies.get(docname, ()):
        yield Path(os.path.relpath(Path(env.srcdir, path), env.srcdir)).as_posix()
