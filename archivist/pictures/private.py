"""What a picture says of where it was made, and of whom: none of it is published."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from archivist.pictures.fault import PictureError
from archivist.pictures.parts import EXIF, IPTC, TEXT, XMP
from archivist.pictures.strip import strip
from archivist.syntax.allowed import IMAGES

if TYPE_CHECKING:
    from PIL import Image

_ARTIST, _COPYRIGHT, _AUTHOR, _DETAILS, _OWNER, _GPS = 0x13B, 0x8298, 0x9C9D, 0x8769, 0xA430, 0x8825
_LARGEST_TEXT = 200_000  # bytes
_XMP_NAMES = re.compile(
    rb"<(dc:creator|dc:rights|photoshop:Credit|aux:OwnerName)\b[^<>]{0,200}>(?s:(.{1,500}?))</\1>|"
    rb"\b(?:photoshop:Credit|aux:OwnerName|dc:creator)=\"([^\"]{1,400})\""
)
# <exif:GPSLatitude>47,28.2N</exif:GPSLatitude>
_XMP_PLACE = re.compile(
    rb"exif:GPSL(?:at|ong)itude(?:=\"|>)([0-9]{1,3}),([0-9.]{1,12})(?:,([0-9.]{1,12}))?([NSEW])"
)
# Who made it, whom to name, whose it is, who described it: each has a mark, a number, a length.
_IPTC_NAMES = re.compile(rb"\x1c\x02[\x50\x6e\x74\x7a]((?s:..))")
_TEXT_NAMES = frozenset({b"author", b"artist", b"creator", b"copyright"})
# What ImageMagick makes of what a camera says: `\nexif\n      44\n45786966…`
_RAW = re.compile(rb"Raw profile type (exif|APP1|xmp|iptc)\0", re.IGNORECASE)
_LONGEST = 80  # letters of a name that are told


@dataclass(frozen=True, kw_only=True, slots=True)
class Private:
    """What a file tells of its makers."""

    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places or self.names)

    def __str__(self) -> str:
        """Say in French what it is: « position (47,47° N, 0,55° O) et nom (« A. Moor ») »."""
        places = " ; ".join(self.places)
        said = [f"position ({places})"] if self.places else []
        quoted = ", ".join(f"« {name} »" for name in self.names)
        said += [f"nom{'s' * (len(self.names) > 1)} ({quoted})"] if self.names else []
        return " et ".join(said)


def tidy_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return *names* on one line, each once, without what nobody sees."""
    shown = ("".join(sign if sign.isprintable() else " " for sign in name) for name in names)
    return tuple(dict.fromkeys(filter(None, (" ".join(name.split())[:_LONGEST] for name in shown))))


def spell_place(latitude: float, longitude: float) -> str:
    """Return a place in French: 47,47° N, 0,55° O."""
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "O"
    told = f"{abs(latitude):.2f}° {north}; {abs(longitude):.2f}° {east}"
    return told.replace(".", ",").replace(";", ",")


def find_private(data: bytes, ending: str) -> Private:
    """Return what a picture, whose name ends in *ending*, tells; nothing of what is none."""
    kind = IMAGES.get(ending)
    try:
        removed = strip(kind, data).removed if kind else {}
    except PictureError:
        return Private()
    parts = [(each, part) for each, found in removed.items() for part in found]
    parts += [raw for each, part in parts if each == TEXT for raw in _read_raw(part)]
    places: list[str] = []
    names: list[str] = []
    for each, part in parts:
        if each == EXIF:
            places += _find_exif_place(part)
            names += _find_exif_names(part)
        elif each in _FINDERS:
            said = _unpack_text(part) if each == TEXT else part[:_LARGEST_TEXT]
            places += _find_xmp_place(said)
            names += _FINDERS[each](said)
    return Private(places=tuple(dict.fromkeys(places)), names=tidy_names(names))


