"""How alike posts are: the cosine of their topics, weighed as TF-IDF with logarithms.

It is that of https://scikit-learn.org/stable/modules/feature_extraction.html, in steps so large
that sums of products are exact, whatever their order and the numbers of topics.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from archivist.search.topics import Counts, Groups, Numbers

Floats = NDArray[np.float64]

# A number below 1 has 53 bits: a product of two that have half of them has no more.
_STEP = 2.0**-25
_FEWEST = 2
# A word that half the posts have brings none together.
_MOST_SHARED = 0.5
# Topics of more posts are compared for all posts at once, where many posts are compared.
_FREQUENT = 0.1
_MANY = 0.1
# So many posts are compared at once.
_BLOCK = 64
_PAIRED = 16


def find_rarity(uses: Numbers, posts: int) -> Floats:
    """Return how rare each topic is, of which so many of all *posts* are; 0 if it joins none."""
    rarity: Floats = np.log((1 + posts) / (1 + np.arange(posts + 1))) + 1
    rarity[:_FEWEST] = 0
    rarity[max(_FEWEST, int(posts * _MOST_SHARED)) + 1 :] = 0
    return rarity[uses]


class Shares:
    """The share of each topic in each post, of those that bring posts together: row by row."""

    def __init__(self, counts: Counts, topics: int) -> None:
        """Weigh what is counted of so many *topics*."""
        self.counts, self.size = counts, len(counts.lengths)
        self.uses = np.bincount(counts.topics, minlength=topics)
        self.rarity = rarity = find_rarity(self.uses, self.size)
        kept = np.flatnonzero(rarity[counts.topics])
        self.posts: Numbers = counts.posts[kept]
        self.topics, times = counts.topics[kept], counts.times[kept]
        often = 1 + np.log(np.arange(1, times.max(initial=0) + 1))
        exact: Floats = often[times - 1] * rarity[self.topics]
        squares = np.rint(exact * exact / _STEP) * _STEP
        self.exact = exact / np.sqrt(np.bincount(self.posts, squares, self.size))[self.posts]
        """… of the whole of a post, whose length is 1."""
        self.stepped: Floats = np.rint(self.exact / _STEP) * _STEP
        self.error = float(_STEP * np.sqrt(counts.lengths.max(initial=0)))
        """How far likeness is off, at most, as it is that of steps."""


def _tabulate(shares: Shares, is_frequent: NDArray[np.bool_]) -> Floats:
    """Return a table of posts by frequent topics."""
    table = np.zeros((shares.size, int(is_frequent.sum())))
    rows = np.flatnonzero(is_frequent[shares.topics])
    columns = np.cumsum(is_frequent) - 1
    table[shares.posts[rows], columns[shares.topics[rows]]] = shares.stepped[rows]
    return table


class Comparison:
    """Posts, compared by the topics that few have, and in a table by those that many have."""

    def __init__(self, shares: Shares, posts: int) -> None:
        """Sort the shares, for so many *posts* to be compared with all others."""
        # To make a table takes longer than to compare a few.
        least = _FREQUENT if posts > _MANY * shares.size else 1
        is_frequent = shares.uses > least * shares.size
        self._size, self._table = shares.size, _tabulate(shares, is_frequent)
        rows = np.flatnonzero(~is_frequent[shares.topics])
        self._topics, posts_, self._weights = (
            shares.topics[rows],
            shares.posts[rows],
            shares.stepped[rows],
        )
        self._by_post = Groups(np.bincount(posts_, minlength=shares.size))
        self._by_topic = Groups(np.bincount(self._topics, minlength=len(shares.uses)))
        # Sorted as short numbers, which is much faster.
        topics = self._topics.astype(np.min_scalar_type(len(shares.uses)))
        order = np.argsort(topics, kind="stable")
        self._others, self._other_weights = posts_[order], self._weights[order]

    def _compare_rare(self, posts: Numbers) -> Floats:
        own = self._by_post.find(posts)
        met = self._by_topic.find(self._topics[own])
        sizes = self._by_topic.sizes[self._topics[own]]
        lines = np.repeat(np.arange(len(posts)), self._by_post.sizes[posts])
        return np.bincount(
            np.repeat(lines * self._size, sizes) + self._others[met],
            np.repeat(self._weights[own], sizes) * self._other_weights[met],
            minlength=len(posts) * self._size,
        ).reshape(len(posts), self._size)

    def compare(self, posts: Numbers) -> Iterator[tuple[Numbers, Floats]]:
        """Yield some of *posts* at a time, with how alike each is to all others; 0 to itself."""
        for start in range(0, len(posts), _BLOCK):
            some = posts[start : start + _BLOCK]
            likeness = self._compare_rare(some) + self._table[some] @ self._table.T
            likeness[np.arange(len(some)), some] = 0
            yield some, likeness


def compare_pairs(shares: Shares, others: Numbers) -> Floats:
    """Return how alike each post is to those in its row of *others*; 0 where there is a -1."""
    by_post, width = Groups(np.bincount(shares.posts, minlength=shares.size)), others.shape[1]
    likeness = np.zeros(others.shape)
    for start in range(0, shares.size, _PAIRED):
        some = np.arange(start, min(start + _PAIRED, shares.size))
        table = np.zeros((len(some), len(shares.uses)))
        own = by_post.find(some)
        table[shares.posts[own] - start, shares.topics[own]] = shares.stepped[own]
        met = others[some].ravel()
        rows, sizes = by_post.find(met), by_post.sizes[met]
        lines = np.repeat(np.arange(len(met)) // width * len(shares.uses), sizes)
        found = table.ravel()[lines + shares.topics[rows]] * shares.stepped[rows]
        pairs = np.repeat(np.arange(len(met)), sizes)
        likeness[some] = np.bincount(pairs, found, len(met)).reshape(len(some), width)
    return np.where(others < 0, 0, likeness)
