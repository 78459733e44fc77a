"""Where each word of the site stands, in plain text files, cut by the alphabet.

Link words have their places too, for phrases in quotes; they fill files that nothing else loads.
So have, under a sign that is no word, those that are written otherwise than their key: « élu(e)s ».

A file holds its words, parted by spaces, a line end, then numbers, each as the sign of that code:
UTF-8 writes a small one in a byte. For each word: how many pages have it; for each of them the
step from the last, twice how often it is there, and one more if headings make it weigh more, which
the next number says then; and each place, as the step from the last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archivist.search.reading import Reading
from archivist.search.tables import Tables

# Comes after all words; docs/_static/search/index.js knows it too.
ODD = "\uffff"
_ODD_FORM = re.compile(r"[^\w'’ʼ]")

Numbers = NDArray[np.uint32]

# Numbers to a file: what a word of a query costs, against the length of the list of files, which
# every search loads. Both grow as the root of the pages.
_LEAST_FILE, _FILE_A_ROOT = 5_000, 60
# Codes that are no signs are passed over.
_SURROGATES, _HOW_MANY = 0xD800, 0x800


@dataclass(frozen=True, kw_only=True, slots=True)
class Postings:
    """The words, by the alphabet, and all that is told of them in a row."""

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
    codes = np.where(numbers < _SURROGATES, numbers, numbers + np.uint32(_HOW_MANY))
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def _find_firsts(values: Numbers) -> NDArray[np.bool_]:
    """Tell of each of *values* whether it differs from the one before."""
    firsts = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=firsts[1:])
    return firsts


def _step(values: Numbers, firsts: NDArray[np.bool_]) -> Numbers:
    """Return how much each of *values* is more than the last, or all of it if it is a first."""
    steps = values.copy()
    np.subtract(values[1:], values[:-1], out=steps[1:], where=~firsts[1:])
    return steps


def _sort(tables: Tables) -> tuple[Numbers, Numbers]:
    """Return the keys of all words, by the alphabet, and the row of each; then those of odd ones."""
    packed = tables.keys.astype(np.int64)
    packed <<= 32
    packed |= np.arange(len(packed))
    is_odd = np.array([bool(_ODD_FORM.search(form)) for form in tables.forms], np.bool_)
    rows = np.flatnonzero(is_odd[tables.words])
    packed = np.append(packed, (len(tables.names) << 32) | rows)
    packed.sort()
    return (packed >> 32).astype(np.uint32), packed.astype(np.uint32)


def find_postings(tables: Tables, readings: Sequence[Reading]) -> Postings:
    """Return where the words of all pages stand."""
    keys, rows = _sort(tables)
    begins_word = _find_firsts(keys)
    begins_page = begins_word | _find_firsts(tables.pages[rows])
    firsts = np.flatnonzero(begins_page)
    counts = np.diff(firsts, append=len(rows)).astype(np.uint32)
    weights = np.add.reduceat(tables.weigh(readings)[rows], firsts, dtype=np.uint32)
    pages, begins_word = tables.pages[rows[firsts]], begins_word[firsts]
    words = np.flatnonzero(begins_word)
    pages_of = np.diff(words, append=len(firsts))
    # Before the places of a word on a page: how many pages, if it is the first; the page; how often; the weight.
    is_heavy = weights > counts
    sizes = counts + is_heavy + begins_word + np.uint32(2)
    ends = np.cumsum(sizes, dtype=np.uint32)
    steps = ends - counts - 2 - is_heavy
    numbers = np.zeros(ends[-1] if len(ends) else 0, dtype=np.uint32)
    numbers[steps] = _step(pages, begins_word)
    numbers[steps[words] - 1] = pages_of
    numbers[steps + 1] = 2 * counts + is_heavy
    numbers[steps[is_heavy] + 2] = weights[is_heavy]
    is_place = np.ones(len(numbers), dtype=np.bool_)
    for before in (1, 2):
        is_place[ends - counts - before] = False
    is_place[steps[is_heavy]] = is_place[steps[words] - 1] = False
    numbers[is_place] = _step(tables.number_places()[rows], begins_page)
    return Postings(
        words=[(*tables.names, ODD)[key] for key in keys[firsts[words]].tolist()],
        pages=pages_of.tolist(),
        numbers=numbers,
        ends=ends[np.append(words[1:], len(firsts)) - 1].tolist() if len(words) else [],
    )
