"""Write tables as Markdown: as lines of cells, as a list of lists, or as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from xml.sax.saxutils import escape as escape_html

from archivist.wordpress.text import document as doc
from archivist.wordpress.text.cells import Cell, count_heads
from archivist.wordpress.text.document import Blocks, Table
from archivist.wordpress.text.inline import (
    Style,
    colons_for,
    group_parts,
    write_element,
    write_text,
)
from archivist.wordpress.text.parts import LINK, Break, Parts, Run, TextPart

# What stands below the head of a column, by where its text stands.
_RULES = {"": "---", "left": "---", "center": ":---:", "right": "---:"}


class Writing(Protocol):
    """What writes the inside of cells."""

    def style_of(self, parts: Parts, *, one_line: bool = False, in_table: bool = False) -> Style:
        """Return how *parts* are written."""

    def write_all(self, blocks: Blocks) -> str:
        """Return *blocks*, an empty line between two."""


def indent(text: str, first: str, rest: str) -> str:
    """Return the lines of *text* behind *first*, then *rest*; empty lines stay empty."""
    head, *lines = text.split("\n")
    head = first + head if head else first.rstrip(" ")
    return "\n".join([head, *(rest + line if line else rest.rstrip(" ") for line in lines)])


def fence(opening: str, options: Sequence[str], content: str) -> str:
    """Return a block of MyST's around *content*."""
    colons = colons_for(content)
    head = "\n".join([f"{colons}{opening}", *options])
    gap = "\n\n" if options else "\n"
    return f"{head}{gap + content if content else ''}\n{colons}"


def write_table(writer: Writing, table: Table) -> str:
    """Return *table* in the plainest way that holds all of it."""
    if not table.is_grid:
        return _write_in_html(table)
    caption = write_text(table.caption, writer.style_of(table.caption, one_line=True))
    if not _fits_lines(table):
        options, rows = _list_rows(writer, table)
        return fence(f"{{list-table}} {caption}".strip(), options, rows)
    text = _write_pipes(writer, table)
    return fence(f"{{table}} {caption}", [], text) if table.caption else text


def _fits_lines(table: Table) -> bool:
    """Tell whether a table is one row of heads over rows of simple cells."""
    if table.head != 1 or len(table.rows) == 1 or _count_stubs(table):
        return False
    kinds = (tuple(map(type, blocks)) for blocks in table.inside())
    return all(each in {(), (doc.Paragraph,)} for each in kinds)


def _count_stubs(table: Table) -> int:
    """Return how many columns name the rows."""
    body = table.rows[table.head :]
    return min(*map(count_heads, body), len(body[0]) - 1) if body else 0


def _write_pipes(writer: Writing, table: Table) -> str:
    rows = []
    for row in table.rows:
        texts = [cell.blocks[0].own() if cell.blocks else () for cell in row]
        styles = [writer.style_of(parts, one_line=True, in_table=True) for parts in texts]
        rows.append(list(map(write_text, texts, styles)))
    rows.insert(1, [_RULES[align] for align in table.align or [""] * len(rows[0])])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _list_rows(writer: Writing, table: Table) -> tuple[list[str], str]:
    """Return the options and the lines of a list of lists."""
    rows = []
    for row in table.rows:
        cells = (indent(writer.write_all(cell.blocks), "- ", "  ") for cell in row)
        rows.append(indent("\n".join(cells), "* ", "  "))
    stubs = _count_stubs(table)
    options = [f":header-rows: {table.head}"] if 0 < table.head < len(table.rows) else []
    options += [f":stub-columns: {stubs}"] if stubs else []
    return options, "\n".join(rows)


def _write_in_html(table: Table) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_write_html_cell, row))}</tr>" for row in table.rows)
    caption = f"\n<caption>{write_html(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}\n{rows}\n</table>"


def _write_html_cell(cell: Cell) -> str:
    name = "th" if cell.is_head else "td"
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{name}{columns}{rows}>{_write_html_blocks(cell.blocks)}</{name}>"


def _write_html_blocks(blocks: Blocks) -> str:
    """Return paragraphs and lists; what else a cell holds, HTML of posts has no element for."""
    written = ""
    for number, block in enumerate(blocks):
        if isinstance(block, doc.List):
            name = "ul" if block.start is None else "ol"
            items = "".join(f"<li>{_write_html_blocks(item)}</li>" for item in block.items)
            written += f"<{name}>{items}</{name}>"
        else:
            parts = block.parts if isinstance(block, doc.TextBlock) else ()
            written += ("<br><br>" if number else "") + write_html(parts)
    return written


def write_html(parts: Sequence[TextPart], depth: int = 0) -> str:
    """Return *parts* as HTML."""
    written = ""
    for mark, group in group_parts(parts, depth):
        if not mark:
            written += "".join(map(_write_html_part, group))
            continue
        inside = write_html(group, depth + 1)
        if mark.startswith(LINK):
            address = escape_html(mark.removeprefix(LINK), {'"': "%22"})
            written += f'<a href="{address}">{inside}</a>'
        else:
            name, _, value = mark.partition(":")
            written += write_element(name, value, inside)
    return written


def _write_html_part(part: TextPart) -> str:
    if isinstance(part, Run):
        return escape_html(part.text)
    return "<br>" if isinstance(part, Break) else ""
