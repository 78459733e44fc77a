"""Which documents are read and rendered again: posts as they are read, others when all are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx, builtin_extensions
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import CONFIG_OK, BuildEnvironment
from sphinx.transforms import SphinxTransformer
from sphinx.util.docutils import LoggingReporter

from archivist.site.domain import find_post
from archivist.site.plan import find_plan
from archivist.site.sphinx.memory import Memory
from archivist.site.sphinx.parser import is_idle
from archivist.site.sphinx.posts import complete_names, name_image
from archivist.site.sphinx.xrefs import WORDS, leads_on, resolve_names
from archivist.site.text.fragments import FragmentTranslator

TOC = "archive_toc"
"""Where a document keeps its table of contents, which weighs much in Sphinx's environment."""

# What always takes part in a build; extensions that come with Sphinx are for who asks for them.
_OWN = frozenset({"ablog", "archivist", "furo", "myst_parser", "sphinx", "sphinx_basic_ng"})


def _is_own(module: str) -> bool:
    """Tell whether an extension, or a part of one, is there in every build."""
    is_further = module.startswith("sphinx.ext.") and module != "sphinx.ext.mathjax"
    return module in builtin_extensions or (module.partition(".")[0] in _OWN and not is_further)


class Unkept(dict[str, Any]):
    """Keeps no document, read or pickled, until the end: together they would fill the memory."""

    def __setitem__(self, name: str, document: Any) -> None:  # noqa: ANN401
        """Let *document* go; it lies on the disk."""


class DocumentRenderer(StandaloneHTMLBuilder):
    """Renders a post as soon as it is read, where all it refers to is known, and keeps none of it.

    What it refers to may change afterwards: then it is read again.
    """

    default_translator_class = FragmentTranslator
    waiting: Set[str] = frozenset()
    """The documents that are still to be read."""
    _before: Memory
    _after: Memory
    _rendered: set[str]

    @cached_property
    def is_alone(self) -> bool:
        """Whether `archivist` builds, and nobody else's extension has a say in any post."""
        listeners = chain.from_iterable(self.events.listeners.values())
        handlers = (str(getattr(each.handler, "__module__", "")) for each in listeners)
        is_planned = find_plan(self._app).archive is not None and not self.config.setup
        return is_planned and all(map(_is_own, {*self._app.extensions, *handlers}))

    def write_doctree(  # type: ignore[misc]
        self, docname: str, doctree: nodes.document, *, _cache: bool = True
    ) -> None:
        """Render a post at once, else have Sphinx keep the document until all are read."""
        self.waiting -= {docname}
        at_once = _cache and self.is_alone and find_post(self._app, docname)
        if at_once and leads_on(self._app, docname, self.waiting):
            (self.doctreedir / f"{docname}.doctree").unlink(missing_ok=True)
            self._render_at_once(docname, doctree)
        else:
            vars(doctree).pop(WORDS, None)
            super().write_doctree(docname, doctree, _cache=_cache)

    def _render_at_once(self, docname: str, doctree: nodes.document) -> None:
        """Do what Sphinx does when all are read, but for what finds nothing in any post."""
        if not hasattr(self, "docsettings"):
            self.prepare_writing(frozenset())
        for image in doctree.findall(nodes.image):
            name_image(self.env, image["uri"])
        doctree.reporter = LoggingReporter(str(self.env.doc2path(docname)))
        self.env.current_document.docname = docname
        transformer = SphinxTransformer(doctree)
        transformer.set_environment(self.env)
        found = self.env._registry.get_post_transforms()  # noqa: SLF001
        has_code = any(doctree.findall(nodes.literal_block))
        transformer.add_transforms([each for each in found if not is_idle(each, has_code=has_code)])
        transformer.apply_transforms()
        self.events.emit("doctree-resolved", doctree, docname)
        self.write_doc_serialized(docname, doctree)
        self.write_doc(docname, doctree)
        self._rendered.add(docname)

    def find_stale(self, read: Set[str]) -> list[str]:
        """Return the documents to render, and keep the fragments of the others."""
        stale = [each for each in sorted(self.env.found_docs) if not self._keep(each, read)]
        self._rendered -= set(stale)
        return stale

    def _keep(self, docname: str, read: Set[str]) -> bool:
        """Keep the fragment of a document, if it was neither read nor refers to what changed."""
        names = resolve_names(self._app, docname)
        if docname in read:
            return docname in self._rendered and self._after.fragments[docname][0] == names
        known = self._before.fragments.get(docname)
        if known is None or names is None or known[0] != names:
            return False
        self._after.fragments[docname] = known
        if docname in self._before.readings:
            self._after.readings[docname] = self._before.readings[docname]
        return True

    def read_again(self, docnames: Iterable[str]) -> None:
        """Read those of *docnames* again that were rendered at once, and so kept nowhere."""
        gone = [each for each in docnames if not (self.doctreedir / f"{each}.doctree").exists()]
        if gone:
            # None is rendered before all are read.
            self.is_alone = False
            self._read_serial(gone)
            complete_names(self._app, self.env)

    def write_documents(self, docnames: Set[str]) -> None:
        """Render the documents that are not rendered yet."""
        super().write_documents(docnames - self._rendered)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Prepare what rendering needs; docutils would look for its styles for each document."""
        super().prepare_writing(docnames)
        self.docsettings.stylesheet_path = None


class DocumentsRead:
    """Knows which documents a build read."""

    def __init__(self) -> None:
        self.docnames: set[str] = set()

    def on_env_before_read_docs(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]
    ) -> None:
        """Note the documents that are read."""
        self.docnames = set(docnames)
        if isinstance(app.builder, DocumentRenderer):
            app.builder.waiting = frozenset(docnames)
        env._write_doc_doctree_cache = Unkept()  # noqa: SLF001
        env._pickled_doctree_cache = Unkept()  # noqa: SLF001

    def on_doctree_read(self, app: Sphinx, doctree: nodes.document) -> None:
        """Move the contents of a document from what every build reads to the document."""
        if isinstance(app.builder, DocumentRenderer):
            docname = app.env.current_document.docname
            vars(doctree)[TOC] = app.env.tocs[docname]
            app.env.tocs[docname] = nodes.bullet_list()

    def on_env_updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Tell Sphinx which documents to render."""
        if not isinstance(app.builder, DocumentRenderer):
            return sorted(env.found_docs)
        stale = app.builder.find_stale(self.docnames)
        app.builder.read_again(stale)
        return stale


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