def _load_exif(data: bytes) -> Image.Exif:
    # Few files have any, and it loads all that reads pictures.
    from archivist.pictures.picture import load_exif  # noqa: PLC0415

    return load_exif(data)


def _find_exif_names(data: bytes) -> Iterator[str]:
    exif = _load_exif(data)
    with suppress(Exception):
        details = {**exif, **exif.get_ifd(_DETAILS)}
        for number in (_ARTIST, _COPYRIGHT, _OWNER, _AUTHOR):
            said = details.get(number, "")
            if isinstance(said, bytes):
                said = said.decode("utf-16-le" if number == _AUTHOR else "utf-8", "replace")
            yield _read_utf_8(str(said).partition("\0")[0])


def _read_utf_8(said: str) -> str:
    """Return what Pillow has read as Latin-1, as most cameras mean it."""
    try:
        return said.encode("latin-1").decode()
    except UnicodeError:
        return said


def _find_exif_place(data: bytes) -> Iterator[str]:
    with suppress(Exception):
        gps = _load_exif(data).get_ifd(_GPS)
        sides = [(gps[number], gps.get(number - 1, "")) for number in (2, 4)]
        yield spell_place(*(_to_degrees(*map(float, three), ref=str(ref)) for three, ref in sides))


def _to_degrees(degrees: float, minutes: float = 0, seconds: float = 0, *, ref: str) -> float:
    found = degrees + minutes / 60 + seconds / 3600
    return -found if ref[:1].upper() in {"S", "W"} else found


def _find_xmp_place(data: bytes) -> Iterator[str]:
    found = _XMP_PLACE.findall(data)[:2]
    with suppress(ValueError):
        sides = {
            ref in b"NS": _to_degrees(*(float(part or 0) for part in three), ref=ref.decode())
            for *three, ref in found
        }
        if len(sides) == len((True, False)):
            yield spell_place(sides[True], sides[False])


def _find_xmp_names(data: bytes) -> Iterator[str]:
    for _, element, attribute in _XMP_NAMES.findall(data):
        said = (element or attribute).decode("utf-8", "replace")
        yield unescape(re.sub(r"<[^<>]*>", " ", said))


def _find_iptc_names(data: bytes) -> Iterator[str]:
    for found in _IPTC_NAMES.finditer(data):
        said = data[found.end() : found.end() + int.from_bytes(found[1])]
        try:
            yield said.decode()
        except UnicodeDecodeError:
            yield said.decode("latin-1")


# -- PNG -----------------------------------------------------------------------------


def _unpack_text(part: bytes) -> bytes:
    """Return a text of a PNG, packed or not: its key, a zero, and what it says."""
    key, _, rest = part[4:].partition(b"\0")
    if part.startswith(b"zTXt"):
        rest = _unpack(rest[1:])
    elif part.startswith(b"iTXt"):
        is_packed, (*_, said) = rest[:1] == b"\1", rest[2:].split(b"\0", 2)
        rest = _unpack(said) if is_packed else said
    return key + b"\0" + rest[:_LARGEST_TEXT]


def _unpack(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LARGEST_TEXT)
    except zlib.error:
        return b""


def _read_raw(part: bytes) -> Iterator[tuple[str, bytes]]:
    text = _unpack_text(part)
    if found := _RAW.match(text):
        digits = "".join(text[found.end() :].decode("latin-1").split("\n")[3:])
        with suppress(ValueError):
            data = bytes.fromhex(digits)
            yield {b"xmp": XMP, b"iptc": IPTC}.get(found[1].lower(), EXIF), data


def _find_text_names(text: bytes) -> Iterator[str]:
    key, _, said = text.partition(b"\0")
    if key.strip().lower() in _TEXT_NAMES:
        yield said.decode("utf-8", "replace")
    yield from _find_xmp_names(said)


_FINDERS = {XMP: _find_xmp_names, IPTC: _find_iptc_names, TEXT: _find_text_names}
