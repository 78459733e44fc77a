"""`archivist links`: what its options mean, and what it prints."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from archivist.addresses.web import name_address
from archivist.build.docs import check_docs
from archivist.commands.build import add_docs
from archivist.errors import ArchiveError
from archivist.links.asking import Web
from archivist.links.checker import STAGES, Checker, Options
from archivist.links.finding import find_links
from archivist.links.ledger import NAME, read_ledger
from archivist.links.report import list_failures, list_lines, summarise, to_html
from archivist.progress import Progress


def run(options: argparse.Namespace) -> None:
    """See to the links of the archive; print what became of them. Raises ArchiveError."""
    if options.timegate and not name_address(options.timegate):
        raise ArchiveError(f"--timegate {options.timegate} : écrivez l’adresse avec https://.")
    archive, problems = check_docs(options.docs)
    ledger, _ = read_ledger(archive.docs)
    wrong = [each for each in problems if each.path == f"{archive.docs.name}/{NAME}"]
    if wrong:
        raise ArchiveError("\n".join(map(str, wrong)))
    checker = Checker(
        docs=archive.docs,
        links=find_links(archive),
        ledger=ledger,
        options=Options(
            today=dt.datetime.now().astimezone().date(),
            days=options.days,
            asks_all=options.all,
            copies_all=options.copies,
            timegate=options.timegate,
        ),
        make_web=Web,
        progress=Progress(sys.stderr, stages=STAGES),
    )
    has_work = bool(checker.find_due())
    try:
        checker.run()
    except KeyboardInterrupt:
        message = "interrompu : ce qui est vérifié est noté, relancez pour continuer."
        raise ArchiveError(message) from None
    _tell(checker, options.report)
    if has_work and not checker.is_online:
        raise ArchiveError("aucun site n’a répondu : vérifiez la connexion, rien n’a été noté.")
    if checker.failed:
        raise ArchiveError("\n".join(list_failures(checker)))


def _tell(checker: Checker, folder: Path) -> None:
    print(*summarise(checker), *list_lines(checker), sep="\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rapport.html").write_text(to_html(checker), encoding="utf-8")
    print(f"Rapport : {folder / 'rapport.html'}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    add_docs(parser)
    parser.add_argument("--all", action="store_true", help="ask for all not asked for today")
    parser.add_argument(
        "--days", type=int, default=30, metavar="N", help="ask again after so many days"
    )
    parser.add_argument("--copies", action="store_true", help="find copies of live links too")
    parser.add_argument(
        "--timegate",
        default="https://web.archive.org/web/",
        metavar="URL",
        help="the archive service to ask, by the Memento protocol",
    )
    parser.add_argument("--report", type=Path, default=Path("build/links"), metavar="DIR")
