"""Lists and definitions, read from HTML with the numbers that readers saw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, groupby

from archivist.wordpress.html.inline import Element, is_block, tag_of
from archivist.wordpress.html.reading import BlockReader, as_paragraph
from archivist.wordpress.html.styles import read_style
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.parts import Break, Marks, Parts, Run, TextPart

_LETTERS = {
    **dict.fromkeys(("lower-alpha", "lower-latin"), "a"),
    **dict.fromkeys(("upper-alpha", "upper-latin"), "A"),
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip


def read_list(reader: BlockReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield a list, or several where its numbers jump."""
    if not any(tag_of(child) == "li" for child in element):
        # What browsers show of it is what stands in it.
        yield from reader.read_blocks(element, marks)
        return
    items: list[list[BlockNode]] = []
    numbers: list[int | None] = []
    loose: list[TextPart] = [Run(text=element.text or "", marks=marks)]
    for child in element:
        reader.note_anchor(child)
        if is_block(child):
            is_item = tag_of(child) == "li"
            if is_item or not items:
                items.append([])
                numbers.append(_read_number(reader, child, "value"))
            read = reader.read_blocks if is_item else reader.read_block
            items[-1] += [*as_paragraph(loose), *read(child, marks)]
            loose = []
        else:
            loose += reader.read_inline(child, marks)
        loose.append(Run(text=child.tail or "", marks=marks))
    items[-1] += as_paragraph(loose)
    blocks = tuple(map(tuple, items))
    if tag_of(element) == "ol":
        yield from _number_items(reader, element, blocks, numbers)
    else:
        yield doc.List(start=None, items=blocks)


def _read_number(reader: BlockReader, element: Element, name: str) -> int | None:
    """Return the number that an element gives its points; one that Markdown cannot have is told."""
    said = (element.get(name) or "").strip()
    if re.fullmatch("[0-9]{1,9}", said):
        return int(said)
    if re.fullmatch("-[0-9]+", said):
        reader.tell_look(f"{name}: {said}", element)
    return None


def _number_items(
    reader: BlockReader, element: Element, items: tuple[Blocks, ...], numbers: list[int | None]
) -> Iterator[BlockNode]:
    """Yield a list with numbers; a new one wherever a point says that it has another."""
    is_reversed = element.get("reversed") is not None
    start = _read_number(reader, element, "start")
    style = read_style(element.attrib)
    named = _LETTERS.get(style.get("list-style-type") or style.get("list-style", ""), "")
    letters = named or element.get("type") or ""
    letters = letters if letters in _LETTERS.values() else ""
    first = (len(items) if is_reversed else 1) if start is None else start
    step, cuts = -1 if is_reversed else 1, [0]
    for at, number in enumerate(numbers):
        if number is not None and number != first + step * (at - cuts[-1]):
            yield from _cut_list(items[cuts[-1] : at], first, letters, is_reversed=is_reversed)
            first, cuts = number, [*cuts, at]
    yield from _cut_list(items[cuts[-1] :], first, letters, is_reversed=is_reversed)


def _cut_list(
    items: tuple[Blocks, ...], start: int, letters: str, *, is_reversed: bool
) -> Iterator[BlockNode]:
    if items:
        yield doc.List(start=start, items=items, letters=letters, is_reversed=is_reversed)


def read_definitions(reader: BlockReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield terms with their meanings."""
    items: list[tuple[list[Parts], list[Blocks]]] = []
    groups = (child if tag_of(child) == "div" else [child] for child in element)
    children = list(chain.from_iterable(groups))
    if {tag_of(child) for child in children} - {"dt", "dd", ""}:
        yield from reader.read_blocks(element, marks)
        return
    for child in children:
        reader.note_anchor(child)
        if tag_of(child) == "dt":
            if not items or items[-1][1]:
                items.append(([], []))
            items[-1][0].append(reader.flatten(child, marks))
        elif tag_of(child) == "dd":
            items = items or [([], [])]
            items[-1][1].append(tuple(reader.read_blocks(child, marks)))
    yield from _as_definitions(items)


def _as_definitions(items: list[tuple[list[Parts], list[Blocks]]]) -> Iterator[BlockNode]:
    """Yield terms with their meanings, several of one on lines; one without the other is text."""

    def is_paired(item: tuple[list[Parts], list[Blocks]]) -> bool:
        return all(item) and all(chain(*item))

    for paired, group in groupby(items, is_paired):
        found = [(_join_lines(terms), tuple(meanings)) for terms, meanings in group]
        if paired:
            yield doc.Definitions(items=tuple(found))
            continue
        for term, meanings in found:
            yield from as_paragraph(list(term))
            yield from chain.from_iterable(meanings)


def _join_lines(lines: list[Parts]) -> Parts:
    first, *others = lines or [()]
    return tuple(chain(first, *((Break(), *line) for line in others)))
