"""The words of a post, as its reader reads them: what its checksum is made of.

The rule, by which anyone can find the same checksum without this code:

1. The words are those of the title, then of the text, in the order of the file: paragraphs,
   headings, points (☐ or ☑ of a task too), cells, quotes, definitions, notes, legends (or the
   title of an image that is one), titles of blocks, code. What is between the signs of Markdown
   or of HTML counts, they do not; a `{ref}` without words as what it prints, a name as its own.
2. Left out: the header; what an image shows (`alt`); what an address, the `title` of a link or
   an abbreviation says; the numbers of notes and points; remarks of HTML; and the blocks
   `{update}`, `{erratum}` and `{outdated}`, which are later.
3. Signs that show nothing, as soft hyphens, are taken out: those of Unicode's category Cf but
   for the few that print (U+0600–0605, U+06DD, U+070F, U+0890–0891, U+08E2, U+110BD, U+110CD,
   U+13430–1343F). The rest is put in NFC.
4. Each run of white space (no-break spaces, ends of lines, ends of paragraphs and cells) is one
   space, and there is none at either end. U+1680, which shows a stroke, is no white space.
5. The checksum is the SHA-256 of that, in UTF-8.

What makes the same words say something else is no word: archivist/words/traits.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from markdown_it.token import Token

from archivist.posts.blocks import FENCES, TITLED, Block, Located, read_block
from archivist.posts.tokens import read_part, read_role, split_target, tokenize, tokenize_line
from archivist.syntax.allowed import ADMONITIONS, LATER_BLOCKS, TABLE_HTML
from archivist.syntax.elements import CELLS
from archivist.syntax.html import Part, cut_html, is_table
from archivist.syntax.limits import DEEPEST_BLOCK
from archivist.words.traits import Grid, Line, Trait, find_turns, normalise_words

# How deep markdown-it puts the points of the lists that make a `{list-table}`.
_ROW, _CELL = 1, 3


def join_words(passages: Iterable[Located]) -> str:
    """Return the words of *passages* as one text."""
    return " ".join(passage.text for passage in passages)


def hash_words(words: str) -> str:
    """Return the SHA-256 of *words*, in hexadecimal figures."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


