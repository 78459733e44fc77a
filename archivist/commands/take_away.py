"""Make what readers take away, beside what is there, and put it in place only when it is whole."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archivist.build.build import Manner, build_site, check_docs, check_docs_folder, print_archive
from archivist.build.workspace import Work
from archivist.errors import ArchiveError
from archivist.progress import Progress
from archivist.site.offline import write_copy
from archivist.site.plan import BuildPlan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@contextmanager
def _work_beside(output: Path, progress: Progress) -> Iterator[Work]:
    """Give a folder to work in beside *output*, one at a time.

    Raises ArchiveError where that cannot be written.
    """
    if output.is_dir():
        raise ArchiveError(f"--output {output} : c’est un dossier, indiquez un fichier.")
    work = Work(output.resolve())
    try:
        with work.lock():
            yield work
    except OSError as error:
        message = f"--output {output} : impossible d’y écrire ({error.strerror})."
        raise ArchiveError(message) from error
    finally:
        progress.end()


def bind_book(
    docs: Path, output: Path, settings: Mapping[str, object], progress: Progress | None = None
) -> None:
    """Write the archive of *docs* as a book into the file *output*.

    *settings* replace those of conf.py. Raises ArchiveError, and leaves *output* as it was, when
    there is any mistake or warning.
    """
    progress = progress or Progress()
    check_docs_folder(docs)
    with _work_beside(output, progress) as work:
        progress.begin("vérification")
        archive, problems = check_docs(docs)
        if problems:
            raise ArchiveError("\n".join(map(str, problems)))
        _empty(work)
        plan = BuildPlan(archive=archive.without_texts())
        manner = Manner(plan=plan, builder="epub", progress=progress)
        print_archive(docs.resolve(), work, settings, manner)
        (book,) = work.staged.glob("*.epub")
        book.replace(output.resolve())
        _empty(work)


def _empty(work: Work) -> None:
    """Take away what a book was made in; one that was cut short left it."""
    for folder in (work.staged, work.doctrees):
        shutil.rmtree(folder, ignore_errors=True)


def copy_site(
    docs: Path, output: Path, settings: Mapping[str, object], progress: Progress | None = None
) -> None:
    """Write the site of *docs*, made to be read from a folder, into the ZIP file *output*.

    *settings* replace those of conf.py. Raises ArchiveError, and leaves *output* as it was, when
    there is any mistake or warning.
    """
    progress = progress or Progress()
    check_docs_folder(docs)
    with _work_beside(output, progress) as work:
        plan = BuildPlan(is_folder=True)
        build_site(docs, work.folder / "site", settings, plan=plan, progress=progress)
        part = work.folder / "part.zip"
        write_copy(work.folder / "site", part, output.stem)
        part.replace(output.resolve())
