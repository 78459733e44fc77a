"""What of a text only the checks ask for: its HTML as it was typed, and what no page would show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from markdown_it.token import Token

from archivist.markdown.definitions import LinkDefinitions
from archivist.markdown.html import FAULT, TAG, TAGS, Misplaced
from archivist.markdown.reshape import read_title
from archivist.markdown.tables import BEYOND
from archivist.syntax.allowed import HTML_VALUES
from archivist.syntax.html import Part, cut_html, holds_markdown


def _type(text: str, line: int) -> Part:
    return Part(kind="text", line=line, text=text)


@dataclass(frozen=True, kw_only=True, slots=True)
class HtmlBlock:
    """A block of HTML that is no table: read as Markdown, or left with its *fault* or another."""

    text: str
    line: int
    is_read: bool
    fault: Misplaced | None = None


def _name_piece(part: Token) -> str:
    if part.type == "html_inline":
        return part.content
    sign = "+" if part.nesting > 0 else "-"
    return f"{sign}{part.type.rpartition('_')[0]}" if part.nesting else ""


def list_table(text: str, line: int) -> Iterator[Part]:
    """Yield the words of a table in HTML, and where its links lead as parts called "a"."""
    for part in cut_html(text, line):
        # Markdown is told otherwise there.
        if part.kind == "text" and not holds_markdown(part.text):
            yield _type(unescape(part.text).strip(), part.line)
        for key, value in part.attributes:
            if key == "href" and HTML_VALUES[key].fullmatch(value):
                yield Part(kind="text", line=part.line, text=value, name="a")


@dataclass(kw_only=True, slots=True)
class Html:
    """The HTML of a text."""

    lines: list[list[Part]] = field(default_factory=list)
    """The pieces in each line of text: `<b>`, and Markdown's own as `+em`, `-em`."""
    blocks: list[HtmlBlock] = field(default_factory=list)
    links: list[Part] = field(default_factory=list)
    """The tags that are links."""

    def note_block(self, token: Token, line: int) -> None:
        """Note a block of HTML that begins on *line*."""
        if token.type in {"html_block", TAGS}:
            fault: Misplaced | None = token.meta.get(FAULT)
            below = line - (token.map or [0])[0]
            fault = fault and replace(fault, line=fault.line + below)
            is_read = token.type == TAGS
            self.blocks.append(
                HtmlBlock(text=token.content, line=line, is_read=is_read, fault=fault)
            )

    def note_line(self, parts: Iterable[tuple[Token, int]]) -> None:
        """Note the HTML in a line of text, each of whose *parts* comes with its line."""
        pieces = [_type(text, line) for part, line in parts if (text := _name_piece(part))]
        self.lines += [pieces] if any(piece.text.startswith("<") for piece in pieces) else []

    def note_part(self, part: Token, line: int) -> None:
        """Note a link that was typed in HTML."""
        self.links += [replace(part.meta[TAG], line=line)] if TAG in part.meta else []


@dataclass(kw_only=True, slots=True)
class Unseen:
    """What stands in a text, and would be on no page."""

    markdown: list[Part] = field(default_factory=list)
    """Words in HTML that were meant for Markdown."""
    cells: list[Part] = field(default_factory=list)
    """What stands in rows of tables beyond their heads."""
    titles: list[Part] = field(default_factory=list)
    """The titles of images that stand beside something else."""
    definitions: list[Part] = field(default_factory=list)
    """Those of links that nothing calls, as `[nom]: https://…`."""
    lines: dict[str, int] = field(default_factory=dict)
    """Where each link is defined."""

    def note_block(self, token: Token, line: int) -> None:
        """Note what is not seen of a block that begins on *line*."""
        if token.type == "tr_open" and BEYOND in token.meta:
            self.cells.append(_type(token.meta[BEYOND], line))
        elif token.type == "inline" and TAG in token.meta and holds_markdown(token.content):
            self.markdown.append(_type(token.content, line))

    def note_part(self, part: Token, line: int) -> None:
        """Note the title of an image in a line; of one that is alone, it is the caption."""
        title = read_title(part) if part.type == "image" else ""
        self.titles += [_type(title, line)] if title else []

    def note_definitions(self, env: dict[str, Any], first_line: int) -> None:
        """Note on which line each link is defined that was not before."""
        for name in env["references"].keys() - self.lines.keys():
            self.lines[name] = env["references"][name]["map"][0] + first_line

    def end(self, definitions: LinkDefinitions) -> None:
        """Note which *definitions* nothing called, once all is read."""
        self.definitions = [
            _type(f"[{name.lower()}]: {definitions[name]['href']}", self.lines[name])
            for name in definitions.list_uncalled()
        ]
