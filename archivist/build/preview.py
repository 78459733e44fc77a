"""The site as its writers see it: made anew at each change, on what this process knows already.

The build is that of the site, in a folder of its own, with drafts and without what readers
search by. The first goes on from what an earlier preview left; the others write in the place of
what is shown, and leave nothing beside it.
"""

from __future__ import annotations

from pathlib import Path

from archivist.build.build import build_site, rare_collections
from archivist.build.docs import read_right
from archivist.build.inputs import Inputs, read_inputs
from archivist.build.readings import Readings
from archivist.build.sphinx import SphinxProcess
from archivist.build.stat_cache import StatCache
from archivist.build.workspace import Made, Workspace
from archivist.dates.today import find_today
from archivist.errors import ArchiveError
from archivist.site.plan import BuildPlan


class Preview:
    """A site that follows its sources; while there are *problems* it stays as it was."""

    def __init__(self, docs: Path, work: Path) -> None:
        self.docs, self.output = docs.resolve(), work.resolve() / "html"
        self.problems: list[str] = []
        self._work = Workspace(self.output)
        self._work.folder.mkdir(parents=True, exist_ok=True)
        self._cache = StatCache(self._work.stats)
        self._inputs: Inputs | None = None
        """What the site that is shown is made of."""
        self._made: Made = {}
        self._process: SphinxProcess | None = None

    def build(self) -> None:
        """Check the sources, and build what changed unless there is a problem."""
        try:
            self._follow()
            self.problems = []
        except ArchiveError as error:
            self.problems = str(error).split("\n")
        except (Exception, SystemExit) as error:  # noqa: BLE001
            self.problems = [f"le site n’a pas pu être construit : {error}"]

    def prepare(self) -> None:
        """Load what the next change needs."""
        if self._inputs and not self.problems:
            self.build()

    def _follow(self) -> None:
        before = self._inputs
        inputs = read_inputs(self.docs, {}, find_today(self.docs), self._cache)
        inputs = inputs.tell_settings(self.docs, {}, before)
        changed = inputs.find_changed(before) if before else None
        if changed is None or not (before and inputs.loads_the_same(before)):
            self._begin(inputs)
        elif changed or not self._process:
            with self._work.lock(), rare_collections():
                self._go_on(inputs, changed)

    def _begin(self, inputs: Inputs) -> None:
        """Build in a folder beside, and show it when it is whole."""
        self.close()
        build_site(self.docs, self.output, {}, BuildPlan(is_preview=True))
        self._inputs, self._made = inputs, self._work.read_readings()

    def _go_on(self, inputs: Inputs, changed: frozenset[str]) -> None:
        """Make anew what shows the files that *changed*."""
        readings = Readings(inputs.files, self._made)
        plan = BuildPlan(
            archive=read_right(self.docs, readings.once, is_preview=True),
            changed=changed,
            hashes=inputs.files,
            keeps_pages=True,
            cache=self._work.folder,
            is_kept=True,
            is_preview=True,
        )
        if not self._process:
            self._process = SphinxProcess(self.docs, self.output, self._work.doctrees, {})
        try:
            self._process.build(plan)
        except BaseException:
            self.close()
            raise
        self._inputs, self._made = inputs, readings.keep()

    def close(self) -> None:
        """Let go of what is loaded."""
        if self._process:
            self._process.close()
        self._inputs, self._made, self._process = None, {}, None
