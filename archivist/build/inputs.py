"""All that a build reads, told by what it holds and never by its date."""

from __future__ import annotations

import hashlib
import stat
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.addresses.owned import POSTS
from archivist.comments.reading import ENDING
from archivist.files import hash_file, list_files
from archivist.links.ledger import NAME as LEDGER

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Mapping

_CODE = Path(__file__).parent.parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """What a site is made of: *machine* is the hash of all but the posts.

    *files* are those of docs/posts/ and the ledger of links by their path below docs/, with
    their hashes; *today* is the day of the build.
    """

    machine: str
    files: Mapping[str, str]
    today: dt.date | None

    def find_changed_posts(self, before: Sources) -> frozenset[str] | None:
        """Return the docnames of the posts that are new or were changed since *before*.

        None when something changed that more than posts depend on: all is to be read again.
        """
        if self.machine != before.machine:
            return None
        changed = {
            name
            for name in self.files.keys() | before.files.keys()
            if self.files.get(name) != before.files.get(name)
        }
        # A new picture belongs to a post that changed; another may be shown anywhere. Comments
        # and what became of links are part of no document: a page is seen to show others.
        others = {name for name in changed - {LEDGER} if not name.endswith((".md", ENDING))}
        if others & before.files.keys():
            return None
        posts = (name for name in changed if name.endswith(".md") and name in self.files)
        return frozenset(name.removesuffix(".md") for name in posts)


def _describe(path: Path, status: os.stat_result) -> str:
    """Return the hash of a file; what is no file, or cannot be read, is for the checks to tell."""
    if not stat.S_ISREG(status.st_mode):
        return f"{status.st_mode:o} {status.st_ino}"
    try:
        return hash_file(path)
    except OSError:
        return "unreadable"


def _hash_files(folder: Path) -> dict[str, str]:
    return {
        name: _describe(folder / name, status)
        for name, status in list_files(folder)
        if "__pycache__" not in name
    }


def _list_packages() -> list[str]:
    """Return the packages installed, each with its version: the names of their folders."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return sorted(path.name for folder in folders for path in Path(folder).glob("*.dist-info"))


def read_sources(docs: Path, settings: Mapping[str, object], today: dt.date | None) -> Sources:
    """Return what the site of *docs* is made of under *settings* on the day *today*."""
    files = _hash_files(docs)
    posts = {
        name: digest
        for name, digest in files.items()
        if name.startswith(f"{POSTS}/") or name == LEDGER
    }
    parts = (
        str(docs.resolve()),
        sys.version,
        _list_packages(),
        sorted(_hash_files(_CODE).items()),
        sorted(files.items() - posts.items()),
        sorted((key, repr(value)) for key, value in settings.items()),
    )
    return Sources(
        machine=hashlib.sha256(repr(parts).encode()).hexdigest(),
        files=posts,
        today=today,
    )
