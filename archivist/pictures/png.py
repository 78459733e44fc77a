"""A PNG without what is not drawn: https://www.w3.org/TR/png-3/."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from archivist.pictures.parts import EXIF, TEXT, Stripped, check_profile
from archivist.syntax.limits import LARGEST_PROFILE

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


def strip_png(data: bytes) -> Stripped:
    """Return the PNG in *data*, which begins as one, stripped."""
    made, at = Stripped([data[:8]], frames=1), 8
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + length]
        at += 12 + length
        made.step()
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
    is_right = unpacker.eof and check_profile(profile) == profile and name
    return [_chunk(b"iCCP", name + b"\0" + whole)] if is_right else []
