"""What a build leaves beside its site, so that the next one can go on from there."""

from __future__ import annotations

import ctypes
import fcntl
import os
import pickle
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from archivist.build.inputs import Inputs
from archivist.build.published import Withheld
from archivist.files import list_files, load_pickle, replace_file

# How each file of a site is, by name: its size, and when it was written.
Stamps: TypeAlias = Mapping[str, tuple[int, int]]
# By the name of a file of docs/ and what is made of it: the hash of the file, and what was made.
Made: TypeAlias = dict[tuple[str, str], tuple[str, Any]]

# https://man7.org/linux/man-pages/man2/rename.2.html and Apple's rename(2).
_EXCHANGES = {"linux": ("renameat2", -100), "darwin": ("renameatx_np", -2)}
_EXCHANGE = 2


def read_stamps(folder: Path) -> Stamps:
    """Return the size and date of each file in *folder*."""
    return {name: (status.st_size, status.st_mtime_ns) for name, status in list_files(folder)}


def drop_folders(folder: Path, name: str) -> None:
    """Remove the folders that a file *name* below *folder* has left empty."""
    for parent in list(PurePath(name).parents)[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:
            return


def link_files(site: Path, wanted: Stamps, spare: Path, known: Stamps) -> None:
    """Leave in *spare*, an older site, only files *wanted* of *site*: one file, two places.

    All that is in *spare* goes if it is not as *known*. Whoever writes a file there must first
    take away the one that is there.
    """
    there = read_stamps(spare)
    if there != known:
        shutil.rmtree(spare, ignore_errors=True)
        there = {}
    for name in there.keys() - wanted.keys():
        (spare / name).unlink()
        drop_folders(spare, name)
    for name, stamp in wanted.items():
        if there.get(name) != stamp:
            path = spare / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            os.link(site / name, path)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders on the same disk in a single step; tell whether this system could."""
    name, here = _EXCHANGES.get(sys.platform, ("", 0))
    swap = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return bool(swap and swap(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0)


def put_in_place(new: Path, place: Path, old: Path) -> None:
    """Make *new* what is at *place*, all on the same disk; what was there is at *new* then.

    Where the system or the disk knows no exchange, it is at *old*, and there is nothing at
    *place* for the instant between two renames.
    """
    if not place.exists():
        new.rename(place)
    elif not _swap(new, place):
        place.rename(old)
        new.rename(place)


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildRecord:
    """The last build: what it was made of, its files with their hashes and stamps."""

    inputs: Inputs
    posts: frozenset[str]
    """Those that are published."""
    withheld: Withheld
    kept: frozenset[str]
    """The pages and pictures, which stay as they are as long as they show the same."""
    hashes: Mapping[str, str]
    stamps: Stamps
    spare: Stamps
    """The stamps of the site before it, in which the next one is made."""


class Workspace:
    """The folder of a build, on the same disk as the site: where a rename is all it takes."""

    def __init__(self, output: Path) -> None:
        self.folder = output.parent / f".{output.name}-work"
        # Where a site is made; then, for the next one to be made in, the site that it replaced.
        self.staged = self.folder / "html"
        # Where that one is for an instant.
        self._old = self.folder / "old"
        self.doctrees = self.folder / "doctrees"
        self._record = self.folder / "record.pickle"
        self._readings = self.folder / "readings.pickle"
        self.stats = self.folder / "stats.pickle"

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

    def read_record(self, code: str) -> BuildRecord | None:
        """Return what the last build left, if it came to its end; *code* is the hash of ours.

        What other code wrote is never loaded: its classes may be gone, or hold something else.
        """
        if not self._record.exists():
            return None
        with self._record.open("rb") as file:
            return load_pickle(file) if file.readline() == code.encode() + b"\n" else None

    def write_record(self, record: BuildRecord) -> None:
        """Say that a build came to its end."""
        told = record.inputs.code.encode() + b"\n" + pickle.dumps(record)
        replace_file(self._record, told)

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
        """Return the names of the pages and files that the site was made with."""
        return frozenset((self.doctrees / "archive-files.txt").read_text("utf-8").split("\n"))

    def read_readings(self) -> Made:
        """Return what the last build, which came to its end, knew of the files of docs/."""
        with self._readings.open("rb") as file:
            made: Made = load_pickle(file)
        return made

    def write_readings(self, made: Made) -> None:
        """Keep what is known of the files of docs/."""
        self._readings.write_bytes(pickle.dumps(made))

    def forget(self) -> None:
        """Begin anew: until the end is written, the next build trusts nothing of this one."""
        self._record.unlink(missing_ok=True)
