"""Read the HTML of a post as a document: what it says and how it is built, not how it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, groupby

from archivist.syntax.elements import CELLS, HEADINGS, LISTS
from archivist.wordpress.html.inline import (
    BLOCKS,
    NOTE,
    Element,
    InlineReader,
    find_only_picture,
    is_block,
    number_in,
    one_line,
    parse,
    tag_of,
)
from archivist.wordpress.html.styles import find_align, read_style
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
_LETTERS = {
    **dict.fromkeys(("lower-alpha", "lower-latin"), "a"),
    **dict.fromkeys(("upper-alpha", "upper-latin"), "A"),
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
_GALLERIES = (
    "gallery", "wp-block-gallery", "blocks-gallery-grid", "tiled-gallery",
    "wp-block-jetpack-tiled-gallery", "wp-block-jetpack-slideshow", "ngg-galleryoverview",
)  # fmt: skip
# What stands in no block of columns: it has its place in the whole of a text.
_UNHELD = {doc.SectionHeading, doc.More, doc.Footnote}


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
        marks = self.style(element, marks)
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
        marks = self.style(element, marks)
        tag = tag_of(element)
        if tag == "form":
            self.around.note(Kind.TAKEN_AS_TEXT, one_line("".join(element.itertext())))
        box = next((BOXES[name] for name in element.classes if name in BOXES), None)
        if read := box or READERS.get(tag):
            return read(self, element, marks)
        # An inline element around blocks, such as a link around paragraphs.
        is_inline = tag not in BLOCKS
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
            items[-1] += [*_as_paragraph(loose), *read(child, marks)]
            loose = []
        else:
            loose += reader.read_inline(child, marks)
        loose.append(Run(text=child.tail or "", marks=marks))
    items[-1] += _as_paragraph(loose)
    blocks = tuple(map(tuple, items))
    if tag_of(element) == "ol":
        yield from _number_items(reader, element, blocks, numbers)
    else:
        yield doc.List(start=None, items=blocks)


def _read_number(reader: HtmlReader, element: Element, name: str) -> int | None:
    """Return the number that an element gives its points; one that Markdown cannot have is told."""
    said = (element.get(name) or "").strip()
    if re.fullmatch("[0-9]{1,9}", said):
        return int(said)
    if re.fullmatch("-[0-9]+", said):
        reader.tell_look(f"{name}: {said}", element)
    return None


def _number_items(
    reader: HtmlReader, element: Element, items: tuple[Blocks, ...], numbers: list[int | None]
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


def _read_details(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    summary = next((child for child in element if tag_of(child) == "summary"), None)
    parts = reader.flatten(summary, ()) if summary is not None else ()
    if summary is not None:
        summary.drop_tree()
    blocks = tuple(reader.read_blocks(element, marks))
    is_seen = not any(isinstance(part, InlinePicture) for part in parts) and not says_nothing(parts)
    if is_seen and blocks:
        yield doc.Details(summary=parts, blocks=blocks)
        return
    yield from _as_paragraph(list(parts))
    yield from blocks


def _read_code(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    is_verse = "wp-block-verse" in element.classes
    if is_verse or any(tag_of(child) in {"a", "img"} for child in element.iter()):
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
    language = (element.get("lang") or "").lower() if element.get("data-archive-code") else ""
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
    """Yield terms with their meanings, several of one on lines; one without the other is text."""

    def is_paired(item: tuple[list[Parts], list[Blocks]]) -> bool:
        return all(item) and all(chain(*item))

    for paired, group in groupby(items, is_paired):
        found = [(_join_lines(terms), tuple(meanings)) for terms, meanings in group]
        if paired:
            yield doc.Definitions(items=tuple(found))
            continue
        for term, meanings in found:
            yield from _as_paragraph(list(term))
            yield from chain.from_iterable(meanings)


def _join_lines(lines: list[Parts]) -> Parts:
    first, *others = lines or [()]
    return tuple(chain(first, *((Break(), *line) for line in others)))


def _read_table(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    caption: Parts = ()
    rows: list[tuple[doc.Cell, ...]] = []
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


def _align_columns(reader: HtmlReader, rows: list[list[Element]], head: int) -> tuple[str, ...]:
    """Return where the text of each column stands; what only some cells say is told."""
    said = [[find_align(cell.attrib) for cell in row] for row in rows]
    is_grid = len({*map(len, said)}) == 1 and head == 1 and len(said) > 1
    columns = [{*column} for column in zip(*said[head:], strict=True)] if is_grid else []
    align = tuple(found.pop() if len(found) == 1 else "" for found in columns)
    for row, known in zip(rows[head:], said[head:], strict=True):
        for at, cell in enumerate(row):
            if known[at] and known[at] != (*align, *known)[at]:
                reader.tell_look(f"text-align: {known[at]}", cell)
            elif known[at] and not align:
                reader.tell_look(f"text-align: {known[at]}", cell)
    return align if any(align) else ()


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
            yield replace(table, caption=only.parts)
            return
    yield from (*blocks, *caption)


def _read_gallery(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield pictures beside one another as one block."""
    read = READERS.get(tag_of(element), HtmlReader.read_blocks)
    shown = chain.from_iterable(map(_list_shown, read(reader, element, marks)))
    for is_picture, group in groupby(shown, _is_picture):
        blocks = tuple(group)
        together = is_picture and len(blocks) > 1
        yield from (doc.Box(name="gallery", blocks=blocks),) if together else blocks


