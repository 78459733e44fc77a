"""All words of all pages as arrays, which indexes, lists and likenesses are made from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archivist.search.lexis import Lexis
from archivist.search.reading import WHOLE, Reading
from archivist.search.tokenizer import LINK_WORDS

# What a word counts in a text, and in a heading of each level from the first.
_WEIGHTS = (1, 10, 4, 3, 2, 2, 2)


class Tables:
    """A row for each word of each page, page after page, and a list of the keys there are."""

    def __init__(self, readings: Sequence[Reading], lexis: Lexis) -> None:
        self._lexis = lexis
        self.forms = lexis.forms
        """Each word as it is written, by its number in the lexis."""
        texts = [np.frombuffer(reading.words, dtype=np.uint32) for reading in readings]
        self.lengths = np.array([len(text) for text in texts], dtype=np.int64)
        """How many words each page has."""
        self.starts = np.cumsum(self.lengths) - self.lengths
        """The row that each page begins at."""
        self.words = np.concatenate([np.empty(0, np.uint32), *texts])
        """The number of each word in the lexis."""
        self.pages = np.repeat(np.arange(len(texts), dtype=np.uint32), self.lengths)
        self.used = np.flatnonzero(np.bincount(self.words, minlength=len(lexis.forms)))
        """The numbers of the words that some page has."""
        keys = [lexis.keys[number] for number in self.used.tolist()]
        self.names = sorted(set(keys))
        """The keys there are, in the order of the alphabet."""
        rank = {name: at for at, name in enumerate(self.names)}
        self.key_of = np.full(len(lexis.forms), -1, dtype=np.int32)
        """For each number of the lexis its key, by its place in names; -1 if no page has it."""
        self.key_of[self.used] = [rank[key] for key in keys]
        self.keys = self.key_of[self.words]
        """The key of each word, by its place in names."""

    def number_places(self) -> NDArray[np.uint32]:
        """Return for each word where it stands on its page."""
        places = np.arange(len(self.words), dtype=np.uint32)
        places -= np.repeat(self.starts.astype(np.uint32), self.lengths)
        return places

    def weigh(self, readings: Sequence[Reading]) -> NDArray[np.uint8]:
        """Return for each word what it counts: more in a heading."""
        weights = np.ones(len(self.words), dtype=np.uint8)
        for start, reading in zip(self.starts.tolist(), readings, strict=True):
            for place, length, level, *_ in reading.headings:
                weights[start + place : start + place + length] = _WEIGHTS[level]
        return weights

    def list_uses(self, first: int = 0) -> list[tuple[str, str, int]]:
        """Return the keys of words from page *first* on, with each word and how often it is there.

        Those by which nothing is found are left out, as whole names; others are in the order of
        their first uses.
        """
        forms, keys = self._lexis.forms, self._lexis.keys
        words = self.words[self.starts[first] :] if first < len(self.starts) else self.words[:0]
        uses = np.bincount(words, minlength=len(forms))
        met = np.zeros(len(forms), np.int64)
        # The last that is written stays.
        met[words[::-1]] = np.arange(len(words))[::-1]
        used = np.flatnonzero(uses)
        used = used[np.argsort(met[used])]
        told = zip(used.tolist(), uses[used].tolist(), strict=True)
        return [
            (keys[number], forms[number], times)
            for number, times in told
            if keys[number] not in LINK_WORDS and not keys[number].endswith(WHOLE)
        ]

    def number(self, groups: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """Return for each key the number of the group it is in, -1 if it is in none."""
        numbers = {key: number for number, group in enumerate(groups) for key in group}
        return np.array([numbers.get(name, -1) for name in self.names], np.int64)

    def list_pages(self, groups: NDArray[np.int64], first: int = 0) -> list[list[int]]:
        """Return the pages of each group, from page *first* on, which is 0; -1 is no group.

        *groups* has the group of each key.
        """
        start = self.starts[first] if first < len(self.starts) else len(self.words)
        pairs = (groups[self.keys[start:]] << 32) | (self.pages[start:] - first)
        pairs = np.sort(pairs[pairs >= 0])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        ends = np.cumsum(np.bincount(pairs >> 32, minlength=groups.max(initial=-1) + 1)).tolist()
        pages = (pairs & 0xFFFFFFFF).tolist()
        return [pages[begin:end] for begin, end in pairwise([0, *ends])]
