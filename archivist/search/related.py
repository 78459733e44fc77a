"""Which posts are about the same things: the nearest by the words they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sklearn.feature_extraction.text import TfidfVectorizer

from archivist.search.inflection import find_lemma
from archivist.search.words import QUESTION_WORDS, fold, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

MOST_RELATED = 3
# A word that half the posts have brings none together.
_MOST_SHARED = 0.5
_SHORTEST = 3
# Posts compared at once: what is held in memory is so many times all posts.
_BATCH = 500


def _read_words(text: str) -> list[str]:
    """Return what *text* is about: its words in their dictionary form."""
    return [
        fold(find_lemma(token.text.lower()))
        for token in split_words(text)
        if token.is_searched and len(token.key) >= _SHORTEST and token.key not in QUESTION_WORDS
    ]


def _weigh(texts: Mapping[str, str]) -> csr_matrix:
    most = max(2, int(len(texts) * _MOST_SHARED))
    vectorizer = TfidfVectorizer(analyzer=_read_words, min_df=2, max_df=most, sublinear_tf=True)
    return vectorizer.fit_transform(texts.values())


def _nearest(likeness: NDArray[np.float64], own: int) -> Iterator[int]:
    """Yield the numbers of the posts most alike, none that shares nothing."""
    likeness[own] = 0
    # Rounded, so that what decides between equals is the order of the posts.
    ranked = sorted(
        likeness.nonzero()[0], key=lambda number: (-round(float(likeness[number]), 4), -number)
    )
    yield from (int(number) for number in ranked[:MOST_RELATED])


def find_related(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each post of *texts*, oldest first, the posts to read next, best first."""
    names = list(texts)
    try:
        weights = _weigh(texts)
    except ValueError:  # No word is in two posts.
        return dict.fromkeys(names, ())
    related = {}
    for start in range(0, len(names), _BATCH):
        rows = (weights[start : start + _BATCH] @ weights.T).toarray()
        for number, row in enumerate(rows, start):
            related[names[number]] = tuple(names[other] for other in _nearest(row, number))
    return related
