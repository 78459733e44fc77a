"""How much a text may hold, told before anything cuts it up: what is larger takes too long.

Cutting Markdown up takes a time that grows with the square of some signs in one paragraph
(https://spec.commonmark.org/0.31.2/#phase-2-inline-structure): a post has few, an attack many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archivist.errors import FileError
from archivist.syntax.allowed import (
    LONGEST_LINE,
    MOST_LINES,
    MOST_SIGNS,
    MOST_SIGNS_TOGETHER,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = re.compile(r"[\[\]*_`<&\\{!~|^]")


def check_measures(text: str) -> None:
    """Raise FileError, with a French message, where *text* holds more than a post does."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        message = f"{len(lines)} lignes, {MOST_LINES} au plus : faites-en plusieurs billets."
        raise FileError(MOST_LINES, message)
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            message = f"ligne de {len(line)} signes, {LONGEST_LINE} au plus : coupez-la."
            raise FileError(number, message)
    total = 0
    for number, count in _count_signs(lines):
        total += count
        if count > MOST_SIGNS_TOGETHER or total > MOST_SIGNS:
            raise FileError(number, "trop de signes de Markdown ici : simplifiez ce passage.")


def _count_signs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each paragraph, numbered from 1, and the signs it holds."""
    first, count = 1, 0
    for number, line in enumerate((*lines, ""), start=1):
        if line.strip():
            count += len(_SIGNS.findall(line))
        else:
            yield first, count
            first, count = number + 1, 0
