"""An import from its first item to its last: planned, made, checked, and only then moved in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

from archivist.build.inputs import check_docs_folder
from archivist.progress import Progress
from archivist.wordpress.convert import Converted, Converter
from archivist.wordpress.existing import Existing, read_existing
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import Store
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
from archivist.wordpress.export.wxr import WpItem
from archivist.wordpress.notes import Kind
from archivist.wordpress.report import ImportReport
from archivist.wordpress.staging import Staging
from archivist.words.manifest import read_records
from archivist.words.verify import record_words

Convert: TypeAlias = Callable[[WpItem], Converted]
"""Makes a post or page of an item."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaSources:
    """Where the files of the blog are: *folder* is a copy of its uploads, *addresses* a map."""

    folder: Path | None = None
    addresses: Mapping[str, Path] | None = None


class Source(Protocol):
    """What is brought over: the exports of a blog, or its folder."""

    @property
    def names(self) -> list[str]:
        """What a report calls it."""

    def plan(self, existing: Existing) -> Plan:
        """Return what to do with its items. Raises ArchiveError."""

    def read(self, plan: Plan) -> Iterator[WpItem]:
        """Yield its items."""

    def prepare(self, plan: Plan, terms: Terms, claimed: dict[str, int]) -> Convert:
        """Return what makes posts; *claimed* says whose each address is already."""


@dataclass(frozen=True, kw_only=True)
class ExportSource:
    """The exports of a blog of WordPress."""

    paths: Sequence[Path]
    media: MediaSources = field(default_factory=MediaSources)
    with_remarks: bool = True

    @property
    def names(self) -> list[str]:
        """Return the names of its files."""
        return [path.name for path in self.paths]

    def plan(self, existing: Existing) -> Plan:
        """Return what to do with its items. Raises ArchiveError."""
        return make_plan(self.paths, existing)

    def read(self, plan: Plan) -> Iterator[WpItem]:
        """Yield its items."""
        return read_items(self.paths, plan.blog)

    def prepare(self, plan: Plan, terms: Terms, claimed: dict[str, int]) -> Convert:
        """Return what makes posts."""
        links = LinkResolver(plan, terms.lists)
        store = Store(plan, links.hosts, self.media.folder, self.media.addresses or {})
        remarks = self.with_remarks
        return Converter(plan, terms, links, store, with_remarks=remarks, claimed=claimed).convert


def run_import(  # noqa: PLR0913 (what a maintainer may ask, each by its name)
    source: Source,
    docs: Path,
    *,
    is_dry: bool = False,
    is_forced: bool = False,
    signatures: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Write the posts and pages of *source* into *docs*; return what was done.

    *signatures* says which author of docs/ a login is. Raises ArchiveError, and writes nothing, when it cannot be read.
    """
    progress = progress or Progress()
    progress.begin("lecture de l’export")
    docs = docs.resolve()
    check_docs_folder(docs)
    # Where checksums cannot be read, that is told before anything is written.
    read_records(docs)
    existing = read_existing(docs)
    plan = source.plan(existing)
    plan.sign(signatures or {})
    plan.deleted = frozenset() if is_forced else plan.deleted
    while True:
        report = ImportReport(files=source.names, counts=Counter(plan.counts), is_dry=is_dry)
        terms = Terms(plan, existing, report.note)
        with Staging(existing, plan, terms, is_forced=is_forced) as staging:
            if _Run(plan, staging, report, source, progress).convert():
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
    source: Source
    progress: Progress

    def convert(self) -> bool:
        """Make all posts, and check docs/ with them; tell whether some must be left."""
        plan, report, staging = self.plan, self.report, self.staging
        self.progress.begin("conversion", len(plan.planned))
        convert, done = self._prepare(), set[int]()
        failed: dict[str, list[str]] = {}
        for item in self.source.read(plan):
            if item.id in done or refuse(item):
                continue
            done.add(item.id)
            if left := plan.left.get(item.id):
                report.add_left(left, item)
            elif planned := plan.planned.get(item.id):
                try:
                    converted = convert(item)
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

    def _prepare(self) -> Convert:
        for name, docname in self.plan.renamed.items():
            self.report.note(Kind.NAME_RESERVED, f"{name} → {docname}.md")
        claimed = self.plan.claim_addresses(self.staging.existing)
        return self.source.prepare(self.plan, self.staging.terms, claimed)
