"""What a text holds, between the HTML it comes from and the Markdown it becomes: plain data.

Two readers make it, one from HTML and one from Markdown; what is written is right when both
give the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, singledispatch
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What is around a piece of text, outermost first: "strong", "em", "code", "link:https://…",
# "abbr:…", "lang:en", or the name of another element.
Marks: TypeAlias = tuple[str, ...]
LINK = "link:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Some text, all under the same marks."""

    text: str
    marks: Marks = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""

    marks: Marks = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An image in a text; *width* is in pixels, or 0."""

    target: str
    alt: str
    width: int = 0
    marks: Marks = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """The call of a footnote."""

    label: str
    marks: Marks = ()


Part: TypeAlias = Run | Break | Picture | Call
Parts: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Text of one piece."""

    parts: Parts


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """The heading of a section; *level* counts from 1."""

    level: int
    parts: Parts


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Somebody else's words."""

    blocks: Blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class List:
    """A list; *start* is the number of its first item, or None when they have none."""

    start: int | None
    items: tuple[Blocks, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """Text to be shown as it was typed."""

    text: str
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A line that parts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class More:
    """Where lists stop to show a post."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A name that links can lead to, of what comes next."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: Blocks
    is_head: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table, row by row; the first *head* rows name the columns."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    caption: Parts = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """An image with its caption; *link* is where it leads, *align* its side, if any."""

    picture: Picture
    caption: Blocks
    link: str = ""
    align: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Definitions:
    """Terms, each with what it means."""

    items: tuple[tuple[Parts, tuple[Blocks, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """The text of a footnote."""

    label: str
    blocks: Blocks


Block: TypeAlias = (
    Paragraph
    | Heading
    | Quote
    | List
    | Code
    | Rule
    | More
    | Target
    | Table
    | Figure
    | Definitions
    | Note
)
Blocks: TypeAlias = tuple[Block, ...]

_SPACE = re.compile(r"[ \t\n\r\f]+")
# A space that Markdown takes for one beside `*`, no-break ones included.
_GAP = re.compile(r"(\s+)")


def _common(one: Marks, other: Marks) -> Marks:
    """Return the marks around both."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return one[:count]


def _split(part: Part) -> Iterator[Part]:
    """Yield the words and gaps of *part* apart."""
    if not isinstance(part, Run):
        yield part
        return
    for piece in _GAP.split(part.text):
        if piece:
            yield Run(text=piece, marks=part.marks)


def _part_ends(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield *parts*, the gaps at both ends of each run apart: others are under its marks anyway."""
    for part in parts:
        text = part.text.strip() if isinstance(part, Run) else ""
        if not isinstance(part, Run) or text in {"", part.text}:
            yield part
            continue
        before, _, after = part.text.partition(text)
        for piece in (before, text, after):
            if piece:
                yield Run(text=piece, marks=part.marks)


def _is_gap(part: Part) -> bool:
    return isinstance(part, Run) and part.text.isspace()


def _free_gaps(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield *parts*, each gap or break only under the marks that both its neighbours have."""
    solid = [
        part.marks if not _is_gap(part) and not isinstance(part, Break) else None for part in parts
    ]
    before: Marks = ()
    following: list[Marks] = [()] * len(parts)
    after: Marks = ()
    for at in range(len(parts) - 1, -1, -1):
        following[at] = after
        after = after if solid[at] is None else solid[at] or ()
    for at, part in enumerate(parts):
        marks = solid[at]
        if marks is not None:
            before = marks
            yield part
        elif isinstance(part, Run):
            yield Run(text=part.text, marks=_common(before, following[at]))
        else:
            yield Break(marks=_common(before, following[at]))


def _collapse(parts: Iterable[Part]) -> list[Part]:
    """Return *parts* with each run of plain spaces as one, and none at the ends of lines."""
    found: list[Part] = []
    for part in parts:
        if not isinstance(part, Run):
            if isinstance(part, Break):
                _strip_end(found)
            found.append(part)
            continue
        text = _SPACE.sub(" ", part.text)
        if not found or isinstance(found[-1], Break) or _ends_with_space(found[-1]):
            text = text.removeprefix(" ")
        if text:
            found.append(Run(text=text, marks=part.marks))
    _strip_end(found)
    return found


def _ends_with_space(part: Part) -> bool:
    return isinstance(part, Run) and part.text.endswith(" ")


def _strip_end(parts: list[Part]) -> None:
    while parts and _ends_with_space(parts[-1]):
        last = parts.pop()
        text = last.text.rstrip(" ") if isinstance(last, Run) else ""
        if text:
            parts.append(Run(text=text, marks=last.marks))


def _merge(parts: Iterable[Part]) -> Parts:
    """Return *parts* with runs under the same marks as one."""
    merged: list[Part] = []
    for (is_run, marks), group in groupby(parts, lambda part: (isinstance(part, Run), part.marks)):
        if is_run:
            text = "".join(part.text for part in group if isinstance(part, Run))
            merged.append(Run(text=text, marks=marks))
        else:
            merged.extend(group)
    return tuple(merged)


def tidy(parts: Iterable[Part]) -> Parts:
    """Return *parts* as readers see them: spaces as one, marks around words and not spaces."""
    return _merge(_free_gaps(list(_part_ends(_collapse(parts)))))


def says_nothing(parts: Iterable[Part]) -> bool:
    """Tell whether there is nothing to see in *parts*, not even a no-break space."""
    return all(isinstance(part, (Run, Break)) and not _text(part).strip(" ") for part in parts)


def _text(part: Part) -> str:
    return part.text if isinstance(part, Run) else ""


def parts_of(block: Block) -> Iterator[Part]:
    """Yield all parts of the text of *block*, in the order of reading."""
    yield from _own_parts(block)
    for blocks in _inside(block):
        yield from _parts_of_all(blocks)


def _own_parts(block: Block) -> Iterable[Part]:
    """Return the parts of *block* that are in no block inside it."""
    if isinstance(block, (Paragraph, Heading)):
        return block.parts
    if isinstance(block, Code):
        return (Run(text=block.text),)
    if isinstance(block, Table):
        return block.caption
    return (block.picture,) if isinstance(block, Figure) else ()


def _parts_of_all(blocks: Blocks) -> Iterator[Part]:
    for block in blocks:
        yield from parts_of(block)
        yield Run(text="\n")


def _inside(block: Block) -> Iterator[Blocks]:
    if isinstance(block, (Quote, Note)):
        yield block.blocks
    elif isinstance(block, List):
        yield from block.items
    elif isinstance(block, Table):
        yield from (cell.blocks for row in block.rows for cell in row)
    elif isinstance(block, Figure):
        yield block.caption
    elif isinstance(block, Definitions):
        for term, found in block.items:
            yield (Paragraph(parts=term),)
            yield from found


def text_of(blocks: Iterable[Block]) -> str:
    """Return the bare text of *blocks*."""
    parts = _parts_of_all(tuple(blocks))
    return "".join(part.text if isinstance(part, Run) else " " for part in parts)


# Both sides of each proof are the same text, most of the time, and proved more than once.
@lru_cache(maxsize=512)
def _flatten(parts: Parts) -> Parts:
    """Return *parts* such that the order and the place of marks on spaces tell nothing."""
    plain: list[Part] = []
    for part in tidy(parts):
        # Without marks, its words and gaps would be one again.
        plain += map(_flatten_part, _split(part) if part.marks else (part,))
    return _merge(plain)


def _flatten_part(part: Part) -> Part:
    marks = () if _is_gap(part) else tuple(sorted({unquote(mark) for mark in part.marks}))
    if isinstance(part, Run):
        return Run(text=part.text, marks=marks)
    if isinstance(part, Break):
        return Break()
    if isinstance(part, Picture):
        alt = " ".join(part.alt.split())
        return Picture(target=part.target, alt=alt, width=part.width, marks=marks)
    return Call(label=part.label, marks=marks)


@singledispatch
def normalise(block: Block) -> Block:
    """Return *block* so that it equals any other that reads the same."""
    return block


@normalise.register(Paragraph)
@normalise.register(Heading)
def _(block: Paragraph | Heading) -> Block:
    return replace(block, parts=_flatten(block.parts))


@normalise.register(Quote)
@normalise.register(Note)
def _(block: Quote | Note) -> Block:
    return replace(block, blocks=normalise_all(block.blocks))


@normalise.register(List)
def _(block: List) -> Block:
    return replace(block, items=tuple(map(normalise_all, block.items)))


@normalise.register(Figure)
def _(block: Figure) -> Block:
    return replace(block, caption=normalise_all(block.caption))


@normalise.register(Definitions)
def _(block: Definitions) -> Block:
    items = ((_flatten(term), tuple(map(normalise_all, found))) for term, found in block.items)
    return Definitions(items=tuple(items))


@normalise.register(Table)
def _(block: Table) -> Block:
    rows = (
        tuple(replace(cell, blocks=normalise_all(cell.blocks)) for cell in row)
        for row in block.rows
    )
    return replace(block, rows=tuple(rows), caption=_flatten(block.caption))


def normalise_all(blocks: Iterable[Block]) -> Blocks:
    """Return *blocks*, each as `normalise` has it."""
    return tuple(map(normalise, blocks))
