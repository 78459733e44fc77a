"""Texts in less room: a site has many, and needs each for an instant."""

import zlib


def pack(text: str) -> bytes:
    """Return *text* packed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(packed: bytes) -> str:
    """Return what was packed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
