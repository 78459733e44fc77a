"""The bytes of a text, read whatever wrote them."""

from __future__ import annotations

import codecs

from archivist.syntax.characters import mend_accents, take_out_signs


def decode(data: bytes) -> str:
    """Return what *data* says, its accents whole, without the signs that no text may hold."""
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    kept, _ = take_out_signs(mend_accents(text))
    return kept


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Windows writes where it does not write UTF-8.
        return data.decode("cp1252", errors="replace")
