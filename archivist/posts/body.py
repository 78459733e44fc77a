"""What the text of a post holds: title, headings, links, images, blocks, each with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from myst_parser.slugs import github_slugify, unique_slug

from archivist.markdown.held import Html, Unseen, list_table
from archivist.markdown.tokenizer import make_environment
from archivist.posts.blocks import (
    FENCES,
    TITLED,
    Block,
    Located,
    count_rows,
    list_outline,
    read_block,
    read_code,
)
from archivist.posts.tokens import (
    BREAKS,
    calls_note,
    join_texts,
    list_anchored,
    list_typed,
    list_words,
    read_alt,
    says_something,
    tokenize_content,
    tokenize_line,
)
from archivist.syntax.allowed import DECORATIVE, OWN_ATTRIBUTES
from archivist.syntax.foreign import CodeLines
from archivist.syntax.html import is_table
from archivist.syntax.limits import DEEPEST_BLOCK, DEEPEST_INLINE, DEEPEST_LIST, MOST_HEADINGS

# What holds other blocks, and may be in one another.
_HOLDERS = frozenset(
    f"{name}_open"
    for name in ("bullet_list", "ordered_list", "blockquote", "dl", "details", "alert")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PostHeading:
    """A heading; *inside* tells whether a block holds it."""

    text: str
    line: int
    level: int
    inside: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """Where an image is, and what it says to who does not see it."""

    target: str
    line: int
    alt: str
    decorative: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Something named in the text: a role and its words, an attribute of a part, a label."""

    name: str
    text: str
    line: int
    owner: str = ""


@dataclass(kw_only=True, slots=True)
class Body:
    """All that is looked at in a text."""

    title: Located
    """What a reader reads of the first heading; *headings* have it as it was typed."""
    title_level: int = 0
    before_title: int = 0
    """The line of the first text above the title, or 0."""
    headings: list[PostHeading] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    """What a link to each of them ends with, if anything."""
    tables: list[Located] = field(default_factory=list)
    """The blocks of HTML that are tables."""
    links: list[Located] = field(default_factory=list)
    """The targets of links."""
    empty_links: list[Located] = field(default_factory=list)
    """Those with nothing to read."""
    images: list[Image] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    roles: list[Mark] = field(default_factory=list)
    attributes: list[Mark] = field(default_factory=list)
    html: Html = field(default_factory=Html)
    unseen: Unseen = field(default_factory=Unseen)
    calls: list[Located] = field(default_factory=list)
    """Footnotes called, as *notes* are those written."""
    notes: list[Located] = field(default_factory=list)
    labels: list[Mark] = field(default_factory=list)
    """What `(label)=` and `:name:` give; their owner is what gives them a title."""
    doubles: list[Located] = field(default_factory=list)
    """Names of links that have an address already."""
    texts: list[Located] = field(default_factory=list)
    code: list[CodeLines] = field(default_factory=list)
    """The lines that are no text, as they are numbered in the file."""
    deep: list[Located] = field(default_factory=list)
    """Where parts are nested deeper than they may be."""
    tokens: int = 0
    """How many pieces there are."""
    addressed: int = 0
    """How many signs the addresses and titles of links and images have."""

    @property
    def anchors(self) -> frozenset[str]:
        """What a link to a part of this text may end with."""
        return frozenset([*self.parts, *(label.name for label in self.labels)]) - {""}

    def without_text(self) -> Body:
        """Return what others may ask of a text that was found right, and nothing else."""
        return Body(
            title=self.title,
            title_level=self.title_level,
            parts=self.parts,
            links=self.links,
            images=self.images,
            roles=self.roles,
            labels=self.labels,
            notes=self.notes,
        )

    def title_alone(self) -> Body:
        """Return the title and nothing else."""
        return Body(title=self.title, title_level=self.title_level)


