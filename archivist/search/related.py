"""Which posts are about the same things: the nearest by the words they share."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from archivist.search.words import QUESTION_WORDS, fold, read_chunk, split_chunks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from archivist.search.inflection import Dictionary

MOST_RELATED = 3
# A word that half the posts have brings none together.
_MOST_SHARED = 0.5
_SHORTEST = 3
# Posts compared at once: what is held in memory is so many times all posts.
_BATCH = 500


@cache
def _read_forms(chunk: str) -> tuple[str, ...]:
    """Return the words in *chunk* that say what it is about."""
    return tuple(
        token.text.lower()
        for token in read_chunk(chunk)
        if token.is_searched and len(token.key) >= _SHORTEST and token.key not in QUESTION_WORDS
    )


def count_topics(text: str, dictionary: Dictionary) -> dict[str, int]:
    """Return the words that *text* is about, in their dictionary form, and how often."""
    topics: Counter[str] = Counter()
    for chunk, times in Counter(split_chunks(text)).items():
        for form in _read_forms(chunk):
            topics[intern(fold(dictionary.find_lemma(form)))] += times
    return dict(topics)


def _number_topics(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return the number of posts of each word that may bring some together, in a fixed order."""
    uses = Counter(chain.from_iterable(counts))
    most = max(2, int(len(counts) * _MOST_SHARED))
    return {topic: uses[topic] for topic in sorted(uses) if 2 <= uses[topic] <= most}  # noqa: PLR2004


def _weigh(counts: Sequence[Mapping[str, int]]) -> csr_array:
    """Return the weight of each word in each post, as TF-IDF with logarithms, each post as 1.

    It is that of https://scikit-learn.org/stable/modules/feature_extraction.html.
    """
    uses = _number_topics(counts)
    columns = {topic: number for number, topic in enumerate(uses)}
    rare = {topic: math.log((1 + len(counts)) / (1 + found)) + 1 for topic, found in uses.items()}
    data: list[float] = []
    indices: list[int] = []
    ends = [0]
    for count in counts:
        weights = {
            columns[topic]: (1 + math.log(times)) * rare[topic]
            for topic, times in sorted(count.items())
            if topic in columns
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1
        data += [weight / length for weight in weights.values()]
        indices += weights
        ends.append(len(indices))
    return csr_array((data, indices, ends), shape=(len(counts), max(1, len(columns))))


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


def find_related(topics: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[str, ...]]:
    """Return for each post of *topics*, oldest first, the posts to read next, best first."""
    names = list(topics)
    weights = _weigh(list(topics.values()))
    related = {}
    for start in range(0, len(names), _BATCH):
        rows = (weights[start : start + _BATCH] @ weights.T).toarray()
        for number, row in enumerate(rows, start):
            related[names[number]] = tuple(names[other] for other in _nearest(row, number))
    return related
