"""A JPEG without what is not drawn: https://www.w3.org/Graphics/JPEG/itu-t81.pdf."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archivist.pictures.parts import EXIF, IPTC, REMARK, XMP, Stripped, check_profile

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


def strip_jpeg(data: bytes) -> Stripped:
    """Return the JPEG in *data*, which begins as one, stripped."""
    made, at = _Jpeg(frames=1), 2
    while found := _MARKER.search(data, at):
        code, at = found[1][0], found.end()
        made.step()
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
    whole = check_profile(b"".join(each[2:] for each in sorted(parts, key=lambda part: part[:1])))
    cut = [whole[at : at + _MOST_OF_PROFILE] for at in range(0, len(whole), _MOST_OF_PROFILE)]
    return [
        _segment(_APP2, _PROFILE + bytes((number, len(cut))) + each)
        for number, each in enumerate(cut, start=1)
    ]
