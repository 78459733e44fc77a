"""An index of words as a book has it: from A to Z, each with the posts it is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archivist.search.inflection import Dictionary, choose_forms, group_forms
from archivist.search.tables import Tables
from archivist.search.tokenizer import QUESTION_WORDS

_SHORTEST = 3
# A word that more posts have leads nowhere.
_MOST_POSTS = 20
_BESIDE = re.compile("[^a-z0-9]")
# In a large archive a word of a single post is a chance; in a small one it may be what is sought.
_LARGE = 50


@dataclass(frozen=True, slots=True)
class IndexedWord:
    """A word as it is most often written, and the posts that have it in any form, oldest first."""

    key: str
    """By which it is found: its letters from a to z and figures alone."""
    word: str
    posts: tuple[int, ...]


def _is_listed(key: str) -> bool:
    is_word = len(key) >= _SHORTEST and key.isalnum() and "a" <= key[0] <= "z"
    return is_word and key not in QUESTION_WORDS


def _choose_spellings(
    uses: Iterable[tuple[str, str, int]], groups: Mapping[str, int]
) -> dict[int, str]:
    """Return the commonest spelling of each group; with its capital only if it never goes without.

    *groups* are those of keys.
    """
    times: dict[tuple[int, str], int] = {}
    for key, word, count in uses:
        if key in groups:
            spelling = (groups[key], word)
            times[spelling] = times.get(spelling, 0) + count
    ranked = sorted(
        (word[0].islower(), count, word, group) for (group, word), count in times.items()
    )
    return {group: word for _, _, word, group in ranked}


def index_words(tables: Tables, first: int, dictionary: Dictionary) -> list[IndexedWord]:
    """Return the words of the pages from *first* on, which are posts, by their letters.

    Those are from a to z; a post is the number of its page, counted from *first*.
    """
    count = len(tables.lengths) - first
    least = 2 if count > _LARGE else 1
    most = min(_MOST_POSTS, max(2, count // 2))
    uses = [use for use in tables.list_uses(first) if _is_listed(use[0])]
    # Of a word with a capital and without one, only that which was met last counts here.
    met = {(key, word.lower()): times for key, word, times in uses}
    forms = choose_forms((*pair, times) for pair, times in met.items())
    groups = group_forms(forms, dictionary)
    posts = tables.list_pages(tables.number(groups), first)
    kept = [number for number, found in enumerate(posts) if least <= len(found) <= most]
    spellings = _choose_spellings(uses, {key: number for number in kept for key in groups[number]})
    words = (
        IndexedWord(_BESIDE.sub("", groups[number][0]), spellings[number], tuple(posts[number]))
        for number in kept
    )
    return sorted(words, key=lambda each: each.key)
