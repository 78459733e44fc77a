"""The cells of a table, and rows of as many cells each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Any, ...] = ()  # of a document
    is_head: bool = False
    columns: int = 1  # how many it spans
    rows: int = 1  # how many it spans


Rows: TypeAlias = tuple[tuple[Cell, ...], ...]


def regularise(rows: Rows, head: int) -> Rows:
    """Return *rows* whose heads are the first *head*, if others follow, and whole columns at left."""
    head = head if head < len(rows) else 0
    stubs = min((*map(count_heads, rows[head:]), len(rows[0]) - 1))
    found = (
        tuple(replace(cell, is_head=number < head or at < stubs) for at, cell in enumerate(row))
        for number, row in enumerate(rows)
    )
    return tuple(found)


def spread(rows: Rows) -> Rows:
    """Return *rows* with an empty cell in each place that a large one covers."""
    grid: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(rows):
        at = 0
        for cell in row:
            while (number, at) in grid:
                at += 1
            covered = product(range(number, number + cell.rows), range(at, at + cell.columns))
            grid |= dict.fromkeys(covered, Cell(is_head=cell.is_head))
            grid[number, at] = replace(cell, columns=1, rows=1)
    height, width = (max(places) + 1 for places in zip(*grid, strict=True))
    found = [[grid.get((number, at), Cell()) for at in range(width)] for number in range(height)]
    return tuple(map(tuple, found))


def count_heads(row: tuple[Cell, ...]) -> int:
    """Return how many cells name a row, before those of its content."""
    return next((at for at, cell in enumerate(row) if not cell.is_head), len(row))
