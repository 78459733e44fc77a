"""Hashes of files, taken again only of those that the system says were written since."""

from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path
from typing import TypeAlias

from archivist.files import hash_file, list_files, load_pickle, replace_file

# Size, dates of what is in it and of what is known of it, inode, kind and rights.
_Status: TypeAlias = tuple[int, int, int, int, int]
_Entries: TypeAlias = dict[str, tuple[_Status, str]]


def _sum_up(status: os.stat_result) -> _Status:
    dates = status.st_mtime_ns, status.st_ctime_ns
    return status.st_size, *dates, status.st_ino, status.st_mode


def _describe(path: str, status: _Status) -> str:
    """Return the hash of a file; what is no file, or cannot be read, is for the checks to tell."""
    *_, inode, mode = status
    if not stat.S_ISREG(mode):
        return f"{mode:o} {inode}"
    try:
        return hash_file(Path(path))
    except OSError:
        return "unreadable"


def _load(path: Path) -> _Entries:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        entries: _Entries = load_pickle(file)
    return entries


class StatCache:
    """The hashes of files as they were last seen, kept in a file at *path*.

    As in git's index, one written since a look began may be written again in the same tick of
    the disk's clock: it is not kept, and hashed at the next look.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = _load(path)
        self._looked = path.with_suffix(".looked")
        self._began = 0
        self._seen: _Entries = {}

    def begin(self) -> None:
        """Begin to look, by the clock of the disk."""
        self._looked.touch()
        self._began = self._looked.stat().st_mtime_ns
        self._entries |= self._seen
        self._seen = {}

    def hash_files(self, folder: Path) -> dict[str, str]:
        """Return the hash of each file in *folder*, by its name below it, but compiled code."""
        return {
            name: self._hash(f"{folder}/{name}", _sum_up(status))
            for name, status in list_files(folder)
            if "__pycache__" not in name
        }

    def _hash(self, path: str, status: _Status) -> str:
        known = self._entries.get(path)
        digest = known[1] if known and known[0] == status else _describe(path, status)
        if max(status[1:3]) < self._began:
            self._seen[path] = status, digest
        return digest

    def save(self) -> None:
        """Keep what was seen at the last look for the next build."""
        replace_file(self._path, pickle.dumps(self._seen))
