"""`archivist build`: check the posts and build the site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from archivist.addresses.owned import NETLIFY
from archivist.build.build import Report, build_site
from archivist.build.published import tell_gone
from archivist.errors import ArchiveError
from archivist.french import count
from archivist.problems import ProblemsError
from archivist.progress import Progress
from archivist.site.hosts.reading import tell_limit
from archivist.site.plan import BuildPlan
from archivist.site.settings import find_address_fault

OUTPUT = Path("build/html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    add_docs(parser)
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="DIR")
    add_base_url(parser)
    parser.add_argument(
        "--explain", action="store_true", help="tell why each page is written, and why all are"
    )
    parser.add_argument(
        "--fewer", action="store_true", help="publish though a third of the posts or more is gone"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that read")


def add_docs(parser: argparse.ArgumentParser) -> None:
    """Let the folder of the sources be named."""
    parser.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR")


def add_base_url(parser: argparse.ArgumentParser) -> None:
    """Let the address of the site be given."""
    parser.add_argument("--base-url", default="", metavar="URL", help="where the site is served")


def read_settings(options: argparse.Namespace) -> dict[str, object]:
    """Return what replaces settings of conf.py. Raises ArchiveError."""
    if fault := find_address_fault(options.base_url):
        raise ArchiveError(f"--base-url : {fault}")
    return {"html_baseurl": options.base_url} if options.base_url else {}


def _explain(report: Report) -> Iterator[str]:
    """Yield why the build was a clean one, if it was, and why each page was written."""
    if report.clean:
        yield f"construction entière : {report.clean}"
    for docname, reason in sorted(report.reasons.items()):
        yield f"{docname}.html : {reason}"
    if not report.reasons:
        yield "aucune page écrite : rien de ce qu’elles montrent n’a changé"


def run(options: argparse.Namespace) -> None:
    """Build; print how much there is. Raises ArchiveError."""
    settings, progress = read_settings(options), Progress(sys.stderr)
    plan = BuildPlan(jobs=options.jobs, progress=progress, keeps_posts=not options.fewer)
    try:
        report = build_site(options.docs, options.output, settings, plan)
    except ProblemsError as error:
        # A build that has nothing to tell loads none of this.
        from archivist.mends.mendable import mark_mendable  # noqa: PLC0415

        raise ProblemsError(mark_mendable(options.docs.resolve(), error.problems)) from error
    kept = report.pages - report.written
    print(f"{count(report.posts, 'billet')}, {report.pages} pages dans {options.output}")
    print(f"{report.written} pages écrites, {kept} inchangées, aucun avertissement")
    for line in report.withheld.tell(report.today):
        print(line)
    if report.gone:
        print(f"{tell_gone(report.gone)}.")
    if options.explain:
        print(*_explain(report), sep="\n")
    if not report.has_address:
        print("sans l’adresse du site (html_baseurl) : ni flux, ni plan, ni cartes de partage")
    if limit := tell_limit((options.output / NETLIFY).read_text(encoding="utf-8")):
        print(limit)
    print(progress.summarise(), file=sys.stderr)
