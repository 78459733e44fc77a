"""The files that posts show and link to: found in a copy of the blog's, named beside the posts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from archivist.addresses.slugs import find_free, make_stem
from archivist.checks.private import read_private
from archivist.files import list_paths
from archivist.pictures.convert import prepare_picture
from archivist.pictures.fault import PictureError
from archivist.posts.documents import find_fault
from archivist.syntax.allowed import ATTACHMENTS, IMAGES, PICTURES
from archivist.syntax.limits import LARGEST_FILE
from archivist.wordpress.export.plan import Plan, Planned
from archivist.wordpress.notes import Kind, Noter

UPLOADS = "wp-content/uploads/"
# What WordPress adds to the name of a file that it cut or edited: photo-300x200, photo-scaled,
# photo-e1473849301234
_VARIANT = re.compile(r"(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled|-e[0-9]{13}|-rotated)+$")
# The end of what may be a file: /rapport.pdf, /page.php
_FILE = re.compile(r"\.[a-z0-9]{2,5}$", re.IGNORECASE)
_PAGES = frozenset({".html", ".htm", ".php", ".asp", ".aspx"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A file beside a post."""

    url: str
    target: str  # below docs/
    data: bytes | None  # None where it is missing


def read_addresses(path: Path) -> dict[str, Path]:
    """Return the files that a map names: a line is an address, spaces, then a path beside it."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split(maxsplit=1)
        if len(words) == 2 and not line.startswith("#"):  # noqa: PLR2004
            found[words[0]] = path.parent / words[1].strip()
    return found


def join_address(base: str, address: str) -> str:
    """Return *address* as it is seen from *base*, quoted where it would have no parts."""
    try:
        whole = urljoin(base, address)
        urlsplit(whole)
    except ValueError:
        # `http://[x/y.png`
        return quote(address, safe="/:?=&%#")
    return whole


@dataclass
class Store:
    """Finds the files of a blog."""

    plan: Plan
    hosts: frozenset[str]
    folder: Path | None = None  # a copy of its uploads
    addresses: Mapping[str, Path] = field(default_factory=dict)  # where files are, by their address
    _listed: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = {_bare(medium.url) for medium in self.plan.media.values()}
        for path in list_paths(self.folder) if self.folder else ():
            name = path.relative_to(self.folder).as_posix()  # type: ignore[arg-type]
            self._listed[_fold(name.partition(UPLOADS)[2] or name)] = path

    def is_media(self, address: str) -> bool:
        """Tell whether *address* is that of a file of the blog's own."""
        bare = _bare(address)
        path, host = urlsplit(bare).path, urlsplit(bare).hostname or ""
        ending = PurePosixPath(path).suffix.lower()
        is_file = bool(_FILE.search(path)) and ending not in _PAGES
        is_own = UPLOADS in path or host in self.hosts
        return bare in self.known or address in self.addresses or (is_file and is_own)

    def find(self, address: str) -> tuple[str, Path | None]:
        """Return the address of the original of a file, and where it is, if it is anywhere."""
        for each in self._originals(address):
            if path := self._look_up(each):
                return each, path
        known = (each for each in self._originals(address) if _bare(each) in self.known)
        return next(known, _bare(address)), None

    def _originals(self, address: str) -> Iterator[str]:
        """Yield where the file may be: as WordPress was given it, then as it was cut."""
        bare = _bare(address)
        stem, dot, ending = bare.rpartition(".")
        original = _VARIANT.sub("", stem)
        if original != stem:
            yield f"{original}{dot}{ending}"
            yield f"{original}-scaled{dot}{ending}"
        yield bare

    def _look_up(self, address: str) -> Path | None:
        for each in (address, address.replace("https://", "http://", 1)):
            if each in self.addresses and self.addresses[each].is_file():
                return self.addresses[each]
        path, host = unquote(urlsplit(address).path), urlsplit(address).hostname
        name = path.partition(UPLOADS)[2] or path.strip("/")
        # What leads out of the folder is not among what is in it.
        names = (name, f"{host}/{name}", path.rpartition("/")[2])
        return next(filter(None, (self._listed.get(_fold(each)) for each in names)), None)


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name)


@dataclass
class PostShelf:
    """The files of one post, each named once."""

    planned: Planned
    store: Store
    note: Noter  # hears of those that are missing or changed
    placed: dict[str, Placed] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def is_media(self, address: str) -> bool:
        """Tell whether *address* is that of a file of the blog's own."""
        return self.store.is_media(join_address(self.planned.link, address))

    def place_file(self, address: str) -> str:
        """Return where the file at *address* is now, beside the post, or nothing."""
        url, path = self.store.find(join_address(self.planned.link, address))
        if path is None:
            self.note(Kind.FILE_MISSING, url)
            return ""
        ending = path.suffix.lower()
        if ending in PICTURES:
            return self.place_picture(address)
        if ending not in ATTACHMENTS or path.stat().st_size > LARGEST_FILE or find_fault(path):
            self.note(Kind.FILE_REFUSED, url)
            return ""
        return self._place(url, ending, path.read_bytes())

    def place_picture(self, address: str) -> str:
        """Return where the picture at *address* is now, beside the post."""
        url, path = self.store.find(join_address(self.planned.link, address))
        if url in self.placed:
            return self._place(url, "", None)
        made = self._make_picture(url, path) if path else None
        if made:
            return self._place(url, *made)
        self.note(Kind.IMAGE_MISSING, url)
        ending = PurePosixPath(urlsplit(url).path).suffix.lower()
        return self._place(url, ending if ending in IMAGES else ".png", None)

    def _make_picture(self, url: str, path: Path) -> tuple[str, bytes] | None:
        """Return the ending and the bytes of a picture that a post may show."""
        try:
            ready = prepare_picture(path)
        except PictureError as error:
            self.note(Kind.IMAGE_REFUSED, f"{url} : elle {error}")
            return None
        except Exception as error:  # noqa: BLE001 (whatever a damaged one brings Pillow to)
            self.note(Kind.IMAGE_UNREADABLE, f"{url} : {type(error).__name__}")
            return None
        if ready.is_made_anew:
            self.note(Kind.IMAGE_CONVERTED, url)
        return ready.ending, ready.data

    def _place(self, url: str, ending: str, data: bytes | None) -> str:
        if url not in self.placed:
            if private := read_private(data or b"", ending):
                self.note(Kind.FILE_PRIVATE, f"{url} : {private}")
            stem = make_stem(unquote(PurePosixPath(urlsplit(url).path).stem))
            name = find_free(stem, self._names, ending)
            self._names.add(name)
            self.placed[url] = Placed(url=url, target=f"{self.planned.docname}/{name}", data=data)
        return f"{self.planned.slug}/{self.placed[url].target.rpartition('/')[2]}"
