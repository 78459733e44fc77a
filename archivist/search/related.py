"""Which posts are about the same things: the nearest by the words they share."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archivist.search.inflection import Dictionary
from archivist.search.reading import Words
from archivist.search.tokenizer import QUESTION_WORDS

MOST_RELATED = 3
_FEWEST = 2
# A word that half the posts have brings none together.
_MOST_SHARED = 0.5
_SHORTEST = 3


class _Topics:
    """The topics of posts, each by a number, and how often a post has it; filled post by post."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._numbers: dict[str, int] = {}
        self.indices, self.counts, self.ends = array("i"), array("i"), array("q", [0])

    def add_post(self, words: Words) -> None:
        """Count the topics of a post: its words in the form that the dictionary has."""
        found: dict[int, int] = {}
        for key, word, times in words:
            # A word that may say what a text is about.
            if len(key) >= _SHORTEST and key not in QUESTION_WORDS:
                topic = self._dictionary.find_topic(word)
                number = self._numbers.setdefault(topic, len(self._numbers))
                found[number] = found.get(number, 0) + times
        self.indices.extend(found.keys())
        self.counts.extend(found.values())
        self.ends.append(len(self.indices))


@dataclass(frozen=True, slots=True)
class _Weights:
    """A matrix of posts by topics, as its numbers that are not 0, post by post."""

    posts: NDArray[np.int64]
    topics: NDArray[np.int32]
    weights: NDArray[np.float64]

    def compare(self, count: int) -> Iterator[NDArray[np.float64]]:
        """Yield for each of *count* posts how much it is like each: the matrix by itself turned."""
        by_topic = np.argsort(self.topics, kind="stable")
        posts, weights = self.posts[by_topic], self.weights[by_topic]
        ends = [0, *np.cumsum(np.bincount(self.topics)).tolist()]
        for start, end in pairwise(np.searchsorted(self.posts, np.arange(count + 1)).tolist()):
            likeness = np.zeros(count)
            own = self.topics[start:end].tolist(), self.weights[start:end].tolist()
            for topic, weight in zip(*own, strict=True):
                shared = slice(ends[topic], ends[topic + 1])
                # No post is there twice.
                likeness[posts[shared]] += weight * weights[shared]
            yield likeness


def _weigh(topics: _Topics) -> _Weights:
    """Return the weight of each topic in each post, as TF-IDF with logarithms, each post as 1.

    It is that of https://scikit-learn.org/stable/modules/feature_extraction.html. What only one
    post is about, or half of them are, brings none together.
    """
    indices, ends = np.array(topics.indices), np.array(topics.ends)
    posts = len(ends) - 1
    uses = np.bincount(indices, minlength=1)
    rare = np.log((1 + posts) / (1 + uses)) + 1
    rare[(uses < _FEWEST) | (uses > max(_FEWEST, int(posts * _MOST_SHARED)))] = 0
    weights = (1 + np.log(np.array(topics.counts))) * rare[indices]
    kept = weights > 0
    rows, weights = np.repeat(np.arange(posts), np.diff(ends))[kept], weights[kept]
    lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=posts))
    return _Weights(rows, indices[kept], weights / lengths[rows])


def _nearest(likeness: NDArray[np.float64], own: int) -> list[int]:
    """Return the numbers of the posts most alike, none that shares nothing."""
    likeness[own] = 0
    # Rounded, so that what decides between equals is the order of the posts.
    rounded = np.round(likeness, 4)
    kept = min(MOST_RELATED, len(rounded))
    least = np.partition(rounded, -kept)[-kept]
    candidates = np.flatnonzero((rounded >= least) & (likeness > 0))
    ranked = sorted(candidates.tolist(), key=lambda number: (-rounded[number], -number))
    return ranked[:MOST_RELATED]


def find_related(posts: Mapping[str, Words], dictionary: Dictionary) -> dict[str, tuple[str, ...]]:
    """Return for each of *posts*, oldest first, those to read next, best first."""
    names, topics = list(posts), _Topics(dictionary)
    for words in posts.values():
        topics.add_post(words)
    rows = enumerate(_weigh(topics).compare(len(names)))
    return {
        names[number]: tuple(names[other] for other in _nearest(row, number))
        for number, row in rows
    }