class WordReader:
    """Reads the words of a text: *passages* with their lines, *later* blocks that are no words.

    *find_title* gives what a `{ref}` without words of its own prints.
    """

    def __init__(
        self, find_title: Callable[[str], str] = str, env: dict[str, Any] | None = None
    ) -> None:
        self.passages: list[Located] = []
        self.later: list[Block] = []
        self.notes: list[list[Located]] = []
        """The passages of each note, which a page shows below all others."""
        self.later_notes: list[list[Located]] = []
        self.titles: dict[str, str] = {}
        """What a `{ref}` to each label of this text prints."""
        self.files: list[str] = []
        """What its links and pictures lead to."""
        self._find_title = find_title
        self._traits: list[Trait] = []
        self._labels: list[str] = []  # of the notes
        self._unnamed = ""  # the label whose heading comes next
        self._around: list[Trait] = []  # blocks that are open
        self._tables: list[Grid] = []  # those that are open
        self._note: list[Located] | None = None
        self._length = 0
        # Definitions of links, which a block shares with the text around it.
        self._env: dict[str, Any] = {} if env is None else env

    @property
    def traits(self) -> tuple[Trait, ...]:
        """The traits of the words; a call says which of the notes it is of."""
        places = {label: str(at) for at, label in enumerate(self._labels, start=1)}
        return tuple(
            replace(each, says=places.get(each.says, "?")) if each.kind == "call" else each
            for each in self._traits
        )

    def read(self, text: str, first_line: int, depth: int = 0) -> None:
        """Note the words of *text*, whose first line is *first_line* of its file."""
        self.read_tokens(tokenize(text, self._env), first_line, depth)

    def read_tokens(self, tokens: Iterable[Token], first_line: int, depth: int = 0) -> None:
        """Note the words of the *tokens* of a text."""
        line = first_line
        for token in tokens:
            # An empty line goes before the text.
            line = first_line + token.map[0] - 1 if token.map else line
            if token.type == "inline":
                self._read_parts(token, line)
            elif token.type in FENCES:
                self._read_block(read_block(token, line), depth)
            elif token.type == "html_block":
                self._read_html(token.content, line)
            elif token.type == "code_block":
                self._note_text(token.content, line)
            else:
                self._follow(token, line)
            if token.type not in {"myst_target", "heading_open"}:
                self._unnamed = ""

    def _follow(self, token: Token, line: int) -> None:
        """Note where a block begins, or ends, that says something of its words."""
        if token.type == "blockquote_open":
            self._enter("quote", "", line)
        elif token.type == "alert_open":
            self._enter("box", token.info.lower(), line)
        elif token.type in {"blockquote_close", "alert_close"}:
            self._leave()
        elif token.type == "ordered_list_open" and token.attrs.get("start", 1) != 1:
            self._put("start", str(token.attrs["start"]), line)
        elif token.type == "myst_target":
            self._unnamed = token.content.lower()
        elif token.type.startswith("footnote_reference"):
            self._follow_note(token)
        else:
            self._follow_table(token, line)

    def _follow_note(self, token: Token) -> None:
        if token.nesting > 0:
            self._labels.append(token.meta["label"])
            self.notes.append([])
        self._note = self.notes[-1] if token.nesting > 0 else None

    def _follow_table(self, token: Token, line: int) -> None:
        if token.type == "table_open":
            self._tables.append(Grid(self._length, line))
        elif token.type == "table_close":
            self._traits.append(self._tables.pop().describe(self._length))
        elif self._tables:
            self._follow_cell(token)

    def _follow_cell(self, token: Token) -> None:
        """Note where a row or a cell of a table begins or ends, in a `{list-table}` as a point."""
        grid, kind = self._tables[-1], token.type
        if kind == "tr_open" or (kind, token.level) == ("list_item_open", _ROW):
            grid.begin_row()
        elif kind in {"th_open", "td_open"} or (kind, token.level) == ("list_item_open", _CELL):
            grid.begin_cell(self._length)
        elif kind in {"th_close", "td_close"} or (kind, token.level) == ("list_item_close", _CELL):
            grid.end_cell(self._length)

    def _put(self, kind: str, says: str, line: int) -> None:
        place = self._length
        self._traits.append(Trait(start=place, end=place, kind=kind, says=says, line=line))

    def _enter(self, kind: str, says: str, line: int) -> None:
        place = self._length
        self._around.append(Trait(start=place, end=place, kind=kind, says=says, line=line))

    def _leave(self) -> None:
        self._traits.append(replace(self._around.pop(), end=self._length))

    def _note_text(self, text: str, line: int) -> None:
        words = normalise_words(text)
        if not words:
            return
        passage = Located(text=words, line=line)
        self.passages.append(passage)
        self._traits += find_turns(text, self._length, line)
        self._length += len(words) - words.count(" ")
        if self._note is not None:
            self._note.append(passage)
        if self._unnamed:
            self.titles[self._unnamed] = words

    def _read_block(self, block: Block, depth: int) -> None:
        if block.name in LATER_BLOCKS:
            self._read_later(block, depth)
        elif block.name in ADMONITIONS:
            self._enter("box", block.name, block.line)
            self._read_content(block, depth)
            self._leave()
        else:
            self._read_head(block)
            self._read_content(block, depth)

    def _read_later(self, block: Block, depth: int) -> None:
        self.later.append(block)
        # The links that it defines are those of what follows too.
        reader = WordReader(self._find_title, self._env)
        reader.read(block.content, block.content_line, depth + 1)
        self.later_notes += reader.notes

    def _read_head(self, block: Block) -> None:
        """Note what a block shows above its content."""
        for part in tokenize_line(block.argument, self._env) if block.name in TITLED else ():
            self._read_parts(part, block.line)
        if block.name in {"figure", "image"}:
            self._put("picture", _describe(block.argument, block.options), block.line)
            self.files.append(block.argument)
        if "caption" in block.options:
            self._read_caption(block.options["caption"])

    def _read_content(self, block: Block, depth: int) -> None:
        known = len(self.passages)
        is_grid = block.name == "list-table"
        self._tables += [Grid(self._length, block.line)] if is_grid else []
        if block.is_verbatim:
            self._note_text(block.content, block.content_line)
        elif depth < DEEPEST_BLOCK and block.name != "image":
            self.read(block.content, block.content_line, depth + 1)
        if is_grid:
            self._traits.append(self._tables.pop().describe(self._length))
        if "name" in block.options and self.passages[known:]:
            self.titles[block.options["name"].text.lower()] = self.passages[known].text

    def _read_caption(self, caption: Located) -> None:
        """Note the caption of code; what is no paragraph is printed as it was typed."""
        tokens = tokenize(caption.text, self._env)
        if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
            self._read_parts(tokens[1], caption.line)
        else:
            self._note_text(caption.text, caption.line)

    def _read_html(self, html: str, line: int) -> None:
        """Note the words of each cell, caption and point, whatever the tags inside it."""
        words, grid = Line(self._length, line), Grid(self._length, line)
        for part in cut_html(html, line):
            if part.kind == "text":
                words.line = words.line if words.text.strip() else part.line
                words.add(unescape(part.text))
            elif part.name == "br":
                words.add("\n")
            elif part.name in TABLE_HTML and part.name != "a":
                self._end_line(words)
                words = Line(self._length, words.line)
                _follow_tag(part, grid, self._length)
            words.follow(part)
        self._end_line(words)
        if is_table(html):
            self._traits.append(grid.describe(self._length))

    def _read_parts(self, inline: Token, line: int) -> None:
        words = Line(self._length, line)
        for part in inline.children or []:
            self._read_part(part, words)
        self._end_line(words)

    def _end_line(self, words: Line) -> None:
        self._traits += words.traits
        self._note_text(words.text, words.line)

    def _read_part(self, part: Token, words: Line) -> None:
        """Add to *words* what a part of a paragraph shows."""
        if part.type == "myst_role":
            self._read_role(part, words)
        elif part.type == "image":
            source = str(part.attrs.get("src", ""))
            words.put("picture", _describe(source, part.attrs))
            self.files.append(source)
        elif part.type == "footnote_ref":
            words.put("call", part.meta["label"])
        elif part.type == "link_open":
            self.files.append(str(part.attrs.get("href", "")))
        else:
            words.add(read_part(part))
        for tag in cut_html(part.content) if part.type == "html_inline" else ():
            words.follow(tag)

    def _read_role(self, role: Token, words: Line) -> None:
        name = role.meta["name"]
        own, target = split_target(role.content)
        is_bare = name == "ref" and not own
        tag = Part(kind="start", line=0, text="", name=name)
        words.follow(tag)
        words.add(self._find_title(target.lower()) if is_bare else read_role(role))
        words.follow(replace(tag, kind="end"))


def _follow_tag(part: Part, grid: Grid, place: int) -> None:
    """Note in *grid* where a row or a cell of a table in HTML begins or ends."""
    if part.name == "tr" and part.kind == "start":
        grid.begin_row()
    elif part.name in CELLS and part.kind == "start":
        said = dict(part.attributes)
        spans = (said.get("colspan", "1"), said.get("rowspan", "1"))
        grid.begin_cell(place, "" if spans == ("1", "1") else "({},{})".format(*spans))
    elif part.name in CELLS:
        grid.end_cell(place)


def _describe(source: str, options: Mapping[str, Any]) -> str:
    """Return the address of a picture, with the size that is asked for."""
    sizes = ((key, options.get(key)) for key in ("width", "height"))
    said = ((key, each.text if isinstance(each, Located) else each) for key, each in sizes if each)
    return " ".join([source, *(f"{key}={text}" for key, text in said)])
