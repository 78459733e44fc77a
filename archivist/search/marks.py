"""Copies of articles for Pagefind to index: the same text, with marks that make it French.

Pagefind takes what stands between two spaces for a word, and what begins like a query for an
answer. In a copy each word ends with a mark, so that only the whole of it answers; words are
cut where French cuts them, with a mark where no space was; and what nothing is found by is
written in signs that are no letters. ``docs/_static/search/excerpt.js`` undoes all marks.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from archivist.search.tokenizer import WORDS_KEPT, Token, fold, read_chunk, split_chunks

# Ends a word that is searched: Pagefind takes it for a letter.
END = "_"
# Where a word was cut from the next. Pagefind takes punctuation of ASCII for a space.
CUT = "|"
# Letters moved there are letters no more.
_PRIVATE_USE = 0xE000
_PRIVATE_USE_LENGTH = 0x1900
_LIGATURES = str.maketrans({"œ": "oe\u034f", "Œ": "OE\u034f", "æ": "ae\u034f", "Æ": "AE\u034f"})


@dataclass(frozen=True, slots=True)
class ArticleBlock:
    """A paragraph, an item, a cell or a heading; a heading has an anchor in the page."""

    text: str
    heading: str = ""
    anchor: str = ""


def hide(text: str) -> str:
    """Return *text* in signs that no search finds; its spaces stay."""
    moved = ((sign, ord(sign)) for sign in text)
    return "".join(
        sign if sign.isspace() or code >= _PRIVATE_USE_LENGTH else chr(_PRIVATE_USE + code)
        for sign, code in moved
    )


def _mark_word(token: Token) -> str:
    """Return the text of a searched *token*; what is not in its key is hidden."""
    if token.text.isascii() and token.text.lower() == token.key:
        return token.text + END
    shown, at = [], 0
    for sign in token.text:
        folded = fold(sign)
        if folded and token.key.startswith(folded, at):
            at += len(folded)
            shown.append(sign.translate(_LIGATURES))
        else:
            shown.append(hide(sign))
    return "".join(shown) + END


def _mark_token(token: Token) -> str:
    if token.is_searched:
        return _mark_word(token)
    return hide(token.text) if token.key or token.text in {CUT, END} else token.text


def _is_attached(token: Token) -> bool:
    """Tell whether *token* is punctuation that may stay with the word before or after it."""
    return not token.key and token.text.isascii()


@lru_cache(WORDS_KEPT)
def _mark_chunk(chunk: str) -> str:
    marked: list[str] = []
    before: Token | None = None
    # Whether there is a word since the last cut.
    holds_word = False
    for token in read_chunk(chunk):
        sign = _mark_token(token)
        if before and not _is_attached(token) and (holds_word or not _is_attached(before)):
            marked.append(f"{CUT} ")
            holds_word = False
        marked.append(sign)
        holds_word = holds_word or _has_word(sign)
        before = token
    return "".join(marked)


def mark_text(text: str) -> str:
    """Return *text* as Pagefind is to read it."""
    return " ".join(map(_mark_chunk, split_chunks(text)))


def _has_word(marked: str) -> bool:
    return any(sign.isalnum() or ord(sign) >= _PRIVATE_USE for sign in marked)


def write_blocks(blocks: Sequence[ArticleBlock]) -> str:
    """Return *blocks* as the copy of a page has them."""
    copy = []
    for block in blocks:
        name, text = block.heading or "p", html.escape(mark_text(block.text))
        anchor = f' id="{html.escape(block.anchor)}"' if block.anchor else ""
        copy.append(f"<{name}{anchor}>{text}</{name}>")
    return "\n".join(copy)
