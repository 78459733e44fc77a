"""Read the HTML of a post as a document: what it says and how it is built, not how it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from archivist.syntax.elements import CELLS, HEADINGS, LISTS
from archivist.wordpress.html.inline import (
    BLOCKS,
    NOTE,
    Element,
    InlineReader,
    find_only_picture,
    is_block,
    number_in,
    parse,
    tag_of,
)
from archivist.wordpress.notes import Kind
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.parts import (
    LINK,
    Break,
    Call,
    InlinePicture,
    Marks,
    Parts,
    Run,
    TextPart,
)
from archivist.wordpress.text.tidy import says_nothing, tidy

# The class of the marks that stand for `<!--more-->` and `<!--nextpage-->`.
MORE, NEXT_PAGE = "archive-more", "archive-nextpage"
# What code says of its language: « brush: php », « language-php », « lang:php »
_LANGUAGE = re.compile(r"(?:brush:\s*|lang(?:uage)?[-:]\s*)([\w+#.-]+)", re.IGNORECASE)


class HtmlReader(InlineReader):
    """Reads one post."""

    def read(self, *texts: str) -> Blocks:
        """Return the blocks of *texts*, HTML, each after the names that lead to it."""
        blocks: list[BlockNode] = []
        bodies = (parse(text, self.around.note) for text in texts)
        found = chain.from_iterable(self.read_blocks(body, ()) for body in bodies)
        for block in chain(found, (None,)):
            blocks += [doc.Target(name=name) for name in self.targets]
            self.targets.clear()
            blocks += [block] if block else []
        return tuple(_free_uncalled(blocks))

    def read_blocks(self, element: Element, marks: Marks) -> Iterator[BlockNode]:
        """Yield the blocks in *element*; text between them is paragraphs."""
        parts: list[TextPart] = [Run(text=element.text or "", marks=marks)]
        for child in element:
            self.note_anchor(child)
            if is_block(child):
                yield from _as_paragraph(parts)
                parts = []
                yield from self.read_block(child, marks)
            else:
                parts += self.read_inline(child, marks)
            parts.append(Run(text=child.tail or "", marks=marks))
        yield from _as_paragraph(parts)

    def read_block(self, element: Element, marks: Marks) -> Iterable[BlockNode]:
        """Return the blocks that *element* is."""
        if read := READERS.get(tag_of(element)):
            return read(self, element, marks)
        # An inline element around blocks, such as a link around paragraphs.
        is_inline = tag_of(element) not in BLOCKS
        return self.read_blocks(element, self.mark(element, marks) if is_inline else marks)

    def flatten(self, element: Element, marks: Marks) -> Parts:
        """Return the parts of an element that is one piece of text, whatever blocks are in it."""
        parts: list[TextPart] = []
        for block in self.read_blocks(element, marks):
            parts += [Break()] if parts else []
            is_text = isinstance(block, doc.TextBlock)
            parts += block.own() if is_text else [Run(text=doc.text_of([block]), marks=marks)]
        return tidy(parts)


def _free_uncalled(blocks: list[BlockNode]) -> Iterator[BlockNode]:
    """Yield *blocks*, those of footnotes whose call nobody saw as text."""
    if not any(isinstance(block, doc.Footnote) for block in blocks):
        yield from blocks
        return
    called = {part.label for part in doc.parts_of(blocks) if isinstance(part, Call)}
    for block in blocks:
        is_free = isinstance(block, doc.Footnote) and block.label not in called
        yield from chain.from_iterable(block.inside()) if is_free else (block,)


def _read_heading(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    parts = reader.flatten(element, marks)
    if says_nothing(parts):
        reader.around.note(Kind.HEADING_EMPTY, "")
    else:
        yield doc.SectionHeading(level=int(tag_of(element)[1]), parts=parts)


def _read_quote(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    if blocks := tuple(reader.read_blocks(element, marks)):
        yield doc.Quote(blocks=blocks)


def _read_aside(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    label, blocks = element.get(NOTE), reader.read_blocks(element, marks)
    if label:
        yield doc.Footnote(label=label, blocks=tuple(blocks))
    else:
        yield from blocks


def _read_list(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    if not any(tag_of(child) == "li" for child in element):
        # What browsers show of it is what stands in it.
        yield from reader.read_blocks(element, marks)
        return
    items: list[list[BlockNode]] = []
    loose: list[TextPart] = [Run(text=element.text or "", marks=marks)]
    for child in element:
        reader.note_anchor(child)
        if is_block(child):
            is_item = tag_of(child) == "li"
            items += [[]] if is_item or not items else []
            read = reader.read_blocks if is_item else reader.read_block
            items[-1] += [*_as_paragraph(loose), *read(child, marks)]
            loose = []
        else:
            loose += reader.read_inline(child, marks)
        loose.append(Run(text=child.tail or "", marks=marks))
    items[-1] += _as_paragraph(loose)
    start = number_in(element, "start", 9) if tag_of(element) == "ol" else None
    yield doc.List(start=start, items=tuple(map(tuple, items)))


def _read_code(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    if any(tag_of(child) in {"a", "img"} for child in element.iter()):
        yield from _read_lines(reader, element, marks)
        return
    for each in list(element.iter("br")):
        each.tail = "\n" + (each.tail or "")
    styled = sorted({tag_of(child) for child in element.iterdescendants()} - {"code", "br", ""})
    if styled:
        reader.around.note(Kind.CODE_STYLED, ", ".join(styled))
    text = "".join(element.itertext()).removeprefix("\n")
    if not text.strip():
        return
    # <pre data-enlighter-language="php">, <pre lang="php" line="1">
    is_said = element.get("data-archive-code") or element.get("line") or element.get("escaped")
    language = (element.get("lang") or "").lower() if is_said else ""
    language = element.get("data-enlighter-language") or language
    found = (_LANGUAGE.search(each.get("class") or "") for each in (element, *element.iter("code")))
    language = next((each[1].lower() for each in found if each), language)
    yield doc.Code(text=text.rstrip("\n"), language=language)


def _read_lines(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield text typed as code, in which there are links, as lines of a paragraph."""
    element.text = (element.text or "").removeprefix("\n")
    for each in element.iter():
        each.text = _mark_lines(each.text or "")
        if each is not element:
            each.tail = _mark_lines(each.tail or "")
    parts: list[TextPart] = []
    for block in reader.read_blocks(element, marks):
        is_text = isinstance(block, doc.Paragraph)
        for part in block.own() if is_text else (Run(text=doc.text_of([block])),):
            if not isinstance(part, Run):
                parts.append(part)
                continue
            for number, line in enumerate(re.split("[\n\u2028]", part.text)):
                parts += [Break(marks=part.marks)] if number else []
                parts.append(Run(text=_hold_spaces(line), marks=part.marks))
    yield from _as_paragraph(parts)


