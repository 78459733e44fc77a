"""`archivist import`: what its options mean, and what it prints."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archivist.build.inputs import check_docs_folder
from archivist.commands.build import OUTPUT, add_docs
from archivist.errors import ArchiveError
from archivist.progress import Progress
from archivist.wordpress.audit.audit import audit_site, prepare_audit
from archivist.wordpress.convert import Converter
from archivist.wordpress.existing import read_existing
from archivist.wordpress.export.fetch import fetch_files
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import Store, read_addresses
from archivist.wordpress.export.plan import (
    FAILED,
    REFUSED,
    Plan,
    explain_failure,
    read_items,
    refuse,
)
from archivist.wordpress.export.planning import make_plan
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.notes import Kind
from archivist.wordpress.report import ImportReport
from archivist.wordpress.staging import Staging
from archivist.words.manifest import read_records
from archivist.words.verify import record_words

_STAGES = {"lecture de l’export": 10, "conversion": 75, "écriture": 15}
_AUDIT_STAGES = {"lecture de l’export": 10, "comparaison": 70, "recherche de fuites": 20}


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaSources:
    """Where the files of the blog are: *folder* is a copy of its uploads, *addresses* a map."""

    folder: Path | None = None
    addresses: Mapping[str, Path] | None = None


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
    progress: Progress | None = None,
) -> ImportReport:
    """Write the posts and pages of the exports in *paths* into *docs*; return what was done.

    Raises ArchiveError, and writes nothing, when an export is damaged.
    """
    progress = progress or Progress()
    progress.begin("lecture de l’export")
    docs = docs.resolve()
    check_docs_folder(docs)
    # Where checksums cannot be read, that is told before anything is written.
    read_records(docs)
    existing = read_existing(docs)
    plan = make_plan(paths, existing)
    while True:
        report = ImportReport(files=[path.name for path in paths], counts=Counter(plan.counts))
        terms = Terms(plan, existing, report.note)
        with Staging(existing, plan, terms, is_forced=is_forced) as staging:
            run = _Run(plan, staging, report, sources, progress, with_remarks=with_remarks)
            if run.convert(paths):
                continue
            report.finish(plan, staging)
            if staging.is_sound and not is_dry:
                written = staging.find_written()
                staging.publish_in(docs)
                report.problems += map(str, record_words(docs, staging.changed, written)[1])
        progress.end()
        return report


@dataclass(frozen=True)
class _Run:
    """All posts made and checked once; what must be left makes another run, without it."""

    plan: Plan
    staging: Staging
    report: ImportReport
    sources: MediaSources
    progress: Progress
    with_remarks: bool

    def convert(self, paths: Sequence[Path]) -> bool:
        """Make all posts, and check docs/ with them; tell whether some must be left."""
        plan, report, staging = self.plan, self.report, self.staging
        self.progress.begin("conversion", len(plan.planned))
        converter, done = self._make_converter(), set[int]()
        failed: dict[str, list[str]] = {}
        for item in read_items(paths, plan.blog):
            if item.id in done or refuse(item):
                continue
            done.add(item.id)
            if left := plan.left.get(item.id):
                report.add_left(left, item)
            elif planned := plan.planned.get(item.id):
                try:
                    converted = converter.convert(item)
                except Exception as error:  # noqa: BLE001 (nothing in one post may end an import)
                    failed[planned.docname] = [explain_failure(item, error)]
                else:
                    report.add(converted, staging.add(converted), item)
            self.progress.step()
        plan.leave(failed, FAILED)
        if not failed:
            self.progress.begin("écriture")
            plan.leave(refused := staging.check(), REFUSED)
        return bool(failed or refused)

    def _make_converter(self) -> Converter:
        plan, staging, sources = self.plan, self.staging, self.sources
        links = LinkResolver(plan, staging.terms.lists)
        store = Store(plan, links.hosts, sources.folder, sources.addresses or {})
        for name, docname in plan.renamed.items():
            self.report.note(Kind.NAME_RESERVED, f"{name} → {docname}.md")
        claimed = plan.claim_addresses(staging.existing)
        remarks = self.with_remarks
        return Converter(plan, staging.terms, links, store, with_remarks=remarks, claimed=claimed)


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
    docs, addresses = options.docs.resolve(), sources.addresses or {}
    audit = prepare_audit(options.exports, docs, options.output, sources.folder, addresses)
    audit_site(audit, progress)
    print(", ".join(f"{count} {kind}" for kind, count in audit.counts.items()), "comparés")
    return audit.faults


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    parser.add_argument("exports", type=Path, nargs="+", metavar="EXPORT.xml")
    add_docs(parser)
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


def run(options: argparse.Namespace) -> None:
    """Import, or audit an import. Raises ArchiveError with what went wrong."""
    check_docs_folder(options.docs)
    lines = _audit(options) if options.audit else _import(options)
    if lines:
        raise ArchiveError("\n".join(lines))
