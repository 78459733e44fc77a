"""What the index takes from an article: found once, and kept as long as the article is the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from sys import intern
from typing import TYPE_CHECKING

from archivist.files import pack
from archivist.search.acronyms import define_acronym, find_acronyms
from archivist.search.marks import write_blocks
from archivist.search.tokenizer import (
    WORDS_KEPT,
    find_compounds,
    read_chunk,
    share_count,
    split_chunks,
    split_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archivist.search.article import Block
    from archivist.search.tokenizer import Compound

    # The keys of words, how they are written, and how often they are there.
    Words = tuple[tuple[str, str, int], ...]
    # An acronym, and the keys of the words it stands for.
    Acronym = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """An article: its *title*, its *copy* for Pagefind, and what the lexicon says of it.

    *copy* is packed, as it is kept for every article. *words* are the keys of those that are
    searched, how each is written, and how often; *compounds* are words also typed as one, with
    their parts.
    """

    title: str
    copy: bytes
    words: Words
    compounds: tuple[tuple[str, tuple[str, ...]], ...]
    acronyms: tuple[Acronym, ...]


@lru_cache(WORDS_KEPT)
def _read_keys(chunk: str) -> tuple[tuple[str, str], ...]:
    """Return the key of each word in *chunk* that is searched, and the word as it is written."""
    return tuple(
        (intern(token.key), intern(token.text)) for token in read_chunk(chunk) if token.is_searched
    )


def count_words(texts: Iterable[str]) -> Words:
    """Return the keys of the words of *texts* that are searched, the words, and how often."""
    chunks = Counter(chain.from_iterable(map(split_chunks, texts)))
    found: dict[tuple[str, str], int] = {}
    for chunk, times in chunks.items():
        for pair in _read_keys(chunk):
            found[pair] = found.get(pair, 0) + times
    return tuple(map(share_count, found.keys(), found.values()))


@cache
def _share_compound(compound: Compound) -> tuple[str, tuple[str, ...]]:
    """Return *compound* in the form it is kept in, one and the same for all who ask."""
    return compound.joined, compound.parts


def _find_compounds(texts: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for text in texts:
        for compound in sorted(find_compounds(text), key=repr):
            yield _share_compound(compound)


def _find_acronyms(texts: Sequence[str]) -> Iterator[Acronym]:
    for text in texts:
        if "(" in text:
            yield from find_acronyms(split_words(text))
    for term, definition in pairwise(texts):
        if term.isupper():
            yield from define_acronym(split_words(term), split_words(definition))


def read_blocks(blocks: Sequence[Block]) -> Reading:
    """Return what the index takes from an article of *blocks*; the first, if any, is the title."""
    texts = [block.text for block in blocks]
    return Reading(
        title=texts[0] if texts else "",
        copy=pack(write_blocks(blocks)),
        words=count_words(texts),
        compounds=tuple(dict.fromkeys(_find_compounds(texts))),
        acronyms=tuple(pair for pair in _find_acronyms(texts) if pair[1]),
    )
