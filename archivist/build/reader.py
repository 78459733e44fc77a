"""Read each post once, as long as it holds the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from archivist.comments.reading import Discussion
from archivist.posts.archive import File, StandingPage, read_file
from archivist.posts.file import PostFile
from archivist.problems import Problem

# What a post holds, with the hash of its file.
Read: TypeAlias = "tuple[str, PostFile | Discussion | StandingPage | Problem]"


class Reader:
    """Reads the files of docs/, with the *hashes* of some and what was *known* of them before."""

    def __init__(self, hashes: Mapping[str, str], known: Mapping[str, Read]) -> None:
        self._hashes, self._known = hashes, known
        self.read: dict[str, Read] = {}

    def read_file(self, file: File) -> PostFile | Discussion | StandingPage | Problem:
        """Return what *file* holds."""
        digest = self._hashes.get(file.name, "")
        known = self._known.get(file.name)
        if known is None or not digest or known[0] != digest:
            known = (digest, read_file(file))
        self.read[file.name] = known
        return known[1]
