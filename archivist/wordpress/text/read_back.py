"""Read Markdown back as a document, with the tokenizer that the site is built with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from archivist.checks.tables import check_table
from archivist.posts.blocks import Block, Located, read_block
from archivist.posts.tokens import tokenize
from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.parts import (
    LINK,
    REFERENCE,
    Break,
    Call,
    InlinePicture,
    Marks,
    Parts,
    Run,
    TextPart,
)
from archivist.wordpress.text.tidy import tidy

# <kbd>, </kbd>, <br>, <abbr title="…">, <span lang="en">
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)(?:\s+(?:title|lang)=\"(?P<value>[^\"]*)\")?\s*/?>")
_MORE = re.compile(r"\s*<!--\s*more\s*-->\s*")
# What a role holds: « DGS (Direction générale) », « Territoires <category-territoires> »
_NAMED = re.compile(r"(?P<text>.+) (?:\((?P<title>[^()]+)\)|<(?P<target>[^<>]+)>)")


class ReadBackError(ValueError):
    """There is something in the Markdown that no document has."""


# The text of a paragraph is read back when its style is chosen, then as a block.
@lru_cache(maxsize=256)
def read_back(text: str) -> Blocks:
    """Return what the Markdown *text* holds. Raises ReadBackError when that is something else."""
    return _Cursor(tokenize(text, {})).read_blocks("")


def holds_html(text: str) -> bool:
    """Tell whether the Markdown *text* holds HTML, besides the mark of an excerpt."""
    if "<" not in text:
        return False
    tokens = tokenize(text, {})
    inside = [child.type for token in tokens for child in token.children or []]
    blocks = [token for token in tokens if token.type == "html_block"]
    return "html_inline" in inside or any(not _MORE.fullmatch(each.content) for each in blocks)


class _Cursor:
    """Goes through tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = iter(tokens)

    def read_blocks(self, end: str) -> Blocks:
        """Return the blocks up to the token *end*, or the last one."""
        blocks = []
        for token in self.tokens_until(end):
            if token.type not in _READERS:
                raise ReadBackError(token.type)
            blocks.append(_READERS[token.type](self, token))
        return tuple(blocks)

    def read_text(self, end: str) -> Parts:
        """Return the text up to the token *end*, which comes right after it."""
        parts = tidy(_read_parts(next(self._tokens).children or []))
        if next(self._tokens).type != end:
            raise ReadBackError(end)
        return parts

    def tokens_until(self, end: str) -> Iterator[Token]:
        """Yield the tokens up to *end*, but those that were read meanwhile."""
        for token in self._tokens:
            if token.type == end:
                return
            yield token


def _read_heading(cursor: _Cursor, token: Token) -> BlockNode:
    return doc.SectionHeading(level=int(token.tag[1:]), parts=cursor.read_text("heading_close"))


def _read_footnote(cursor: _Cursor, token: Token) -> BlockNode:
    blocks = cursor.read_blocks("footnote_reference_close")
    return doc.Footnote(label=str(token.meta["label"]), blocks=blocks)


def _read_list(cursor: _Cursor, token: Token) -> BlockNode:
    start = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
    items = cursor.tokens_until(token.type.replace("open", "close"))
    return doc.List(start=start, items=tuple(cursor.read_blocks("list_item_close") for _ in items))


def _read_table(cursor: _Cursor, _: Token) -> BlockNode:
    rows: list[list[doc.Cell]] = []
    head = 0
    for token in cursor.tokens_until("table_close"):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "thead_close":
            head = len(rows)
        elif token.type in {"th_open", "td_open"}:
            parts = cursor.read_text(token.type.replace("open", "close"))
            blocks = (doc.Paragraph(parts=parts),) if parts else ()
            rows[-1].append(doc.Cell(blocks=blocks, is_head=token.type == "th_open"))
    return doc.Table(rows=tuple(map(tuple, rows)), head=head)


def _read_definitions(cursor: _Cursor, _: Token) -> BlockNode:
    items: list[tuple[Parts, list[Blocks]]] = []
    for token in cursor.tokens_until("dl_close"):
        if token.type == "dt_open":
            items.append((cursor.read_text("dt_close"), []))
        elif token.type == "dd_open":
            items[-1][1].append(cursor.read_blocks("dd_close"))
    return doc.Definitions(items=tuple((term, tuple(found)) for term, found in items))


def _read_html(_: _Cursor, token: Token) -> BlockNode:
    text = token.content
    if _MORE.fullmatch(text):
        return doc.More()
    if text.startswith("<table>") and not any(check_table(Located(text=text, line=1))):
        found = HtmlReader(Surroundings()).read(text)
        if len(found) == 1:
            return found[0]
    raise ReadBackError(text)


def _read_fence(_: _Cursor, token: Token) -> BlockNode:
    fence = read_block(token, 1)
    if not fence.closed or fence.broken or fence.name not in _FENCES:
        raise ReadBackError(token.info)
    return _FENCES[fence.name](fence)


