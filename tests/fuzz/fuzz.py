"""Check mutants by the thousand, and build all those that the checks let pass, timing each.

`make fuzz` runs this: `fuzz.py [HOW_MANY] [FIRST]`, where HOW_MANY are to be accepted and built.
What is found is printed with its number, which gives the same mutant again.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive
from tests.conftest import ROOT, write_docs, write_post
from tests.fuzz.clock import time_documents
from tests.fuzz.mutants import cut_out, make_discussion, make_mutant, name_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archivist.problems import Problem

BATCH = 500
# No post takes longer than so many times the post in the middle.
SLOWEST = 10
_RETRIES = 3
_COMPANIONS = 20
# So often what is refused of a mutant is cut out of it.
_MENDED = 8
# What mutants lead to; older than they, so that labels are written as it writes them.
_BODY = "## Partie\n\nTexte."
_NAME = re.compile(r"posts/2018/(m[0-9]{7})\b")

# The texts of a mutant by the end of its file's name.
Mutant: TypeAlias = dict[str, str]


@dataclass
class Findings:
    """How many mutants were tried and built; what crashed, what the build would not take."""

    tried: int = 0
    built: int = 0
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def faults(self) -> list[str]:
        """All that no mutant should do."""
        return [*self.failures, *self.warnings, *self.slow]

    def add(self, other: Findings) -> None:
        """Add what *other* mutants did."""
        self.tried += other.tried
        self.built += other.built
        self.failures += other.failures
        self.warnings += other.warnings
        self.slow += other.slow
        self.slowest = max(self.slowest, other.slowest)

    def __str__(self) -> str:
        told = (
            f"{self.tried} mutants, {self.built} accepted and built",
            f"{len(self.failures)} failures, {len(self.warnings)} warnings",
            f"slowest {self.slowest:.1f} × the median",
        )
        return ", ".join(told)


def _make(seed: int) -> Mutant:
    comments = make_discussion(seed)
    post = {".md": name_parts(make_mutant(seed), seed)}
    return post | ({".comments.yml": comments} if comments else {})


class _ClashError(Exception):
    """A mutant makes another post wrong, by the name of a label or the like."""


class _Batch:
    """An archive in *folder* that mutants are laid in, and taken out of."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        files = {
            "2018/billet.md": write_post(body=_BODY, date="2018-01-01", tags="[CNFPT, a, b]"),
            "2018/photo.png": (ROOT / "tests/data/photo.png").read_bytes(),
        }
        self.docs = write_docs(folder, files)
        self.mutants: dict[str, Mutant] = {}
        self._made: dict[tuple[str, str], tuple[bytes, Any]] = {}

    def _once(self, name: str, what: str, make: Callable[[], Any]) -> Any:
        data = (self.docs / name).read_bytes()
        if self._made.get((name, what), (b"",))[0] != data:
            self._made[name, what] = (data, make())
        return self._made[name, what][1]

    def _check(self) -> list[Problem]:
        return check_archive(read_archive(self.docs, self._once), once=self._once)

    def hold(self, mutants: dict[str, Mutant]) -> None:
        """Let the archive hold *mutants* and no others."""
        before = {(name, ending) for name, each in self.mutants.items() for ending in each}
        after = {(name, ending) for name, each in mutants.items() for ending in each}
        for name, ending in before - after:
            (self.docs / f"posts/2018/{name}{ending}").unlink()
        for name, ending in after:
            text = mutants[name][ending]
            if self.mutants.get(name, {}).get(ending) != text:
                path = self.docs / f"posts/2018/{name}{ending}"
                path.write_text(text, encoding="utf-8", newline="")
        self.mutants = dict(mutants)

    def mend(self) -> None:
        """Cut out what the checks refuse until they let all pass; drop what cannot be mended."""
        for _ in range(_MENDED):
            problems = self._check()
            if not problems:
                return
            wrong: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
            for problem in problems:
                found = _NAME.search(problem.path)
                if found is None:
                    raise _ClashError(str(problem))
                wrong[found[1], problem.path[found.end() :]].add(problem.line)
            mended = dict(self.mutants)
            for (name, ending), lines in wrong.items():
                text = cut_out(mended[name][ending], lines)
                mended[name] = mended[name] | {ending: text}
                if not text:
                    mended[name].pop(ending)
            self.hold({name: each for name, each in mended.items() if ".md" in each})
        self.drop_refused()

    def drop_refused(self) -> None:
        """Take out what the checks refuse; one of those may be what made another right."""
        while problems := self._check():
            refused = set(_NAME.findall("\n".join(problem.path for problem in problems)))
            if not refused:
                raise _ClashError(str(problems[0]))
            self.hold({name: each for name, each in self.mutants.items() if name not in refused})

    def build(self) -> dict[str, float]:
        """Build it anew; return how long each mutant took."""
        with tempfile.TemporaryDirectory() as output, time_documents() as times:
            build_site(self.docs, Path(output, "html"), {})
        return {name: times[f"posts/2018/{name}"] for name in self.mutants}


