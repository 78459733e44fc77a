"""Tables, read from HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archivist.syntax.elements import CELLS
from archivist.wordpress.html.inline import Element, tag_of
from archivist.wordpress.html.reading import BlockReader
from archivist.wordpress.html.styles import find_align
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.cells import Cell
from archivist.wordpress.text.document import BlockNode
from archivist.wordpress.text.parts import Marks, Parts


def read_table(reader: BlockReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield a table, or its caption where it has no cell."""
    caption: Parts = ()
    rows: list[tuple[Cell, ...]] = []
    read: list[list[Element]] = []
    heads: list[bool] = []
    for row in element.iter("tr", "caption"):
        if next(row.iterancestors("table"), None) is not element:
            continue
        if tag_of(row) == "caption":
            caption = reader.flatten(row, marks)
            continue
        found = [cell for cell in row if tag_of(cell) in CELLS]
        styled = reader.style(row, reader.style(row.getparent(), marks))
        cells = tuple(_read_cell(reader, cell, styled) for cell in found)
        if cells:
            rows.append(cells)
            read.append(found)
            in_head = tag_of(row.getparent()) == "thead"
            heads.append(in_head or all(cell.is_head for cell in cells))
    if rows:
        head = [*heads, False].index(False)
        align = _align_columns(reader, read, head)
        yield doc.Table(rows=tuple(rows), head=head, caption=caption, align=align)
    elif caption:
        yield doc.Paragraph(parts=caption)


def _align_columns(reader: BlockReader, rows: list[list[Element]], head: int) -> tuple[str, ...]:
    """Return where the text of each column stands; what only some cells say is told."""
    said = [[find_align(cell.attrib) for cell in row] for row in rows]
    spans = (cell.get(side) for row in rows for cell in row for side in ("colspan", "rowspan"))
    is_grid = len({*map(len, said)}) == 1 and not any(spans) and head == 1 and len(said) > 1
    columns = [{*column} for column in zip(*said[head:], strict=True)] if is_grid else []
    align = tuple(found.pop() if len(found) == 1 else "" for found in columns)
    for row, known in zip(rows[head:], said[head:], strict=True):
        for at, cell in enumerate(row):
            if (known[at] and known[at] != (*align, *known)[at]) or (known[at] and not align):
                reader.tell_look(f"text-align: {known[at]}", cell)
    return align if any(align) else ()


def _read_cell(reader: BlockReader, element: Element, marks: Marks) -> Cell:
    reader.note_anchor(element)
    blocks, is_head = tuple(reader.read_blocks(element, marks)), tag_of(element) == "th"
    columns, rows = (max(1, _number_in(element, name, 2)) for name in ("colspan", "rowspan"))
    return Cell(blocks=blocks, is_head=is_head, columns=columns, rows=rows)


def _number_in(element: Element, name: str, longest: int) -> int:
    """Return the number in an attribute; 1 when there is none."""
    text = (element.get(name) or "").strip()
    return int(text) if re.fullmatch(f"[0-9]{{1,{longest}}}", text) else 1
