"""Markdown as MyST's own tokenizer cuts it up, and what its tokens say.

The checks read this, so that they and the build always agree on what is a title or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig

from archivist.markdown.bare import BARE
from archivist.markdown.reshape import TASK
from archivist.markdown.tokenizer import make_tokenizer
from archivist.posts.labels import read_name
from archivist.syntax.allowed import MYST_DISABLED, MYST_EXTENSIONS, NAME_ROLES
from archivist.syntax.characters import strip_invisible

BREAKS = frozenset({"softbreak", "hardbreak"})
"""The types of the tokens where a paragraph goes on with another line."""
_WORDS = frozenset({"text", "code_inline", TASK})
_SPACES = re.compile(r"\s+")
# <br>, <br/>, <BR lang="fr">
_LINE_END = re.compile(r"<br\b", re.IGNORECASE)


@cache
def _tokenizer() -> MarkdownIt:
    disabled = list(MYST_DISABLED)
    config = MdParserConfig(enable_extensions=set(MYST_EXTENSIONS), disable_syntax=disabled)
    return make_tokenizer(config, RendererHTML)


def tokenize(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of the Markdown *text*, as the site is built from them.

    *env* holds the definitions of links, which a block shares with the text around it.
    """
    # An empty line first: a `---` there is a rule, not a header.
    return tokenize_content(f"\n{text}", env)


def tokenize_content(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of *text*, which a block holds."""
    return _tokenizer().parse(text, env)


def tokenize_line(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of *text*, which is part of a line and begins no block."""
    return _tokenizer().parseInline(text, env)


def list_words(inline: Token) -> str:
    """Return what a reader reads of a paragraph or a heading: no tag, no image, no footnote call.

    « Le 2<sup>e</sup> forum des {abbr}`DGS (Directeurs…)` » is « Le 2e forum des DGS ». A
    `{ref}` without words of its own is its label, which only the site can replace.
    """
    parts = inline.children or []
    return "".join(
        read_role(part) if part.type == "myst_role" else read_part(part) for part in parts
    ).strip()


def read_part(part: Token) -> str:
    """Return the words of a part of a paragraph that is no role; a break is a space."""
    if part.type in BREAKS or (part.type == "html_inline" and _LINE_END.match(part.content)):
        return " "
    return part.content if part.type in _WORDS else ""


def read_role(role: Token) -> str:
    """Return the words that a role shows, as Sphinx and archivist.site do."""
    name, text = role.meta["name"], role.content
    if name == "abbr":
        return read_abbreviation(text)
    if name in NAME_ROLES:
        return read_name(text).words
    return (split_target(text)[0].strip() if name in {"ref", "term"} else "") or text


def read_abbreviation(text: str) -> str:
    """Return what is short in an `{abbr}`: of `CNFPT (Centre national…)` the first word."""
    return text.partition("(")[0].strip() if text.endswith(")") else text


def split_target(text: str) -> tuple[str, str]:
    """Return the words of its own that a `{ref}` or a `{term}` has, or "", and its target.

    {term}`les billets <billet>` has « les billets » and « billet ».
    """
    # As Sphinx cuts it: at the first `<` that has something before it.
    words, opened, target = text[1:].removesuffix(">").partition("<")
    is_named = opened and text.endswith(">")
    return text[:1] + words if is_named else "", _SPACES.sub(" ", target if is_named else text)


def list_typed(inline: Token) -> str:
    """Return a paragraph or a heading as it was typed, without Markdown's own signs."""
    parts = (" " if part.type in BREAKS else part.content for part in inline.children or [])
    return "".join(parts).strip()


def read_alt(image: Token) -> str:
    """Return the words that stand for an image, as MyST reads them: of text alone, no code."""
    return "".join(
        part.content if part.type in {"text", "text_special"} else read_alt(part)
        for part in image.children or []
    )


def list_anchored(inline: Token) -> str:
    """Return the words of a heading that MyST makes its anchor of."""
    named = (each for each in inline.children or [] if each.type in {"text", "code_inline"})
    return "".join(each.content for each in named)


def join_texts(parts: Iterable[tuple[Token, int]]) -> Iterator[tuple[str, int]]:
    """Yield each piece of text of a line, and the line that it begins on.

    An address that stands bare in it is part of it.
    """
    text, first = "", 0
    for part, line in parts:
        if part.type == "text" or part.markup == BARE:
            first = first if text else line
            text += part.content
        elif text:
            yield text, first
            text = ""
    if text:
        yield text, first


def says_something(parts: Iterable[Token]) -> bool:
    """Tell whether there is a word to read, or an image, before the end of a link."""
    for part in parts:
        if part.type == "link_close":
            return False
        words = read_role(part) if part.type == "myst_role" else read_part(part)
        if part.type == "image" or strip_invisible(words):
            return True
    return False


def calls_note(inline: Token) -> bool:
    """Tell whether a heading calls a note: Sphinx would make its number part of the title."""
    return any(part.type == "footnote_ref" for part in inline.children or [])
