"""What is made of each file of docs/ alone, remembered for as long as it holds the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from archivist.build.workspace import Made
from archivist.posts.file import PostFile

T = TypeVar("T")


class Readings:
    """The posts as read, what is wrong with each by itself."""

    def __init__(self, hashes: Mapping[str, str], known: Made | None = None) -> None:
        """Begin with the *hashes* of files, and what is *known* of those that had the same."""
        self._hashes, self._known = hashes, known or {}
        self._kept: Made = {}
        self._new: Made = {}

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

    def keep(self) -> Made:
        """Return all of it, once it was found right: of a new text, what others may ask of it."""
        for key, (digest, made) in self._new.items():
            is_post = isinstance(made, PostFile)
            kept = replace(made, body=made.body.without_text()) if is_post else made
            self._kept[key] = digest, kept
        return self._kept
