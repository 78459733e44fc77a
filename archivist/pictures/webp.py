"""A WebP without what is not drawn: https://developers.google.com/speed/webp/docs/riff_container."""

from __future__ import annotations

from archivist.pictures.parts import EXIF, XMP, Stripped, check_profile

_FRAME = b"ANMF"
_FRAME_HEAD = 16
_IN_FRAME = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
_HAS_PROFILE, _HAS_ALPHA, _MOVES = 0x20, 0x10, 0x02


def _riff(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _list_riff(made: Stripped, data: bytes, at: int) -> list[tuple[bytes, bytes]]:
    """Return the parts of a RIFF file, each with its name."""
    found = []
    while at + 8 <= len(data):
        made.step()
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    return found


def strip_webp(data: bytes) -> Stripped:
    """Return the WebP in *data*, which begins as one, stripped."""
    made = Stripped()
    parts = _list_riff(made, data[: 8 + int.from_bytes(data[4:8], "little")], 12)
    has_profile = any(name == b"ICCP" and check_profile(content) for name, content in parts)
    for name, content in parts:
        if name == b"VP8X" and len(content) >= 10:  # noqa: PLR2004
            flags = content[0] & (_HAS_ALPHA | _MOVES) | _HAS_PROFILE * has_profile
            made.parts.append(_riff(name, bytes((flags, 0, 0, 0)) + content[4:10]))
        elif name == b"ICCP" and has_profile:
            made.parts.append(_riff(name, check_profile(content)))
        elif name == b"ANIM":
            made.parts.append(_riff(name, content[:6]))
        elif name == _FRAME:
            made.frames += 1
            inner = _list_riff(made, content, _FRAME_HEAD)
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
