"""What the body of a post holds: its title, its links, its images, and what it may not hold.

The text is cut up by MyST's own tokenizer, so that a check and the build always agree on
what is a title or a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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

# The class that says of an image that it tells nothing: `![](trait.png){.decorative}`.
DECORATIVE = "decorative"

_FENCES = frozenset({"fence", "colon_fence"})
_BREAKS = frozenset({"softbreak", "hardbreak"})
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)\}")
# Directives whose content is no Markdown.
_VERBATIM = frozenset(
    {"code", "code-block", "sourcecode", "raw", "math", "toctree", "eval-rst", "literalinclude"}
)
_PICTURE = re.compile(r"\{(?:figure|image)\}\s+(?P<target>\S+)")
_ALT = re.compile(r"^:alt:[ \t]*(?P<alt>.*)$", re.MULTILINE)
# What loads or runs something of another site inside a page.
_EMBED = re.compile(
    r"<(?P<name>iframe|frame|object|embed|portal|video|audio|script|style|link|form|img)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Some text and the line of the file it stands on."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """Where an image is, and what it says to who does not see it."""

    target: str
    line: int
    alt: str
    decorative: bool = False


@dataclass(kw_only=True, slots=True)
class Body:
    """The first heading and its level (0 without heading), and what else is looked at.

    *before_title* is the line of the first text above the title, or 0.
    *links* are their targets, *embeds* the names of elements that frame another site,
    *foreign* the languages written in a way that MyST drops.
    """

    title: Place
    title_level: int = 0
    before_title: int = 0
    other_titles: list[Place] = field(default_factory=list)
    links: list[Place] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    embeds: list[Place] = field(default_factory=list)
    foreign: list[Place] = field(default_factory=list)


@cache
def _tokenizer() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=set(MYST_EXTENSIONS)), RendererHTML)


def _walk(text: str, first_line: int) -> Iterator[tuple[Token, int]]:
    """Yield each token with the line of the file it begins on, directives opened."""
    for token in _tokenizer().parse(text):
        line = (token.map[0] if token.map else 0) + first_line
        yield token, line
        if token.type in _FENCES and _holds_markdown(token.info):
            yield from _walk(token.content, line + 1)


def _holds_markdown(info: str) -> bool:
    match = _DIRECTIVE.match(info.strip())
    return match is not None and match["name"] not in _VERBATIM


def _walk_inline(inline: Token, line: int) -> Iterator[tuple[Token, int]]:
    """Yield the parts of a paragraph that begins on *line*, each with its line."""
    for child in inline.children or []:
        line += child.type in _BREAKS
        yield child, line


def _plain_text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or []).strip()


def _note_part(body: Body, part: Token, line: int) -> None:
    """Add to *body* what a part of a paragraph tells."""
    if "lang" in part.attrs:
        body.foreign.append(Place(text=str(part.attrs["lang"]), line=line))
    if part.type == "link_open":
        body.links.append(Place(text=str(part.attrs.get("href", "")), line=line))
    elif part.type == "image":
        classes = str(part.attrs.get("class", "")).split()
        target, alt = str(part.attrs.get("src", "")), _plain_text(part)
        image = Image(target=target, line=line, alt=alt, decorative=DECORATIVE in classes)
        body.images.append(image)
    elif part.type == "html_inline":
        _note_embeds(body, part, line)


def _note_embeds(body: Body, html: Token, line: int) -> None:
    for match in _EMBED.finditer(html.content):
        body.embeds.append(Place(text=match["name"].lower(), line=line))


def _note_picture(body: Body, fence: Token, line: int) -> None:
    """Add the image of a `{figure}` or `{image}`, if *fence* is one."""
    match = _PICTURE.match(fence.info.strip())
    if match:
        alt = _ALT.search(fence.content)
        text = alt["alt"].strip() if alt else ""
        body.images.append(Image(target=match["target"], line=line, alt=text))


def _note_heading(body: Body, place: Place, level: int) -> None:
    """Add a heading of a *level*, or text where it is 0."""
    if not body.title_level:
        if level:
            body.title, body.title_level = place, level
        else:
            body.before_title = body.before_title or place.line
    elif level == 1:
        body.other_titles.append(place)


def read_body(text: str, *, first_line: int = 1) -> Body:
    """Return what the Markdown *text* holds; *first_line* is where it starts in its file."""
    blank_lines = len(text) - len(text.lstrip("\n"))
    body = Body(title=Place(text="", line=first_line + blank_lines))
    heading = 0
    for token, line in _walk(text, first_line):
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "inline":
            _note_heading(body, Place(text=_plain_text(token), line=line), heading)
            heading = 0
            for part, part_line in _walk_inline(token, line):
                _note_part(body, part, part_line)
        elif token.type == "html_block":
            _note_embeds(body, token, line)
        elif token.type in _FENCES:
            _note_picture(body, token, line)
            if token.info.strip().startswith("{raw}"):
                _note_embeds(body, token, line)
    return body
