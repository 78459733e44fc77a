"""Read the HTML of a post as a document: what it says and how it is built, not how it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from archivist.syntax.elements import HEADINGS, LISTS
from archivist.wordpress.html.boxes import BOXES, read_details
from archivist.wordpress.html.inline import (
    BLOCKS,
    NOTE,
    Element,
    find_source,
    one_line,
    parse,
    tag_of,
)
from archivist.wordpress.html.lists import read_definitions, read_list
from archivist.wordpress.html.reading import BlockReader, as_paragraph
from archivist.wordpress.html.tables import read_table
from archivist.wordpress.notes import Kind
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.parts import (
    LINK,
    Break,
    Call,
    InlinePicture,
    Marks,
    Run,
    TextPart,
)
from archivist.wordpress.text.tidy import says_nothing

# The class of the marks that stand for `<!--more-->` and `<!--nextpage-->`.
MORE, NEXT_PAGE = "archive-more", "archive-nextpage"
# What code says of its language: « brush: php », « language-php », « lang:php »
_LANGUAGE = re.compile(r"(?:brush:\s*|lang(?:uage)?[-:]\s*)([\w+#.-]+)", re.IGNORECASE)


class HtmlReader(BlockReader):
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

    def read_block(self, element: Element, marks: Marks) -> Iterable[BlockNode]:
        """Return the blocks that *element* is, together as its class says."""
        marks = self.style(element, marks)
        read = next((BOXES[name] for name in element.classes if name in BOXES), None)
        return read(self, element, marks) if read else self.read_plain(element, marks)

    def read_plain(self, element: Element, marks: Marks) -> Iterable[BlockNode]:
        """Return the blocks that *element* is, wherever it stands."""
        tag = tag_of(element)
        if tag == "form":
            self.around.note(Kind.TAKEN_AS_TEXT, one_line("".join(element.itertext())))
        if read := READERS.get(tag):
            return read(self, element, marks)
        # An inline element around blocks, such as a link around paragraphs.
        return self.read_blocks(element, marks if tag in BLOCKS else self.mark(element, marks))


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
    yield from as_paragraph(parts)


def _mark_lines(text: str) -> str:
    """Return *text* with signs that stay where lines end, and spaces that stay where they begin."""
    first, *others = text.split("\n")
    return "\u2028".join([first, *map(_hold_spaces, others)])


def _hold_spaces(line: str) -> str:
    bare = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(bare)) + bare


def _read_figure(reader: HtmlReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    captions = [child for child in element if tag_of(child) == "figcaption"]
    shown = _find_only_picture(element)
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


def _find_only_picture(element: Element) -> Element | None:
    """Return the one image of a figure, or the link around it; None when there is more."""
    rest = [child for child in element if tag_of(child) not in {"figcaption", ""}]
    texts = [element.text, *(child.tail for child in element)]
    if len(rest) != 1 or any((text or "").strip() for text in texts):
        return None
    only, images = rest[0], list(rest[0].iter("img"))
    said = "".join(only.itertext())
    inside = {tag_of(each) for each in only.iter()} - {"a", "img", "span", "div", ""}
    if len(images) != 1 or not find_source(images[0]) or said.strip() or inside:
        return None
    links = list(only.iter("a"))
    return (links or images)[0] if len(links) <= 1 else None


READERS: Mapping[str, Callable[[HtmlReader, Element, Marks], Iterable[BlockNode]]] = {
    **dict.fromkeys(HEADINGS, _read_heading),
    **dict.fromkeys(LISTS, read_list),
    "blockquote": _read_quote,
    "pre": _read_code,
    "hr": lambda _, rule, __: [doc.More() if MORE in rule.classes else doc.ThematicBreak()],
    "details": read_details,
    "table": read_table,
    "dl": read_definitions,
    "figure": _read_figure,
    "aside": _read_aside,
}
"""What reads each element that is more than what is in it."""