def _is_picture(block: BlockNode) -> bool:
    return isinstance(block, doc.Figure) or (
        isinstance(block, doc.Paragraph)
        and any(isinstance(part, InlinePicture) for part in block.parts)
        and not doc.text_of([block]).strip()
    )


def _list_shown(block: BlockNode) -> Iterator[BlockNode]:
    """Yield the pictures of *block* one by one, out of the lists they are in; else *block*."""
    if isinstance(block, doc.Figure):
        yield replace(block, align="")
    elif isinstance(block, doc.Paragraph) and _is_picture(block):
        for part in block.parts:
            if isinstance(part, InlinePicture):
                yield doc.Paragraph(parts=(replace(part, align=""),))
    elif isinstance(block, (doc.List, doc.Box, doc.Definitions)):
        for group in block.inside():
            yield from chain.from_iterable(map(_list_shown, group))
    else:
        yield block


def _read_columns(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield what stands side by side; what no such block can hold, one under another."""
    columns = [tuple(reader.read_block(child, marks)) for child in element if tag_of(child)]
    texts = [element.text, *(child.tail for child in element)]
    columns = [column for column in columns if column]
    held = (type(each) for column in columns for each in _list_all(column))
    if any((text or "").strip() for text in texts) or len(columns) == 1 or _UNHELD & {*held}:
        reader.tell_look("columns", element)
        yield from chain.from_iterable(columns)
    elif columns:
        boxes = (doc.Box(name="column", blocks=column) for column in columns)
        yield doc.Box(name="columns", blocks=tuple(boxes))


def _list_all(blocks: Blocks) -> Iterator[BlockNode]:
    for block in blocks:
        yield block
        yield from chain.from_iterable(map(_list_all, block.inside()))


READERS: Mapping[str, Callable[[HtmlReader, Element, Marks], Iterable[BlockNode]]] = {
    **dict.fromkeys(HEADINGS, _read_heading),
    **dict.fromkeys(LISTS, _read_list),
    "blockquote": _read_quote,
    "pre": _read_code,
    "hr": lambda _, rule, __: [doc.More() if MORE in rule.classes else doc.ThematicBreak()],
    "details": _read_details,
    "table": _read_table,
    "dl": _read_definitions,
    "figure": _read_figure,
    "aside": _read_aside,
}
"""What reads each element that is more than what is in it."""


BOXES: Mapping[str, Callable[[HtmlReader, Element, Marks], Iterable[BlockNode]]] = {
    **dict.fromkeys(_GALLERIES, _read_gallery),
    **dict.fromkeys(("wp-block-columns", "wp-block-media-text"), _read_columns),
}
"""What reads each class of elements that say how their blocks stand together."""


def _as_paragraph(parts: list[TextPart]) -> Iterator[BlockNode]:
    """Yield what stands between two blocks, if it says anything."""
    tidied = tidy(parts)
    if not says_nothing(tidied):
        yield doc.Paragraph(parts=tidied)
