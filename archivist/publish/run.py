"""Run Sphinx in this process, with no setting but those of conf.py, and its words in French."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx.locale
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from archivist.publish.messages import tell_warnings

if TYPE_CHECKING:
    from collections.abc import Mapping


def _speak_french() -> None:
    """Make Sphinx's own messages French: they are read by the same people as ours."""
    catalogues = str(Path(sphinx.locale.__file__).parent)
    sphinx.locale.init([catalogues], "fr", "sphinx", "console")


def run_sphinx(
    docs: Path,
    output: Path,
    work: Path,
    settings: Mapping[str, Any],
    *,
    fresh: bool = True,
) -> list[str]:
    """Build *docs* into *output*; return the warnings, a line each.

    *work* keeps what Sphinx read, from which it goes on unless *fresh*. Progress is
    shown in a terminal.
    """
    warnings = StringIO()
    _speak_french()
    # A folder without docutils.conf, so that none is read: a setting is in conf.py or nowhere.
    with patch_docutils(Path(__file__).parent), docutils_namespace():
        app = Sphinx(
            srcdir=docs,
            confdir=docs,
            outdir=output,
            doctreedir=work,
            buildername="html",
            confoverrides=dict(settings),
            status=sys.stderr if sys.stderr.isatty() else None,
            warning=warnings,
            freshenv=fresh,
        )
        app.build()
    text = strip_colors(warnings.getvalue()).replace(f"{docs.resolve().parent}/", "")
    return tell_warnings(text)
