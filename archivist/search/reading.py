"""What the index takes from an article: found once, and kept as long as the article is the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from sys import intern
from typing import TYPE_CHECKING

from archivist.search.acronyms import define_acronym, find_acronyms
from archivist.search.copies import write_blocks
from archivist.search.words import (
    find_compounds,
    read_chunk,
    share_count,
    split_chunks,
    split_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.search.articles import Block

    # An acronym, and the keys of the words it stands for.
    Acronym = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """An article: its *title*, its *copy* for Pagefind, and what the lexicon says of it.

    *spellings* are the keys of its words, how each is written, and how often; *compounds* are
    words also typed as one, with their parts.
    """

    title: str
    copy: str
    spellings: tuple[tuple[str, str, int], ...]
    compounds: tuple[tuple[str, tuple[str, ...]], ...]
    acronyms: tuple[Acronym, ...]


@cache
def _read_keys(chunk: str) -> tuple[tuple[str, str], ...]:
    """Return the key of each word in *chunk* that is searched, and the word as it is written."""
    return tuple(
        (intern(token.key), intern(token.text.lower()))
        for token in read_chunk(chunk)
        if token.is_searched
    )


def _count_spellings(texts: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    chunks = Counter(chunk for text in texts for chunk in split_chunks(text))
    found: Counter[tuple[str, str]] = Counter()
    for chunk, times in chunks.items():
        for pair in _read_keys(chunk):
            found[pair] += times
    for pair, times in found.items():
        yield share_count(pair, times)


def _find_compounds(texts: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for text in texts:
        for compound in sorted(find_compounds(text), key=repr):
            yield compound.joined, compound.parts


def _find_acronyms(texts: Sequence[str]) -> Iterator[Acronym]:
    for text in texts:
        if "(" in text:
            yield from find_acronyms(split_words(text))
    for term, definition in pairwise(texts):
        if term.isupper():
            yield from define_acronym(split_words(term), split_words(definition))


def read_blocks(blocks: Sequence[Block]) -> Reading:
    """Return what the index takes from an article of *blocks*, of which the first is the title."""
    texts = [block.text for block in blocks]
    return Reading(
        title=texts[0],
        copy=write_blocks(blocks),
        spellings=tuple(_count_spellings(texts)),
        compounds=tuple(dict.fromkeys(_find_compounds(texts))),
        acronyms=tuple(pair for pair in _find_acronyms(texts) if pair[1]),
    )
