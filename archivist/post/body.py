"""What the body of a post holds: its title, and the places its links lead to.

The text is cut up by MyST's own tokenizer, so that a check and the build always agree on
what is a title or a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# What posts may use beyond CommonMark; docs/conf.py hands the same list to MyST.
MYST_EXTENSIONS = ("attrs_inline", "colon_fence", "deflist")

_FENCES = frozenset({"fence", "colon_fence"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Some text and the line of the file it stands on."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """The first heading, its level (0 without heading), where links and images lead."""

    title: Place
    title_level: int
    links: tuple[Place, ...]
    images: tuple[Place, ...]


@cache
def _tokenizer() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=set(MYST_EXTENSIONS)), RendererHTML)


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _walk(text: str, first_line: int) -> Iterator[tuple[Token, int]]:
    """Yield each token with the line of the file it begins on, directives opened."""
    for token in _tokenizer().parse(text):
        line = _first_line(token) + first_line
        yield token, line
        if token.type in _FENCES and token.info.lstrip().startswith("{"):
            yield from _walk(token.content, line + 1)


def _read_targets(inline: Token, line: int, kind: str, attribute: str) -> Iterator[Place]:
    """Yield where the tokens of a *kind* lead, from a paragraph that begins on *line*."""
    for child in inline.children or []:
        if child.type in _BREAKS:
            line += 1
        elif child.type == kind:
            yield Place(text=str(child.attrs.get(attribute, "")), line=line)


def _plain_text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or []).strip()


def read_body(text: str, *, first_line: int = 1) -> Body:
    """Return what the Markdown *text* holds; *first_line* is where it starts in its file."""
    blank_lines = len(text) - len(text.lstrip("\n"))
    title, level = Place(text="", line=first_line + blank_lines), 0
    links: list[Place] = []
    images: list[Place] = []
    heading = 0
    for token, line in _walk(text, first_line):
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "inline":
            if heading and not level:
                title, level = Place(text=_plain_text(token), line=line), heading
            heading = 0
            links += _read_targets(token, line, "link_open", "href")
            images += _read_targets(token, line, "image", "src")
    return Body(title=title, title_level=level, links=tuple(links), images=tuple(images))
