"""HTML as the Markdown that says the same: `<p>`, `<blockquote>`, `<hr>`, `<details>`, `<a href>`.

What is put together so is checked, counted, listed and shown as Markdown is, and none of it is
written to a page as it was typed. What cannot be read stays HTML, which the checks refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archivist.syntax.allowed import BLOCK_HTML, HTML, HTML_VALUES, LINE_HTML, PASSED_HTML
from archivist.syntax.html import VOID, Part, cut_html, is_table

TAGS = "html_tags"
"""The type of the token that says which HTML those after it were made of; a page shows none."""
FAULT = "fault"
"""Under which a block of HTML that cannot be read says why: a `Misplaced`."""
TAG = "tag"
"""Under which a link says which tag it was."""
_CONTAINERS = frozenset({"blockquote", "details"})
_IN_LINES = LINE_HTML.keys()
_READ = BLOCK_HTML.keys() | PASSED_HTML | _IN_LINES


@dataclass(frozen=True, kw_only=True, slots=True)
class Misplaced:
    """A tag where it cannot stand: *why* is "open", "close", "inside" or "place"."""

    why: str
    name: str
    line: int


class _MisplacedError(Exception):
    def __init__(self, why: str, part: Part) -> None:
        super().__init__(why)
        self.fault = Misplaced(why=why, name=part.name, line=part.line)


@dataclass(slots=True)
class _Element:
    """An element that is open, and whether anything stands in it."""

    tag: Part
    held: bool = False


@dataclass(slots=True)
class _Frame:
    """The blocks of HTML beside one another, and what they left open."""

    opened: list[_Element] = field(default_factory=list)
    read: dict[int, list[Token]] = field(default_factory=dict)
    fault: tuple[int, Misplaced] | None = None
    is_unknown: bool = False
    """Whether there is an element that nobody may use, after which nothing can be told."""


def read_html(tokens: list[Token], md: MarkdownIt) -> list[Token]:
    """Return *tokens* with their blocks of HTML, but for tables and remarks, as Markdown's own."""
    if not any(token.type == "html_block" for token in tokens):
        return tokens
    read: dict[int, list[Token]] = {}
    frames = [_Frame()]
    for at, token in enumerate(tokens):
        if token.nesting < 0:
            _end_frame(frames.pop(), tokens, read)
        elif token.type == "html_block" and not is_table(token.content):
            _read_block(at, token, frames[-1], md)
        elif frames[-1].opened:
            frames[-1].opened[-1].held = True
        frames += [_Frame()] if token.nesting > 0 else []
    _end_frame(frames.pop(), tokens, read)
    return _level([one for at, token in enumerate(tokens) for one in read.get(at, [token])])


def _end_frame(frame: _Frame, tokens: list[Token], read: dict[int, list[Token]]) -> None:
    """Add to *read* what a frame was read as, or note in its first wrong block what is wrong."""
    if frame.opened and not frame.fault:
        tag = frame.opened[0].tag
        at = max(at for at in frame.read if (tokens[at].map or [0])[0] <= tag.line)
        frame.fault = (at, Misplaced(why="open", name=tag.name, line=tag.line))
    if frame.fault and not frame.is_unknown:
        tokens[frame.fault[0]].meta = {FAULT: frame.fault[1]}
    if not frame.fault and not frame.is_unknown:
        read |= frame.read


def _read_block(at: int, token: Token, frame: _Frame, md: MarkdownIt) -> None:
    """Read a block of HTML; what it leaves open goes on after it."""
    parts = list(cut_html(token.content, token.map[0] if token.map else 0))
    if all(part.kind == "comment" or not part.text.strip() for part in parts):
        return
    frame.read[at] = []
    if any(part.kind == "broken" or part.name not in {"", *_READ} for part in parts):
        frame.is_unknown = True
    elif not frame.fault:
        try:
            carrier = Token(TAGS, "", 0, content=token.content, map=token.map)
            frame.read[at] = [carrier, *_Block(frame.opened, md).read(parts)]
        except _MisplacedError as error:
            frame.fault = (at, error.fault)


