"""Which posts are about the same things: the nearest by the words they share.

For each post some more are kept than are listed, and how alike all others are at most. After an
edit they are compared again, and the post with all others only where one of those may be nearer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.likeness import (
    Floats,
    Likeness,
    Shares,
    compare_pairs,
    find_drift,
    find_rarity,
)
from archivist.search.reading import Reading
from archivist.search.topics import Numbers, Topics

MOST_RELATED = 3
_KEPT = 5
# Posts are as alike as others if they are when rounded so: the newer comes first then.
_ROUNDED = 1e-4
# When a larger part of all posts read otherwise, all are compared anew.
_FEW = 0.1


def _rank(likeness: Floats) -> Floats:
    """Return what tells how alike posts are: 0 for those that share nothing."""
    ranks: Floats = np.rint(likeness / _ROUNDED)
    ranks += likeness > 0
    return ranks


def _sort(likeness: Floats, numbers: Numbers, size: int, most: int) -> tuple[Numbers, Numbers]:
    """Return in each row the *most* nearest by their *numbers*, or -1, and their ranks."""
    keys = _rank(likeness)
    keys *= size
    keys += numbers
    if keys.shape[1] > most:
        keys = np.partition(keys, -most)[:, -most:]
    keys = np.pad(-np.sort(-keys), [(0, 0), (0, most - keys.shape[1])])
    ranks, found = np.divmod(keys.astype(np.int64), size)
    return np.where(ranks > 0, found, -1), ranks


@dataclass(slots=True)
class Relations:
    """What is related to each post, kept for the next time it is asked for."""

    _topics: Topics = field(default_factory=Topics)
    _uses: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    """How many posts each topic had."""
    _nearest: Numbers = field(default_factory=lambda: np.zeros((0, _KEPT), np.int64))
    """The numbers of others, a row for each post, best first, then -1."""
    _rest: Floats = field(default_factory=lambda: np.zeros(0))
    """How alike others than these are, at most."""

    def _compare(self, comparison: Likeness, posts: Numbers) -> Floats:
        """Find the nearest of *posts*, and return how alike one of these is to each at most."""
        size = len(self._rest)
        highest, all_posts = np.zeros(size), np.arange(size)
        for some, likeness in comparison.compare(posts):
            nearest, ranks = _sort(likeness, all_posts, size, _KEPT + 1)
            self._nearest[some] = nearest[:, :_KEPT]
            self._rest[some] = np.maximum(ranks[:, _KEPT] - 0.5, 0) * _ROUNDED
            np.maximum(highest, likeness.max(axis=0), out=highest)
        return highest

    def _carry(self, kept: Numbers, shares: Shares) -> Numbers:
        """Keep what is known of posts by the numbers *kept*, and return those it is not of."""
        uses = np.pad(self._uses, (0, len(shares.uses) - len(self._uses)))
        rarity = find_rarity(uses, len(self._rest))
        drift = find_drift(rarity, uses != shares.uses, shares)
        kept = np.where(drift.holds, kept, -1)
        new = np.flatnonzero(kept < 0)
        if len(new) >= _FEW * len(kept):
            self._nearest, self._rest = np.full((len(kept), _KEPT), -1), np.zeros(len(kept))
            return np.arange(len(kept))
        places = np.full(len(self._rest) + 1, -1)
        places[kept] = np.arange(len(kept))
        places[-1] = -1
        self._nearest, self._rest = places[self._nearest[kept]], drift.bound(self._rest[kept])
        return new

    def _update(self, kept: Numbers, shares: Shares) -> None:
        new = self._carry(kept, shares)
        comparison = Likeness(shares, len(new))
        highest = self._compare(comparison, new)
        if len(new) == shares.size:
            return
        old = np.delete(np.arange(shares.size), new)
        self._rest[old] = np.maximum(self._rest[old], highest[old])
        likeness = compare_pairs(shares, self._nearest)
        self._nearest, ranks = _sort(likeness, self._nearest, shares.size, _KEPT)
        # Another may be as near as the last that is listed.
        doubtful = (self._rest > 0) & (ranks[:, MOST_RELATED - 1] <= _rank(self._rest))
        doubtful[new] = False
        self._compare(comparison, np.flatnonzero(doubtful))

    def find(
        self, posts: Mapping[str, Reading], lexis: Lexis, dictionary: Dictionary
    ) -> dict[str, tuple[str, ...]]:
        """Return for each of *posts*, oldest first, those to read next, best first."""
        kept = self._topics.update(posts, lexis, dictionary)
        if not np.array_equal(kept, np.arange(len(self._rest))):
            shares = Shares(self._topics.counts, len(self._topics))
            self._update(kept, shares)
            self._uses = shares.uses
        names = list(posts)
        rows = zip(names, self._nearest[:, :MOST_RELATED].tolist(), strict=True)
        return {name: tuple(names[near] for near in row if near >= 0) for name, row in rows}