_READERS: Mapping[str, Callable[[_Cursor, Token], BlockNode]] = {
    "paragraph_open": lambda cursor, _: doc.Paragraph(parts=cursor.read_text("paragraph_close")),
    "heading_open": _read_heading,
    "blockquote_open": lambda cursor, _: doc.Quote(blocks=cursor.read_blocks("blockquote_close")),
    "footnote_reference_open": _read_footnote,
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


def _read_caption(fence: Block) -> Parts:
    blocks = read_back(fence.argument)
    return blocks[0].parts if blocks and isinstance(blocks[0], doc.Paragraph) else ()


def _option(fence: Block, name: str) -> str:
    return fence.options[name].text if name in fence.options else ""


def _read_figure(fence: Block) -> BlockNode:
    width = int(_option(fence, "width").removesuffix("px") or 0)
    return doc.Figure(
        picture=InlinePicture(target=fence.argument, alt=_option(fence, "alt"), width=width),
        caption=read_back(fence.content),
        link=_option(fence, "target"),
        align=_option(fence, "align"),
    )


def _read_titled_table(fence: Block) -> BlockNode:
    (table,) = read_back(fence.content)
    if not isinstance(table, doc.Table):
        raise ReadBackError(fence.name)
    return doc.Table(rows=table.rows, head=table.head, caption=_read_caption(fence))


def _read_list_table(fence: Block) -> BlockNode:
    (outer,) = read_back(fence.content)
    head, stubs = int(_option(fence, "header-rows") or 0), int(_option(fence, "stub-columns") or 0)
    rows = []
    for number, item in enumerate(outer.items if isinstance(outer, doc.List) else ()):
        (inner,) = item
        cells = enumerate(inner.items if isinstance(inner, doc.List) else ())
        row = (doc.Cell(blocks=it, is_head=number < head or at < stubs) for at, it in cells)
        rows.append(tuple(row))
    return doc.Table(rows=tuple(rows), head=head, caption=_read_caption(fence))


_FENCES: Mapping[str, Callable[[Block], BlockNode]] = {
    "": lambda code: doc.Code(text=code.content.removesuffix("\n"), language=code.argument),
    "figure": _read_figure,
    "table": _read_titled_table,
    "list-table": _read_list_table,
}
"""What reads each block of MyST's, by its name."""


def _read_parts(tokens: Sequence[Token]) -> Iterator[TextPart]:
    marks: Marks = ()
    for token in tokens:
        if token.type.endswith("_open"):
            is_link = token.type == "link_open"
            name = f"{LINK}{unquote(str(token.attrs['href']))}" if is_link else token.type[:-5]
            marks = (*marks, name)
        elif token.type.endswith("_close"):
            marks = marks[:-1]
        elif token.type == "html_inline":
            found = _TAG.fullmatch(token.content)
            if not found:
                raise ReadBackError(token.content)
            if found["name"] == "br":
                yield Break(marks=marks)
            else:
                marks = marks[:-1] if found["end"] else (*marks, _name_mark(found))
        else:
            if token.type not in _PARTS:
                raise ReadBackError(token.type)
            yield _PARTS[token.type](token, marks)


def _name_mark(found: re.Match[str]) -> str:
    name = "lang" if found["name"] == "span" else found["name"]
    return f"{name}:{found['value']}" if found["value"] else name


def _read_picture(token: Token, marks: Marks) -> TextPart:
    alt = "".join(child.content for child in token.children or [])
    width = int(str(token.attrs.get("width", "0")).removesuffix("px") or 0)
    target = unquote(str(token.attrs["src"]))
    return InlinePicture(target=target, alt=alt, width=width, marks=marks)


def _read_role(token: Token, marks: Marks) -> TextPart:
    name, text = token.meta["name"], token.content
    if name in {"sub", "sup"}:
        return Run(text=text, marks=(*marks, name))
    found = _NAMED.fullmatch(text)
    if name == "abbr" and found and found["title"]:
        return Run(text=found["text"], marks=(*marks, f"abbr:{found['title']}"))
    if name == "ref" and found and found["target"]:
        return Run(text=found["text"], marks=(*marks, f"{LINK}{REFERENCE}{found['target']}"))
    raise ReadBackError(name)


_PARTS: Mapping[str, Callable[[Any, Marks], TextPart]] = {
    "text": lambda token, marks: Run(text=token.content, marks=marks),
    "softbreak": lambda _, marks: Run(text=" ", marks=marks),
    "hardbreak": lambda _, marks: Break(marks=marks),
    "code_inline": lambda token, marks: Run(text=token.content, marks=(*marks, "code")),
    "image": _read_picture,
    "footnote_ref": lambda token, marks: Call(label=str(token.meta["label"]), marks=marks),
    "myst_role": _read_role,
}
"""What reads the piece of text that each token is."""
