"""Changes to a text, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archivist.posts.body import Body, read_body

# A line that a change left empty, among others that are.
_HOLES = re.compile(r"\n{3,}")


# Further back, a bracket opens no link.
_LONGEST_LINK = 5_000
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@lru_cache(maxsize=4)
def read_once(text: str) -> Body:
    """Return what the body *text* holds; several mends look at the same one."""
    return read_body(text)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Edit:
    """What is to stand in the place of a text from *start* to *end*."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with the *edits*; of two that meet, the first."""
    pieces, at = list[str](), 0
    for edit in sorted(edits):
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join((*pieces, text[at:]))


def take_out_line(text: str, start: int, end: int) -> Edit:
    """Return the edit that takes out what is between two places, and its line if it is alone."""
    first = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    after = len(text) if after < 0 else after
    if text[first:start].strip() or text[end:after].strip():
        return Edit(start=start, end=end, text="")
    return Edit(start=first, end=min(after + 1, len(text)), text="")


def find_lines(text: str) -> list[int]:
    """Return where each line of *text* begins, and where the last one ends."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return [min(start, len(text)) for start in starts]


def close_holes(text: str, before: str) -> str:
    """Return *text* with no more empty lines together than *before* had."""
    return text if _HOLES.search(before) else _HOLES.sub("\n\n", text)


def set_apart(text: str, start: int, end: int, block: str) -> str:
    """Return *block*, to stand from *start* to *end* of *text*, with empty lines around it."""
    before, after = text[:start], text[end:]
    top = (
        "" if not before.strip() or before.endswith("\n\n") else "\n" * (2 - before.endswith("\n"))
    )
    ends = len(after) - len(after.lstrip("\n"))
    bottom = "" if not after.strip() else "\n" * max(0, 2 - ends)
    return f"{top}{block}{bottom}"


def find_opening(text: str, close: int) -> int:
    """Return where the bracket is that the one at *close* closes, in its paragraph, or -1."""
    depth = 0
    for at in range(close - 1, max(-1, close - _LONGEST_LINK), -1):
        if text[at] in "[]" and text[at - 1 : at] != "\\":
            if text[at] == "[" and not depth:
                return -1 if _PARAGRAPH.search(text, at, close) else at
            depth += 1 if text[at] == "]" else -1
    return -1
