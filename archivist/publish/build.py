"""Build the site beside the published folder, and put it in place only when it is whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from archivist.post.archive import read_archive, read_file
from archivist.post.checks import check_archive
from archivist.post.today import TodayError, find_today
from archivist.publish.run import run_sphinx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archivist.post.archive import Archive, Reader
    from archivist.post.problem import Problem

# Sphinx leaves this in what it builds: a folder without it is not ours to replace.
_MARK = ".buildinfo"


class BuildError(Exception):
    """The site could not be built; the message says why, in French, one line a mistake."""


def check_docs(docs: Path, read_one: Reader = read_file) -> tuple[Archive, list[Problem]]:
    """Return what the folder *docs* holds, and the mistakes in it.

    Raises BuildError when it is not the folder of a site.
    """
    if not (docs / "conf.py").is_file():
        raise BuildError(f"{docs} : ce dossier ne contient pas conf.py, indiquez docs/.")
    docs = docs.resolve()
    try:
        archive = read_archive(docs, read_one)
        return archive, check_archive(archive, find_today(docs))
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
    archive, problems = check_docs(docs)
    if problems:
        raise BuildError("\n".join(map(str, problems)))
    _check_output(docs, output)
    work = _make_work_folder(output)
    try:
        staged = work / "html"
        own = {**settings, "archive_read": archive}
        warnings = run_sphinx(docs, staged, work / "doctrees", own)
        if warnings:
            raise BuildError("\n".join(warnings))
        _switch(staged, output, work / "old")
    except SphinxError as error:
        raise BuildError(str(error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return sum(1 for _ in output.rglob("*.html"))
