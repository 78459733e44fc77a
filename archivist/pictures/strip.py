"""The bytes of a picture without what is not drawn: where, when, by whom and with what it was made.

Pixels stay as they are, and the colour profile. What was taken out is given too: it says how
the picture is to be turned, and what its maker should know of.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archivist.pictures.fault import PictureError
from archivist.syntax.limits import LARGEST_PROFILE

EXIF, XMP, IPTC, TEXT, REMARK = "exif", "xmp", "iptc", "text", "remark"


@dataclass(slots=True)
class Stripped:
    """A picture while what is drawn of it is put together."""

    parts: list[bytes] = field(default_factory=list)
    frames: int = 0
    scans: int = 0
    """How often its pixels are gone through: a JPEG may say a little of all, many times."""
    removed: dict[str, list[bytes]] = field(default_factory=dict)
    """What was taken out, by its kind."""

    @property
    def data(self) -> bytes:
        """What is left."""
        return b"".join(self.parts)

    def remove(self, kind: str, data: bytes) -> None:
        """Take *data* out."""
        self.removed.setdefault(kind, []).append(data)


def strip(kind: str, data: bytes) -> Stripped:
    """Return the picture in *data* stripped; *kind* is its format as Pillow calls it.

    Raises PictureError when it is of another kind.
    """
    begins, read = _READERS[kind]
    if not begins.match(data):
        raise PictureError(UNREADABLE)
    return read(data)


UNREADABLE = "est illisible : enregistrez-la à nouveau, en PNG ou en JPEG."


def _check_profile(profile: bytes) -> bytes:
    """Return a colour profile, or nothing where it is none (https://www.color.org/ICC1v43.pdf)."""
    length = int.from_bytes(profile[:4])
    is_one = profile[36:40] == b"acsp" and 128 <= length <= min(len(profile), LARGEST_PROFILE)  # noqa: PLR2004
    return profile[:length] if is_one else b""


# -- JPEG: https://www.w3.org/Graphics/JPEG/itu-t81.pdf ----------------------------

JPEG_END = b"\xff\xd9"
_MARKER = re.compile(rb"\xff([^\x00\xff])")
# In the pixels, `ff 00` is a byte ff, and `ff d0` to `ff d7` are places to begin again.
_AFTER_PIXELS = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_END, _SCAN, _APP0, _APP1, _APP2, _APP13, _APP14, _COMMENT = (
    0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE,
)  # fmt: skip
_TABLES = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD})
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_REMOVED = ((_APP1, b"Exif\0", EXIF), (_APP1, b"http://ns.adobe.com/xap/1.0/\0", XMP),
            (_APP13, b"Photoshop 3.0\0", IPTC), (_COMMENT, b"", REMARK))  # fmt: skip
_PROFILE = b"ICC_PROFILE\0"
_MOST_OF_PROFILE = 65_519  # bytes, in one segment


def _segment(code: int, payload: bytes) -> bytes:
    return bytes((0xFF, code)) + (len(payload) + 2).to_bytes(2) + payload


def _strip_jpeg(data: bytes) -> Stripped:
    made, at = _Jpeg(frames=1), 2
    while found := _MARKER.search(data, at):
        code, at = found[1][0], found.end()
        if code in _ALONE:
            continue
        length = int.from_bytes(data[at : at + 2])
        if code == _END or length < 2 or at + length > len(data):  # noqa: PLR2004
            made.parts += [JPEG_END] * (code == _END)
            break
        made.read_segment(code, data[at + 2 : at + length])
        at += length
        if code == _SCAN:
            made.scans += 1
            end = _AFTER_PIXELS.search(data, at)
            stop = end.start() if end else len(data)
            made.parts.append(data[at:stop])
            at = stop
    made.parts[:0] = [b"\xff\xd8", made.head, *_write_profile(made.profile)]
    return made


