"""Run Sphinx in this process, with no setting but those of conf.py, and its words in French."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import sphinx.locale
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from archivist.build.lean import LeanSphinx
from archivist.build.messages import tell_warnings
from archivist.build.workspace import Workspace
from archivist.progress import Progress
from archivist.site.plan import BuildPlan


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


class PlannedSphinx(LeanSphinx):
    """Sphinx, which tells our extensions what is known before it begins."""

    def __init__(self, plan: BuildPlan, **options: Any) -> None:  # noqa: ANN401
        self.plan = plan
        super().__init__(**options)


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
