"""Blocks as Markdown for MyST, and back: what writes and what reads each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeGuard

from markdown_it.token import Token

from archivist.checks.tables import check_table
from archivist.posts.blocks import Block, Located, read_block
from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.cursor import Cursor, ReadBackError, Readers
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.inline import Style, fence_for, guard_line, write_text
from archivist.wordpress.text.parts import InlinePicture, Parts
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


# -- Read back ----------------------------------------------------------------------------

MORE = re.compile(r"\s*<!--\s*more\s*-->\s*")


def _read_heading(cursor: Cursor, token: Token) -> BlockNode:
    return doc.SectionHeading(level=int(token.tag[1:]), parts=cursor.read_text("heading_close"))


def _read_footnote(cursor: Cursor, token: Token) -> BlockNode:
    blocks = cursor.read_blocks("footnote_reference_close")
    return doc.Footnote(label=str(token.meta["label"]), blocks=blocks)


def _read_list(cursor: Cursor, token: Token) -> BlockNode:
    start = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
    items = cursor.tokens_until(token.type.replace("open", "close"))
    return doc.List(start=start, items=tuple(cursor.read_blocks("list_item_close") for _ in items))


def _read_details(cursor: Cursor, _: Token) -> BlockNode:
    summary: Parts = ()
    blocks: list[BlockNode] = []
    for token in cursor.tokens_until("details_close"):
        if token.type == "summary_open":
            summary = cursor.read_text("summary_close")
        else:
            blocks += cursor.read_block(token)
    return doc.Details(summary=summary, blocks=tuple(blocks))


def _read_table(cursor: Cursor, _: Token) -> BlockNode:
    rows: list[list[doc.Cell]] = []
    head = 0
    align: dict[int, str] = {}
    for token in cursor.tokens_until("table_close"):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "thead_close":
            head = len(rows)
        elif token.type in {"th_open", "td_open"}:
            if style := str(token.attrs.get("style", "")):
                align[len(rows[-1])] = style.removeprefix("text-align:")
            parts = cursor.read_text(token.type.replace("open", "close"))
            blocks = (doc.Paragraph(parts=parts),) if parts else ()
            rows[-1].append(doc.Cell(blocks=blocks, is_head=token.type == "th_open"))
    found = tuple(align.get(at, "") for at in range(len(rows[0]))) if align else ()
    return doc.Table(rows=tuple(map(tuple, rows)), head=head, align=found)


def _read_definitions(cursor: Cursor, _: Token) -> BlockNode:
    items: list[tuple[Parts, list[Blocks]]] = []
    for token in cursor.tokens_until("dl_close"):
        if token.type == "dt_open":
            items.append((cursor.read_text("dt_close"), []))
        elif token.type == "dd_open":
            items[-1][1].append(cursor.read_blocks("dd_close"))
    return doc.Definitions(items=tuple((term, tuple(found)) for term, found in items))


def _read_html(_: Cursor, token: Token) -> BlockNode:
    text = token.content
    if MORE.fullmatch(text):
        return doc.More()
    if text.startswith("<table>") and not any(check_table(Located(text=text, line=1))):
        found = HtmlReader(Surroundings()).read(text)
        if len(found) == 1:
            return found[0]
    raise ReadBackError(text)


def _read_fence(cursor: Cursor, token: Token) -> BlockNode:
    fence = read_block(token, 1)
    if not fence.closed or fence.broken or fence.name not in _FENCES:
        raise ReadBackError(token.info)
    return _FENCES[fence.name](cursor, fence)


READERS: Readers = {
    "paragraph_open": lambda cursor, _: doc.Paragraph(parts=cursor.read_text("paragraph_close")),
    "heading_open": _read_heading,
    "blockquote_open": lambda cursor, _: doc.Quote(blocks=cursor.read_blocks("blockquote_close")),
    "footnote_reference_open": _read_footnote,
    "details_open": _read_details,
    "bullet_list_open": _read_list,
    "ordered_list_open": _read_list,
    "table_open": _read_table,
    "dl_open": _read_definitions,
    "html_block": _read_html,
    "fence": _read_fence,
    "colon_fence": _read_fence,
    "myst_target": lambda _, token: doc.Target(name=token.content),
    "hr": lambda _, __: doc.ThematicBreak(),
}
"""What reads the block that each token is, or begins."""


def _read_caption(cursor: Cursor, fence: Block) -> Parts:
    blocks = cursor.read(fence.argument)
    return blocks[0].parts if blocks and isinstance(blocks[0], doc.Paragraph) else ()


def _option(fence: Block, name: str) -> str:
    return fence.options[name].text if name in fence.options else ""


def _read_figure(cursor: Cursor, fence: Block) -> BlockNode:
    width = int(_option(fence, "width").removesuffix("px") or 0)
    return doc.Figure(
        picture=InlinePicture(target=fence.argument, alt=_option(fence, "alt"), width=width),
        caption=cursor.read(fence.content),
        link=_option(fence, "target"),
        align=_option(fence, "align"),
    )


def _read_titled_table(cursor: Cursor, fence: Block) -> BlockNode:
    (table,) = cursor.read(fence.content)
    if not isinstance(table, doc.Table):
        raise ReadBackError(fence.name)
    return replace(table, caption=_read_caption(cursor, fence))


def _read_list_table(cursor: Cursor, fence: Block) -> BlockNode:
    (outer,) = cursor.read(fence.content)
    head, stubs = int(_option(fence, "header-rows") or 0), int(_option(fence, "stub-columns") or 0)
    rows = []
    for number, item in enumerate(outer.items if isinstance(outer, doc.List) else ()):
        (inner,) = item
        cells = enumerate(inner.items if isinstance(inner, doc.List) else ())
        row = (doc.Cell(blocks=it, is_head=number < head or at < stubs) for at, it in cells)
        rows.append(tuple(row))
    return doc.Table(rows=tuple(rows), head=head, caption=_read_caption(cursor, fence))


def _read_box(cursor: Cursor, fence: Block) -> BlockNode:
    return doc.Box(name=fence.name, blocks=cursor.read(fence.content))


def _read_numbers(cursor: Cursor, fence: Block) -> BlockNode:
    (plain,) = cursor.read(fence.content)
    if not isinstance(plain, doc.List):
        raise ReadBackError(fence.name)
    is_reversed = "reversed" in fence.options
    return replace(plain, letters=_option(fence, "type"), is_reversed=is_reversed)


_FENCES: Mapping[str, Callable[[Cursor, Block], BlockNode]] = {
    "": lambda _, code: doc.Code(text=code.content.removesuffix("\n"), language=code.argument),
    **dict.fromkeys(("gallery", "columns", "column"), _read_box),
    "figure": _read_figure,
    "list": _read_numbers,
    "table": _read_titled_table,
    "list-table": _read_list_table,
}
"""What reads each block of MyST's, by its name."""
