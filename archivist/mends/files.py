"""The pictures and documents of a post: beside it, named plainly, of a kind and size that may be shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.common.normalize_url import normalizeLinkText

from archivist.addresses.owned import POSTS
from archivist.addresses.slugs import find_free, make_stem
from archivist.addresses.web import find_scheme
from archivist.mends.places import TEXTS
from archivist.mends.text.around import Around
from archivist.pictures.fault import PictureError
from archivist.posts.body import Body
from archivist.syntax.allowed import ATTACHMENTS, PICTURES
from archivist.syntax.limits import LARGEST_FILE

# mon-billet/photo-1.jpg
_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")
_DOUBLE = re.compile(r"--|\..*\.")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFile:
    """A file to be written at *target*, below docs/; *source* is where it came from, if it goes."""

    target: str
    data: bytes
    source: Path | None = None


@dataclass
class Shelf:
    """The files of one post, of which `around` knows the place; *fetched* are those of other sites."""

    docs: Path
    around: Around
    was: str
    """The docname it had."""
    folder: str
    """Where its files lie still."""
    is_recorded: bool = False
    """Whether the hashes of its files are: they stay as they are."""
    fetched: Mapping[str, Path] = field(default_factory=dict)
    is_open: bool = True
    """Whether there is any place for them."""
    placed: dict[str, str] = field(default_factory=dict)
    files: dict[str, NewFile] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def place_all(self, body: Body, featured: str = "") -> None:
        """Find a place for all that the text shows or links to."""
        if not self.is_open:
            return
        shown = [*(image.target for image in body.images), *([featured] if featured else [])]
        linked = (normalizeLinkText(link.text).partition("#")[0] for link in body.links)
        for target in dict.fromkeys([*map(normalizeLinkText, shown), *linked]):
            ending = posixpath.splitext(target)[1].lower()
            if target in shown or ending in PICTURES | ATTACHMENTS:
                self._place(target)

    def _place(self, target: str) -> None:
        path = self._find(target)
        if path is None:
            return
        try:
            ready = self._prepare(path)
        except PictureError as error:
            self.told.append(f"l’image « {target} » {error}")
            return
        except Exception as error:  # noqa: BLE001 (whatever a damaged one brings Pillow to)
            self.told.append(f"l’image « {target} » est illisible ({type(error).__name__}).")
            return
        if ready is not None:
            self._put(target, path, *ready)

    def _find(self, target: str) -> Path | None:
        """Return where the file that the text calls *target* is, if it is anywhere."""
        if target in self.fetched:
            return self.fetched[target]
        if not target or find_scheme(target) or target.startswith(("//", "#")):
            return None
        was = Around(docname=self.was, files=self.around.files)
        for each in (was.find_file(target), self.around.find_file(target)):
            if each:
                return self.docs / each
        beside = self.docs.parent / target.lstrip("/")
        is_ours = beside.is_file() and beside.resolve().is_relative_to(self.docs.parent.resolve())
        return beside if is_ours else None

    def _prepare(self, path: Path) -> tuple[str, bytes] | None:
        """Return the ending and the bytes that a file is to have, or nothing where it can't be."""
        ending = path.suffix.lower()
        if ending in ATTACHMENTS:
            small = path.stat().st_size <= LARGEST_FILE
            return (ending, path.read_bytes()) if small else None
        if self.is_recorded:
            return ending, path.read_bytes()
        # Few texts have pictures.
        from archivist.pictures.clean import clean_picture  # noqa: PLC0415

        return clean_picture(path)

    def _put(self, target: str, path: Path, ending: str, data: bytes) -> None:
        """Have *data* beside the post, under its name where that will do."""
        docname = self.around.docname
        folder, name = docname, path.name
        stem, old = posixpath.splitext(name)
        if not self.is_recorded and not self._is_plain(name):
            stem = make_stem(stem)
        is_ours = path.is_relative_to(self.docs)
        where = path.relative_to(self.docs).as_posix() if is_ours else ""
        if posixpath.dirname(where) == posixpath.dirname(docname) == posixpath.dirname(self.was):
            folder = posixpath.dirname(docname)
        ending = old if old.lower() == ending else ending
        wanted = f"{folder}/{stem}{ending}"
        if wanted != where and (wanted in self.files or wanted in self.around.files):
            same = self.files.get(wanted)
            held = same.data if same else (self.docs / wanted).read_bytes()
            taken = {posixpath.splitext(each)[0] for each in (*self.files, *self.around.files)}
            wanted = wanted if held == data else f"{find_free(f'{folder}/{stem}', taken)}{ending}"
        self.placed[target] = self.around.point_to(wanted)
        if wanted != where or data != path.read_bytes():
            goes = path if self._is_own(where) else None
            self.files[wanted] = NewFile(target=wanted, data=data, source=goes)

    def _is_own(self, where: str) -> bool:
        """Tell whether a file lies in the folder of this post, or where none may, and so goes with it."""
        return where.startswith(f"{self.folder}/") or posixpath.dirname(where) == POSTS

    @staticmethod
    def _is_plain(name: str) -> bool:
        return bool(_PLAIN.fullmatch(name)) and not _DOUBLE.search(name)


def list_unnamed(shelf: Shelf) -> Iterator[Path]:
    """Yield the files in the folder of a post that its text does not name: they go along."""
    folder = shelf.docs / shelf.folder
    named = {file.source for file in shelf.files.values()}
    for path in sorted(folder.rglob("*")):
        if path not in named and path.is_file() and path.suffix.lower() not in TEXTS:
            yield path
