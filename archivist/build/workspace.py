"""What a build leaves beside its site, so that the next one can go on from there."""

from __future__ import annotations

import fcntl
import pickle
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.build.exchange import put_in_place
from archivist.build.inputs import Sources
from archivist.build.reader import Read
from archivist.build.spare import Stamps


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """The last build: what it was made of, its files with their hashes and stamps.

    *kept* are the pages and pictures, which stay as they are as long as they show the same;
    *spare* are the stamps of the site before it, in which the next one is made.
    """

    sources: Sources
    kept: frozenset[str]
    hashes: Mapping[str, str]
    stamps: Stamps
    spare: Stamps


def _load(path: Path) -> Any:  # noqa: ANN401 (what was written there)
    # Written by an earlier build, beside Sphinx's own pickles.
    return pickle.loads(path.read_bytes())  # noqa: S301


class Work:
    """The folder of a build, on the same disk as the site: where a rename is all it takes."""

    def __init__(self, output: Path) -> None:
        self.folder = output.parent / f".{output.name}-work"
        # Where a site is made; then, for the next one to be made in, the site that it replaced.
        self.staged = self.folder / "html"
        # Where that one is for an instant.
        self._old = self.folder / "old"
        self.doctrees = self.folder / "doctrees"
        self.pictures = self.folder / "pictures"
        self._record = self.folder / "record.pickle"
        self._posts = self.folder / "posts.pickle"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other builds out; wait for one that is there. A killed one holds nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = "une autre construction est en cours : celle-ci attend qu’elle finisse."
                print(message, file=sys.stderr, flush=True)
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def read_record(self) -> Record | None:
        """Return what the last build left, if it came to its end."""
        return _load(self._record) if self._record.exists() else None

    def write_record(self, record: Record) -> None:
        """Say that a build came to its end."""
        part = self._record.with_suffix(".part")
        with part.open("wb") as file:
            pickle.dump(record, file)
        part.replace(self._record)

    def exchange(self, site: Path) -> None:
        """Put what was staged in the place of *site*, which is staged then."""
        put_in_place(self.staged, site, self._old)
        if self._old.exists():
            self._old.rename(self.staged)

    def restore(self, site: Path) -> None:
        """Put *site* back, if an exchange was cut in two where the system knows no single step."""
        if self._old.exists():
            if not site.exists():
                self._old.rename(site)
            shutil.rmtree(self._old, ignore_errors=True)

    def read_files(self) -> frozenset[str]:
        """Return the names of the pages and pictures that the site was made with."""
        lines = (self.doctrees / "archive-files.txt").read_text(encoding="utf-8").split("\n")
        return frozenset(name for name in lines if not name.startswith("_downloads/"))

    def read_posts(self) -> dict[str, Read]:
        """Return what the posts held at the last build, which came to its end."""
        return _load(self._posts)  # type: ignore[no-any-return]

    def write_posts(self, read: Mapping[str, Read]) -> None:
        """Keep what the posts hold."""
        with self._posts.open("wb") as file:
            pickle.dump(read, file)

    def forget(self) -> None:
        """Begin anew: until the end is written, the next build trusts nothing of this one."""
        self._record.unlink(missing_ok=True)
