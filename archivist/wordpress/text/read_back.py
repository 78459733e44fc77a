"""Read Markdown back as a document, with the tokenizer that the site is built with."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from archivist.checks.tables import check_table
from archivist.posts.blocks import Located as Place
from archivist.posts.blocks import read_block
from archivist.posts.tokens import tokenize
from archivist.wordpress.html.blocks import Reader
from archivist.wordpress.text.document import (
    LINK,
    Break,
    Call,
    Cell,
    Code,
    Definitions,
    Figure,
    Heading,
    List,
    More,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Table,
    Target,
    tidy,
)
from archivist.wordpress.text.markdown import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from archivist.posts.blocks import Block as Fence
    from archivist.wordpress.text.document import Block, Blocks, Marks, Part, Parts

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)(?:\s+(?:title|lang)=\"(?P<value>[^\"]*)\")?\s*/?>")
_MORE = re.compile(r"\s*<!--\s*more\s*-->\s*")


class ReadBackError(ValueError):
    """There is something in the Markdown that no document has."""


class _Plain:
    """What stands in HTML refers to nothing that is to be looked up."""

    def lead(self, address: str) -> str:
        return address

    def place(self, address: str) -> str:
        return address

    def describe(self, _: str, __: str) -> str:
        return ""

    def name(self, _: str) -> str:
        return ""

    def tell(self, _: str, __: str) -> None:
        pass


# The text of a paragraph is read back when its style is chosen, then as a block.
@lru_cache(maxsize=256)
def read_back(text: str) -> Blocks:
    """Return what the Markdown *text* holds. Raises ReadBackError when that is something else."""
    env: dict[str, Any] = {}
    return tuple(_Cursor(tokenize(text, env)).read_until(""))


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
        self._tokens, self._at = tokens, 0

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def read_until(self, end: str) -> Iterator[Block]:
        """Yield blocks up to the token *end*, or the last one."""
        while self._at < len(self._tokens):
            token = self._next()
            if token.type == end:
                return
            yield from self._read(token)

    def _read(self, token: Token) -> Iterator[Block]:
        if token.type == "html_block":
            yield from _read_html(token.content)
        elif token.type.endswith("_open"):
            yield self._read_inside(token)
        elif token.type in {"fence", "colon_fence"}:
            yield _read_fence(token)
        elif token.type == "myst_target":
            yield Target(name=token.content)
        elif token.type == "hr":
            yield Rule()
        else:
            raise ReadBackError(token.type)

    def _read_inside(self, token: Token) -> Block:
        """Return the block that *token* opens."""
        kind, end = token.type.removesuffix("_open"), token.type.replace("open", "close")
        if kind == "paragraph":
            return Paragraph(parts=self._read_text(end))
        if kind == "heading":
            return Heading(level=int(token.tag[1:]), parts=self._read_text(end))
        if kind == "blockquote":
            return Quote(blocks=tuple(self.read_until(end)))
        if kind == "footnote_reference":
            label = str(token.meta["label"])
            return Note(label=label, blocks=tuple(self.read_until(end)))
        return self._read_rich(token)

    def _read_rich(self, token: Token) -> Block:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            return self._read_list(token)
        if token.type == "table_open":
            return self._read_table()
        if token.type == "dl_open":
            return self._read_definitions()
        raise ReadBackError(token.type)

    def _read_text(self, end: str) -> Parts:
        parts = list(_read_parts(self._next().children or []))
        if self._next().type != end:
            raise ReadBackError(end)
        return tidy(parts)

    def _read_list(self, token: Token) -> List:
        start = None
        if token.type == "ordered_list_open":
            start = int(token.attrs.get("start", 1))
        end = token.type.replace("open", "close")
        items = []
        while self._next().type != end:
            items.append(tuple(self.read_until("list_item_close")))
        return List(start=start, items=tuple(items))

    def _read_table(self) -> Table:
        rows: list[list[Cell]] = []
        head = 0
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "thead_close":
                head = len(rows)
            elif token.type in {"th_open", "td_open"}:
                parts = self._read_text(token.type.replace("open", "close"))
                blocks = (Paragraph(parts=parts),) if parts else ()
                rows[-1].append(Cell(blocks=blocks, is_head=token.type == "th_open"))
        return Table(rows=tuple(map(tuple, rows)), head=head)

    def _read_definitions(self) -> Definitions:
        items: list[tuple[Parts, list[Blocks]]] = []
        while (token := self._next()).type != "dl_close":
            if token.type == "dt_open":
                items.append((self._read_text("dt_close"), []))
            elif token.type == "dd_open":
                items[-1][1].append(tuple(self.read_until("dd_close")))
        return Definitions(items=tuple((term, tuple(found)) for term, found in items))


def _read_html(text: str) -> Iterator[Block]:
    if _MORE.fullmatch(text):
        yield More()
    elif text.startswith("<table>") and not any(check_table(Place(text=text, line=1))):
        yield from Reader(_Plain()).read(text)
    else:
        raise ReadBackError(text)


def _read_fence(token: Token) -> Block:
    fence = read_block(token, 1)
    if not fence.closed or fence.broken:
        raise ReadBackError(token.info)
    if not fence.name:
        return Code(text=fence.content.removesuffix("\n"), language=fence.argument)
    if fence.name == "figure":
        return _to_figure(fence)
    if fence.name == "table":
        (table,) = read_back(fence.content)
        if isinstance(table, Table):
            return Table(rows=table.rows, head=table.head, caption=_read_caption(fence))
    elif fence.name == "list-table":
        return _to_table(fence)
    raise ReadBackError(fence.name)


def _read_caption(fence: Fence) -> Parts:
    blocks = read_back(fence.argument)
    return blocks[0].parts if blocks and isinstance(blocks[0], Paragraph) else ()


def _option(fence: Fence, name: str) -> str:
    return fence.options[name].text if name in fence.options else ""


def _to_figure(fence: Fence) -> Figure:
    width = int(_option(fence, "width").removesuffix("px") or 0)
    return Figure(
        picture=Picture(target=fence.argument, alt=_option(fence, "alt"), width=width),
        caption=read_back(fence.content),
        link=_option(fence, "target"),
        align=_option(fence, "align"),
    )


def _to_table(fence: Fence) -> Table:
    (outer,) = read_back(fence.content)
    head, stubs = int(_option(fence, "header-rows") or 0), int(_option(fence, "stub-columns") or 0)
    rows = []
    for number, item in enumerate(outer.items if isinstance(outer, List) else ()):
        (inner,) = item
        cells = inner.items if isinstance(inner, List) else ()
        rows.append(
            tuple(
                Cell(blocks=blocks, is_head=number < head or at < stubs)
                for at, blocks in enumerate(cells)
            )
        )
    return Table(rows=tuple(rows), head=head, caption=_read_caption(fence))


def _open_mark(token: Token) -> str:
    """Return the mark that a part opens."""
    if token.type == "link_open":
        return f"{LINK}{unquote(str(token.attrs['href']))}"
    return token.type.removesuffix("_open")


def _read_parts(tokens: Sequence[Token]) -> Iterator[Part]:
    marks: Marks = ()
    for token in tokens:
        if token.type.endswith("_open"):
            marks = (*marks, _open_mark(token))
        elif token.type.endswith("_close"):
            marks = marks[:-1]
        elif token.type == "html_inline":
            found = _TAG.fullmatch(token.content)
            if found and found["name"] == "br":
                yield Break(marks=marks)
            elif found:
                marks = marks[:-1] if found["end"] else (*marks, _name_mark(found))
            else:
                raise ReadBackError(token.content)
        else:
            yield _read_part(token, marks)


def _name_mark(found: re.Match[str]) -> str:
    name = "lang" if found["name"] == "span" else found["name"]
    return f"{name}:{found['value']}" if found["value"] else name


def _read_part(token: Token, marks: Marks) -> Part:
    if token.type in {"softbreak", "hardbreak"}:
        return Break(marks=marks) if token.type == "hardbreak" else Run(text=" ", marks=marks)
    if token.type == "text":
        return Run(text=token.content, marks=marks)
    if token.type == "code_inline":
        return Run(text=token.content, marks=(*marks, "code"))
    if token.type == "image":
        alt = "".join(child.content for child in token.children or [])
        width = int(str(token.attrs.get("width", "0")).removesuffix("px") or 0)
        return Picture(target=unquote(str(token.attrs["src"])), alt=alt, width=width, marks=marks)
    if token.type == "footnote_ref":
        return Call(label=str(token.meta["label"]), marks=marks)
    if token.type == "myst_role":
        return _read_role(token.meta["name"], token.content, marks)
    raise ReadBackError(token.type)


_NAMED = re.compile(r"(?P<text>.+) (?:\((?P<title>[^()]+)\)|<(?P<target>[^<>]+)>)")


def _read_role(name: str, text: str, marks: Marks) -> Run:
    if name in {"sub", "sup"}:
        return Run(text=text, marks=(*marks, name))
    found = _NAMED.fullmatch(text)
    if name == "abbr" and found and found["title"]:
        return Run(text=found["text"], marks=(*marks, f"abbr:{found['title']}"))
    if name == "ref" and found and found["target"]:
        return Run(text=found["text"], marks=(*marks, f"{LINK}{REFERENCE}{found['target']}"))
    raise ReadBackError(name)
