"""What the search takes from an article: the numbers of its words in order, and what is around."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from archivist.files import compress, decompress
from archivist.search.acronyms import Expansion, define_acronym, find_acronyms
from archivist.search.article import ArticleBlock
from archivist.search.lexis import Lexis
from archivist.search.tokenizer import (
    Compound,
    find_compounds,
    find_figures,
    join_words,
    split_chunks,
    split_words,
)

LABEL, WHOLE = "&", "@"
"""How keys end of what is no word of a text: `jeunesse#` of a label, `lesaides@` of a whole title."""

Acronym = tuple[str, Expansion]

# As browsers show them; no-break spaces stay.
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")


class Heading(NamedTuple):
    """A heading: at which word it begins, how many it has, and where it is on the page."""

    place: int
    length: int
    level: int
    anchor: str
    text: str


# Without slots, which make unpickling so many take thrice as long.
@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the search takes from an article: kept as long as the article is the same."""

    title: str
    packed: bytes
    """Its blocks as text, a line each, in less room."""
    words: bytes
    """The number of each word in order, link words too, as 32 bits in the machine's order."""
    headings: tuple[Heading, ...]
    compounds: tuple[Compound, ...]
    """Words also typed as one, with their parts."""
    acronyms: tuple[Acronym, ...]
    digest: bytes
    """The same for the same text under the same headings."""

    @property
    def text(self) -> str:
        """Its blocks, a line each, with the spaces that readers see."""
        return decompress(self.packed)


def _find_acronyms(texts: Sequence[str]) -> Iterator[Acronym]:
    for text in texts:
        if "(" in text:
            yield from find_acronyms(split_words(text))
    for term, definition in pairwise(texts):
        if term.isupper():
            yield from define_acronym(split_words(term), split_words(definition))


def _write_line(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    is_plain = text.isprintable() and "  " not in text
    return (text if is_plain else _SPACES.sub(" ", text)).strip(" ")


def read_blocks(blocks: Sequence[ArticleBlock], lexis: Lexis) -> Reading:
    """Return what the search takes from an article of *blocks*; the first, if any, is the title."""
    words, headings, compounds = array("I"), [], set[Compound]()
    lines = [_write_line(block.text) for block in blocks]
    chunks = set[str]()
    for block, line in zip(blocks, lines, strict=True):
        place, pieces = len(words), line.split()
        words.fromlist(lexis.read(pieces))
        chunks.update(pieces)
        compounds.update(find_figures(line))
        if block.heading:
            length, level = len(words) - place, int(block.heading[1])
            headings.append(Heading(place, length, level, block.anchor, line))
    told = json.dumps([lines, headings], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Reading(
        title=lines[0] if lines else "",
        packed=compress("\n".join(lines)),
        words=words.tobytes(),
        headings=tuple(headings),
        compounds=tuple(sorted(compounds | lexis.find_compounds(chunks))),
        acronyms=tuple(dict.fromkeys(pair for pair in _find_acronyms(lines) if pair[1])),
        digest=hashlib.blake2b(told, digest_size=8).digest(),
    )


def label_reading(
    reading: Reading, labels: Iterable[str], wholes: Iterable[str], lexis: Lexis
) -> Reading:
    """Return *reading* with what finds its page besides its text, after the words of that.

    *labels* are searched word by word; each of *wholes* only as one.
    """
    tokens = {each.key: each for text in labels for each in split_words(text)}
    words = [
        lexis.number(each.text, key + LABEL) for key, each in tokens.items() if each.is_searched
    ]
    keys = sorted(set[str]().union(*map(join_words, wholes)))
    words += (lexis.number(key, key + WHOLE) for key in keys)
    joined = {
        each for text in labels for chunk in split_chunks(text) for each in find_compounds(chunk)
    }
    return replace(
        reading,
        words=reading.words + array("I", words).tobytes(),
        compounds=tuple(sorted({*reading.compounds, *joined})),
    )
