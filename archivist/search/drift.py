"""How alike posts may be, at most, once the rarity of topics changed, by how alike they were.

A post has a share of each topic; how alike two are is the sum of the products of their shares.
When the square of the rarity of each topic was ``1 + gain`` times what it is now, but for a factor
that all have in common, they were

    (likeness now + sum of gain × share × share) / (growth of one × growth of the other)

alike, where the growth of a post is the root of ``1 + sum of gain × share²``. So they are

    likeness before × growth of one × growth of the other − sum of gain × share × share

alike now. The sum has a bound: for topics that more posts have now, or fewer, by the largest share
that any post has; for all others, whose gains are small, by their largest times likeness itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archivist.search.likeness import Floats, Shares

# A post whose growth squared is further from 1 is to be compared anew.
_MOST = 0.5
# What the processor loses, and more.
_TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Drift:
    """What new rarities do to how alike posts are, of those that read as before."""

    holds: NDArray[np.bool_]
    """Whether that can be told of a post."""
    growth: Floats
    loss: Floats
    """For each post how much is taken away for topics of other uses, with any other, at least."""
    part: float
    """For all other topics it is no more than this part of likeness."""
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
