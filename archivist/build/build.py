"""Build the site beside the published folder, and put it in place only when it is whole."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from archivist.addresses import owned
from archivist.build.checksums import DamagedPagesError, write_manifest
from archivist.build.inputs import Sources, read_sources
from archivist.build.reader import Reader
from archivist.build.spare import drop_folders, link_files, read_stamps
from archivist.build.workspace import Record, Work
from archivist.checks.run import check_archive
from archivist.dates.today import find_today
from archivist.errors import ArchiveError
from archivist.links.ledger import check_ledger
from archivist.posts.archive import Archive, ReadOne, read_archive, read_file
from archivist.problems import Problem
from archivist.site.plan import BuildPlan

# Sphinx leaves this in what it builds: a folder without it is not ours to replace.
_MARK = owned.BUILD
# A site that knows its address has a map.
_MAP = owned.SITEMAP


def check_docs(
    docs: Path, read_one: ReadOne = read_file, day_of: Path | None = None
) -> tuple[Archive, list[Problem]]:
    """Return what the folder *docs* holds, and the mistakes in it.

    It may be a copy: the day that counts is then that of the folder *day_of*. Raises
    ArchiveError when it is not the folder of a site.
    """
    check_docs_folder(docs)
    docs = docs.resolve()
    archive = read_archive(docs, read_one)
    problems = check_archive(archive, _find_today((day_of or docs).resolve()))
    return archive, sorted([*problems, *check_ledger(docs)])


def check_docs_folder(docs: Path) -> None:
    """Raise ArchiveError when *docs* is not the folder of a site."""
    if not (docs / "conf.py").is_file():
        raise ArchiveError(f"{docs} : ce dossier ne contient pas conf.py, indiquez docs/.")


def _find_today(docs: Path) -> dt.date | None:
    return find_today(docs)


def _check_output(docs: Path, output: Path) -> None:
    if output.is_dir() and any(output.iterdir()) and not (output / _MARK).exists():
        message = (
            "ce dossier contient autre chose qu’un site : indiquez un dossier vide ou nouveau."
        )
        raise ArchiveError(f"--output {output} : {message}")
    if output.exists() and not output.is_dir():
        raise ArchiveError(f"--output {output} : c’est un fichier, indiquez un dossier.")
    if docs.resolve().is_relative_to(output.resolve()):
        raise ArchiveError(
            f"--output {output} : ce dossier contient les sources, indiquez-en un autre."
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a build did: how many posts and pages the site has, and how many pages it wrote.

    *has_address* tells whether it knows its own, without which nothing of it can be read elsewhere.
    """

    posts: int
    pages: int
    written: int
    has_address: bool
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each page that was written was, by docname, in French."""
    clean: str = ""
    """Why the build did not go on from an earlier one, in French."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Build:
    docs: Path
    output: Path
    settings: Mapping[str, object]
    work: Work
    plan: BuildPlan

    def run(self) -> Report:
        """Do what is to be done, and no more."""
        self.plan.progress.begin("vérification")
        sources = read_sources(self.docs, self.settings, _find_today(self.docs))
        record = self.work.read_record()
        is_intact = record is not None and read_stamps(self.output) == record.stamps
        if record and is_intact and record.sources == sources:
            return _report(record, frozenset())
        changed = sources.find_changed_posts(record.sources) if record else None
        archive = self._read(sources, is_clean=changed is None)
        before = record if changed is not None and is_intact else None
        self._prepare(before, is_clean=changed is None)
        plan = replace(
            self.plan,
            archive=archive,
            changed=changed,
            keeps_pages=before is not None,
            cache=self.work.folder,
        )
        reasons = print_archive(self.docs, self.work, self.settings, plan)
        plan.progress.begin("publication")
        report = self._publish(sources, before)
        clean = sources.explain_clean(record.sources if record else None) if before is None else ""
        return replace(report, reasons=reasons, clean=clean)

    def _read(self, sources: Sources, *, is_clean: bool) -> Archive:
        """Return the archive, in which no check found a mistake, without its texts."""
        reader = Reader(sources.files, {} if is_clean else self.work.read_posts())
        archive, problems = check_docs(self.docs, reader.read_file)
        if problems:
            raise ArchiveError("\n".join(map(str, problems)))
        # The record goes first: nothing of what the last build left may stand beside this.
        self.work.forget()
        self.work.write_posts(reader.read)
        return archive.without_texts()

    def _prepare(self, before: Record | None, *, is_clean: bool) -> None:
        """Leave in the folder of the build what it can go on from, and nothing else."""
        if before:
            wanted = {name: before.stamps[name] for name in before.kept}
            link_files(self.output, wanted, self.work.staged, before.spare)
        else:
            shutil.rmtree(self.work.staged, ignore_errors=True)
        if is_clean:
            shutil.rmtree(self.work.doctrees, ignore_errors=True)

    def _publish(self, sources: Sources, before: Record | None) -> Report:
        """Put the site that was made in its place, with the list of its files."""
        staged, kept = self.work.staged, self.work.read_files()
        for name in before.kept - kept if before else ():
            drop_folders(staged, name)
        stamps, known = read_stamps(staged), {}
        if before:
            same = before.stamps.items() & stamps.items()
            known = {name: before.hashes[name] for name, _ in same}
        hashes = _write_manifest(staged, known)
        written = hashes.keys() - known.keys()
        self.work.exchange(self.output)
        spare = before.stamps if before else {}
        record = Record(sources=sources, kept=kept, hashes=hashes, stamps=stamps, spare=spare)
        self.work.write_record(record)
        return _report(record, written)


