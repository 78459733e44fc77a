"""Sphinx in this process, with no setting but those of conf.py, and its words in French."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any

import sphinx.locale
from sphinx.environment import CONFIG_OK
from sphinx.util.build_phase import BuildPhase
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from archivist.build.lean import LeanSphinx
from archivist.build.messages import tell_failure, tell_warnings
from archivist.errors import ArchiveError
from archivist.site.plan import BuildPlan, Printed
from archivist.site.sphinx.builder import ArchiveBuilder
from archivist.site.sphinx.parser import settings_found_once
from archivist.site.sphinx.posts import fill_domain


def _follow(app: PlannedSphinx) -> None:
    """Tell the progress of its plan what Sphinx does."""

    def begin(what: str, total: int = 0) -> None:
        app.plan.progress.begin(what, total)

    def step_rendering() -> None:
        # Those that are read and rendered in one are counted already.
        if app.phase is not BuildPhase.READING:
            app.plan.progress.step()

    app.connect("env-before-read-docs", lambda _, __, names: begin("lecture", len(names)))
    app.connect("doctree-read", lambda *_: app.plan.progress.step())
    app.connect("write-started", lambda *_: begin("rendu des textes", len(app.env.found_docs)))
    app.connect("doctree-resolved", lambda *_: step_rendering())
    app.connect("fragments-rendered", lambda _: begin("écriture des pages"))
    app.connect("build-finished", lambda *_: begin("images"), priority=0)


class PlannedSphinx(LeanSphinx):
    """Sphinx, which tells our extensions what is known before it begins."""

    def __init__(self, plan: BuildPlan, warnings: StringIO, **options: Any) -> None:  # noqa: ANN401
        self.plan, self._warnings = plan, warnings
        super().__init__(warning=warnings, status=None, **options)
        # Its log of all that happens would be made, though nobody reads it.
        logging.getLogger("sphinx").setLevel(logging.WARNING)
        _follow(self)

    def begin(self, plan: BuildPlan) -> None:
        """Prepare to build again, on what it knows."""
        self.plan = plan
        self.env.config_status = CONFIG_OK
        fill_domain(self, plan.archive)
        self.builder.begin()  # type: ignore[attr-defined]

    def take_warnings(self) -> list[str]:
        """Return, in French, what it warned of since it was asked last."""
        text = strip_colors(self._warnings.getvalue())
        self._warnings.seek(0)
        self._warnings.truncate()
        return tell_warnings(text.replace(f"{Path(self.srcdir).parent}/", ""))


class SphinxProcess:
    """Sphinx in this process, loaded once for as many builds of the same docs as are asked."""

    def __init__(
        self, docs: Path, output: Path, doctrees: Path, settings: Mapping[str, Any]
    ) -> None:
        self._options: dict[str, Any] = {
            "srcdir": docs,
            "confdir": docs,
            "outdir": output,
            "doctreedir": doctrees,
            "confoverrides": dict(settings),
        }
        self._stack = ExitStack()
        self._app: PlannedSphinx | None = None

    def build(self, plan: BuildPlan) -> Printed:
        """Build under *plan*; return what was written.

        What Sphinx read before it goes on from. Raises ArchiveError when there is any warning.
        """
        try:
            app = self._run(plan)
        except SystemExit as error:
            raise ArchiveError(str(error)) from error
        except OSError:
            raise
        except Exception as error:
            # What a part of ours could not write is told as what any other could not.
            if isinstance(error.__cause__, OSError):
                raise error.__cause__ from error
            raise ArchiveError(tell_failure(error, self._options["srcdir"])) from error
        if warnings := app.take_warnings():
            raise ArchiveError("\n".join(warnings))
        if isinstance(app.builder, ArchiveBuilder):
            return Printed(app.builder.reasons, app.builder.output.written)
        return Printed({}, {})

    def _run(self, plan: BuildPlan) -> PlannedSphinx:
        app = self._app
        if app:
            app.begin(plan)
        else:
            app = self._app = self._load(plan)
        app.build()
        return app

    def _load(self, plan: BuildPlan) -> PlannedSphinx:
        # Sphinx's own messages are read by the same people as ours.
        sphinx.locale.init([Path(sphinx.locale.__file__).parent], "fr", "sphinx", "console")
        # A folder without docutils.conf, so that none is read: a setting is in conf.py or nowhere.
        self._stack.enter_context(patch_docutils(Path(__file__).parent))
        self._stack.enter_context(docutils_namespace())
        self._stack.enter_context(settings_found_once())
        options = {**self._options, "buildername": plan.builder, "parallel": plan.jobs}
        return PlannedSphinx(plan, StringIO(), **options)

    def close(self) -> None:
        """Let go of Sphinx."""
        self._app = None
        self._stack.close()
