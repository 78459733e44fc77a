"""`archivist import`: what its options mean, and what it prints."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from archivist.addresses.slugs import is_slug
from archivist.blogs.audit import prepare_blog_audit
from archivist.blogs.engines import recognise
from archivist.blogs.source import BlogSource
from archivist.build.inputs import check_docs_folder
from archivist.commands.build import OUTPUT, add_docs
from archivist.errors import ArchiveError
from archivist.progress import Progress
from archivist.wordpress.audit.audit import Audit, audit_site, prepare_audit
from archivist.wordpress.export.fetch import fetch_files
from archivist.wordpress.export.media import read_addresses
from archivist.wordpress.report import ImportReport
from archivist.wordpress.run import ExportSource, MediaSources, run_import

_STAGES = {"lecture de l’export": 10, "conversion": 75, "écriture": 15}
_AUDIT_STAGES = {"lecture de l’export": 10, "comparaison": 70, "recherche de fuites": 20}


def find_sources(media: Path | None) -> MediaSources:
    """Return where files are, of the folder or the map *media*. Raises ArchiveError."""
    if media is None or media.is_dir():
        return MediaSources(folder=media)
    if media.is_file():
        try:
            return MediaSources(addresses=read_addresses(media))
        except UnicodeDecodeError as error:
            raise ArchiveError(f"--media {media} : ce plan n’est pas en UTF-8.") from error
    raise ArchiveError(f"--media {media} : ni dossier ni fichier de ce nom.")


def import_export(  # noqa: PLR0913 (what a maintainer may ask, each by its name)
    paths: Sequence[Path],
    docs: Path,
    sources: MediaSources,
    *,
    with_remarks: bool = True,
    is_dry: bool = False,
    is_forced: bool = False,
    signatures: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Write the posts and pages of the exports, or of the folder, in *paths* into *docs*.

    *signatures* says which author of docs/ a login is. Returns what was done. Raises ArchiveError, and writes nothing, when an export is damaged.
    """
    source = find_source(paths, sources, with_remarks=with_remarks)
    return run_import(
        source, docs, is_dry=is_dry, is_forced=is_forced, signatures=signatures, progress=progress
    )


def find_source(
    paths: Sequence[Path], media: MediaSources, *, with_remarks: bool = True
) -> ExportSource | BlogSource:
    """Return what is given: exports, or the one folder of a blog. Raises ArchiveError."""
    folders = [path for path in paths if path.is_dir()]
    if not folders:
        return ExportSource(paths=paths, media=media, with_remarks=with_remarks)
    if len(paths) > 1:
        raise ArchiveError(f"{folders[0]} : un dossier à la fois, et sans export.")
    today = dt.datetime.now().astimezone().date()
    return BlogSource(engine=recognise(folders[0].resolve()), media=media, today=today)


def read_signatures(told: Iterable[str]) -> dict[str, str]:
    """Return the key of each login that is *told* as LOGIN=KEY. Raises ArchiveError."""
    signatures = {}
    for each in told:
        login, _, key = each.rpartition("=")
        if not login or not is_slug(key):
            raise ArchiveError(
                f"--author {each} : écrivez par exemple --author admin=claire-dubois."
            )
        signatures[login] = key
    return signatures


def _import(options: argparse.Namespace) -> list[str]:
    """Import; print what was done, and return what went wrong, a line each."""
    progress = Progress(sys.stderr, stages=_STAGES)
    fetches = options.fetch and not options.dry_run
    if options.fetch and (options.media is None or options.media.is_file()):
        raise ArchiveError("--fetch demande --media DOSSIER : où ranger ce qui est téléchargé.")
    if fetches:
        options.media.mkdir(parents=True, exist_ok=True)
    sources = find_sources(options.media)
    once = partial(import_export, options.exports, options.docs, sources, progress=progress)
    once = partial(once, with_remarks=not options.no_comments, is_forced=options.force)
    once = partial(once, signatures=read_signatures(options.author))
    if fetches:
        fetch_files(once(is_dry=True).wanted, options.media, sys.stderr)
    report = once(is_dry=options.dry_run)
    print(*report.summarise(), sep="\n")
    if not options.dry_run:
        options.report.mkdir(parents=True, exist_ok=True)
        (options.report / "rapport.json").write_text(report.to_json(), encoding="utf-8")
        (options.report / "rapport.html").write_text(report.to_html(), encoding="utf-8")
        print(f"Rapport : {options.report / 'rapport.html'}")
    if not report.is_conserved:
        return ["le compte des éléments n’est pas juste : signalez-le, avec le rapport."]
    return report.problems


def _audit(options: argparse.Namespace) -> list[str]:
    """Compare the built site with the exports; return what is lost or leaked, a line each."""
    progress = Progress(sys.stderr, stages=_AUDIT_STAGES)
    sources = find_sources(options.media)
    progress.begin("lecture de l’export")
    docs, source = options.docs.resolve(), find_source(options.exports, sources)
    if isinstance(source, BlogSource):
        audit: Audit = prepare_blog_audit(source, docs, options.output)
    else:
        addresses = sources.addresses or {}
        remarks = not options.no_comments
        audit = prepare_audit(
            options.exports, docs, options.output, sources.folder, addresses, with_remarks=remarks
        )
    audit_site(audit, progress)
    print("Comparés :", audit.tell_counts())
    return audit.faults


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    parser.add_argument("exports", type=Path, nargs="+", metavar="EXPORT.xml|DIR")
    add_docs(parser)
    parser.add_argument(
        "--media", type=Path, metavar="DIR|MAP", help="a copy of wp-content/uploads, or a map"
    )
    parser.add_argument("--fetch", action="store_true", help="fetch missing media into --media")
    parser.add_argument("--no-comments", action="store_true", help="leave the comments")
    parser.add_argument(
        "--author", action="append", default=[], metavar="LOGIN=KEY",
        help="who a login is, by the key in authors.yml; may be repeated",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="write nothing, tell what would be")
    parser.add_argument("--force", action="store_true", help="write over what was edited by hand")
    parser.add_argument("--report", type=Path, default=Path("build/import"), metavar="DIR")
    parser.add_argument(
        "--audit", action="store_true", help="compare the built site with the export"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="DIR", help="for --audit")


def run(options: argparse.Namespace) -> None:
    """Import, or audit an import. Raises ArchiveError with what went wrong."""
    check_docs_folder(options.docs)
    lines = _audit(options) if options.audit else _import(options)
    if lines:
        raise ArchiveError("\n".join(lines))
