"""A text in which other tools' signs stand, written as this archive reads it."""

from __future__ import annotations

from itertools import chain

from archivist.mends.text.around import Around
from archivist.mends.text.blocks import BLOCKS
from archivist.mends.text.codes import CODES
from archivist.mends.text.edits import apply_edits, close_holes, read_once
from archivist.mends.text.marks import MARKS
from archivist.mends.text.mending import Mending
from archivist.syntax.foreign import find_foreign

_MENDS = {**MARKS, **BLOCKS, **CODES}
# What one mend writes another may read: a box in a box, a link in a note.
_MOST_ROUNDS = 8


def mend_foreign(text: str, around: Around) -> str:
    """Return the body *text* with all that other tools read written as it is read here."""
    for _ in range(_MOST_ROUNDS):
        mended = _mend_once(text, around)
        if mended == text:
            break
        text = mended
    return text


def _mend_once(text: str, around: Around) -> str:
    mending = Mending(text=text, around=around)
    found = find_foreign(text, read_once(text).code, 1)
    known = [each for each in found if each.foreign.name in _MENDS]
    edits = chain.from_iterable(_MENDS[each.foreign.name](each, mending) for each in known)
    mended = close_holes(apply_edits(text, edits), text)
    below = "".join(f"\n{note}\n" for note in mending.below)
    return mended.rstrip("\n") + f"\n{below}" if below else mended