@dataclass(slots=True)
class _Jpeg(Stripped):
    head: bytes = b""
    profile: list[bytes] = field(default_factory=list)

    def read_segment(self, code: int, payload: bytes) -> None:
        if code in _TABLES:
            self.parts.append(_segment(code, payload))
        elif code == _APP0 and payload.startswith(b"JFIF\0"):
            # Without the small picture that it may hold.
            self.head = _segment(code, payload[:12].ljust(12, b"\0") + b"\0\0")
        elif code == _APP14 and payload.startswith(b"Adobe"):
            self.parts.append(_segment(code, payload[:12]))
        elif code == _APP2 and payload.startswith(_PROFILE):
            self.profile.append(payload.removeprefix(_PROFILE))
        else:
            _note_removed(self, code, payload)


def _note_removed(made: Stripped, code: int, payload: bytes) -> None:
    for each, begins, kind in _REMOVED:
        if code == each and payload.startswith(begins):
            made.remove(kind, payload.removeprefix(begins).removeprefix(b"\0" * (kind == EXIF)))


def _write_profile(parts: list[bytes]) -> list[bytes]:
    """Return the segments of a profile, which come with a number and how many there are."""
    whole = _check_profile(b"".join(each[2:] for each in sorted(parts, key=lambda part: part[:1])))
    cut = [whole[at : at + _MOST_OF_PROFILE] for at in range(0, len(whole), _MOST_OF_PROFILE)]
    return [
        _segment(_APP2, _PROFILE + bytes((number, len(cut))) + each)
        for number, each in enumerate(cut, start=1)
    ]


# -- PNG: https://www.w3.org/TR/png-3/ ---------------------------------------------

_ANY = range(1 << 31)
_SIZES: Mapping[bytes, range] = {
    b"IHDR": range(13, 14), b"PLTE": range(3, 769), b"tRNS": range(1, 257), b"IDAT": _ANY,
    b"sRGB": range(1, 2), b"gAMA": range(4, 5), b"cHRM": range(32, 33), b"cICP": range(4, 5),
    b"bKGD": range(1, 7), b"pHYs": range(9, 10), b"sBIT": range(1, 5), b"acTL": range(8, 9),
    b"fcTL": range(26, 27), b"fdAT": _ANY,
}  # fmt: skip
"""How many bytes each chunk that is kept can have."""


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


def _strip_png(data: bytes) -> Stripped:
    made, at = Stripped([data[:8]], frames=1), 8
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + length]
        at += 12 + length
        if name == b"IEND":
            break
        if name == b"iCCP":
            made.parts += _check_png_profile(content)
        elif name in {b"tEXt", b"zTXt", b"iTXt"}:
            made.remove(TEXT, name + content)
        elif name == b"eXIf":
            made.remove(EXIF, content)
        elif len(content) in _SIZES.get(name, ()):
            made.frames += name == b"fcTL"
            # With its sum made anew: whether pixels are right, decoding tells.
            made.parts.append(_chunk(name, content))
    made.parts.append(_chunk(b"IEND", b""))
    return made


def _check_png_profile(content: bytes) -> list[bytes]:
    name, _, packed = content.partition(b"\0")
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed[1:], LARGEST_PROFILE)
    except zlib.error:
        return []
    whole = packed[: len(packed) - len(unpacker.unused_data)]
    is_right = unpacker.eof and _check_profile(profile) == profile and name
    return [_chunk(b"iCCP", name + b"\0" + whole)] if is_right else []


# -- GIF: https://www.w3.org/Graphics/GIF/spec-gif89a.txt --------------------------

_IMAGE, _EXTENSION, _TRAILER, _CONTROL, _APPLICATION, _SAID = 0x2C, 0x21, 0x3B, 0xF9, 0xFF, 0xFE
_LOOPS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})


