"""Texts as readers see them: spaces as one, marks around words; and whether two read the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from markdown_it.common.normalize_url import normalizeLink

from archivist.wordpress.text.document import Blocks, SectionHeading, text_of
from archivist.wordpress.text.parts import LINK, Break, InlinePicture, Marks, Parts, Run, TextPart

_SPACE = re.compile(r"[ \t\n\r\f]+")  # What browsers show as one space: « a \n  b ».
# A space that Markdown takes for one beside `*`, no-break ones included.
_GAP = re.compile(r"(\s+)")
# The levels of headings below the title.
_HIGHEST, _LOWEST = 2, 6
_LONGEST_NAME = 60  # signs


def _common(one: Marks, other: Marks) -> Marks:
    """Return the marks around both."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return one[:count]


def _part_ends(parts: Iterable[TextPart]) -> Iterator[TextPart]:
    """Yield *parts*, the gaps at both ends of each run apart: others are under its marks anyway."""
    for part in parts:
        text = part.text.strip() if isinstance(part, Run) else ""
        if not isinstance(part, Run) or text in {"", part.text}:
            yield part
            continue
        for piece in filter(None, (*part.text.partition(text),)):
            yield Run(text=piece, marks=part.marks)


def _is_gap(part: TextPart) -> bool:
    return isinstance(part, Run) and part.text.isspace()


def _free_gaps(parts: Sequence[TextPart]) -> Iterator[TextPart]:
    """Yield *parts*, each gap or break only under the marks that both its neighbours have."""
    solid = [None if _is_gap(part) or isinstance(part, Break) else part.marks for part in parts]
    before: Marks = ()
    after: Marks = ()
    following: list[Marks] = []
    for marks in reversed(solid):
        following.append(after)
        after = after if marks is None else marks
    for part, marks, after in zip(parts, solid, reversed(following), strict=True):
        if marks is None:
            yield replace(part, marks=_common(before, after))
        else:
            before = marks
            yield part


def _collapse(parts: Iterable[TextPart]) -> list[TextPart]:
    """Return *parts* with each run of plain spaces as one, and none at the ends of lines."""
    found: list[TextPart] = []
    for part in parts:
        if isinstance(part, Run):
            text = _SPACE.sub(" ", part.text)
            if not found or isinstance(found[-1], Break) or _ends_with_space(found[-1]):
                text = text.removeprefix(" ")
            if text:
                found.append(Run(text=text, marks=part.marks))
        else:
            if isinstance(part, Break):
                _strip_end(found)
            found.append(part)
    _strip_end(found)
    return found


def _ends_with_space(part: TextPart) -> bool:
    return isinstance(part, Run) and part.text.endswith(" ")


def _strip_end(parts: list[TextPart]) -> None:
    while parts and isinstance(last := parts[-1], Run) and _ends_with_space(last):
        text = last.text.rstrip(" ")
        parts[-1:] = [replace(last, text=text)] if text else []


def _merge(parts: Iterable[TextPart]) -> Parts:
    """Return *parts* with runs under the same marks as one."""
    merged: list[TextPart] = []
    for (is_run, marks), group in groupby(parts, lambda part: (isinstance(part, Run), part.marks)):
        if is_run:
            text = "".join(part.text for part in group if isinstance(part, Run))
            merged.append(Run(text=text, marks=marks))
        else:
            merged.extend(group)
    return tuple(merged)


def tidy(parts: Iterable[TextPart]) -> Parts:
    """Return *parts* as readers see them: spaces as one, marks around words and not spaces."""
    return _merge(_free_gaps(list(_part_ends(_collapse(parts)))))


def split_breaks(parts: Parts) -> tuple[Parts, Parts, Parts]:
    """Return the breaks that *parts* begin with, what is between, and those at the end."""
    solid = [at for at, part in enumerate(parts) if not isinstance(part, Break)]
    if not solid:
        return parts, (), ()
    return parts[: solid[0]], parts[solid[0] : solid[-1] + 1], parts[solid[-1] + 1 :]


def says_nothing(parts: Iterable[TextPart]) -> bool:
    """Tell whether there is nothing to see in *parts*, not even a no-break space."""
    return all(
        isinstance(part, Break) or (isinstance(part, Run) and not part.text.strip(" "))
        for part in parts
    )


# Both sides of each proof are the same text, most of the time, and proved more than once.
@lru_cache(maxsize=512)
def _flatten(parts: Parts) -> Parts:
    """Return *parts* such that the order and the place of marks on spaces tell nothing."""
    plain: list[TextPart] = []
    for part in tidy(parts):
        pieces: Iterable[TextPart] = (part,)
        # Without marks, its words and gaps would be one again.
        if isinstance(part, Run) and part.marks:
            found = filter(None, _GAP.split(part.text))
            pieces = (Run(text=piece, marks=part.marks) for piece in found)
        plain += map(_flatten_part, pieces)
    return _merge(plain)


def _spell(mark: str) -> str:
    """Return *mark*, an address in it as Markdown writes it to a page."""
    return LINK + normalizeLink(mark.removeprefix(LINK)) if mark.startswith(LINK) else mark


def _flatten_part(part: TextPart) -> TextPart:
    if isinstance(part, Break):
        return Break()
    marks = () if _is_gap(part) else tuple(sorted({*map(_spell, part.marks)}))
    if isinstance(part, InlinePicture):
        return replace(part, alt=" ".join(part.alt.split()), marks=marks)
    return replace(part, marks=marks)


def normalise(blocks: Blocks) -> Blocks:
    """Return *blocks*, each such that it equals any other that reads the same."""
    return tuple(block.rebuild(_flatten, normalise) for block in blocks)


def shift_headings(blocks: Blocks) -> Blocks:
    """Return *blocks* with the highest of their headings right below the title."""
    levels = list(_list_levels(blocks))
    by = _HIGHEST - min(levels) if levels else 0
    return _shift(blocks, by) if by else blocks


def _list_levels(blocks: Blocks) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, SectionHeading):
            yield block.level
        for group in block.inside():
            yield from _list_levels(group)


def _shift(blocks: Blocks, by: int) -> Blocks:
    """Return *blocks* with the headings in them *by* levels lower."""
    return tuple(
        replace(block, level=min(_LOWEST, block.level + by))
        if isinstance(block, SectionHeading)
        else block.rebuild(tuple, lambda inside: _shift(inside, by))
        for block in blocks
    )


def name_by_words(text: Blocks) -> str:
    """Return what to call a post by its first words: « Bonjour à tous, voici… »."""
    lines = (" ".join(text_of([block]).split()) for block in text)
    first = next((line for line in lines if re.search(r"\w", line)), "Sans titre")
    if len(first) <= _LONGEST_NAME:
        return first
    start = first[: _LONGEST_NAME + 1].rpartition(" ")[0] or first[:_LONGEST_NAME]
    return f"{start.rstrip(' ,;:.!?…«(–—-')}…"
