"""What a text holds, between the HTML it comes from and the Markdown it becomes: plain data.

Two readers make it, one from HTML and one from Markdown; what is written is right when both
give the same. A kind of block is a class here, a reader in html/blocks.py (`READERS`), and here
in text/ a writer (`WRITERS` in blocks.py) and what reads it back (in read_back.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TypeAlias, TypeVar

from archivist.wordpress.text.cells import Rows, regularise, spread
from archivist.wordpress.text.parts import LINK, InlinePicture, Parts, Run, TextPart

_T = TypeVar("_T")


class BlockNode:
    """A block of a text: what each kind says of itself, all else goes by."""

    __slots__ = ()

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its own text, and the blocks inside it, changed."""
        return self

    def own(self) -> Parts:
        """Return its text that is in no block inside it."""
        found: list[Parts] = []
        self.rebuild(partial(_keep, found), tuple)
        return tuple(chain.from_iterable(found))

    def inside(self) -> tuple[Blocks, ...]:
        """Return the blocks inside it, those of an item or a cell together."""
        found: list[Blocks] = []
        self.rebuild(tuple, partial(_keep, found))
        return tuple(found)

    def take_apart(self) -> Blocks:
        """Return what it holds, without what holds it together; itself when that is nothing."""
        own, inside = self.own(), self.inside()
        head = (Paragraph(parts=own),) if own else ()
        return (*head, *chain.from_iterable(inside)) if own or inside else (self,)

    def forms(self) -> Iterator[BlockNode]:
        """Yield it as it is, then as it may be written with less."""
        yield self


def _keep(found: list[_T], value: _T) -> _T:
    found.append(value)
    return value


Blocks: TypeAlias = tuple[BlockNode, ...]
ChangeParts: TypeAlias = Callable[[Parts], Parts]
ChangeBlocks: TypeAlias = Callable[[Blocks], Blocks]


@dataclass(frozen=True, kw_only=True, slots=True)
class TextBlock(BlockNode):
    """A block that is one piece of text."""

    parts: Parts

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its text changed."""
        return replace(self, parts=text(self.parts))


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph(TextBlock):
    """Text of one piece."""

    def take_apart(self) -> Blocks:
        """Return it without marks."""
        return (Paragraph(parts=tuple(replace(part, marks=()) for part in self.parts)),)


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionHeading(TextBlock):
    """The heading of a section."""

    level: int  # from 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Group(BlockNode):
    """A block that is made of others."""

    blocks: Blocks

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its blocks changed."""
        return replace(self, blocks=blocks(self.blocks))


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote(Group):
    """Somebody else's words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Footnote(Group):
    """The text of a footnote."""

    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Box(Group):
    """Blocks that stand together."""

    name: str  # "gallery", "columns", or "column"


@dataclass(frozen=True, kw_only=True, slots=True)
class Details(Group):
    """What readers may open."""

    summary: Parts  # what they see of it before

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its words and its blocks changed."""
        return replace(self, summary=text(self.summary), blocks=blocks(self.blocks))


@dataclass(frozen=True, kw_only=True, slots=True)
class List(BlockNode):
    """A list."""

    start: int | None  # the number of the first item; None when they have none
    items: tuple[Blocks, ...]
    letters: str = ""  # "a", "A", "i" or "I", where they have no figures
    is_reversed: bool = False  # whether they are counted down

    @property
    def is_plain(self) -> bool:
        """Whether Markdown has such lists."""
        return not self.letters and not self.is_reversed

    def forms(self) -> Iterator[BlockNode]:
        """Yield it as it is, then as Markdown has lists."""
        yield self
        if not self.is_plain:
            yield List(start=self.start, items=self.items)

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its items changed."""
        return replace(self, items=tuple(map(blocks, self.items)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Code(BlockNode):
    """Text to be shown as it was typed."""

    text: str
    language: str = ""

    def own(self) -> Parts:
        """Return its text."""
        return (Run(text=self.text),)

    def take_apart(self) -> Blocks:
        """Return it as a paragraph."""
        return (Paragraph(parts=(Run(text=self.text.strip()),)),)

    def forms(self) -> Iterator[BlockNode]:
        """Yield it as it is, then without its language."""
        yield self
        if self.language:
            yield Code(text=self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class ThematicBreak(BlockNode):
    """A line that parts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class More(BlockNode):
    """Where lists stop to show a post."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target(BlockNode):
    """A name that links can lead to, of what comes next."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table(BlockNode):
    """A table, row by row."""

    rows: Rows
    head: int = 0  # how many rows at the top name the columns
    caption: Parts = ()
    align: tuple[str, ...] = ()  # of each column, if of any: "center", "right" or ""

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its caption and its cells changed."""
        rows = [[replace(cell, blocks=blocks(cell.blocks)) for cell in row] for row in self.rows]
        return replace(self, rows=tuple(map(tuple, rows)), caption=text(self.caption))

    @property
    def is_grid(self) -> bool:
        """Whether each row has as many cells, none over several places."""
        cells = [cell for row in self.rows for cell in row]
        is_even = len({len(row) for row in self.rows}) == 1
        return is_even and all(cell.columns == cell.rows == 1 for cell in cells)

    def forms(self) -> Iterator[BlockNode]:
        """Yield it as it is, then with an empty cell in each place that a large one covers."""
        if not self.is_grid:
            yield self
        rows = regularise(self.rows if self.is_grid else spread(self.rows), self.head)
        if self.align:
            yield replace(self, rows=rows)
        yield replace(self, rows=rows, align=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure(BlockNode):
    """An image with its caption."""

    picture: InlinePicture
    caption: Blocks
    link: str = ""  # where it leads
    align: str = ""  # left, right or center

    def own(self) -> Parts:
        """Return the image."""
        return (self.picture,)

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its caption changed."""
        return replace(self, caption=blocks(self.caption))

    def take_apart(self) -> Blocks:
        """Return the image in its link, then the caption."""
        link = (f"{LINK}{self.link}",) if self.link else ()
        return (Paragraph(parts=(replace(self.picture, marks=link),)), *self.caption)

    def forms(self) -> Iterator[BlockNode]:
        """Yield it as it is, then at no side."""
        yield self
        if self.align:
            yield replace(self, align="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Definitions(BlockNode):
    """Terms, each with what it means."""

    items: tuple[tuple[Parts, tuple[Blocks, ...]], ...]

    def rebuild(self, text: ChangeParts, blocks: ChangeBlocks) -> BlockNode:
        """Return it with its terms, each as a paragraph, and their meanings changed."""
        items = []
        for term, found in self.items:
            (changed,) = blocks((Paragraph(parts=term),))
            items.append((changed.own(), tuple(map(blocks, found))))
        return Definitions(items=tuple(items))


def parts_of(blocks: Iterable[BlockNode]) -> Iterator[TextPart]:
    """Yield all parts of the text of *blocks*, in the order of reading, each block on its line."""
    for block in blocks:
        yield from block.own()
        for group in block.inside():
            yield from parts_of(group)
        yield Run(text="\n")


def text_of(blocks: Iterable[BlockNode]) -> str:
    """Return the bare text of *blocks*."""
    return "".join(part.text if isinstance(part, Run) else " " for part in parts_of(blocks))
