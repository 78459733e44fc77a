"""What posts are about: how often each has each topic, as arrays kept from build to build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import Reading
from archivist.search.tokenizer import LINK_WORDS, QUESTION_WORDS

Numbers = NDArray[np.int64]

_SHORTEST = 3


class Groups:
    """Rows that are sorted by a number each has."""

    def __init__(self, sizes: Numbers) -> None:
        """Tell them apart: so many have the number 0, so many 1, and so on."""
        self.sizes = sizes
        self._starts = np.cumsum(sizes) - sizes

    def find(self, numbers: Numbers) -> Numbers:
        """Return the rows of each of *numbers*, one after the other."""
        sizes = self.sizes[numbers]
        rows: Numbers = np.repeat(self._starts[numbers] - np.cumsum(sizes) + sizes, sizes)
        rows += np.arange(len(rows))
        return rows


@dataclass(frozen=True, slots=True)
class Counts:
    """A row for each topic of each post, post after post: its number, and how often it is there."""

    topics: NDArray[np.int32]
    times: NDArray[np.int32]
    lengths: Numbers
    """How many topics each post has."""

    @property
    def posts(self) -> Numbers:
        """The post of each row."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def take(self, posts: Numbers, more: Counts) -> Counts:
        """Return the counts of *posts*, of which those of *more* have the numbers after these."""
        lengths = np.append(self.lengths, more.lengths)
        topics, times = np.append(self.topics, more.topics), np.append(self.times, more.times)
        rows = Groups(lengths).find(posts)
        return Counts(topics[rows], times[rows], lengths[posts])


def _count(texts: Sequence[NDArray[np.int32]]) -> Counts:
    """Count the topics in *texts*, each a row of their numbers; -1 is none."""
    posts = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    topics = np.concatenate([np.empty(0, np.int32), *texts])
    most = int(topics.max(initial=0)) + 1
    # Sorted, which is faster than what NumPy finds each number once by.
    found = np.sort((posts * most + topics)[topics >= 0])
    first = np.flatnonzero(np.diff(found, prepend=-1))
    posts, topics = np.divmod(found[first], most)
    return Counts(
        topics=topics.astype(np.int32),
        times=np.diff(first, append=len(found)).astype(np.int32),
        lengths=np.bincount(posts, minlength=len(texts)),
    )


@dataclass(slots=True)
class Topics:
    """What each post is about, kept beside the lexis whose words it knows by their numbers."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _by_word: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    """The topic of each word of the lexis; -1 if it has none."""
    _digests: dict[str, bytes] = field(default_factory=dict)
    """By post, what it was read as."""
    counts: Counts = field(default_factory=lambda: _count([]))

    def _number(self, form: str, key: str, dictionary: Dictionary) -> int:
        """Return the topic of a word: the form of it that the dictionary has."""
        # What does not say what a text is about.
        if len(key) < _SHORTEST or key in QUESTION_WORDS or key in LINK_WORDS:
            return -1
        return self._numbers.setdefault(dictionary.find_topic(form), len(self._numbers))

    def _learn(self, lexis: Lexis, dictionary: Dictionary) -> None:
        known = len(self._by_word)
        words = zip(lexis.forms[known:], lexis.keys[known:], strict=True)
        new = [self._number(form, key, dictionary) for form, key in words]
        self._by_word = np.append(self._by_word, np.array(new, np.int32))

    def __len__(self) -> int:
        """Return how many topics there are, or were."""
        return len(self._numbers)

    def update(
        self, posts: Mapping[str, Reading], lexis: Lexis, dictionary: Dictionary
    ) -> NDArray[np.int64]:
        """Count the topics of *posts* and return the number each had, -1 if it reads otherwise."""
        self._learn(lexis, dictionary)
        had = {pair: number for number, pair in enumerate(self._digests.items())}
        self._digests = {name: post.digest for name, post in posts.items()}
        kept = [had.get(pair, -1) for pair in self._digests.items()]
        new = [post.words for post, old in zip(posts.values(), kept, strict=True) if old < 0]
        found = _count([self._by_word[np.frombuffer(text, np.uint32)] for text in new])
        place = np.array(kept, np.int64)
        place[place < 0] = len(self.counts.lengths) + np.arange(len(new))
        self.counts = self.counts.take(place, found)
        return np.array(kept, np.int64)
