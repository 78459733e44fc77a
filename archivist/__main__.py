"""The command `archivist`: what each word of it means, and nothing else."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from archivist.build.build import build_site, check_docs, check_docs_folder
from archivist.build.checksums import compare, read_manifest
from archivist.commands.check import FORMATS, check_paths
from archivist.commands.interview import list_labels, plan_draft
from archivist.commands.tags import describe_labels
from archivist.commands.take_away import bind_book, copy_site
from archivist.commands.words import compare_posts, record_posts
from archivist.errors import ArchiveError
from archivist.posts.scaffold import write_draft
from archivist.progress import Progress

DOCS = Path("docs")
OUTPUT = Path("build/html")
BOOK = Path("build/archives.epub")
COPY = Path("build/archives.zip")


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="archivist", description="Build and check the archive.")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_build(commands.add_parser("build", help="check the posts and build the site"))
    _add_check(commands.add_parser("check", help="tell the mistakes in the posts"))
    _add_new(commands.add_parser("new", help="begin a post"))
    _add_live(commands.add_parser("live", help="show the site while posts are written"))
    _add_import(commands.add_parser("import", help="write the posts of a WordPress export"))
    _add_take(commands.add_parser("epub", help="make a book of the posts"), BOOK)
    _add_take(commands.add_parser("offline", help="make a copy that reads from a folder"), COPY)
    _add_verify(
        commands.add_parser("verify", help="tell whether a site, or words, are as they were")
    )
    _add_links(commands.add_parser("links", help="ask what became of links to other sites"))
    tags = commands.add_parser("tags", help="list tags and categories, and what might be tidied")
    tags.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    return parser.parse_args(arguments)


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="DIR")
    parser.add_argument("--base-url", default="", metavar="URL", help="where the site is served")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that read")


def _add_take(parser: argparse.ArgumentParser, output: Path) -> None:
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    parser.add_argument("--output", type=Path, default=output, metavar="FILE")
    parser.add_argument("--base-url", default="", metavar="URL", help="where the site is served")


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", type=Path, nargs="*", default=[DOCS], metavar="PATH")
    parser.add_argument("--format", choices=FORMATS, default="text", help="for whom it is written")


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", nargs="?", default="", metavar="TITLE")
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    parser.add_argument("--author", default="", metavar="KEY")
    parser.add_argument("--category", default="", metavar="NAME")
    parser.add_argument("--tags", default="", metavar="A,B")
    parser.add_argument("--date", type=dt.date.fromisoformat, metavar="YYYY-MM-DD")


def _add_live(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    parser.add_argument("--work", type=Path, default=Path("build/live"), metavar="DIR")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("exports", type=Path, nargs="+", metavar="EXPORT.xml")
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    parser.add_argument(
        "--media", type=Path, metavar="DIR|MAP", help="a copy of wp-content/uploads, or a map"
    )
    parser.add_argument("--fetch", action="store_true", help="fetch missing media into --media")
    parser.add_argument("--no-comments", action="store_true", help="leave the comments")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, tell what would be")
    parser.add_argument("--force", action="store_true", help="write over what was edited by hand")
    parser.add_argument("--report", type=Path, default=Path("build/import"), metavar="DIR")
    parser.add_argument(
        "--audit", action="store_true", help="compare the built site with the export"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="DIR", help="for --audit")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", type=Path, nargs="?", default=OUTPUT, metavar="OUTPUT")
    parser.add_argument(
        "--words", action="store_true", help="compare archived posts with docs/manifest.json"
    )
    parser.add_argument(
        "--record",
        type=Path,
        nargs="*",
        metavar="POST.md",
        help="record the words of new posts, or those of POST.md as they are now",
    )
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    parser.add_argument("--format", choices=FORMATS, default="text", help="for whom it is written")


def _add_links(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
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


def _links(options: argparse.Namespace) -> None:
    # What asks the web is only there for who wants it.
    from archivist.commands.links import run  # noqa: PLC0415

    run(options)


def _import(options: argparse.Namespace) -> None:
    # What it needs is only there for who imports.
    from archivist.commands.importing import run, run_audit  # noqa: PLC0415

    check_docs_folder(options.docs)
    lines = run_audit(options) if options.audit else run(options)
    if lines:
        raise ArchiveError("\n".join(lines))


def _read_settings(options: argparse.Namespace) -> dict[str, object]:
    if options.base_url and not options.base_url.startswith(("https://", "http://")):
        raise ArchiveError(f"--base-url {options.base_url} : écrivez l’adresse avec https://.")
    return {"html_baseurl": options.base_url} if options.base_url else {}


def _epub(options: argparse.Namespace) -> None:
    settings = _read_settings(options)
    bind_book(options.docs, options.output, settings, Progress(sys.stderr))
    print(options.output)


def _offline(options: argparse.Namespace) -> None:
    settings = _read_settings(options)
    copy_site(options.docs, options.output, settings, Progress(sys.stderr))
    print(options.output)


def _build(options: argparse.Namespace) -> None:
    settings, progress = _read_settings(options), Progress(sys.stderr)
    report = build_site(
        options.docs, options.output, settings, jobs=options.jobs, progress=progress
    )
    kept = report.pages - report.written
    posts = f"{report.posts} billet{'s' if report.posts > 1 else ''}"
    print(f"{posts}, {report.pages} pages dans {options.output}")
    print(f"{report.written} pages écrites, {kept} inchangées, aucun avertissement")
    if not report.has_address:
        print("sans l’adresse du site (html_baseurl) : ni flux, ni plan, ni cartes de partage")
    print(progress.summarise(), file=sys.stderr)


def _check(options: argparse.Namespace) -> None:
    problems = check_paths(options.paths)
    if problems:
        raise ArchiveError("\n".join(map(FORMATS[options.format], problems)))


def _new(options: argparse.Namespace) -> None:
    archive, _ = check_docs(options.docs)
    date = options.date or dt.datetime.now().astimezone().date()
    print(*list_labels(archive), sep="\n", file=sys.stderr)
    draft = plan_draft(archive, date, vars(options))
    path = write_draft(draft, archive)
    print(options.docs / path.relative_to(archive.docs))
    problems = check_paths([path])
    if problems:
        raise ArchiveError("\n".join(map(str, problems)))


def _live(options: argparse.Namespace) -> None:
    # What it needs is only there for who writes.
    from archivist.build.live import show_site  # noqa: PLC0415

    show_site(options.docs, options.work, options.port, opens_browser=not options.no_browser)


def _tags(options: argparse.Namespace) -> None:
    archive, _ = check_docs(options.docs)
    print(*describe_labels(archive), sep="\n")


def _verify(options: argparse.Namespace) -> None:
    if options.words or options.record is not None:
        _verify_words(options)
        return
    lines = compare(options.output, read_manifest(options.output))
    if lines:
        raise ArchiveError("\n".join(lines))


def _verify_words(options: argparse.Namespace) -> None:
    check_docs_folder(options.docs)
    write = FORMATS[options.format]
    if options.record is not None:
        lines, problems = record_posts(options.docs, options.record)
    else:
        lines, problems = compare_posts(options.docs)
    print(*lines, sep="\n")
    if problems:
        raise ArchiveError("\n".join(map(write, problems)))


_COMMANDS = {
    "build": _build,
    "check": _check,
    "new": _new,
    "live": _live,
    "tags": _tags,
    "import": _import,
    "epub": _epub,
    "offline": _offline,
    "links": _links,
    "verify": _verify,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 when there is something to correct, which stderr tells."""
    options = _parse(arguments)
    try:
        _COMMANDS[options.command](options)
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
