"""How alike posts are: the cosine of their topics, weighed as TF-IDF with logarithms.

It is that of https://scikit-learn.org/stable/modules/feature_extraction.html, in steps so large
that sums of products are exact, whatever their order and the numbers of topics.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
# A post whose growth squared is further from 1 is to be compared anew.
_MOST = 0.5
# What the processor loses, and more.
_TINY = 1e-7


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
        self.rarity = find_rarity(self.uses, self.size)
        kept = np.flatnonzero(self.rarity[counts.topics])
        self.posts: Numbers = counts.posts[kept]
        self.topics: Numbers = counts.topics[kept].astype(np.int64)
        times = counts.times[kept]
        often = 1 + np.log(np.arange(1, times.max(initial=0) + 1))
        weights: Floats = often[times - 1] * self.rarity[self.topics]
        squares = _step(weights * weights)
        self.exact = weights / np.sqrt(np.bincount(self.posts, squares, self.size))[self.posts]
        """… of the whole of a post, whose length is 1."""
        self.stepped = _step(self.exact)
        self.error = float(_STEP * np.sqrt(counts.lengths.max(initial=0)))
        """How far likeness is off, at most, as it is that of steps."""


def _step(values: Floats) -> Floats:
    steps: Floats = np.rint(values / _STEP) * _STEP
    return steps


def _add_up(places: Numbers, values: Floats, shape: tuple[int, int]) -> Floats:
    """Return a table of that *shape* with *values* at their *places*, row after row."""
    table = np.bincount(places, values, shape[0] * shape[1])
    return np.asarray(table, np.float64).reshape(shape)


class _RareTopics:
    """For each topic, the posts that have it."""

    def __init__(self, shares: Shares, rows: Numbers) -> None:
        """Sort the *rows* of *shares*."""
        self._size, posts = shares.size, shares.posts[rows]
        self._topics, self._weights = shares.topics[rows], shares.stepped[rows]
        self._by_post = Groups(np.bincount(posts, minlength=shares.size))
        self._by_topic = Groups(np.bincount(self._topics, minlength=len(shares.uses)))
        # As short numbers, which are sorted much faster.
        topics = self._topics.astype(np.min_scalar_type(len(shares.uses)))
        order = np.argsort(topics, kind="stable")
        self._others, self._other_weights = posts[order], self._weights[order]

    def compare(self, posts: Numbers) -> Floats:
        """Return how alike each of *posts* is to all posts."""
        own = self._by_post.find(posts)
        met = self._by_topic.find(self._topics[own])
        sizes = self._by_topic.sizes[self._topics[own]]
        lines = np.repeat(np.arange(len(posts)), self._by_post.sizes[posts])
        places = np.repeat(lines * self._size, sizes) + self._others[met]
        products = np.repeat(self._weights[own], sizes) * self._other_weights[met]
        return _add_up(places, products, (len(posts), self._size))


class Likeness:
    """How alike posts are by their topics."""

    def __init__(self, shares: Shares, posts: int) -> None:
        """Sort the *shares*, for so many *posts* to be compared with all others."""
        # To make a table of frequent topics takes longer than to compare a few.
        least = _FREQUENT if posts > _MANY * shares.size else 1
        is_frequent = shares.uses > least * shares.size
        frequent = is_frequent[shares.topics]
        self._rare = _RareTopics(shares, np.flatnonzero(~frequent))
        rows, columns = np.flatnonzero(frequent), np.cumsum(is_frequent) - 1
        self._table = np.zeros((shares.size, int(is_frequent.sum())))
        self._table[shares.posts[rows], columns[shares.topics[rows]]] = shares.stepped[rows]

    def compare(self, posts: Numbers) -> Iterator[tuple[Numbers, Floats]]:
        """Yield some of *posts* at a time, with how alike each is to all others; 0 to itself."""
        for start in range(0, len(posts), _BLOCK):
            some = posts[start : start + _BLOCK]
            likeness = self._rare.compare(some) + self._table[some] @ self._table.T
            likeness[np.arange(len(some)), some] = 0
            yield some, likeness


def compare_pairs(shares: Shares, others: Numbers) -> Floats:
    """Return how alike each post is to those in its row of *others*; 0 where there is a -1."""
    by_post = Groups(np.bincount(shares.posts, minlength=shares.size))
    topics, width, likeness = len(shares.uses), others.shape[1], np.zeros(others.shape)
    for start in range(0, shares.size, _PAIRED):
        met = others[start : start + _PAIRED].ravel()
        own = by_post.find(np.arange(start, start + len(met) // width))
        table = np.zeros(len(met) // width * topics)
        table[(shares.posts[own] - start) * topics + shares.topics[own]] = shares.stepped[own]
        pairs = np.repeat(np.arange(len(met)), by_post.sizes[met])
        rows = by_post.find(met)
        shared = table[pairs // width * topics + shares.topics[rows]] * shares.stepped[rows]
        likeness[start : start + _PAIRED] = _add_up(pairs, shared, (len(met) // width, width))
    return np.where(others < 0, 0, likeness)


@dataclass(frozen=True, slots=True)
class Drift:
    """How alike posts that read as before may be now, that the rarity of topics changed.

    A post has a share of each topic; how alike two are is the sum of the products of their shares.
    When the square of the rarity of each topic was ``1 + gain`` times what it is now, but for a
    factor that all have in common, they were

        (likeness now + sum of gain × share × share) / (growth of one × growth of the other)

    alike, where the growth of a post is the root of ``1 + sum of gain × share²``. So now they are

        likeness before × growth of one × growth of the other - sum of gain × share × share

    and that sum has a bound: for topics that more posts have now, or fewer, by the largest share
    that any post has; for others, whose gains are small, by the largest times likeness itself.
    """

    holds: NDArray[np.bool_]
    """Whether it can be told of a post."""
    growth: Floats
    loss: Floats
    """For each post what topics of other uses may add, whatever the other post."""
    part: float
    """All other topics add no more than this part of likeness."""
    step: float
    """How far likeness is off, at most, before and after."""

    def bound(self, before: Floats) -> Floats:
        """Return what likeness is at most, if it was no more than *before*."""
        growth = self.growth * self.growth.max(initial=0)
        bound = ((before + self.step) * growth + self.loss) / (1 - self.part) + self.step
        # What shared no topic shares none still, but if one is new.
        return np.where((before > 0) | (self.loss > 0), bound, 0)


def _find_gain(before: Floats, now: Floats, other: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Return the gain of each topic, and the largest of those whose uses are no *other*."""
    live, ratio = np.flatnonzero(now), np.ones(len(now))
    ratio[live] = (before[live] / now[live]) ** 2
    same = ratio[~other & (now > 0)]
    least, most = same.min(initial=np.inf), same.max(initial=0)
    if most == 0:
        return ratio - 1, 0.0
    common = (least + most) / 2
    return np.where(now > 0, ratio / common - 1, 0), float(most / common - 1)


def find_drift(before: Floats, other: NDArray[np.bool_], shares: Shares) -> Drift:
    """Return what has come of it that the rarity of topics was *before*, and their uses *other*."""
    posts, topics, exact, now = shares.posts, shares.topics, shares.exact, shares.rarity
    other = other | (before == 0)
    gain, part = _find_gain(before, now, other)
    squares = 1 + np.bincount(posts, gain[topics] * exact**2, shares.size)
    holds = np.abs(squares - 1) <= _MOST
    # One of its topics brings none together any more.
    counts, gone = shares.counts, (before > 0) & (now == 0)
    holds[counts.posts[gone[counts.topics]]] = False
    rows = np.flatnonzero(other[topics])
    posts, topics, exact = posts[rows], topics[rows], exact[rows]
    largest = np.zeros(len(now))
    np.maximum.at(largest, topics, exact)
    lost = np.maximum(-gain[topics], 0) * exact * largest[topics]
    loss = np.asarray(np.bincount(posts, lost, shares.size), np.float64)
    growth = np.where(holds, np.sqrt(np.abs(squares)), 1)
    return Drift(holds, growth, loss, part, shares.error + _TINY)
