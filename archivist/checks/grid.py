"""The places that the cells of a table take, where some are as large as several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.syntax.limits import MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.syntax.html import Part

# What a cell spans ends with the part of the table it is in.
_GROUPS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(slots=True)
class _Grid:
    """Rows filled cell by cell: *free* is the first row of each column that no cell takes.

    *takers* is the line of the cell that first took each column, *begun* where cells begin,
    *tall* the line and the last row of each cell of the group; *fault* is a line, or 0.
    """

    row: int = -1
    free: dict[int, int] = field(default_factory=dict)
    takers: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)
    tall: list[tuple[int, int]] = field(default_factory=list)
    fault: int = 0

    def end_group(self) -> None:
        """Note the first cell that goes on below the rows there are."""
        beyond = (line for line, last in self.tall if last > self.row)
        self.fault = self.fault or next(beyond, 0)
        self.free.clear()
        self.tall.clear()

    def add(self, columns: int, rows: int, line: int) -> None:
        """Put a cell in the first place that is free in this row."""
        at = 0
        while self.free.get(at, 0) > self.row:
            at += 1
        taken = range(at, at + columns)
        covers = any(self.free.get(each, 0) > self.row for each in taken)
        if covers or taken.stop > MOST_COLUMNS:
            self.fault = self.fault or line
            return
        self.begun.add(at)
        self.tall.append((line, self.row + rows - 1))
        for each in taken:
            self.free[each] = self.row + rows
            self.takers.setdefault(each, line)


def find_misfit(parts: Iterable[Part]) -> int:
    """Return the line of the first cell that covers another or leaves the table, or 0."""
    grid = _Grid()
    for part in parts:
        if part.kind != "start":
            continue
        if part.name in _GROUPS:
            grid.end_group()
        elif part.name == "tr":
            grid.row += 1
        elif part.name in {"td", "th"}:
            spans = dict(part.attributes)
            grid.add(int(spans.get("colspan", 1)), int(spans.get("rowspan", 1)), part.line)
    grid.end_group()
    # A column that no cell begins in is there for nothing.
    empty = (line for at, line in sorted(grid.takers.items()) if at not in grid.begun)
    return grid.fault or next(empty, 0)
