"""The words of a post, as its reader reads them: what its checksum is made of.

The rule, by which anyone can find the same checksum without this code:

1. The words are those of the title, then of the text, in the order of the file: paragraphs,
   headings, points, cells, quotes, definitions, notes, legends, titles of blocks, code. What
   is between the signs of Markdown or the tags of HTML counts, those signs and tags do not.
2. Left out: the header; what an image shows (`alt`); what an address, the `title` of a link or
   an abbreviation says; the numbers of notes and points; remarks of HTML; `{ref}` without words
   of its own; and the blocks `{update}`, `{erratum}` and `{outdated}`, which are later.
3. Signs of Unicode's category Cf, as soft hyphens, are taken out; the rest is put in NFC.
4. Each run of white space (no-break spaces, ends of lines, ends of paragraphs and cells) is one
   space, and there is none at either end.
5. The checksum is the SHA-256 of that, in UTF-8.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from html import unescape
from typing import Any

from markdown_it.token import Token

from archivist.posts.blocks import FENCES, TITLED, Block, Located, read_block
from archivist.posts.tokens import read_part, read_role, split_target, tokenize, tokenize_line
from archivist.syntax.allowed import LATER_BLOCKS, NAME_ROLES, TABLE_HTML
from archivist.syntax.html import cut_html
from archivist.syntax.limits import DEEPEST_BLOCK


def normalise_words(text: str) -> str:
    """Return *text* as it counts: no sign that shows nothing, in NFC, single spaces."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", shown).split())


def join_words(passages: Iterable[Located]) -> str:
    """Return the words of *passages* as one text."""
    return " ".join(passage.text for passage in passages)


def hash_words(words: str) -> str:
    """Return the SHA-256 of *words*, in hexadecimal figures."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


class WordReader:
    """Reads the words of a text: *passages* with their lines, *later* blocks that are no words."""

    def __init__(self) -> None:
        self.passages: list[Located] = []
        self.later: list[Block] = []
        # Definitions of links, which a block shares with the text around it.
        self._env: dict[str, Any] = {}

    def read(self, text: str, first_line: int, depth: int = 0) -> None:
        """Note the words of *text*, whose first line is *first_line* of its file."""
        line = first_line
        for token in tokenize(text, self._env):
            # An empty line goes before the text.
            line = first_line + token.map[0] - 1 if token.map else line
            if token.type == "inline":
                self._note(_read_parts(token), line)
            elif token.type in FENCES:
                self._read_block(read_block(token, line), depth)
            elif token.type == "html_block":
                self._read_html(token.content, line)
            elif token.type == "code_block":
                self._note(token.content, line)

    def _note(self, text: str, line: int) -> None:
        words = normalise_words(text)
        if words:
            self.passages.append(Located(text=words, line=line))

    def _read_block(self, block: Block, depth: int) -> None:
        if block.name in LATER_BLOCKS:
            self.later.append(block)
            return
        if block.name in TITLED:
            parts = tokenize_line(block.argument, self._env)
            self._note("".join(map(_read_parts, parts)), block.line)
        caption = block.options.get("caption")
        if caption:
            self.read(caption.text, caption.line, DEEPEST_BLOCK)
        if block.is_verbatim:
            self._note(block.content, block.content_line)
        elif depth < DEEPEST_BLOCK and block.name != "image":
            self.read(block.content, block.content_line, depth + 1)

    def _read_html(self, html: str, line: int) -> None:
        """Note the words of each cell, caption and point, whatever the tags inside it."""
        words, first_line = "", line
        for part in cut_html(html, line):
            if part.kind == "text":
                first_line = first_line if words.strip() else part.line
                words += unescape(part.text)
            elif part.name == "br":
                words += "\n"
            elif part.name in TABLE_HTML and part.name != "a":
                self._note(words, first_line)
                words = ""
        self._note(words, first_line)


def _read_parts(inline: Token) -> str:
    return "".join(map(_read_words, inline.children or []))


def _read_words(part: Token) -> str:
    """Return what a part of a paragraph shows; an image and the call of a note are no words."""
    if part.type != "myst_role":
        return read_part(part)
    name = part.meta["name"]
    if name == "ref" and not split_target(part.content)[0]:
        return ""
    # By the rule of these checksums a name is as it was typed.
    return part.content if name in NAME_ROLES else read_role(part)
