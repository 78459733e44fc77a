"""Headings at the level they mean: one title, no level skipped, siblings still siblings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archivist.mends.text.edits import Edit, apply_edits, find_lines, read_once
from archivist.posts.body import PostHeading

# ## Partie, ### Partie ###
_TYPED = re.compile(r"^( {0,3})(#{1,6})(?=[ \t]|$)")
# <h3 class="x">Partie</h3>
_TAGS = re.compile(r"(?<=<h|/h)[1-6]\b", re.IGNORECASE)
# > # Partie, - # Partie
_INSIDE = re.compile(r"^[ >*+-]*#(?=[ \t])")
# The line below a heading that says its level: ===, ---
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$")


def mend_headings(text: str) -> str:
    """Return the body *text* with its headings one level below the one they are in."""
    body = read_once(text)
    headings = [each for each in body.headings if not each.inside]
    if not headings or headings[0].level != 1 or body.headings[0].inside:
        return text
    lines, starts = text.split("\n"), find_lines(text)
    edits = [*_set_levels(lines, starts, headings), *_lower_titles(lines, starts, body.headings)]
    return apply_edits(text, edits) if edits else text


def find_levels(levels: Iterable[int]) -> list[int]:
    """Return the level that each heading is to have; the first one, the title, has 1.

    Of 1, 4, 4, 6 that is 1, 2, 2, 3: a heading is in the nearest one before it that is above it.
    """
    first, *others = levels
    found, above = [1], [first]
    for level in others:
        # A second title is a part.
        while len(above) > 1 and above[-1] >= level:
            above.pop()
        above.append(level)
        found.append(len(above))
    return found


def _lower_titles(
    lines: list[str], starts: list[int], headings: list[PostHeading]
) -> Iterator[Edit]:
    """Yield what makes a title in a quotation or a point a heading."""
    for heading in headings:
        typed = _INSIDE.match(lines[heading.line - 1])
        if heading.inside and heading.level == 1 and typed:
            start = starts[heading.line - 1] + typed.end()
            yield Edit(start=start, end=start, text="#")


def _set_levels(lines: list[str], starts: list[int], headings: list[PostHeading]) -> Iterator[Edit]:
    for heading, level in zip(headings, find_levels(each.level for each in headings), strict=True):
        if level == heading.level:
            continue
        at = heading.line - 1
        start, line, signs = starts[at], lines[at], "#" * level
        if typed := _TYPED.match(line):
            yield Edit(start=start + typed.start(2), end=start + typed.end(2), text=signs)
        elif line.lstrip().lower().startswith("<h"):
            for tag in _TAGS.finditer(line):
                yield Edit(start=start + tag.start(), end=start + tag.end(), text=str(level))
        elif at + 1 < len(lines) and _UNDERLINE.match(lines[at + 1]):
            end = starts[at + 1] + len(lines[at + 1])
            yield Edit(start=start, end=end, text=f"{signs} {line.strip()}")
