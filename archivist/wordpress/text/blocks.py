"""Blocks as Markdown for MyST, and back: what writes and what reads each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.inline import Style, fence_for, guard_line, write_text
from archivist.wordpress.text.parts import Parts
from archivist.wordpress.text.tables import fence, indent, write_html, write_table

# What YAML reads as it stands: « Une photo (2016) »; not « a: b », « "a" », « # a ».
_PLAIN_VALUE = re.compile(r"[\w(«“][^:#\"'\\\n]*")


class Writer:
    """Writes blocks; `style_of` tells how the text of each is to be written."""

    def style_of(self, parts: Parts, *, one_line: bool = False, in_table: bool = False) -> Style:
        """Return how *parts* are written."""
        return Style(one_line=one_line, in_table=in_table)

    def write_all(self, blocks: Blocks) -> str:
        """Return *blocks*, an empty line between two."""
        written: list[str] = []
        alternate = False
        for before, block in zip((None, *blocks), blocks, strict=False):
            # A list right after another would go on with it.
            if _is_plain_list(before) and _is_plain_list(block):
                is_like = (before.start is None) == (block.start is None)
                alternate = is_like and not alternate
                written.append(_write_list(self, block, alternate=alternate))
            else:
                alternate = False
                written.append(self.write(block))
        return "\n\n".join(written)

    def write(self, block: BlockNode) -> str:
        """Return *block* as Markdown."""
        return WRITERS[type(block)](self, block)

    def write_line(self, parts: Parts) -> str:
        """Return *parts* as one line."""
        return write_text(parts, self.style_of(parts, one_line=True))


def _is_plain_list(block: BlockNode | None) -> TypeGuard[doc.List]:
    return isinstance(block, doc.List) and block.is_plain


def _write_footnote(writer: Writer, block: doc.Footnote) -> str:
    return indent(writer.write_all(block.blocks), f"[^{block.label}]: ", "    ")


def _write_list(writer: Writer, block: doc.List, *, alternate: bool = False) -> str:
    """Return a list; *alternate* asks for the other sign."""
    if not block.is_plain:
        options = [f":type: {block.letters}"] if block.letters else []
        options += [":reversed:"] if block.is_reversed else []
        return fence("{list}", options, _write_points(writer, block))
    return _write_points(writer, block, alternate=alternate)


def _write_points(writer: Writer, block: doc.List, *, alternate: bool = False) -> str:
    is_tight = all(map(_is_tight, block.items))
    written = []
    for number, item in enumerate(block.items):
        if block.start is None:
            sign = "* " if alternate else "- "
        else:
            count = max(0, block.start - number) if block.is_reversed else block.start + number
            sign = f"{count}{')' if alternate else '.'} "
        is_line = _is_tight(item) and len(item) > 1
        text = "\n".join(map(writer.write, item)) if is_line else writer.write_all(item)
        written.append(indent(text, sign, " " * len(sign)))
    return ("\n" if is_tight else "\n\n").join(written)


def _is_tight(item: Blocks) -> bool:
    """Tell whether an item is a line of text, with at most lists below it."""
    rest = item[1:] if item and isinstance(item[0], doc.Paragraph) else item
    lists = [block for block in rest if isinstance(block, doc.List)]
    # Neither a list that begins at 3 nor one that begins with nothing can follow a line.
    follow = all(one.start in {None, 1} and one.items[0] and one.is_plain for one in lists)
    inside = all(_is_tight(each) for one in lists for each in one.items)
    return len(lists) == len(rest) <= 1 and follow and inside


def _write_code(_: Writer, block: doc.Code) -> str:
    backticks = fence_for(block.text, 3)
    return f"{backticks}{block.language}\n{block.text}\n{backticks}"


def _write_figure(writer: Writer, figure: doc.Figure) -> str:
    picture = figure.picture
    options = [f":alt: {_quote(picture.alt)}"] if picture.alt else []
    options += [f":width: {picture.width}px"] if picture.width else []
    options += [f":align: {figure.align}"] if figure.align else []
    options += [f":target: {_quote(figure.link)}"] if figure.link else []
    return fence(f"{{figure}} {picture.target}", options, writer.write_all(figure.caption))


def _quote(text: str) -> str:
    """Return the value of an option, between quotes where YAML would read it otherwise."""
    if _PLAIN_VALUE.fullmatch(text) and not text.endswith(" "):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _write_definitions(writer: Writer, block: doc.Definitions) -> str:
    written = []
    for term, found in block.items:
        meanings = (indent(writer.write_all(blocks), ": ", "  ") for blocks in found)
        written.append("\n".join([guard_line(writer.write_line(term)), *meanings]))
    return "\n\n".join(written)


def _write_details(writer: Writer, block: doc.Details) -> str:
    summary = f"<summary>{write_html(block.summary)}</summary>"
    return f"<details>\n{summary}\n\n{writer.write_all(block.blocks)}\n\n</details>"


WRITERS: Mapping[type[BlockNode], Callable[[Writer, Any], str]] = {
    doc.Paragraph: lambda writer, block: write_text(block.parts, writer.style_of(block.parts)),
    doc.SectionHeading: lambda writer, head: f"{'#' * head.level} {writer.write_line(head.parts)}",
    doc.Quote: lambda writer, block: indent(writer.write_all(block.blocks), "> ", "> "),
    doc.Box: lambda writer, box: fence(f"{{{box.name}}}", [], writer.write_all(box.blocks)),
    doc.Details: _write_details,
    doc.Footnote: _write_footnote,
    doc.List: _write_list,
    doc.Code: _write_code,
    doc.ThematicBreak: lambda _, __: "---",
    doc.More: lambda _, __: "<!-- more -->",
    doc.Target: lambda _, block: f"({block.name})=",
    doc.Table: write_table,
    doc.Figure: _write_figure,
    doc.Definitions: _write_definitions,
}
"""What writes each kind of block."""
