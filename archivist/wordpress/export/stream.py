"""Read the channel of an RSS file element by element: nothing is fetched, no entity expanded."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from archivist.errors import ArchiveError
from archivist.wordpress.html.inline import Element

# The namespace of WordPress's own elements: http://wordpress.org/export/1.2/excerpt/
_WORDPRESS = re.compile(r"https?://wordpress\.org/export/[0-9.]+/(?P<excerpt>excerpt/)?")
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
# What XML 1.0 does not admit, and damaged databases hold.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CHUNK = 1 << 16
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'>]{0,80})")
# Those of old blogs, in which a byte below 128 is the letter that it is in UTF-8.
_ENCODINGS = frozenset({
    "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252",
    "cp1252",
})  # fmt: skip

_TYPES = etree.ErrorTypes
_EMPTY, _UNDECLARED = "le fichier est vide, ou n’est pas du XML", "une entité que rien ne déclare"
# What a parser met with, in words.
_EXPLAINED = {
    _TYPES.ERR_INTERNAL_ERROR: _EMPTY, _TYPES.ERR_DOCUMENT_EMPTY: _EMPTY,
    _TYPES.ERR_INVALID_CHAR: "un signe ou un octet que XML interdit",
    _TYPES.ERR_INVALID_ENCODING: "des octets qui ne sont pas de l’UTF-8",
    _TYPES.ERR_TAG_NAME_MISMATCH: "une balise n’est pas refermée",
    _TYPES.ERR_UNDECLARED_ENTITY: _UNDECLARED, _TYPES.WAR_UNDECLARED_ENTITY: _UNDECLARED,
    _TYPES.ERR_DOCUMENT_END: "quelque chose suit la fin du document",
}  # fmt: skip


class _Cleaned:
    """A file without the control characters that XML refuses; counts those of each line."""

    def __init__(self, file: BinaryIO, controls: Counter[int]) -> None:
        self._file, self._controls = file, controls
        self._line, self._begun = 1, False

    def read(self, size: int = _CHUNK) -> bytes:
        """Return the next bytes."""
        data = self._file.read(max(size, _CHUNK))
        while data and not self._begun:
            bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()
            self._line += data[: len(data) - len(bare)].count(b"\n")
            self._begun, data = bool(bare), bare or self._file.read(_CHUNK)
        clean = _CONTROLS.sub(b"", data)
        if len(clean) != len(data):
            for found in _CONTROLS.finditer(data):
                self._controls[self._line + data.count(b"\n", 0, found.start())] += 1
        self._line += data.count(b"\n")
        # An empty answer means the end of the file.
        return clean if clean or not data else self.read(size)


@lru_cache(maxsize=256)
def name_of(tag: object) -> str:
    """Return the name of an element with the prefix that WordPress gives it: ``wp:post_id``."""
    uri, _, local = str(tag).rpartition("}")
    uri = uri.removeprefix("{")
    if known := _WORDPRESS.fullmatch(uri):
        return f"excerpt:{local}" if known["excerpt"] else f"wp:{local}"
    return f"{_PREFIXES.get(uri, uri)}{local}"


def texts_of(element: Element) -> dict[str, str]:
    """Return what each child says, by its name; the first one where there are several."""
    texts: dict[str, str] = {}
    for child in element:
        texts.setdefault(name_of(child.tag), child.text or "")
    return texts


def read_channel(path: Path, controls: Counter[int]) -> Iterator[tuple[str, Element]]:
    """Yield what is in the channel with its name, to be read at once: it is then forgotten.

    *controls* counts the control characters that were taken out of each line.
    Raises ArchiveError, with line and column, when the file is damaged or no RSS.
    """
    try:
        with path.open("rb") as file:
            _check_encoding(path, file.read(_CHUNK))
            file.seek(0)
            yield from _read_file(path, _Cleaned(file, controls))
    except OSError as error:
        reason = error.strerror
        raise ArchiveError(f"{path} : ce fichier ne peut pas être lu ({reason}).") from error
    except etree.XMLSyntaxError as error:
        place = f"{path}:{error.lineno or 1}:{max(error.offset or 0, 0) + 1}"
        message = f"XML abîmé ({_explain(path, error)}) : exportez à nouveau depuis WordPress."
        raise ArchiveError(f"{place}: {message}") from error


def _explain(path: Path, error: etree.XMLSyntaxError) -> str:
    """Return in French what is wrong with a file: one that is cut short ends anywhere."""
    with path.open("rb") as file:
        begins, size = b"<rss" in file.read(_CHUNK), file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _CHUNK))
        ends = b"</rss" in file.read()
    if begins and not ends:
        return "le fichier s’arrête avant sa fin"
    return _EXPLAINED.get(error.code, "ce n’est pas du XML bien formé")


def _check_encoding(path: Path, start: bytes) -> None:
    """Refuse a file whose bytes would be read otherwise than whoever looks for a word in them."""
    found = _DECLARED.match(start.removeprefix(b"\xef\xbb\xbf").lstrip())
    name = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    if name not in _ENCODINGS:
        message = f"export écrit en « {name} » : convertissez-le en UTF-8, avec iconv par exemple."
        raise ArchiveError(f"{path}:1: {message}")


def _read_file(path: Path, file: _Cleaned) -> Iterator[tuple[str, Element]]:
    events = etree.iterparse(
        file, events=("start", "end"),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    )  # fmt: skip
    inside: list[str] = []
    for event, element in events:
        if event == "start":
            if not inside:
                _check_root(path, element)
            inside.append(name_of(element.tag))
            continue
        name = inside.pop()
        if inside == ["rss", "channel"]:
            yield name, element
            # What was read is forgotten, and what stands before it.
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _check_root(path: Path, root: Element) -> None:
    message = ""
    if root.getroottree().docinfo.doctype:
        message = "une DTD : un export de WordPress n’en a pas, ce fichier est refusé."
    elif name_of(root.tag) != "rss":
        message = f"<{name_of(root.tag)}> au lieu de <rss> : ce n’est pas un export de WordPress."
    if message:
        raise ArchiveError(f"{path}:{root.sourceline or 1}: {message}")
