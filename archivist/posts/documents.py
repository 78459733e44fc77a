"""Documents that go with posts: whether they are what their name says, and whom they name."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from archivist.syntax.limits import LARGEST_FILE

_HEAD = 4096  # bytes
_TEXTS = frozenset({".csv", ".txt"})
_ZIP = rb"PK\x03\x04"
# What an archive holds under a name: a head of 30 bytes, the name, what more is said, the content.
_MEMBER = rb"PK\x03\x04(?s:.{26})"
_MIME = _MEMBER + rb"mimetype(?s:.{0,64}?)"
_OPEN_DOCUMENT = _MIME + rb"application/vnd\.oasis\.opendocument\."
_OFFICE = _MEMBER + rb"\[Content_Types\]\.xml"
_OFFICE_PARTS = {".docx": rb"word/", ".pptx": rb"ppt/", ".xlsx": rb"xl/"}
# Spaces that programs leave before the beginning.
_BEFORE = rb"(?:\xef\xbb\xbf)?[ \t\r\n]{0,64}"
_BEGINNINGS: Mapping[str, re.Pattern[bytes]] = {
    ending: re.compile(_BEFORE + begins)
    for ending, begins in {
        ".pdf": rb"%PDF", ".epub": _ZIP, ".docx": _ZIP, ".pptx": _ZIP, ".xlsx": _ZIP,
        ".odt": _ZIP, ".ods": _ZIP, ".odp": _ZIP, ".ogg": rb"OggS", ".webm": rb"\x1aE\xdf\xa3",
        ".mp4": rb"(?s:.{4})(?:ftyp|moov|mdat|free|skip|wide|pnot)",
        ".mp3": rb"\x00*(?:ID3|RIFF|TAG|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xfd])",
    }.items()
}  # fmt: skip
_MEMBERS: Mapping[str, tuple[re.Pattern[bytes], ...]] = {
    ".epub": (re.compile(_MIME + rb"application/epub\+zip"),),
    ".odt": (re.compile(_OPEN_DOCUMENT + rb"text"),),
    ".ods": (re.compile(_OPEN_DOCUMENT + rb"spreadsheet"),),
    ".odp": (re.compile(_OPEN_DOCUMENT + rb"presentation"),),
    **{
        ending: (re.compile(_OFFICE), re.compile(_MEMBER + folder))
        for ending, folder in _OFFICE_PARTS.items()
    },
}
"""What archives of each kind have to hold."""
# What browsers take for a page, whatever stands before it that is not seen.
_PAGE = re.compile(
    rb"(?i)[\x00-\x20]*<(?:!doctype|!--|\?xml|(?:html|head|body|script|iframe|svg|style|title|meta|"
    rb"link|img|object|embed|form|base)\b)"
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER = "ce fichier n’est pas ce que dit son nom : enregistrez-le à nouveau."
_NO_TEXT = "ce fichier n’est pas du texte : enregistrez-le en UTF-8."


def find_fault(path: Path) -> str:
    """Return in French why the document in *path* is not what its name says, or nothing."""
    ending, data = path.suffix.lower(), _read(path)
    if _PAGE.match(_bare(data)):
        return _OTHER
    if ending in _TEXTS:
        return _NO_TEXT if b"\0" in data or data.startswith(_MARKS[1:]) else ""
    is_one = _BEGINNINGS[ending].match(data[:_HEAD])
    holds_all = all(member.search(data) for member in _MEMBERS.get(ending, ()))
    return "" if is_one and holds_all else _OTHER


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE)


def _bare(data: bytes) -> bytes:
    """Return how a file begins, in one byte a letter."""
    head = data[:_HEAD]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")


# -- Whom it names -----------------------------------------------------------------

_LARGEST_PART = 200_000  # bytes, unpacked
_MOST_PARTS = 200
_MOST_NAMES = 20
_LONGEST = 2_000  # bytes, of a name as it is written
_SAID_IN: Mapping[bytes, tuple[bytes, ...]] = {
    b"docProps/core.xml": (b"dc:creator", b"cp:lastModifiedBy"),
    b"docProps/app.xml": (b"Manager", b"Company"),
    b"meta.xml": (b"meta:initial-creator", b"dc:creator", b"meta:printed-by"),
}
"""Where documents of offices name people, and in which elements."""
_OFFICES = frozenset({".docx", ".odp", ".ods", ".odt", ".pptx", ".xlsx"})
# Of a PDF: /Author (Jeanne D\351sir\351e), /Author <FEFF004A…>
_AUTHOR = re.compile(
    rb"/Author\s{0,9}(?:\(((?:\\(?s:.)|[^\\()]){1,400})\)|<([0-9A-Fa-f]{2,1600})>)"
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|(?s:.))")
# +47.4678-000.5500/
_PLACE = re.compile(rb"([+-][0-9]{2}\.[0-9]{2,8})([+-][0-9]{3}\.[0-9]{2,8})(?:[+-][0-9.]{1,12})?/")
FILMS = frozenset({".mp4"})


def find_people(data: bytes, ending: str) -> list[str]:
    """Return whom a document, whose name ends in *ending*, names as its makers."""
    if ending in _OFFICES:
        return list(_read_office(data))
    return list(_read_pdf(data)) if ending == ".pdf" else []


def find_place(data: bytes) -> tuple[float, float] | None:
    """Return the latitude and longitude that a film says, if any."""
    found = _PLACE.search(data)
    return (float(found[1]), float(found[2])) if found else None


def _find_all(data: bytes, sought: bytes, most: int) -> Iterator[int]:
    """Yield where *sought* ends in *data*, the first times."""
    at = data.find(sought)
    while at >= 0 and most:
        at, most = at + len(sought), most - 1
        yield at
        at = data.find(sought, at)


def _read_element(data: bytes, element: bytes) -> Iterator[str]:
    """Yield what the first elements of a name say."""
    for at in _find_all(data, b"<" + element, _MOST_NAMES):
        end = data.find(b"</" + element, at, at + _LONGEST)
        if end > 0:
            text = data[at:end].decode("utf-8", "replace").partition(">")[2]
            yield unescape(re.sub(r"<[^<>]*>", " ", text))


def _read_office(data: bytes) -> Iterator[str]:
    for name, elements in _SAID_IN.items():
        member = re.search(_MEMBER + re.escape(name), data)
        text = _unpack_member(data, member.start(), member.end()) if member else b""
        for element in elements:
            yield from _read_element(text, element)


def _unpack_member(data: bytes, start: int, end: int) -> bytes:
    is_packed = data[start + 8 : start + 10] == b"\x08\x00"
    begin = end + int.from_bytes(data[start + 28 : start + 30], "little")
    if not is_packed:
        return data[begin : begin + _LARGEST_PART]
    return _unpack(data[begin : begin + _LARGEST_PART], -zlib.MAX_WBITS)


def _unpack(data: bytes, bits: int = zlib.MAX_WBITS) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(data, _LARGEST_PART)
    except zlib.error:
        return b""


def _read_pdf(data: bytes) -> Iterator[str]:
    """Yield whom a PDF names, in what it says in plain or packed."""
    begins = (data.find(b"stream", at, at + 400) for at in _find_all(data, b"/ObjStm", _MOST_PARTS))
    streams = (data[at + 6 : at + _LARGEST_PART].lstrip(b"\r\n") for at in begins if at > 0)
    for part in (data, *map(_unpack, streams)):
        for at in _find_all(part, b"/Author", _MOST_NAMES):
            if found := _AUTHOR.match(part, at - len(b"/Author")):
                digits = (found[2] or b"").decode()
                yield _decode_pdf(
                    _unescape(found[1] or b"") or bytes.fromhex(digits[: len(digits) & ~1])
                )
    yield from _read_element(data, b"dc:creator")


def _unescape(text: bytes) -> bytes:
    def undo(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8) & 0xFF]) if said.isdigit() else said

    return _ESCAPE.sub(undo, text)


def _decode_pdf(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF16_BE):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "latin-1", "replace")
