"""`archivist import`: what its options mean, and what it prints."""

from __future__ import annotations

import argparse
import datetime as dt
import html
import json
import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from archivist.addresses.slugs import is_slug
from archivist.addresses.web import find_address_fault
from archivist.blogs.audit import prepare_blog_audit
from archivist.blogs.engines import recognise
from archivist.blogs.source import BlogSource
from archivist.build.inputs import check_docs_folder
from archivist.commands.build import OUTPUT, add_docs
from archivist.commands.start import adopt
from archivist.errors import ArchiveError
from archivist.french import count
from archivist.posts.labels import bare_text
from archivist.progress import Progress
from archivist.settings import Setting, read_written
from archivist.wordpress.audit.audit import Audit, audit_site, prepare_audit
from archivist.wordpress.export.fetch import fetch_files
from archivist.wordpress.export.media import read_addresses
from archivist.wordpress.export.packed import list_exports, unpack
from archivist.wordpress.report import ImportReport
from archivist.wordpress.run import ExportSource, MediaSources, run_import

_STAGES = {"lecture de l’export": 10, "conversion": 75, "écriture": 15}
_PAGE = "rapport.html"
_FAILED = "Ce qui n’a pas réussi :"
_FAILING = "Ce qui ne réussirait pas, dans des fichiers dont certains n’existent pas encore :"
_MISCOUNTED = "le compte des éléments n’est pas juste : signalez-le, avec le rapport."
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


def _list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files and blogs that are given; of a folder that is no blog, its exports."""
    for path in paths:
        exports = list_exports(path) if path.is_dir() else []
        if exports:
            try:
                recognise(path.resolve())
            except ArchiveError:
                yield from exports
                continue
        yield path


def _import(options: argparse.Namespace, exports: Sequence[Path]) -> list[str]:
    """Import; print what was done, and return what went wrong, a line each."""
    progress = Progress(sys.stderr, stages=_STAGES)
    fetches = options.fetch and not options.dry_run
    if options.fetch and (options.media is None or options.media.is_file()):
        raise ArchiveError("--fetch demande --media DOSSIER : où ranger ce qui est téléchargé.")
    if fetches:
        options.media.mkdir(parents=True, exist_ok=True)
    sources = find_sources(options.media)
    once = partial(import_export, exports, options.docs, sources, progress=progress)
    once = partial(once, with_remarks=not options.no_comments, is_forced=options.force)
    once = partial(once, signatures=read_signatures(options.author))
    if fetches:
        fetch_files(once(is_dry=True).wanted, options.media, sys.stderr)
    report = once(is_dry=options.dry_run)
    if not report.is_conserved:
        report.problems.append(_MISCOUNTED)
    report.advice += [*_name_archive(options, report), *_advise(options)]
    if report.problems:
        print(_FAILING if options.dry_run else _FAILED, *report.problems, sep="\n", file=sys.stderr)
    print(*report.summarise(), "", "Ensuite", sep="\n")
    print(*(f"  {line.replace('`', '')}" for line in report.advice), sep="\n")
    if not options.dry_run:
        _write_report(options, report)
        print(f"  {options.report / _PAGE} dit chaque perte et chaque doute, où, et que faire")
    failed = len(report.problems)
    return [f"{count(failed, 'ligne')} à revoir : voir plus haut."] if failed else []


def _advise(options: argparse.Namespace) -> list[str]:
    """Return what to do after an import, a line each."""
    if options.dry_run:
        return ["la même commande, sans l’essai, écrit tout cela"]
    given, media = " ".join(map(shlex.quote, map(str, options.exports))), options.media
    audit = f"archivist import --audit {given}" + (f" --media {media}" if media else "")
    if len(options.exports) == 1:
        audit = f"make audit FILE={given}" + (f" MEDIA={media}" if media else "")
    return [
        "`make html` construit le site",
        f"`{audit}` compare alors le site avec l’export",
    ]


def _name_archive(options: argparse.Namespace, report: ImportReport) -> Iterator[str]:
    """Yield how the archive may be called as the blog was, or that it is now."""
    title, description = (
        bare_text(html.unescape(text)) for text in (report.blog.title, report.blog.description)
    )
    url = report.blog.url.rstrip("/") + "/"
    url = "" if find_address_fault(url, ("http", "https")) else url
    written = read_written(options.docs)
    if not title or "project" not in written or written["project"].value == title:
        return
    if options.adopt and not options.dry_run and not written["project"].is_computed:
        yield from (f"écrit : {line}" for line in adopt(options.docs, title, description, url))
        return
    yield f"le blog s’appelait « {title} » ; --adopt l’écrit, ou dans docs/conf.py :"
    yield f"  `project = {json.dumps(title, ensure_ascii=False)}`"
    if url and not written.get("html_baseurl", Setting(0, "", False, False)).value:
        yield f"  `html_baseurl = {json.dumps(url)}`, si le site sera à l’adresse du blog"
    if description:
        yield f"  et en tête de docs/index.md : « {description} »"
    if report.blog.language and not report.blog.language.startswith("fr"):
        yield f"  le blog était en « {report.blog.language} » : l’archive parle français autour"


def _write_report(options: argparse.Namespace, report: ImportReport) -> None:
    """Write the report for machines, and that for people."""
    folder = options.report
    folder.mkdir(parents=True, exist_ok=True)
    docs, site = (os.path.relpath(path, folder) for path in (options.docs, options.output))
    (folder / "rapport.json").write_text(report.to_json(), encoding="utf-8")
    (folder / _PAGE).write_text(report.to_html(docs, site), encoding="utf-8")


def _audit(options: argparse.Namespace, exports: Sequence[Path]) -> list[str]:
    """Compare the built site with the exports; return what is lost or leaked, a line each."""
    progress = Progress(sys.stderr, stages=_AUDIT_STAGES)
    sources = find_sources(options.media)
    progress.begin("lecture de l’export")
    docs, source = options.docs.resolve(), find_source(exports, sources)
    if isinstance(source, BlogSource):
        audit: Audit = prepare_blog_audit(source, docs, options.output)
    else:
        addresses = sources.addresses or {}
        remarks = not options.no_comments
        audit = prepare_audit(
            exports, docs, options.output, sources.folder, addresses, with_remarks=remarks
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
    parser.add_argument("--adopt", action="store_true", help="call the archive as the blog was")
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="DIR", help="for --audit")


def run(options: argparse.Namespace) -> None:
    """Import, or audit an import. Raises ArchiveError with what went wrong."""
    check_docs_folder(options.docs)
    with unpack(_list_files(options.exports)) as exports:
        lines = _audit(options, exports) if options.audit else _import(options, exports)
    if lines:
        raise ArchiveError("\n".join(lines))