def _find_crashes(batch: _Batch, names: list[str], found: Findings) -> None:
    """Note the mutants among *names* that make the checks or the build crash; drop them."""
    mutants = {name: batch.mutants[name] for name in names}
    everything = dict(batch.mutants)
    batch.hold(mutants)
    error = _try(batch)
    if error and len(names) == 1:
        everything.pop(names[0])
        if not error.startswith(_ClashError.__name__):
            found.failures.append(f"{names[0]}: {error}")
    batch.hold(everything)
    if error and len(names) > 1:
        _find_crashes(batch, names[: len(names) // 2], found)
        _find_crashes(batch, names[len(names) // 2 :], found)


def _try(batch: _Batch) -> str:
    """Return what the checks and the build of *batch* end in, or nothing."""
    try:
        batch.drop_refused()
        batch.build()
    except Exception as error:  # noqa: BLE001 (that is what is looked for)
        return f"{type(error).__name__}: {error}"
    return ""


def _build(batch: _Batch, found: Findings) -> dict[str, float]:
    """Build *batch* until nothing is wrong; note what was, each with its mutant."""
    while batch.mutants:
        try:
            batch.drop_refused()
            return batch.build()
        except ArchiveError as error:
            lines = [line for line in str(error).split("\n") if _NAME.search(line)]
            guilty = {name for line in lines for name in _NAME.findall(line)} & batch.mutants.keys()
            found.warnings += lines
            batch.hold({name: each for name, each in batch.mutants.items() if name not in guilty})
            if guilty:
                continue
        except Exception:  # noqa: BLE001 (that is what is looked for)
            pass
        before = len(batch.mutants)
        _find_crashes(batch, list(batch.mutants), found)
        if len(batch.mutants) == before:
            found.failures.append(f"{min(batch.mutants)}…: only together")
            break
    return {}


def _time(batch: _Batch, times: dict[str, float], found: Findings) -> None:
    """Note the mutants that take too long, whatever else the machine does meanwhile."""
    middle = median(times.values())
    usual = sorted(times, key=lambda name: abs(times[name] - middle))[:_COMPANIONS]
    everything = dict(batch.mutants)
    for _ in range(_RETRIES):
        slow = [name for name, each in times.items() if each > SLOWEST * middle]
        if not slow:
            break
        batch.hold({name: each for name, each in everything.items() if name in {*slow, *usual}})
        again = batch.build()
        middle = min(middle, median(again[name] for name in usual))
        times |= {name: min(times[name], again[name]) for name in slow}
    ratios = {name: each / middle for name, each in times.items()}
    found.slowest = max(ratios.values())
    found.slow += [f"{name}: {each:.1f} ×" for name, each in ratios.items() if each > SLOWEST]


def try_batch(seeds: Iterable[int]) -> Findings:
    """Return what *seeds* find."""
    mutants = {f"m{seed:07}": _make(seed) for seed in seeds}
    found = Findings(tried=len(mutants))
    with tempfile.TemporaryDirectory() as folder:
        batch = _Batch(folder)
        batch.hold(mutants)
        try:
            batch.mend()
        except Exception:  # noqa: BLE001 (that is what is looked for)
            _find_crashes(batch, list(batch.mutants), found)
        times = _build(batch, found)
        found.built = len(times)
        if times:
            _time(batch, times, found)
    return found


def _find_all(first: int) -> Iterator[Findings]:
    """Yield what mutants find, batch by batch, from *first* on."""
    while True:
        yield try_batch(range(first, first + BATCH))
        first += BATCH


def main(how_many: int, first: int) -> int:
    """Try mutants, tell how far it is, and return 1 if any does what it should not."""
    whole = Findings()
    for found in _find_all(first):
        whole.add(found)
        print(*found.faults, sep="\n", end="\n" if found.faults else "")
        print(whole, flush=True)
        if whole.built >= how_many:
            break
    return 1 if whole.faults else 0


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in (*sys.argv[1:], 20_000, 0)[:2])))
