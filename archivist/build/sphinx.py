"""Run Sphinx in this process, with no setting but those of conf.py, and its words in French."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import Any

import sphinx.locale
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from archivist.build.messages import tell_warnings
from archivist.build.workspace import Workspace
from archivist.progress import Progress
from archivist.site.plan import BuildPlan

# What is loaded for what few builds need: words never seen before, remote pictures, doctests,
# words of English, CSS selectors, texts that are not in UTF-8.
_LATER = (
    *("simplemma", "sphinx.util.requests", "sphinx.ext.doctest", "snowballstemmer"),
    *("soupsieve", "charset_normalizer"),
)
# Sphinx's own builders that no command asks for, and whose settings are none of ours. Where
# conf.py names an extension of others, which may know them, they are there.
_UNASKED = frozenset(
    f"sphinx.builders.{name}"
    for name in ["changes", "dirhtml", "latex", "linkcheck", "manpage", "texinfo", "xml"]
)


def _load_later(name: str) -> None:
    """Have the module *name* loaded when something of it is used, not when it is imported."""
    spec = None if name in sys.modules else find_spec(name)
    if not spec:
        return
    module, lock = module_from_spec(spec), Lock()

    def load(attribute: str) -> object:
        with lock:
            if sys.modules.get(name) is module:
                del sys.modules[name]
        # Another thread that asks meanwhile waits here.
        loaded = import_module(name)
        vars(module).update(vars(loaded))
        return getattr(loaded, attribute)

    vars(module)["__getattr__"] = load
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)


def _follow(app: Sphinx, progress: Progress) -> None:
    """Tell *progress* what Sphinx does."""

    def begin_reading(_: Sphinx, __: object, docnames: list[str]) -> None:
        progress.begin("lecture", len(docnames))

    app.connect("env-before-read-docs", begin_reading)
    app.connect("doctree-read", lambda *_: progress.step())
    app.connect(
        "write-started", lambda *_: progress.begin("rendu des textes", len(app.env.found_docs))
    )
    app.connect("doctree-resolved", lambda *_: progress.step())
    app.connect("fragments-rendered", lambda _: progress.begin("écriture des pages"))
    app.connect("build-finished", lambda *_: progress.begin("recherche"), priority=0)


class PlannedSphinx(Sphinx):
    """Sphinx, which tells our extensions what is known before it begins."""

    def __init__(self, plan: BuildPlan, **options: Any) -> None:  # noqa: ANN401
        self.plan = plan
        for name in _LATER:
            _load_later(name)
        super().__init__(**options)

    def setup_extension(self, extname: str) -> None:
        """Load an extension, unless it is a builder that nobody asks for."""
        is_ours = all(name.startswith("archivist.") for name in self.config.extensions)
        if extname not in _UNASKED or self.config.setup or not is_ours:
            super().setup_extension(extname)


def run_sphinx(
    docs: Path, work: Workspace, settings: Mapping[str, Any], plan: BuildPlan
) -> tuple[list[str], dict[str, str]]:
    """Build *docs* in the folder *work*; return warnings, and why each page was written.

    What Sphinx read there before it goes on from.
    """
    warnings = StringIO()
    # Sphinx's own messages are read by the same people as ours.
    sphinx.locale.init([Path(sphinx.locale.__file__).parent], "fr", "sphinx", "console")
    # A folder without docutils.conf, so that none is read: a setting is in conf.py or nowhere.
    with patch_docutils(Path(__file__).parent), docutils_namespace():
        app = PlannedSphinx(
            plan,
            srcdir=docs,
            confdir=docs,
            outdir=work.staged,
            doctreedir=work.doctrees,
            buildername=plan.builder,
            confoverrides=dict(settings),
            status=None,
            warning=warnings,
            parallel=plan.jobs,
        )
        # Its log of all that happens would be made, though nobody reads it.
        logging.getLogger("sphinx").setLevel(logging.WARNING)
        _follow(app, plan.progress)
        app.build()
    text = strip_colors(warnings.getvalue()).replace(f"{docs.resolve().parent}/", "")
    return tell_warnings(text), getattr(app.builder, "reasons", {})
