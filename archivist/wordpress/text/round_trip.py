"""Write blocks such that each reads back as what it was: in Markdown, else in HTML, else as text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import singledispatch
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from archivist.wordpress.text.document import (
    LINK,
    Code,
    Definitions,
    Figure,
    Heading,
    List,
    Note,
    Paragraph,
    Quote,
    Run,
    Table,
    normalise_all,
    text_of,
)
from archivist.wordpress.text.markdown import Style, Writer, is_grid, write_text
from archivist.wordpress.text.read_back import ReadBackError, holds_html, read_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archivist.wordpress.text.document import Block, Blocks, Cell, Parts


def _says(text: str, blocks: Blocks) -> bool:
    """Tell whether *text* reads back as *blocks*."""
    try:
        return normalise_all(read_back(text)) == normalise_all(blocks)
    except (ReadBackError, ValueError):
        return False


@dataclass
class ProvedWriter(Writer):
    """Writes blocks that read back the same; *tell* hears of what could not be kept.

    *written* and *in_html* count blocks, and those of them that hold HTML.
    """

    tell: Callable[[str, str], None]
    written: int = 0
    in_html: int = 0
    may_use_html: ClassVar[bool] = True
    _styles: dict[tuple[Parts, bool, bool], Style] = field(default_factory=dict)

    def style_of(self, parts: Parts, *, one_line: bool = False, in_table: bool = False) -> Style:
        """Return the first way of writing *parts* that reads back the same."""
        key = (parts, one_line, in_table)
        if key not in self._styles:
            self._styles[key] = self._choose(parts, Style(one_line=one_line, in_table=in_table))
        return self._styles[key]

    def _choose(self, parts: Parts, style: Style) -> Style:
        for each in (style, replace(style, as_html=True)):
            if _holds(parts, each) and (
                self.may_use_html or not holds_html(write_text(parts, each))
            ):
                return each
        self.tell("mise en forme perdue", text_of([Paragraph(parts=parts)])[:80])
        return replace(style, plain=True)

    def prove(self, blocks: Iterable[Block]) -> str:
        """Return *blocks* as Markdown."""
        kept = tuple(each for block in blocks for each in self._settle(block))
        text = self.write_all(kept)
        if not _says(text, kept):
            self.tell("relecture de l’ensemble", "deux blocs voisins se lisent autrement")
        self._styles.clear()
        return text

    def _settle(self, block: Block) -> Iterator[Block]:
        """Yield *block*, or what it is made of where it cannot be written as a whole."""
        for form in _forms(block):
            text = self.write(form)
            if _says(text, (form,)):
                self.written += 1
                self.in_html += holds_html(text)
                yield form
                return
        self.tell("bloc écrit en texte", text_of([block])[:80])
        pieces = tuple(_take_apart(block))
        for piece in pieces:
            if piece == block:
                self.written += 1
                yield piece
            else:
                yield from self._settle(piece)


def _holds(parts: Parts, style: Style) -> bool:
    """Tell whether *parts* written in *style* read back the same, where such text stands."""
    text = write_text(parts, style)
    if style.in_table:
        try:
            (table,) = read_back(f"| {text} |\n| --- |")
        except (ReadBackError, ValueError):
            return False
        cells = (
            table.rows[0][0].blocks if isinstance(table, Table) and len(table.rows[0]) == 1 else ()
        )
        return normalise_all(cells) == normalise_all((Paragraph(parts=parts),) if parts else ())
    if style.one_line:
        return _says(f"## {text}", (Heading(level=2, parts=parts),)) or not parts
    return _says(text, (Paragraph(parts=parts),))


def _forms(block: Block) -> Iterator[Block]:
    """Yield *block* as it is, then as it may be written with less."""
    if isinstance(block, Table):
        yield from _table_forms(block)
        return
    yield block
    if isinstance(block, Code) and block.language:
        yield Code(text=block.text)
    if isinstance(block, Figure) and block.align:
        yield replace(block, align="")


def _table_forms(table: Table) -> Iterator[Block]:
    if is_grid(table):
        yield _regularise(table)
    else:
        yield table
        yield _regularise(_spread(table))


def _regularise(table: Table) -> Table:
    """Return a table whose heads are whole rows at its top and whole columns at its left."""
    head = table.head if table.head < len(table.rows) else 0
    body = table.rows[head:]
    stubs = min((_count_heads(row) for row in body), default=0)
    stubs = min(stubs, len(table.rows[0]) - 1)
    rows = (
        tuple(replace(cell, is_head=number < head or at < stubs) for at, cell in enumerate(row))
        for number, row in enumerate(table.rows)
    )
    return replace(table, rows=tuple(rows), head=head)


def _count_heads(row: tuple[Cell, ...]) -> int:
    return next((at for at, cell in enumerate(row) if not cell.is_head), len(row))


def _spread(table: Table) -> Table:
    """Return *table* with an empty cell in each place that a large one covers."""
    grid: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(table.rows):
        at = 0
        for cell in row:
            while (number, at) in grid:
                at += 1
            empty = replace(cell, blocks=(), columns=1, rows=1)
            for down in range(cell.rows):
                for right in range(cell.columns):
                    grid[number + down, at + right] = empty
            grid[number, at] = replace(cell, columns=1, rows=1)
    height = max(number for number, _ in grid) + 1
    width = max(at for _, at in grid) + 1
    filler = replace(table.rows[0][0], blocks=(), columns=1, rows=1, is_head=False)
    rows = (
        tuple(grid.get((number, at), filler) for at in range(width)) for number in range(height)
    )
    return replace(table, rows=tuple(rows))


@singledispatch
def _take_apart(block: Block) -> Blocks:
    """Return what *block* holds, without what holds it together."""
    return (block,)


@_take_apart.register(Quote)
@_take_apart.register(Note)
def _(block: Quote | Note) -> Blocks:
    return block.blocks


@_take_apart.register(List)
def _(block: List) -> Blocks:
    return tuple(chain.from_iterable(block.items))


@_take_apart.register(Figure)
def _(block: Figure) -> Blocks:
    link = (f"{LINK}{block.link}",) if block.link else ()
    return (Paragraph(parts=(replace(block.picture, marks=link),)), *block.caption)


@_take_apart.register(Table)
def _(block: Table) -> Blocks:
    caption = (Paragraph(parts=block.caption),) if block.caption else ()
    return (*caption, *chain.from_iterable(cell.blocks for row in block.rows for cell in row))


@_take_apart.register(Definitions)
def _(block: Definitions) -> Blocks:
    return tuple(
        each
        for term, found in block.items
        for each in (Paragraph(parts=term), *chain.from_iterable(found))
    )


@_take_apart.register(Heading)
def _(block: Heading) -> Blocks:
    return (Paragraph(parts=block.parts),)


@_take_apart.register(Code)
def _(block: Code) -> Blocks:
    return (Paragraph(parts=(Run(text=block.text.strip()),)),)


@_take_apart.register(Paragraph)
def _(block: Paragraph) -> Blocks:
    return (Paragraph(parts=tuple(replace(part, marks=()) for part in block.parts)),)
