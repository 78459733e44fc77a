"""Import an export: plan, convert, check, write, tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.wordpress.convert import Converter
from archivist.wordpress.existing import read_existing
from archivist.wordpress.links import Links
from archivist.wordpress.media import Store
from archivist.wordpress.plan import make_plan, read_items, refuse
from archivist.wordpress.report import Report
from archivist.wordpress.staging import Staging
from archivist.wordpress.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from archivist.publish.progress import Progress


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What an import is to do: *media* is a copy of the blog's uploads, *addresses* a map."""

    media: Path | None = None
    addresses: Mapping[str, Path] | None = None
    with_remarks: bool = True
    is_dry: bool = False
    is_forced: bool = False


def import_export(
    paths: Sequence[Path], docs: Path, options: Options, progress: Progress
) -> Report:
    """Write the posts and pages of the exports in *paths* into *docs*, and tell what was done.

    Raises ExportError, and writes nothing, when an export is damaged.
    """
    progress.begin("lecture de l’export")
    existing = read_existing(docs)
    plan = make_plan(paths, existing)
    report = Report(files=[str(path.name) for path in paths], counts=Counter(plan.counts))
    terms = Terms(plan, existing, report.tell)
    links = Links(plan, terms.lists)
    store = Store(plan, links.hosts, options.media, options.addresses or {})
    converter = Converter(plan, terms, links, store, with_remarks=options.with_remarks)
    progress.begin("conversion", len(plan.planned))
    with Staging(existing, plan, terms, is_forced=options.is_forced) as staging:
        done: set[int] = set()
        for item in read_items(paths, plan.blog):
            if item.id in done or item.id not in plan.planned or refuse(item):
                continue
            done.add(item.id)
            converted = converter.convert(item)
            report.add(converted, staging.add(converted), item)
            progress.step()
        report.finish(plan, staging)
        progress.begin("écriture")
        if not options.is_dry:
            staging.publish()
    progress.end()
    return report