def _mark_lines(text: str) -> str:
    """Return *text* with signs that stay where lines end, and spaces that stay where they begin."""
    first, *others = text.split("\n")
    return "\u2028".join([first, *map(_hold_spaces, others)])


def _hold_spaces(line: str) -> str:
    bare = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(bare)) + bare


def _read_definitions(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
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
    """Yield terms with their meanings; as paragraphs, where there is one without the other."""
    paired = (len(terms) == 1 and terms[0] and found and all(found) for terms, found in items)
    if items and all(paired):
        yield doc.Definitions(items=tuple((terms[0], tuple(found)) for terms, found in items))
        return
    for terms, found in items:
        yield from (doc.Paragraph(parts=term) for term in terms if not says_nothing(term))
        yield from chain.from_iterable(found)


def _read_table(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    caption: Parts = ()
    rows: list[tuple[doc.Cell, ...]] = []
    heads: list[bool] = []
    for row in element.iter("tr", "caption"):
        if next(row.iterancestors("table"), None) is not element:
            continue
        if tag_of(row) == "caption":
            caption = reader.flatten(row, marks)
            continue
        cells = tuple(_read_cell(reader, cell, marks) for cell in row if tag_of(cell) in CELLS)
        if cells:
            rows.append(cells)
            in_head = tag_of(row.getparent()) == "thead"
            heads.append(in_head or all(cell.is_head for cell in cells))
    if rows:
        yield doc.Table(rows=tuple(rows), head=[*heads, False].index(False), caption=caption)
    elif caption:
        yield doc.Paragraph(parts=caption)


def _read_cell(reader: HtmlReader, element: Element, marks: Marks) -> doc.Cell:
    reader.note_anchor(element)
    blocks, is_head = tuple(reader.read_blocks(element, marks)), tag_of(element) == "th"
    columns, rows = (max(1, number_in(element, name, 2)) for name in ("colspan", "rowspan"))
    return doc.Cell(blocks=blocks, is_head=is_head, columns=columns, rows=rows)


def _read_figure(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    captions = [child for child in element if tag_of(child) == "figcaption"]
    shown = find_only_picture(element)
    if shown is not None and captions:
        parts = list(reader.read_inline(shown, ()))
        picture = next(part for part in parts if isinstance(part, InlinePicture))
        link = next((mark for mark in picture.marks if mark.startswith(LINK)), "")
        sides = (side for side in ("left", "right", "center") if f"align{side}" in element.classes)
        yield doc.Figure(
            picture=InlinePicture(target=picture.target, alt=picture.alt, width=picture.width),
            caption=tuple(each for child in captions for each in reader.read_blocks(child, marks)),
            link=link.removeprefix(LINK),
            align=next(sides, ""),
        )
        return
    for each in captions:
        each.drop_tree()
    blocks = list(reader.read_blocks(element, marks))
    caption = [block for each in captions for block in reader.read_blocks(each, marks)]
    if len(blocks) == len(caption) == 1:
        table, only = blocks[0], caption[0]
        if isinstance(table, doc.Table) and isinstance(only, doc.Paragraph) and not table.caption:
            yield doc.Table(rows=table.rows, head=table.head, caption=only.parts)
            return
    yield from (*blocks, *caption)


READERS: Mapping[str, Callable[[HtmlReader, Element, Marks], Iterable[BlockNode]]] = {
    **dict.fromkeys(HEADINGS, _read_heading),
    **dict.fromkeys(LISTS, _read_list),
    "blockquote": _read_quote,
    "pre": _read_code,
    "hr": lambda _, rule, __: [doc.More() if MORE in rule.classes else doc.ThematicBreak()],
    "table": _read_table,
    "dl": _read_definitions,
    "figure": _read_figure,
    "aside": _read_aside,
}
"""What reads each element that is more than what is in it."""


def _as_paragraph(parts: list[TextPart]) -> Iterator[BlockNode]:
    """Yield what stands between two blocks, if it says anything."""
    tidied = tidy(parts)
    if not says_nothing(tidied):
        yield doc.Paragraph(parts=tidied)
