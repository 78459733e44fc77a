"""An index of words as a book has it: from A to Z, each with the posts it is in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archivist.search.inflection import Dictionary, choose_forms, group_forms
from archivist.search.reading import Words
from archivist.search.tokenizer import QUESTION_WORDS

_SHORTEST = 3
# A word that more posts have leads nowhere.
_MOST_POSTS = 20
# In a large archive a word of a single post is a chance; in a small one it may be what is sought.
_LARGE = 50


@dataclass(frozen=True, slots=True)
class IndexedWord:
    """A word as it is most often written, and the posts that have it in any form, oldest first."""

    word: str
    posts: tuple[str, ...]


class _Uses:
    """How each word is written, and where."""

    def __init__(self, counts: Mapping[str, Words]) -> None:
        self.written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.posts: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.order = {post: number for number, post in enumerate(counts)}.__getitem__
        for post, words in counts.items():
            for key, word, times in words:
                if len(key) >= _SHORTEST and "a" <= key[0] <= "z" and key not in QUESTION_WORDS:
                    self.written[key][word] += times
                    self.posts[key][post] = None


def _choose_spelling(group: Sequence[str], written: Mapping[str, Counter[str]]) -> str:
    """Return the commonest spelling of a word; with its capital only if it never goes without."""
    spellings = sum((written[key] for key in group), Counter[str]())
    small = Counter({word: count for word, count in spellings.items() if word[0].islower()})
    return max((small or spellings).items(), key=lambda item: (item[1], item[0]))[0]


def _gather(
    uses: _Uses, most: int, least: int, dictionary: Dictionary
) -> Iterator[tuple[str, IndexedWord]]:
    lowered = {
        key: Counter[str]() + Counter({word.lower(): count for word, count in words.items()})
        for key, words in uses.written.items()
    }
    for group in group_forms(choose_forms(lowered), dictionary):
        posts = sorted({post for key in group for post in uses.posts[key]}, key=uses.order)
        if least <= len(posts) <= most:
            yield group[0], IndexedWord(_choose_spelling(group, uses.written), tuple(posts))


def index_words(
    counts: Mapping[str, Words], dictionary: Dictionary
) -> dict[str, list[IndexedWord]]:
    """Return the words of *counts*, by post, the oldest first, under their initials from a to z."""
    least = 2 if len(counts) > _LARGE else 1
    most = min(_MOST_POSTS, max(2, len(counts) // 2))
    letters: defaultdict[str, list[IndexedWord]] = defaultdict(list)
    for key, word in _gather(_Uses(counts), most, least, dictionary):
        letters[key[0]].append(word)
    return dict(sorted(letters.items()))
