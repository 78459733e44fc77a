"""Build the site beside the published folder, and put it in place only when it is whole."""

from __future__ import annotations

import shutil
import sys
import tempfile
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import sphinx.locale
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from archivist.post.archive import read_archive
from archivist.post.checks import check_archive
from archivist.post.today import TodayError, find_today
from archivist.publish.messages import tell_warnings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.post.problem import Problem

# Sphinx leaves this in what it builds: a folder without it is not ours to replace.
_MARK = ".buildinfo"


class BuildError(Exception):
    """The site could not be built; the message says why, in French, one line a mistake."""


def check_docs(docs: Path) -> list[Problem]:
    """Return the mistakes in the folder *docs*.

    Raises BuildError when it is not the folder of a site.
    """
    if not (docs / "conf.py").is_file():
        raise BuildError(f"--docs {docs} : ce dossier ne contient pas conf.py, indiquez docs/.")
    docs = docs.resolve()
    try:
        return check_archive(read_archive(docs), find_today(docs))
    except TodayError as error:
        raise BuildError(str(error)) from error


def _check_output(docs: Path, output: Path) -> None:
    if output.is_dir() and any(output.iterdir()) and not (output / _MARK).exists():
        message = (
            "ce dossier contient autre chose qu’un site : indiquez un dossier vide ou nouveau."
        )
        raise BuildError(f"--output {output} : {message}")
    if output.exists() and not output.is_dir():
        raise BuildError(f"--output {output} : c’est un fichier, indiquez un dossier.")
    if docs.resolve().is_relative_to(output.resolve()):
        raise BuildError(
            f"--output {output} : ce dossier contient les sources, indiquez-en un autre."
        )


def _speak_french() -> None:
    """Make Sphinx's own messages French: they are read by the same people as ours."""
    catalogues = str(Path(sphinx.locale.__file__).parent)
    sphinx.locale.init([catalogues], "fr", "sphinx", "console")


def _run_sphinx(
    docs: Path, output: Path, work: Path, settings: Mapping[str, str], status: TextIO | None
) -> list[str]:
    """Build *docs* into *output*; return the warnings, a line each."""
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
            status=status,
            warning=warnings,
            freshenv=True,
        )
        app.build()
    text = strip_colors(warnings.getvalue()).replace(f"{docs.resolve().parent}/", "")
    return tell_warnings(text)


def _switch(staged: Path, output: Path, old: Path) -> None:
    """Put *staged* where *output* is; what was there goes to *old*, on the same disk."""
    if output.exists():
        output.rename(old)
    staged.rename(output)


def _make_work_folder(output: Path) -> Path:
    """Return a new folder on the same disk as *output*, where a rename is all it takes."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise BuildError(
            f"--output {output} : impossible d’y écrire ({error.strerror})."
        ) from error


def build_site(docs: Path, output: Path, settings: Mapping[str, str]) -> int:
    """Build the site of *docs* into *output* and return the number of its pages.

    *settings* replace those of conf.py. Raises BuildError, and leaves *output* as it was,
    when there is any mistake or warning.
    """
    # Where --output is a link, what it leads to is replaced.
    output = output.resolve()
    problems = check_docs(docs)
    if problems:
        raise BuildError("\n".join(map(str, problems)))
    _check_output(docs, output)
    work = _make_work_folder(output)
    try:
        staged = work / "html"
        status = sys.stderr if sys.stderr.isatty() else None
        warnings = _run_sphinx(docs, staged, work / "doctrees", settings, status)
        if warnings:
            raise BuildError("\n".join(warnings))
        _switch(staged, output, work / "old")
    except SphinxError as error:
        raise BuildError(str(error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return sum(1 for _ in output.rglob("*.html"))
