"""A GIF without what is not drawn: https://www.w3.org/Graphics/GIF/spec-gif89a.txt."""

from __future__ import annotations

from archivist.pictures.parts import REMARK, XMP, Stripped

_IMAGE, _EXTENSION, _TRAILER, _CONTROL, _APPLICATION, _SAID = 0x2C, 0x21, 0x3B, 0xF9, 0xFF, 0xFE
_LOOPS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})


def _skip_blocks(made: Stripped, data: bytes, at: int) -> tuple[int, int]:
    """Return where the blocks that begin at *at*, each with its length, end, and what follows.

    One that is cut short is none.
    """
    while at < len(data) and data[at] and at + data[at] < len(data):
        made.step()
        at += data[at] + 1
    return at, at + 1 if data[at : at + 1] == b"\0" else len(data)


def _length_of_colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def strip_gif(data: bytes) -> Stripped:
    """Return the GIF in *data*, which begins as one, stripped."""
    at = 13 + _length_of_colours(data[10])
    made = Stripped([data[:at]])
    while at < len(data) and data[at] != _TRAILER:
        begin, code = at, data[at]
        made.step()
        if code == _IMAGE and at + 10 < len(data):
            at += 11 + _length_of_colours(data[at + 9])
            end, at = _skip_blocks(made, data, at)
            made.frames += 1
            made.parts.append(data[begin:end] + b"\0")
        elif code == _EXTENSION:
            end, at = _skip_blocks(made, data, at + 2)
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
