"""Where each word of the site stands, in plain text files, cut by the alphabet.

A file holds its words, parted by spaces, a line end, then numbers, each as the sign of that code:
UTF-8 writes a small one in a byte. For each word: how many pages have it; for each of them the
step from the last, twice how often it is there, and one more if headings make it weigh more, which
the next number says then; and each place, as the step from the last.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archivist.search.reading import Reading
from archivist.search.tables import Tables

Numbers = NDArray[np.int64]

# Numbers to a file: what a word of a query costs, against the length of the list of files, which
# every search loads. Both grow as the root of the pages.
_LEAST_FILE, _FILE_A_ROOT = 5_000, 200
# Codes that are no signs are passed over.
_SURROGATES, _HOW_MANY = 0xD800, 0x800


@dataclass(frozen=True, kw_only=True, slots=True)
class Postings:
    """The words that are searched, by the alphabet, and all that is told of them in a row."""

    words: list[str]
    pages: list[int]
    """How many pages have each word."""
    numbers: Numbers
    ends: list[int]
    """Where what is told of each word ends, in *numbers*."""

    def cut(self, pages: int) -> Iterator[tuple[str, str]]:
        """Yield the first word and the text of each file of a site of so many *pages*."""
        most = max(_LEAST_FILE, round(_FILE_A_ROOT * math.sqrt(pages)))
        start = begin = 0
        for end, (stop, after) in enumerate(pairwise([*self.ends, math.inf]), 1):
            if after - begin > most:
                words = " ".join(self.words[start:end])
                yield self.words[start], f"{words}\n{_write(self.numbers[begin : int(stop)])}"
                start, begin = end, int(stop)


def _write(numbers: Numbers) -> str:
    codes = np.where(numbers < _SURROGATES, numbers, numbers + _HOW_MANY)
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def _find_firsts(values: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell of each of *values* whether it differs from the one before."""
    return np.not_equal(np.diff(values, prepend=-1), 0)


def _step(values: NDArray[np.integer], firsts: NDArray[np.bool_]) -> Numbers:
    """Return how much each of *values* is more than the last, or all of it if it is a first."""
    steps = np.diff(values, prepend=0)
    return np.where(firsts, values, steps).astype(np.int64)


def find_postings(tables: Tables, readings: Sequence[Reading]) -> Postings:
    """Return where the words of all pages stand."""
    rows = np.flatnonzero(tables.searched[tables.keys])
    # By word, then as they stand.
    packed = np.sort((tables.keys[rows].astype(np.int64) << 32) | rows)
    keys, rows = packed >> 32, packed & 0xFFFFFFFF
    begins_word = _find_firsts(keys)
    begins_page = begins_word | _find_firsts(tables.pages[rows])
    places = _step(tables.number_places()[rows], begins_page)
    firsts = np.flatnonzero(begins_page)
    counts = np.diff(np.append(firsts, len(rows)))
    weights = np.add.reduceat(tables.weigh(readings)[rows], firsts, dtype=np.int64)
    begins_word = begins_word[firsts]
    pages = _step(tables.pages[rows[firsts]], begins_word)
    words = np.flatnonzero(begins_word)
    pages_of = np.diff(np.append(words, len(firsts)))
    # What stands before the places of a word on a page.
    is_heavy = weights > counts
    heads = 2 + is_heavy + begins_word
    ends = np.cumsum(heads + counts)
    starts = ends - heads - counts
    numbers = np.empty(ends[-1] if len(ends) else 0, dtype=np.int64)
    numbers[starts[words]] = pages_of
    steps = starts + begins_word
    numbers[steps] = pages
    numbers[steps + 1] = 2 * counts + is_heavy
    numbers[steps[is_heavy] + 2] = weights[is_heavy]
    numbers[np.arange(len(rows)) + np.repeat(starts + heads - firsts, counts)] = places
    return Postings(
        words=[tables.names[key] for key in keys[firsts[words]].tolist()],
        pages=pages_of.tolist(),
        numbers=numbers,
        ends=ends[np.append(words[1:], len(firsts)) - 1].tolist() if len(words) else [],
    )
