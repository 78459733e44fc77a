"""The site as its writers see it: made anew at each change, on what this process knows already.

The build is that of the site, in a folder of its own, with drafts and without what readers
search by. The first goes on from what an earlier preview left; the others write in the place of
what is shown, and leave nothing beside it. What has a mistake stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from archivist.addresses.owned import BUILD
from archivist.build.build import build_site, rare_collections
from archivist.build.docs import judge_docs, leave_ahead
from archivist.build.inputs import Inputs, check_docs_folder, read_inputs
from archivist.build.readings import Readings
from archivist.build.sources import Sources, find_group, is_post
from archivist.build.sphinx import SphinxProcess
from archivist.build.stat_cache import StatCache
from archivist.build.workspace import Made, Workspace
from archivist.dates.today import find_today
from archivist.errors import ArchiveError, tell_error
from archivist.posts.archive import Archive
from archivist.problems import Problem
from archivist.site.plan import BuildPlan

# docs/posts/2018/billet.md:3: auteur inconnu…
PROBLEM = re.compile(r"(?P<path>.+?):(?P<line>[0-9]+): (?P<message>.*)")


class Preview:
    """A site that follows its sources; what has one of the *problems* stays as it was."""

    def __init__(self, docs: Path, work: Path) -> None:
        self.docs, self.output = docs.resolve(), work.resolve() / "html"
        self.problems: list[str] = []
        self.version = 0
        """How many times the site was made."""
        self._work = Workspace(self.output)
        self._work.folder.mkdir(parents=True, exist_ok=True)
        self._cache = StatCache(self._work.stats)
        self._sources = Sources(self.docs, self._work.folder / "sources", self._cache)
        self._copy = self._sources.copy
        self._inputs: Inputs | None = None
        """What the site that is shown is made of."""
        self._made: Made = {}
        self._process: SphinxProcess | None = None

    @property
    def waiting(self) -> frozenset[str]:
        """What is not shown and was never right, by docname."""
        return frozenset(self._sources.waiting)

    @property
    def is_built(self) -> bool:
        """Whether there is a site to show, of now or of an earlier preview."""
        return (self.output / BUILD).exists()

    def build(self) -> None:
        """Check the sources, and build what changed and is right."""
        try:
            problems = self._follow()
        except ArchiveError as error:
            problems = str(error).split("\n")
        except OSError as error:
            problems = [tell_error(error)]
        except (Exception, SystemExit) as error:  # noqa: BLE001
            problems = [f"le site n’a pas pu être construit : {error}"]
        self.problems = [each.replace(f"{self._copy.parent}/", "") for each in problems]

    def prepare(self) -> None:
        """Load what the next change needs."""
        if self._inputs:
            self.build()

    def _follow(self) -> list[str]:
        """Take over what changed and is right; return what is wrong."""
        check_docs_folder(self.docs)
        if not self._sources.take() and self._process:
            return []
        told: list[str] = []
        inputs, archive, found = self._check()
        # Of the files as they are; what is wrong once some are held is no mistake of theirs.
        known = frozenset(found)
        while True:
            if not found:
                try:
                    self._make(inputs, archive)
                except ArchiveError as error:
                    found = str(error).split("\n")
                    known |= {*found}
                else:
                    return told
            groups = self._choose(found)
            lines = [each for each in found if each in known and self._find_group(each) in groups]
            told += [each for each in lines if each not in told]
            told += self._tell_held(set(groups) - set(map(self._find_group, told)))
            if not self._sources.hold(groups, archive.registers):
                self._sources.hold_all()
                raise ArchiveError("\n".join(told))
            inputs, archive, found = self._check()

    def _find_group(self, problem: str) -> str:
        """Return what a *problem* is about; nothing, where that is no file."""
        place = PROBLEM.match(problem)
        return find_group(place["path"].removeprefix(f"{self.docs.name}/")) if place else ""

    def _choose(self, found: Iterable[str]) -> list[str]:
        """Return what is to be held first: that by which others are judged."""
        groups = list(dict.fromkeys(map(self._find_group, found)))
        return [each for each in groups if not is_post(each)] or groups

    def _tell_held(self, groups: Iterable[str]) -> list[str]:
        message = "ce billet attend la correction d’un autre fichier."
        return [
            str(Problem(path=f"{self.docs.name}/{group}.md", line=1, message=message))
            for group in sorted(groups)
            if is_post(group)
        ]

    def _check(self) -> tuple[Inputs, Archive, list[str]]:
        """Return what there is to build, and what is wrong with it."""
        inputs = read_inputs(self._copy, {}, find_today(self.docs), self._cache)
        if not self._made:
            record = self._work.read_record(inputs.code)
            is_same = record and record.inputs.machine == inputs.machine
            self._made = self._work.read_readings() if is_same else {}
        readings = Readings(inputs.files, self._made)
        archive, problems = judge_docs(self._copy, inputs.today, readings.once)
        self._made = readings.keep()
        return inputs, archive, list(map(str, leave_ahead(problems)))

    def _make(self, inputs: Inputs, archive: Archive) -> None:
        """Build what changed."""
        before = self._inputs
        inputs = inputs.tell_settings(self._copy, {}, before)
        changed = inputs.find_changed(before) if before else None
        if changed is None or not (before and inputs.loads_the_same(before)):
            self._begin(inputs, archive.without_texts())
        elif changed or not self._process:
            with self._work.lock(), rare_collections():
                self._go_on(inputs, changed, archive.without_texts())
        self.version += changed is None or bool(changed)

    def _begin(self, inputs: Inputs, archive: Archive) -> None:
        """Build in a folder beside, and show it when it is whole."""
        self.close()
        plan = BuildPlan(is_preview=True, archive=archive, readings=self._made)
        build_site(self._copy, self.output, {}, plan)
        self._inputs = inputs

    def _go_on(self, inputs: Inputs, changed: frozenset[str], archive: Archive) -> None:
        """Make anew what shows the files that *changed*."""
        plan = BuildPlan(
            archive=archive,
            changed=changed,
            hashes=inputs.files,
            keeps_pages=True,
            cache=self._work.folder,
            is_kept=True,
            is_preview=True,
        )
        if not self._process:
            self._process = SphinxProcess(self._copy, self.output, self._work.doctrees, {})
        try:
            self._process.build(plan)
        except BaseException:
            self.close()
            raise
        self._inputs = inputs

    def close(self) -> None:
        """Let go of what is loaded."""
        if self._process:
            self._process.close()
        self._inputs, self._process = None, None
