"""`archivist epub`, `archivist offline`: what readers take away, put in place when it is whole."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from archivist.build.build import build_site, print_archive, tell_refusal
from archivist.build.docs import read_right, sort_out
from archivist.build.inputs import check_docs_folder
from archivist.build.workspace import Workspace
from archivist.commands.build import add_base_url, add_docs, read_settings
from archivist.dates.today import find_today
from archivist.errors import ArchiveError
from archivist.progress import Progress
from archivist.site.offline import write_copy
from archivist.site.plan import BuildPlan


@contextmanager
def _work_beside(output: Path, progress: Progress) -> Iterator[Workspace]:
    """Give a folder to work in beside *output*, one at a time.

    Raises ArchiveError where that cannot be written.
    """
    if output.is_dir():
        raise ArchiveError(f"--output {output} : c’est un dossier, indiquez un fichier.")
    work = Workspace(output.resolve())
    try:
        with work.lock():
            yield work
    except OSError as error:
        raise ArchiveError(tell_refusal(error, output, work.folder)) from error
    finally:
        progress.end()


def bind_book(
    docs: Path, output: Path, settings: Mapping[str, object], progress: Progress | None = None
) -> list[str]:
    """Write the archive of *docs* as a book into the file *output*; tell in French what it withholds.

    *settings* replace those of conf.py. Raises ArchiveError, and leaves *output* as it was, when
    there is any mistake or warning.
    """
    progress = progress or Progress()
    check_docs_folder(docs)
    with _work_beside(output, progress) as work:
        progress.begin("vérification")
        today = find_today(docs)
        archive = read_right(docs, today)
        _empty(work)
        plan = BuildPlan(builder="epub", archive=archive, progress=progress)
        print_archive(docs.resolve(), work, settings, plan)
        (book,) = work.staged.glob("*.epub")
        book.replace(output.resolve())
        _empty(work)
    return list(sort_out(archive, today)[1].tell(today))


def _empty(work: Workspace) -> None:
    """Take away what a book was made in; one that was cut short left it."""
    for folder in (work.staged, work.doctrees):
        shutil.rmtree(folder, ignore_errors=True)


def copy_site(
    docs: Path, output: Path, settings: Mapping[str, object], progress: Progress | None = None
) -> list[str]:
    """Write the site of *docs*, to be read from a folder, into the ZIP file *output*; as bind_book."""
    progress = progress or Progress()
    check_docs_folder(docs)
    with _work_beside(output, progress) as work:
        plan = BuildPlan(is_folder=True, progress=progress)
        report = build_site(docs, work.folder / "site", settings, plan)
        part = work.folder / "part.zip"
        write_copy(work.folder / "site", part, output.stem)
        part.replace(output.resolve())
    return list(report.withheld.tell(report.today))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow either command."""
    add_docs(parser)
    parser.add_argument("--output", type=Path, metavar="FILE")
    add_base_url(parser)


def run(options: argparse.Namespace) -> None:
    """Make the book, or the copy; print where it is. Raises ArchiveError."""
    book, copy = Path("build/archives.epub"), Path("build/archives.zip")
    make, usual = (bind_book, book) if options.command == "epub" else (copy_site, copy)
    output = options.output or usual
    told = make(options.docs, output, read_settings(options), Progress(sys.stderr))
    print(output, *told, sep="\n")
