"""Build the site beside the published folder, and put it in place only when it is whole."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.addresses import owned
from archivist.build.checksums import DamagedPagesError, write_manifest
from archivist.build.inputs import Inputs, check_docs_folder, read_inputs
from archivist.build.published import Withheld, find_gone, read_published, refuse_loss
from archivist.build.stat_cache import StatCache
from archivist.build.workspace import (
    BuildRecord,
    Workspace,
    drop_folders,
    link_files,
    read_stamps,
)
from archivist.dates.today import find_today
from archivist.errors import ArchiveError, explain, tell_error
from archivist.files import is_left_behind, list_strays
from archivist.french import name_some
from archivist.site.plan import BuildPlan, Printed

if TYPE_CHECKING:
    from archivist.posts.archive import Archive


def _check_output(docs: Path, output: Path) -> None:
    problem = ""
    # Sphinx leaves its mark in what it builds: a folder without it is not ours to replace.
    if output.is_dir() and any(output.iterdir()) and not (output / owned.BUILD).exists():
        problem = "ce dossier contient autre chose qu’un site : indiquez un dossier vide ou nouveau"
    elif output.exists() and not output.is_dir():
        problem = "c’est un fichier, indiquez un dossier"
    elif docs.resolve().is_relative_to(output.resolve()):
        problem = "ce dossier contient les sources, indiquez-en un autre"
    if problem:
        raise ArchiveError(f"--output {output} : {problem}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a build did: how many posts and pages the site has, and how many pages it wrote."""

    posts: int
    pages: int
    written: int
    has_address: bool
    """Whether the site knows its own, without which nothing of it can be read elsewhere."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each page that was written was, by docname, in French."""
    clean: str = ""
    """Why the build did not go on from an earlier one, in French."""
    withheld: Withheld
    """The posts that readers are not to see yet."""
    today: dt.date | None
    gone: Sequence[str] = ()
    """The posts that the site had before and has no more, when it has fewer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Build:
    docs: Path
    output: Path
    settings: Mapping[str, object]
    work: Workspace
    plan: BuildPlan

    def run(self) -> Report:
        """Do what is to be done, and no more."""
        self.plan.progress.begin("vérification")
        cache = StatCache(self.work.stats)
        inputs = read_inputs(self.docs, self.settings, find_today(self.docs), cache)
        record = self.work.read_record(inputs.code)
        inputs = inputs.tell_settings(self.docs, self.settings, record.inputs if record else None)
        is_intact = record is not None and read_stamps(self.output) == record.stamps
        is_same = record is not None and record.inputs == inputs and not list_strays(self.docs)
        if record and is_intact and is_same:
            return _report(record, frozenset())
        changed = inputs.find_changed(record.inputs) if record else None
        before = record if changed is not None and is_intact else None
        archive, posts, withheld, gone = self._read(inputs, before, is_clean=changed is None)
        self._prepare(before, is_clean=changed is None)
        plan = replace(
            self.plan,
            archive=archive,
            changed=changed,
            hashes=inputs.files,
            keeps_pages=before is not None,
            cache=self.work.folder,
        )
        try:
            printed = print_archive(self.docs, self.work, self.settings, plan)
        finally:
            # Of whatever it failed: that may be why.
            self._check_unchanged(inputs, cache)
        # What fails to be kept fails before the site is another.
        cache.save()
        plan.progress.begin("publication")
        report = self._publish(inputs, posts, withheld, before, printed)
        clean = inputs.explain_clean(record.inputs if record else None) if before is None else ""
        return replace(report, reasons=printed.reasons, clean=clean, gone=gone)

    def _read(
        self, inputs: Inputs, before: BuildRecord | None, *, is_clean: bool
    ) -> tuple[Archive, frozenset[str], Withheld, list[str]]:
        """Return the archive, in which no check found a mistake, without its texts.

        Beside it the posts that are published, those withheld, and those that the site has no more.
        """
        # What reads posts takes longer to load than to see that nothing has changed.
        from archivist.build.docs import read_right, sort_out  # noqa: PLC0415
        from archivist.build.readings import Readings  # noqa: PLC0415

        archive, made = self.plan.archive, dict(self.plan.readings)
        if archive is None:
            readings = Readings(inputs.files, {} if is_clean else self.work.read_readings())
            archive = read_right(
                self.docs, inputs.today, readings.once, is_preview=self.plan.is_preview
            )
            made = readings.keep()
        posts, withheld = sort_out(archive, inputs.today)
        gone = find_gone(before.posts if before else read_published(self.output), posts)
        if self.plan.keeps_posts:
            refuse_loss(gone, posts)
        # The record goes first: nothing of what the last build left may stand beside this.
        self.work.forget()
        self.work.write_readings(made)
        return archive, posts, withheld, gone

    def _check_unchanged(self, inputs: Inputs, cache: StatCache) -> None:
        """Raise ArchiveError when what was checked may not be what was published.

        A preview is made anew at each change anyway.
        """
        if self.plan.is_preview:
            return
        now = read_inputs(self.docs, self.settings, inputs.today, cache)
        changed = inputs.find_differences(now)
        if names := [name for name in changed if not is_left_behind(name.rpartition("/")[2])]:
            advice = "relancez la construction quand plus rien ne change."
            raise ArchiveError(f"{name_some(names)} : modifié pendant la construction ; {advice}")

    def _prepare(self, before: BuildRecord | None, *, is_clean: bool) -> None:
        """Leave in the folder of the build what it can go on from, and nothing else."""
        if before:
            wanted = {name: before.stamps[name] for name in before.kept}
            link_files(self.output, wanted, self.work.staged, before.spare)
        else:
            shutil.rmtree(self.work.staged, ignore_errors=True)
        if is_clean:
            shutil.rmtree(self.work.doctrees, ignore_errors=True)

    def _publish(
        self,
        inputs: Inputs,
        posts: frozenset[str],
        withheld: Withheld,
        before: BuildRecord | None,
        printed: Printed,
    ) -> Report:
        """Put the site that was made in its place, with the list of its files."""
        staged, kept = self.work.staged, self.work.read_files()
        for name in before.kept - kept if before else ():
            drop_folders(staged, name)
        stamps = read_stamps(staged)
        same = before.stamps.items() & stamps.items() if before else ()
        known = {name: before.hashes[name] for name, _ in same} if before else {}
        made = printed.files.items()
        new = {name: each.digest for name, each in made if stamps.get(name) == each.stamp}
        try:
            hashes = write_manifest(staged, known | new)
        except DamagedPagesError as error:
            lines = (f"{name} : cette page n’est pas entière." for name in error.args)
            raise ArchiveError("\n".join(lines)) from error
        written = hashes.keys() - known.keys()
        self.work.exchange(self.output)
        spare = before.stamps if before else {}
        record = BuildRecord(
            inputs=inputs,
            posts=posts,
            withheld=withheld,
            kept=kept,
            hashes=hashes,
            stamps=stamps,
            spare=spare,
        )
        self.work.write_record(record)
        return _report(record, written)


def print_archive(
    docs: Path, work: Workspace, settings: Mapping[str, object], plan: BuildPlan
) -> Printed:
    """Have Sphinx make of *docs* what is asked, in the folder of *work*; return what it wrote.

    Raises ArchiveError when there is any warning.
    """
    # It takes longer to load than to see that nothing has changed.
    from archivist.build.lean import load_lean  # noqa: PLC0415

    load_lean()
    from archivist.build.sphinx import SphinxProcess  # noqa: PLC0415

    with closing(SphinxProcess(docs, work.staged, work.doctrees, settings)) as process:
        return process.build(plan)


def _report(record: BuildRecord, written: Set[str]) -> Report:
    pages = {name for name in record.kept if name.endswith(".html")}
    return Report(
        posts=len(record.posts),
        withheld=record.withheld,
        today=record.inputs.today,
        pages=len(pages),
        written=len(pages & written),
        # A site that knows its address has a map.
        has_address=owned.SITEMAP in record.hashes,
    )


def build_site(
    docs: Path, output: Path, settings: Mapping[str, object], plan: BuildPlan | None = None
) -> Report:
    """Build the site of *docs* into *output*, going on from the last build where that is safe.

    *settings* replace those of conf.py. Raises ArchiveError, and leaves *output* as it was, when
    there is any mistake or warning.
    """
    # Where --output is a link, what it leads to is replaced.
    output, plan = output.resolve(), plan or BuildPlan()
    check_docs_folder(docs)
    _check_output(docs, output)
    work = Workspace(output)
    try:
        with work.lock(), rare_collections():
            work.restore(output)
            docs = docs.resolve()
            build = _Build(docs=docs, output=output, settings=settings, work=work, plan=plan)
            return build.run()
    except OSError as error:
        raise ArchiveError(tell_refusal(error, output, work.folder)) from error
    finally:
        plan.progress.end()


def tell_refusal(error: OSError, output: Path, work: Path) -> str:
    """Return what is told when the system refused: of a source its path, else --output."""
    # Where a disk is full, it does not say of which file.
    path = Path(os.fsdecode(error.filename or work))
    if error.errno and (path.is_relative_to(output) or path.is_relative_to(work)):
        return f"--output {output} : impossible d’y écrire ({explain(error)})."
    return tell_error(error)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for garbage among what is new, hardly ever among all that a build keeps."""
    before = gc.get_threshold()
    gc.set_threshold(10_000, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
