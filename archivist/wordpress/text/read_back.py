"""Read Markdown back as a document, with the tokenizer that the site is built with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from markdown_it.token import Token

from archivist.checks.tables import check_table
from archivist.posts.blocks import Block, Located, read_block
from archivist.posts.tokens import tokenize
from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.cells import Cell
from archivist.wordpress.text.cursor import Cursor, ReadBackError, Readers
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.parts import InlinePicture, Parts

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
    rows: list[list[Cell]] = []
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
            rows[-1].append(Cell(blocks=blocks, is_head=token.type == "th_open"))
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
        row = (Cell(blocks=it, is_head=number < head or at < stubs) for at, it in cells)
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


# The text of a paragraph is read back when its style is chosen, then as a block.
@lru_cache(maxsize=256)
def read_back(text: str) -> Blocks:
    """Return what the Markdown *text* holds. Raises ReadBackError when that is something else."""
    return Cursor(text, READERS).read_blocks("")


def holds_html(text: str) -> bool:
    """Tell whether the Markdown *text* holds HTML, besides the mark of an excerpt."""
    if "<" not in text:
        return False
    tokens = tokenize(text, {})
    inside = [child.type for token in tokens for child in token.children or []]
    blocks = [token for token in tokens if token.type == "html_block"]
    return "html_inline" in inside or any(not MORE.fullmatch(each.content) for each in blocks)
