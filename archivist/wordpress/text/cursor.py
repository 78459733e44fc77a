"""Tokens of Markdown gone through: blocks by those who read them, text piece by piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import unquote

from markdown_it.token import Token

from archivist.markdown.html import TAGS
from archivist.posts.tokens import tokenize
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
from archivist.wordpress.text.tidy import tidy

# <kbd>, </kbd>, <br>, <abbr title="…">, <span lang="en">
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)(?:\s+(?:title|lang)=\"(?P<value>[^\"]*)\")?\s*/?>")
# What a role holds: « DGS (Direction générale) »
_NAMED = re.compile(r"(?P<text>.+) \((?P<title>[^()]+)\)")


Readers: TypeAlias = "Mapping[str, Callable[[Cursor, Token], BlockNode]]"


class ReadBackError(ValueError):
    """There is something in the Markdown that no document has."""


class Cursor:
    """Goes through the tokens of a text; *readers* read the block that each is, or begins."""

    def __init__(self, text: str, readers: Readers) -> None:
        self._tokens, self._readers = iter(tokenize(text, {})), readers

    def read(self, text: str) -> Blocks:
        """Return the blocks of another *text*, as the content of a block is."""
        return Cursor(text, self._readers).read_blocks("")

    def read_blocks(self, end: str) -> Blocks:
        """Return the blocks up to the token *end*, or the last one."""
        return tuple(block for token in self.tokens_until(end) for block in self.read_block(token))

    def read_block(self, token: Token) -> Iterator[BlockNode]:
        """Yield the block that *token* is, or begins; nothing of the tags it was made of."""
        if token.type == TAGS:
            return
        if token.type not in self._readers:
            raise ReadBackError(token.type)
        yield self._readers[token.type](self, token)

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


def _read_parts(tokens: Sequence[Token]) -> Iterator[TextPart]:
    marks: Marks = ()
    for token in tokens:
        if token.type.endswith("_open"):
            is_link = token.type == "link_open"
            name = f"{LINK}{token.attrs['href']}" if is_link else token.type[:-5]
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
    align = str(token.attrs.get("align", ""))
    return InlinePicture(target=target, alt=alt, width=width, align=align, marks=marks)


def _read_role(token: Token, marks: Marks) -> TextPart:
    name, text = token.meta["name"], token.content
    if name in {"sub", "sup"}:
        return Run(text=text, marks=(*marks, name))
    found = _NAMED.fullmatch(text)
    if name == "abbr" and found:
        return Run(text=found["text"], marks=(*marks, f"abbr:{found['title']}"))
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