class _Reader:
    """Fills a body from a text and the blocks inside it, in the order that MyST renders them."""

    def __init__(self, title: Located) -> None:
        self.body = Body(title=title)
        # Definitions of links, which a block shares with the text around it.
        self.env: dict[str, Any] = make_environment()
        self.anchors: set[str] = set()

    def read(self, text: str, first_line: int, depth: int = 0) -> list[Token]:
        """Note all that *text*, whose first line is *first_line*, holds; return its tokens."""
        known = len(self.env.get("duplicate_refs", ()))
        tokens = tokenize_content(text, self.env)
        self.body.tokens += len(tokens)
        for double in self.env.get("duplicate_refs", ())[known:]:
            place = Located(text=double["label"], line=double["map"][0] + first_line)
            self.body.doubles.append(place)
        self.body.unseen.note_definitions(self.env, first_line)
        for at, token in enumerate(tokens):
            line = (token.map[0] if token.map else 0) + first_line
            self.body.unseen.note_block(token, line)
            if token.type == "inline":
                self._read_inline(token, tokens[at - 1], line, depth)
            elif token.type in FENCES:
                self._read_fence(token, line, depth)
            else:
                self._read_token(token, tokens[at + 1 : at + 3], line, depth)
        return tokens

    def _read_token(self, token: Token, following: list[Token], line: int, depth: int) -> None:
        body = self.body
        if token.type in _HOLDERS and token.level >= 2 * DEEPEST_LIST:
            body.deep.append(Located(text="", line=line))
        if token.type in {"html_block", "code_block"}:
            body.code.append(read_code(token, line, is_top=not token.level and not depth))
        if token.type == "html_block" and is_table(token.content):
            _note_table(body, Located(text=token.content, line=line))
        elif token.type == "myst_target":
            heads = bool(following) and following[0].type == "heading_open" and not token.level
            owner = "heading" if heads and not depth and not calls_note(following[1]) else ""
            body.labels.append(Mark(name=token.content, text="", line=line, owner=owner))
        elif token.type == "footnote_reference_open":
            body.notes.append(Located(text=token.meta["label"], line=line))
        else:
            body.html.note_block(token, line)

    def _read_fence(self, token: Token, line: int, depth: int) -> None:
        block = read_block(token, line)
        self.body.blocks.append(block)
        head = CodeLines(first=line, after=block.content_line)
        self.body.code.append(read_code(token, line) if block.is_verbatim else head)
        if not self.body.title_level:
            self.body.before_title = self.body.before_title or line
        _note_picture(self.body, block)
        if block.name in TITLED:
            for part in tokenize_line(block.argument, self.env):
                self._read_inline(part, part, line, depth)
        if "caption" in block.options:
            caption = block.options["caption"]
            block.caption = list_outline(self.read(caption.text, caption.line, depth + 1))
        if depth >= DEEPEST_BLOCK:
            self.body.deep.append(Located(text="", line=line))
        elif not block.is_verbatim:
            inside = self.read(block.content, block.content_line, depth + 1)
            block.outline = list_outline(inside)
            block.rows = count_rows(inside)

    def _read_inline(self, inline: Token, before: Token, line: int, depth: int) -> None:
        if before.type == "heading_open":
            inside = depth > 0 or inline.level > 1
            self._note_heading(inline, line, int(before.tag[1:]), inside=inside)
        elif not self.body.title_level and not self.body.before_title:
            self.body.before_title = line
        self._read_parts(inline.children or [], line)

    def _note_heading(self, inline: Token, line: int, level: int, *, inside: bool) -> None:
        body = self.body
        # Each name is tried against all before it; too many headings are refused.
        few = len(body.headings) <= MOST_HEADINGS
        anchor = github_slugify(list_anchored(inline)) if few else ""
        anchor = unique_slug(anchor, self.anchors) if anchor else ""
        self.anchors.add(anchor)
        if not body.title_level:
            body.title, body.title_level = Located(text=list_words(inline), line=line), level
        heading = PostHeading(text=list_typed(inline), line=line, level=level, inside=inside)
        body.headings.append(heading)
        body.parts.append(anchor)

    def _read_parts(self, parts: list[Token], line: int) -> None:
        """Note the parts of a paragraph that begins on *line*."""
        located: list[tuple[Token, int]] = []
        for at, part in enumerate(parts):
            self.body.tokens += 1
            _note_part(self.body, part, line)
            following = (parts[other] for other in range(at + 1, len(parts)))
            if part.type == "link_open" and not says_something(following):
                self.body.empty_links.append(self.body.links[-1])
            located.append((part, line))
            line += (part.type in BREAKS) + part.content.count("\n")
        self.body.texts += (Located(text=text, line=first) for text, first in join_texts(located))
        self.body.html.note_line(located)


def _note_part(body: Body, part: Token, line: int) -> None:
    """Add to *body* what a part of a paragraph tells."""
    body.html.note_part(part, line)
    body.unseen.note_part(part, line)
    for key in part.attrs.keys() - OWN_ATTRIBUTES:
        mark = Mark(name=key, text=str(part.attrs[key]), line=line, owner=part.type)
        body.attributes.append(mark)
    body.addressed += sum(len(str(part.attrs[key])) for key in part.attrs.keys() & OWN_ATTRIBUTES)
    if part.level > DEEPEST_INLINE:
        body.deep.append(Located(text="", line=line))
    if part.type == "link_open":
        body.links.append(Located(text=str(part.attrs.get("href", "")), line=line))
    elif part.type == "image":
        classes = str(part.attrs.get("class", "")).split()
        target, alt = str(part.attrs.get("src", "")), read_alt(part)
        image = Image(target=target, line=line, alt=alt, decorative=DECORATIVE in classes)
        body.images.append(image)
    elif part.type == "myst_role":
        body.roles.append(Mark(name=part.meta["name"], text=part.content, line=line))
    elif part.type == "footnote_ref":
        body.calls.append(Located(text=part.meta["label"], line=line))


def _note_table(body: Body, table: Located) -> None:
    """Add to *body* a table in HTML, its words and its links."""
    body.tables.append(table)
    if not body.title_level:
        body.before_title = body.before_title or table.line
    for part in list_table(table.text, table.line):
        noted = body.links if part.name else body.texts
        noted.append(Located(text=part.text, line=part.line))


def _note_picture(body: Body, block: Block) -> None:
    """Add the image, the link and the label of a `{figure}` or `{image}`, if *block* is one."""
    if block.name in {"figure", "image"}:
        alt = block.options.get("alt")
        image = Image(target=block.argument, line=block.line, alt=alt.text if alt else "")
        body.images.append(image)
    if (target := block.options.get("target")) and target.text:
        # Its text is that of the image.
        body.links.append(Located(text=normalizeLink(target.text), line=target.line))
    if name := block.options.get("name"):
        # Sphinx shows a figure by its caption, others only by words of the writer's.
        is_title = block.content.strip() and "[^" not in block.content
        owner = "figure" if block.name == "figure" and is_title else ""
        body.labels.append(Mark(name=name.text, text="", line=name.line, owner=owner))


def read_body(text: str, *, first_line: int = 1) -> Body:
    """Return what the Markdown *text* holds; *first_line* is where it starts in its file."""
    reader = _Reader(Located(text="", line=first_line + len(text) - len(text.lstrip("\n"))))
    # An empty line first: a `---` there is a rule, not a header.
    reader.read(f"\n{text}", first_line - 1)
    reader.body.unseen.end(reader.env["references"])
    return reader.body