class _Block:
    """Reads one block of HTML, in the elements *opened* before it."""

    def __init__(self, opened: list[_Element], md: MarkdownIt) -> None:
        self._opened, self._md = opened, md
        self._run: list[Part] = []

    def read(self, parts: Iterable[Part]) -> Iterator[Token]:
        """Yield the tokens of Markdown that say what *parts* say."""
        for part in parts:
            if part.name in {"", *_IN_LINES}:
                self._run.append(part)
            elif part.kind == "start":
                yield from self._start(part)
            else:
                yield from self._end(part)
        if self._opened and self._is_leaf(self._opened[-1].tag):
            raise _MisplacedError("open", self._opened[-1].tag)
        yield from self._flush()

    @staticmethod
    def _is_leaf(tag: Part) -> bool:
        """Tell whether an element holds no more than a line of text."""
        return tag.name not in _CONTAINERS | PASSED_HTML

    def _start(self, part: Part) -> Iterator[Token]:
        around = self._opened[-1] if self._opened else None
        if around and self._is_leaf(around.tag):
            raise _MisplacedError("inside", part)
        yield from self._flush()
        is_first = bool(around) and around.tag.name == "details" and not around.held  # type: ignore[union-attr]
        if part.name == "summary" and not is_first:
            raise _MisplacedError("place", part)
        if around:
            around.held = True
        if part.name == "hr":
            yield _make("hr", "hr", 0, part.line, markup="---")
            return
        self._opened.append(_Element(part))
        if part.name in _CONTAINERS:
            yield _make(f"{part.name}_open", part.name, 1, part.line)

    def _end(self, part: Part) -> Iterator[Token]:
        if not self._opened or self._opened[-1].tag.name != part.name:
            raise _MisplacedError("close", part)
        tag = self._opened.pop().tag
        if self._is_leaf(tag):
            yield from self._write_leaf(tag)
            return
        yield from self._flush()
        if part.name in _CONTAINERS:
            yield _make(f"{part.name}_close", part.name, -1, part.line)

    def _write_leaf(self, tag: Part) -> Iterator[Token]:
        kind = {"p": "paragraph", "summary": "summary"}.get(tag.name, "heading")
        run, self._run = self._run, []
        yield _make(f"{kind}_open", tag.name, 1, tag.line, markup="#")
        yield _make_line(run, tag, self._md)
        yield _make(f"{kind}_close", tag.name, -1, tag.line)

    def _flush(self) -> Iterator[Token]:
        """Yield what stood between two elements as a paragraph of its own."""
        run, self._run = self._run, []
        first = next((part for part in run if part.kind != "comment" and part.text.strip()), None)
        if first:
            if self._opened:
                self._opened[-1].held = True
            yield _make("paragraph_open", "p", 1, first.line)
            yield _make_line(run, first, self._md)
            yield _make("paragraph_close", "p", -1, first.line)


def _make(kind: str, tag: str, nesting: Any, line: int, markup: str = "") -> Token:  # noqa: ANN401
    return Token(kind, tag, nesting, map=[line, line + 1], markup=markup, block=True)


def _make_line(run: Sequence[Part], tag: Part, md: MarkdownIt) -> Token:
    """Return a line of text, in the language of the *tag* around it."""
    says = (part for part in run if part.kind != "comment" and part.text.strip())
    inline = _make("inline", "", 0, next(says, tag).line)
    children = [_make_piece(part) for part in run]
    for child in children[:1]:
        child.content = child.content.lstrip()
    for child in children[-1:]:
        child.content = child.content.rstrip()
    inline.children = lead_links(children, md)
    inline.content = "".join(each.content for each in children if each.type == "text")
    inline.meta = {TAG: tag}
    language = dict(tag.attributes).get("lang", "")
    if tag.name not in HTML and HTML_VALUES["lang"].fullmatch(language):
        opened = Token("span_open", "span", 1, attrs={"class": f"language-{language}"})
        inline.children = [opened, *inline.children, Token("span_close", "span", -1)]
    return inline


def _make_piece(part: Part) -> Token:
    if part.kind == "text":
        return Token("text", "", 0, content=unescape(part.text))
    text = f"<!--{part.text}-->" if part.kind == "comment" else part.text
    return Token("html_inline", "", 0, content=text)


def lead_links(children: list[Token], md: MarkdownIt) -> list[Token]:
    """Return the parts of a line with its `<a href>` as links, where each is closed in its place."""
    if not any(each.type == "html_inline" and each.content[1:2] in "aA" for each in children):
        return children
    for start, end, tag in _find_links(children):
        said = dict(tag.attributes)
        href = md.normalizeLink(said["href"])
        if not md.validateLink(href):
            continue
        language = said.get("lang", "")
        attributes = {"href": href} | ({"title": said["title"]} if said.get("title") else {})
        if HTML_VALUES["lang"].fullmatch(language):
            attributes["class"] = f"language-{language}"
        opened = Token("link_open", "a", 1, attrs={**attributes}, meta={TAG: tag})
        children[start], children[end] = opened, Token("link_close", "a", -1)
    return children


def _find_links(children: Sequence[Token]) -> Iterator[tuple[int, int, Part]]:
    """Yield where each link that holds no other begins and ends; nothing where tags cross."""
    opened: list[tuple[str, int, Part | None]] = []
    found: list[tuple[int, int, Part]] = []
    barred: set[int] = set()
    for at, child in enumerate(children):
        for sign, name, tag in _list_signs(child):
            if sign > 0:
                around = [place for each, place, _ in opened if each == "a"]
                barred |= {at, *around} if name == "a" and around else set()
                opened.append((name, at, tag))
            elif not opened or opened[-1][0] != name:
                return
            else:
                _, start, known = opened.pop()
                if known and "href" in dict(known.attributes):
                    found.append((start, at, known))
    yield from (each for each in found if not opened and each[0] not in barred)


def _list_signs(child: Token) -> Iterator[tuple[int, str, Part | None]]:
    """Yield what a part of a line opens (1) or closes (-1); a link of Markdown's is an `a` too."""
    if child.nesting:
        kind = child.type.rpartition("_")[0]
        yield child.nesting, "a" if kind == "link" else f"*{kind}", None
    elif child.type == "html_inline":
        for part in cut_html(child.content):
            if part.kind in {"start", "end"} and part.name not in VOID:
                is_link = part.kind == "start" and part.name == "a"
                yield 1 if part.kind == "start" else -1, part.name, part if is_link else None


def _level(tokens: list[Token]) -> list[Token]:
    """Return *tokens*, each told how deep it stands."""
    depth = 0
    for token in tokens:
        depth -= token.nesting < 0
        token.level = depth
        depth += token.nesting > 0
    return tokens
