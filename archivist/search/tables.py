"""All words of all pages as arrays, which indexes, lists and likenesses are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archivist.search.lexis import Lexis
from archivist.search.reading import Reading
from archivist.search.tokenizer import LINK_WORDS

# What a word counts in a text, and in a heading of each level from the first.
_WEIGHTS = (1, 10, 4, 3, 2, 2, 2)


class Tables:
    """A row for each word of each page, page after page, and a list of the keys there are."""

    def __init__(self, readings: Sequence[Reading], lexis: Lexis) -> None:
        self._lexis = lexis
        texts = [np.frombuffer(reading.words, dtype=np.uint32) for reading in readings]
        self.lengths = np.array([len(text) for text in texts], dtype=np.int64)
        """How many words each page has."""
        self.starts = np.cumsum(self.lengths) - self.lengths
        """The row that each page begins at."""
        self.words = np.concatenate([np.empty(0, np.uint32), *texts])
        """The number of each word in the lexis."""
        self.pages = np.repeat(np.arange(len(texts), dtype=np.uint32), self.lengths)
        uses = np.bincount(self.words, minlength=len(lexis.forms))
        self.used = np.flatnonzero(uses)
        """The numbers of the words that some page has."""
        self.uses = uses[self.used]
        """How often they are there."""
        keys = [lexis.keys[number] for number in self.used.tolist()]
        self.names = sorted(set(keys))
        """The keys there are, in the order of the alphabet."""
        rank = {name: at for at, name in enumerate(self.names)}
        self.key_of = np.full(len(lexis.forms), -1, dtype=np.int32)
        """For each number of the lexis its key, by its place in names; -1 if no page has it."""
        self.key_of[self.used] = [rank[key] for key in keys]
        self.keys = self.key_of[self.words]
        """The key of each word, by its place in names."""
        self.searched = np.array([name not in LINK_WORDS for name in self.names], dtype=np.bool_)
        """For each key whether anything is found by it."""

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

    def spell(self) -> dict[str, dict[str, int]]:
        """Return for each key by which anything is found how often it is written so, in lower case."""
        written: defaultdict[str, dict[str, int]] = defaultdict(dict)
        forms, keys = self._lexis.forms, self._lexis.keys
        for number, times in zip(self.used.tolist(), self.uses.tolist(), strict=True):
            if keys[number] not in LINK_WORDS:
                said, form = written[keys[number]], forms[number].lower()
                said[form] = said.get(form, 0) + times
        return written

    def list_pages(self) -> list[list[int]]:
        """Return for each key the numbers of the pages that have it."""
        pairs = np.unique((self.keys.astype(np.int64) << 32) | self.pages)
        ends = np.cumsum(np.bincount(pairs >> 32, minlength=len(self.names)))
        return [pages.tolist() for pages in np.split(pairs & 0xFFFFFFFF, ends)[:-1]]
