"""`archivist epub`, `offline`, `deposit`: what is taken away, put in place when it is whole."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.build.build import Report, build_site, print_archive, tell_refusal
from archivist.build.docs import read_right, sort_out
from archivist.build.inputs import check_docs_folder, read_conf
from archivist.build.workspace import Workspace
from archivist.checks.context import find_hidden
from archivist.commands.build import add_base_url, add_docs, read_settings
from archivist.dates.today import WRITTEN, find_today, tell_way_out
from archivist.errors import ArchiveError
from archivist.formats.citation import Person
from archivist.formats.zip import write_parcel
from archivist.french import count
from archivist.progress import Progress
from archivist.settings import CONF
from archivist.site.offline import write_copy
from archivist.site.plan import BuildPlan

if TYPE_CHECKING:
    from archivist.site.deposit import Deposit


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


def deposit(
    docs: Path, output: Path, settings: Mapping[str, object], progress: Progress | None = None
) -> list[str]:
    """Write all that an archive would keep of *docs* as a bag, into the ZIP file *output*; as bind_book.

    Raises ArchiveError where the address of the site, or the day, is not known.
    """
    progress = progress or Progress()
    check_docs_folder(docs)
    docs = docs.resolve()
    said = _refuse_unknown(docs, settings)
    with _work_beside(output, progress) as work:
        site, copy, book = (work.folder / name for name in ("site", "copie", "archives.epub"))
        report = build_site(docs, site, settings, BuildPlan(progress=progress))
        build_site(docs, copy, settings, BuildPlan(is_folder=True, progress=progress))
        bind_book(docs, book, settings, progress)
        part, capture = work.folder / "part.zip", work.folder / "site.warc.gz"
        files = _find_deposit(docs, said, report).list_files(site, copy, book, capture)
        write_parcel(part, ((f"{output.stem}/{name}", data) for name, data in files))
        part.replace(output.resolve())
    return list(report.withheld.tell(report.today))


def _refuse_unknown(docs: Path, settings: Mapping[str, object]) -> Mapping[str, object]:
    """Return what conf.py says. Raises ArchiveError where too little is known for a deposit."""
    if not find_spec("warcio"):
        raise ArchiveError("warcio manque : make deposit l’installe.")
    said = read_conf(docs, settings)
    # A file that is wrong the build tells.
    if CONF not in said and not said["html_baseurl"]:
        why = "un dépôt garde chaque page sous son adresse, et celle du site n’est pas connue"
        raise ArchiveError(f"{why} : écrivez html_baseurl dans conf.py, ou --base-url https://….")
    if find_today(docs) is None:
        raise ArchiveError(f"un dépôt porte le jour de ce qu’il garde : {tell_way_out(docs)}.")
    return said


def _find_deposit(docs: Path, said: Mapping[str, object], report: Report) -> Deposit:
    """Return what is known of what is deposited, where conf.py *said* so much."""
    # What others do without.
    from archivist.site.deposit import Deposit  # noqa: PLC0415

    today = report.today or WRITTEN
    archive = read_right(docs, today)
    hidden = find_hidden(archive, today)
    signing = {key for post in archive.without(hidden).posts() for key in post.authors}
    authors = (each for key, each in archive.registers.authors.items() if key in signing)
    options = said.get("html_theme_options")
    return Deposit(
        name=str(said["project"]),
        address=str(said["html_baseurl"]),
        contact=str(said.get("archive_contact", "")),
        repository=str(options.get("source_repository", "")) if isinstance(options, dict) else "",
        posts=count(report.posts, "billet"),
        day=today,
        authors=tuple(Person(each.name, each.family, each.given) for each in authors),
        docs=docs,
        withheld=hidden,
    )


MAKERS = {
    "epub": (bind_book, Path("build/archives.epub")),
    "offline": (copy_site, Path("build/archives.zip")),
    "deposit": (deposit, Path("build/depot.zip")),
}
"""What makes the file of each command, and which file that is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow each command."""
    add_docs(parser)
    parser.add_argument("--output", type=Path, metavar="FILE")
    add_base_url(parser)


def run(options: argparse.Namespace) -> None:
    """Make the book, the copy or the bag; print where it is. Raises ArchiveError."""
    make, usual = MAKERS[options.command]
    output = options.output or usual
    told = make(options.docs, output, read_settings(options), Progress(sys.stderr))
    print(output, *told, sep="\n")
