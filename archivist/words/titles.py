"""What a `{ref}` without words of its own prints: the title of a list, a post or a part of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archivist.addresses.owned import POSTS
from archivist.errors import FileError
from archivist.files import read_text
from archivist.posts.archive import Archive, read_archive
from archivist.posts.library import Library, make_library, name_lists
from archivist.words.canonical import WordReader


@dataclass(slots=True)
class Titles:
    """Finds titles in the archive in *docs*, which is read when the first is asked for."""

    docs: Path
    _known: dict[str, str] | None = field(default=None)

    def find(self, label: str) -> str:
        """Return what a `{ref}` to *label* prints, nothing where there is none."""
        if self._known is None:
            self._known = _read_titles(read_archive(self.docs))
        return self._known.get(label, "")


def _read_titles(archive: Archive) -> dict[str, str]:
    titles: dict[str, str] = {}
    for path in archive.docnames().values():
        reader = WordReader()
        try:
            reader.read(read_text(archive.docs.parent / path), 1)
        except FileError:
            # The checks tell it.
            continue
        titles |= reader.titles
    return titles | dict(_name_standing(archive))


def _name_standing(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield the names of posts and lists, with their titles."""
    library = _try_library(archive)
    if library is None:
        return
    uses = Counter(post.slug for post in library.posts)
    for post in library.posts:
        yield post.docname.removeprefix(f"{POSTS}/").lower(), post.title
        if uses[post.slug] == 1:
            yield post.slug.lower(), post.title
    for name, (_, title) in name_lists(library).items():
        yield name.lower(), title


def _try_library(archive: Archive) -> Library | None:
    """Return the published posts, none while there are mistakes that hide them."""
    try:
        posts = [post for post in archive.posts() if not post.draft]
        return make_library(posts, archive.registers, str)
    except (LookupError, ValueError):
        return None
