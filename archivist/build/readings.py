"""What is made of each file of docs/ alone, remembered for as long as it holds the same."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from archivist.files import load_pickle
from archivist.posts.file import PostFile

T = TypeVar("T")
# By the name of the file and what is made of it: the hash of the file, and what was made.
_Made: TypeAlias = dict[tuple[str, str], tuple[str, Any]]


class Readings:
    """The posts as read, what is wrong with each by itself; kept at *path*."""

    def __init__(self, path: Path, hashes: Mapping[str, str], *, goes_on: bool) -> None:
        self._path, self._hashes = path, hashes
        self._known: _Made = load_pickle(path.read_bytes()) if goes_on else {}
        self._kept: _Made = {}
        self._new: _Made = {}

    def once(self, name: str, what: str, make: Callable[[], T], /) -> T:
        """Return *what* is made of the file *name*, made once as long as it holds the same."""
        key, digest = (name, what), self._hashes.get(name, "")
        known = self._known.get(key)
        if known and digest and known[0] == digest:
            self._kept[key] = known
        elif key not in self._new:
            self._new[key] = digest, make()
        found: T = (self._kept.get(key) or self._new[key])[1]
        return found

    def save(self) -> None:
        """Keep all of it, once it was found right: of a new text, what others may ask of it."""
        for key, (digest, made) in self._new.items():
            if isinstance(made, PostFile):
                made = replace(made, body=made.body.without_text())  # noqa: PLW2901
            self._kept[key] = digest, made
        if self._new or self._kept.keys() != self._known.keys():
            self._path.write_bytes(pickle.dumps(self._kept))
