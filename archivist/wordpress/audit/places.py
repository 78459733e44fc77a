"""Which file, page or address is meant: by a text in docs/, and by the page that was built of it."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from archivist.pictures.fault import PictureError
from archivist.pictures.missing import read_missing
from archivist.pictures.picture import publish_picture
from archivist.posts.labels import LISTED
from archivist.syntax.allowed import PICTURES

_FAR = re.compile(r"[a-z][a-z0-9+.-]*:")


@dataclass
class Places:
    """What is at places of *docs* and of the site *output*: files are told apart by what they hold."""

    docs: Path
    output: Path
    names: dict[str, str] = field(default_factory=dict)  # what faults call files
    _hashes: dict[Path, str] = field(default_factory=dict)

    def find_source(self, docname: str, place: str, name: str = "") -> str:
        """Return what is at *place* beside *docname*, as published; faults call it *name*."""
        path = self.docs / posixpath.dirname(docname) / place
        if address := read_missing(path):
            return address if "/" in address else ""
        return self._tell(path, _hash_published, name or place) or place

    def find_built(self, here: str, address: str) -> str:
        """Return what is at an *address* on the page *here*."""
        place = _resolve(here, address)
        return self._tell(self.output / place, _hash, place) or address

    def _tell(self, path: Path, make: Callable[[Path], str], name: str) -> str:
        if path not in self._hashes:
            self._hashes[path] = make(path)
        if digest := self._hashes[path]:
            self.names.setdefault(digest, name)
        return self._hashes[path]

    def lead_source(self, docname: str, target: str) -> str:
        """Return where a link of *docname* has to lead on the site."""
        if listed := LISTED.fullmatch(target):
            return f"{listed['kind']}/{listed['slug']}/index.html"
        if not target or _FAR.match(target):
            return unquote(target).rstrip("/")
        path, _, anchor = target.partition("#")
        if not path:
            return f"{docname}.html{_fold(anchor)}"
        place = posixpath.normpath(posixpath.join(posixpath.dirname(docname), path)).lstrip("/")
        if path.endswith(".md"):
            return place.removesuffix(".md") + ".html" + _fold(anchor)
        return self._tell(self.docs / place, _hash_published, place) or place

    def lead_built(self, here: str, address: str) -> str:
        """Return where a link of the page *here* leads, as `lead_source` says it."""
        if _FAR.match(address):
            return unquote(address).rstrip("/")
        path, _, anchor = address.partition("#")
        place = _resolve(here, path) if path else here
        if place.startswith(("_downloads/", "_images/")):
            return self.find_built(here, path)
        return place + _fold(anchor)


def _fold(anchor: str) -> str:
    """Return the name of a part of a page as docutils makes one of it."""
    name = re.sub(r"[^a-z0-9]+", "-", anchor.lower()).strip("-").lstrip("0123456789-")
    return f"#{name}" if anchor else ""


def _resolve(here: str, address: str) -> str:
    path = unquote(urlsplit(address).path)
    place = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    return f"{place}/index.html" if path.endswith("/") else place


def _hash(path: Path) -> str:
    """Return what tells a file from others, or nothing where there is none."""
    try:
        return _hash_bytes(path.read_bytes()) if path.is_file() else ""
    except (OSError, ValueError):  # An address may be no name of a file.
        return ""


def _hash_published(path: Path) -> str:
    """Return the same of a file of docs/ as it is published."""
    if path.suffix.lower() not in PICTURES or not path.is_file():
        return _hash(path)
    with suppress(PictureError):
        return _hash_bytes(publish_picture(path))
    return ""


def _hash_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