def print_archive(
    docs: Path, work: Work, settings: Mapping[str, object], plan: BuildPlan
) -> dict[str, str]:
    """Have Sphinx make of *docs* what is asked, in the folder of *work*.

    Return why each page was written, by docname. Raises ArchiveError when there is any warning.
    """
    # It takes longer to load than to see that nothing has changed.
    from sphinx.errors import SphinxError  # noqa: PLC0415

    from archivist.build.sphinx import run_sphinx  # noqa: PLC0415

    try:
        warnings, reasons = run_sphinx(docs, work, settings, plan)
    except SystemExit as error:
        raise ArchiveError(str(error)) from error
    except SphinxError as error:
        # What a part of ours could not write is told as what any other could not.
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from error
        raise ArchiveError(str(error)) from error
    if warnings:
        raise ArchiveError("\n".join(warnings))
    return reasons


def _write_manifest(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    try:
        return write_manifest(folder, known)
    except DamagedPagesError as error:
        lines = (f"{name} : cette page n’est pas entière." for name in error.args)
        raise ArchiveError("\n".join(lines)) from error


def _report(record: Record, written: Set[str]) -> Report:
    names = [name for name in record.kept if name.endswith(".html")]
    posts = [name for name in record.sources.files if name.endswith(".md")]
    count = sum(name in written for name in names)
    return Report(
        posts=len(posts), pages=len(names), written=count, has_address=_MAP in record.hashes
    )


def build_site(
    docs: Path,
    output: Path,
    settings: Mapping[str, object],
    plan: BuildPlan | None = None,
) -> Report:
    """Build the site of *docs* into *output*, going on from the last build where that is safe.

    *settings* replace those of conf.py. Raises ArchiveError, and leaves *output* as it was, when there is any mistake or warning.
    """
    # Where --output is a link, what it leads to is replaced.
    output, plan = output.resolve(), plan or BuildPlan()
    check_docs_folder(docs)
    _check_output(docs, output)
    work = Work(output)
    try:
        with work.lock(), _rare_collections():
            work.restore(output)
            build = _Build(
                docs=docs.resolve(),
                output=output,
                settings=settings,
                work=work,
                plan=plan,
            )
            return build.run()
    except OSError as error:
        message = f"--output {output} : impossible d’y écrire ({error.strerror})."
        raise ArchiveError(message) from error
    finally:
        plan.progress.end()


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage among what is new, hardly ever among all that a build keeps."""
    before = gc.get_threshold()
    gc.set_threshold(10_000, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
