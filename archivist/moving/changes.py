"""What is to become of files of docs/: tried on a copy first, then done whole or not at all."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from archivist.build.docs import judge_docs
from archivist.build.workspace import drop_folders
from archivist.dates.today import find_today
from archivist.errors import ArchiveError, FileError
from archivist.files import read_text, replace_file
from archivist.problems import Problem
from archivist.wordpress.writing import link_docs


@dataclass(kw_only=True, slots=True)
class Changes:
    """What changes in the folder *docs*, each file by its name below it."""

    docs: Path
    moves: dict[str, str] = field(default_factory=dict)
    """Where files go."""
    texts: dict[str, str] = field(default_factory=dict)
    """What files hold then, by their name then."""
    gone: set[str] = field(default_factory=set)

    def rename(self, name: str) -> str:
        """Return what the file *name* is called then."""
        return self.moves.get(name, name)

    def read(self, name: str) -> str:
        """Return what the file *name*, as it is called now, will hold; nothing if it is not there."""
        known = self.texts.get(self.rename(name))
        try:
            return read_text(self.docs / name) if known is None else known
        except FileError:
            return ""

    def write(self, name: str, text: str) -> None:
        """Have *text* in the file *name*, as it is called now, with the line ends that it has."""
        if text == self.read(name):
            return
        path = self.docs / name
        has_returns = path.exists() and b"\r\n" in path.read_bytes()
        self.texts[self.rename(name)] = text.replace("\n", "\r\n") if has_returns else text

    @contextmanager
    def rehearse(self) -> Iterator[Path]:
        """Give a copy of docs/ as it will be. Raises ArchiveError where it has new mistakes."""
        with tempfile.TemporaryDirectory(prefix=".move-", dir=self.docs.parent) as folder:
            whole = Path(folder) / self.docs.name
            link_docs(self.docs, whole)
            self._apply(whole)
            today = find_today(self.docs)
            now, then = (judge_docs(each, today)[1] for each in (self.docs, whole))
            # Lines may have moved, and what is advised may be another.
            known = Counter((self._find_place(each), each.rule) for each in now)
            new = [each for each in then if not _take(known, (each.path, each.rule))]
            if new:
                lines = "\n".join(map(str, new))
                raise ArchiveError(f"{lines}\nrien n’est fait : corrigez d’abord ces lignes.")
            yield whole

    def _find_place(self, problem: Problem) -> str:
        name = problem.path.removeprefix(f"{self.docs.name}/")
        return f"{self.docs.name}/{self.rename(name)}"

    def publish(self) -> None:
        """Do it; what fails on its way leaves docs/ as it was."""
        self._apply(self.docs)

    def _apply(self, docs: Path) -> None:
        undo: list[Callable[[], None]] = []
        try:
            for old, new in self.moves.items():
                _move(docs / old, docs / new)
                undo.append(partial(_move, docs / new, docs / old))
            for name, data in self._list_contents():
                path = docs / name
                before = path.read_bytes() if path.exists() else None
                _put(path, data)
                undo.append(partial(_put, path, before))
        except BaseException:
            for step in reversed(undo):
                with suppress(OSError):
                    step()
            for name in self.moves.values():
                drop_folders(docs, name)
            raise
        for name in (*self.moves, *self.gone):
            drop_folders(docs, name)

    def _list_contents(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield what each file is to hold, None for those that go."""
        yield from ((name, text.encode()) for name, text in self.texts.items())
        yield from ((name, None) for name in sorted(self.gone))


def _take(known: Counter[tuple[str, str]], each: tuple[str, str]) -> bool:
    known[each] -= 1
    return known[each] >= 0


def _move(path: Path, target: Path) -> None:
    if path.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)


def _put(path: Path, data: bytes | None) -> None:
    """Have a file hold *data*, in one step, or be gone."""
    if data is None:
        path.unlink(missing_ok=True)
    else:
        replace_file(path, data)