def _skip_blocks(data: bytes, at: int) -> tuple[int, int]:
    """Return where the blocks that begin at *at*, each with its length, end, and what follows.

    One that is cut short is none.
    """
    while at < len(data) and data[at] and at + data[at] < len(data):
        at += data[at] + 1
    return at, at + 1 if data[at : at + 1] == b"\0" else len(data)


def _length_of_colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _strip_gif(data: bytes) -> Stripped:
    at = 13 + _length_of_colours(data[10])
    made = Stripped([data[:at]])
    while at < len(data) and data[at] != _TRAILER:
        begin, code = at, data[at]
        if code == _IMAGE and at + 10 < len(data):
            at += 11 + _length_of_colours(data[at + 9])
            end, at = _skip_blocks(data, at)
            made.frames += 1
            made.parts.append(data[begin:end] + b"\0")
        elif code == _EXTENSION:
            end, at = _skip_blocks(data, at + 2)
            _read_extension(made, data[begin:end])
        else:
            at += 1
    made.parts.append(bytes([_TRAILER]))
    return made


def _read_extension(made: Stripped, block: bytes) -> None:
    name, label = block[3:14], block[1:2]
    if label == bytes([_CONTROL]) and block[2:3] == b"\4":
        made.parts.append(block[:7] + b"\0")
    elif label == bytes([_APPLICATION]) and name in _LOOPS and block[14:16] == b"\3\1":
        made.parts.append(block[:18] + b"\0")
    elif name == b"XMP DataXMP":
        made.remove(XMP, block[14:])
    elif label == bytes([_SAID]):
        made.remove(REMARK, block[3:])


# -- WebP: https://developers.google.com/speed/webp/docs/riff_container -------------

_FRAME = b"ANMF"
_FRAME_HEAD = 16
_IN_FRAME = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
_HAS_PROFILE, _HAS_ALPHA, _MOVES = 0x20, 0x10, 0x02


def _riff(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _list_riff(data: bytes, at: int) -> list[tuple[bytes, bytes]]:
    """Return the parts of a RIFF file, each with its name."""
    found = []
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    return found


def _strip_webp(data: bytes) -> Stripped:
    made = Stripped()
    parts = _list_riff(data[: 8 + int.from_bytes(data[4:8], "little")], 12)
    has_profile = any(name == b"ICCP" and _check_profile(content) for name, content in parts)
    for name, content in parts:
        if name == b"VP8X" and len(content) >= 10:  # noqa: PLR2004
            flags = content[0] & (_HAS_ALPHA | _MOVES) | _HAS_PROFILE * has_profile
            made.parts.append(_riff(name, bytes((flags, 0, 0, 0)) + content[4:10]))
        elif name == b"ICCP" and has_profile:
            made.parts.append(_riff(name, _check_profile(content)))
        elif name == b"ANIM":
            made.parts.append(_riff(name, content[:6]))
        elif name == _FRAME:
            made.frames += 1
            inner = _list_riff(content, _FRAME_HEAD)
            kept = b"".join(_riff(*each) for each in inner if each[0] in _IN_FRAME)
            made.parts.append(_riff(name, content[:_FRAME_HEAD] + kept))
        elif name in _IN_FRAME:
            made.parts.append(_riff(name, content))
        elif name in {b"EXIF", b"XMP "}:
            made.remove(EXIF if name == b"EXIF" else XMP, content)
    made.frames = max(made.frames, 1)
    body = b"WEBP" + made.data
    made.parts = [b"RIFF" + len(body).to_bytes(4, "little") + body]
    return made


_READERS: Mapping[str, tuple[re.Pattern[bytes], Callable[[bytes], Stripped]]] = {
    "JPEG": (re.compile(rb"\xff\xd8"), _strip_jpeg),
    "PNG": (re.compile(rb"\x89PNG\r\n\x1a\n"), _strip_png),
    "GIF": (re.compile(rb"GIF8[79]a(?s:.{7})"), _strip_gif),
    "WEBP": (re.compile(rb"RIFF(?s:....)WEBP"), _strip_webp),
}
