"""Queries as readers type them, with the posts that should answer, over any set of posts.

What answers is found by a plain look through the folded texts, which knows nothing of how
the search works.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_RARE = range(1, 12)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the slugs of the posts that answer it; none if nothing should."""

    kind: str
    text: str
    relevant: frozenset[str]


def fold(text: str) -> str:
    """Return *text* in small letters without accents, « œ » as oe."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(s for s in unicodedata.normalize("NFD", text) if not unicodedata.combining(s))


@dataclass(slots=True)
class _Maker:
    texts: Mapping[str, str]
    titles: Mapping[str, str]
    forms: Mapping[str, Sequence[str]]
    chance: random.Random
    holders: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for slug, text in self.texts.items():
            for word in _WORD.findall(fold(text)):
                self.holders[word].add(slug)

    def _words(self, slug: str) -> list[str]:
        """Return the words of a post that few others have."""
        words = dict.fromkeys(_WORD.findall(self.texts[slug].lower()))
        return [word for word in words if len(word) > 5 and len(self.holders[fold(word)]) in _RARE]  # noqa: PLR2004

    def _answer(self, *words: str) -> frozenset[str]:
        found = [self.holders[fold(word)] for word in words]
        return frozenset(set.intersection(*found))

    def _pair(self, slug: str) -> tuple[str, str]:
        one, other = self.chance.sample(self._words(slug), 2)
        return one, other

    def title(self, slug: str) -> tuple[str, frozenset[str]]:
        return self.titles[slug], frozenset({slug})

    def title_without_accents(self, slug: str) -> tuple[str, frozenset[str]]:
        return fold(self.titles[slug]), frozenset({slug})

    def without_accents(self, slug: str) -> tuple[str, frozenset[str]]:
        pair = self._pair(slug)
        return fold(" ".join(pair)), self._answer(*pair)

    def after_elision(self, slug: str) -> tuple[str, frozenset[str]]:
        words = re.findall(r"[ldLD]’([^\W\d_]{5,})", self.texts[slug])
        word = self.chance.choice(words).lower()
        other = self.chance.choice(self._words(slug))
        return f"{word} {other}", self._answer(word, other)

    def swapped_article(self, slug: str) -> tuple[str, frozenset[str]]:
        text, relevant = self.after_elision(slug)
        return f"d'{text}", relevant

    def other_form(self, slug: str) -> tuple[str, frozenset[str]]:
        one, other = self._pair(slug)
        forms = [form for form in self.forms.get(one, ()) if form != one]
        return f"{self.chance.choice(forms)} {other}", self._answer(one, other)

    def mistyped(self, slug: str) -> tuple[str, frozenset[str]]:
        one, other = self._pair(slug)
        at = self.chance.randrange(1, len(one) - 1)
        change: Callable[[], str] = self.chance.choice(
            [
                lambda: one[:at] + one[at + 1 :],
                lambda: one[:at] + one[at + 1] + one[at] + one[at + 2 :],
                lambda: one[:at] + self.chance.choice(_LETTERS) + one[at:],
            ]
        )
        return f"{change()} {other}", self._answer(one, other)

    def phrase(self, slug: str) -> tuple[str, frozenset[str]]:
        words = self.texts[slug].split()
        at = self.chance.randrange(len(words) - 3)
        said = " ".join(words[at : at + 3]).strip(".,:;()")
        if not re.fullmatch(r"[^\W\d_]+(?:[ ’][^\W\d_]+)+", said):
            raise IndexError
        holders = {
            each for each, text in self.texts.items() if fold(said) in fold(" ".join(text.split()))
        }
        return f"« {said} »", frozenset(holders)

    def beginning(self, slug: str) -> tuple[str, frozenset[str]]:
        word = max(_WORD.findall(self.titles[slug]), key=len)
        start = fold(word)[: max(5, len(word) - 3)]
        return start, frozenset(s for s, t in self.titles.items() if start in fold(t))

    def question(self, slug: str) -> tuple[str, frozenset[str]]:
        return f"où trouver ce qui est dit de {self.titles[slug]} ?", frozenset({slug})

    def nowhere(self, slug: str) -> tuple[str, frozenset[str]]:
        return "zzyx" + slug[-2:] + "qwk", frozenset()


def make_queries(
    texts: Mapping[str, str],
    titles: Mapping[str, str],
    forms: Mapping[str, Sequence[str]],
    each: int = 12,
    seed: int = 7,
) -> Iterator[Query]:
    """Yield *each* queries of every kind over the posts *texts*; *forms* gives those of a word."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    maker = _Maker(texts, titles, forms, chance)
    kinds = [
        name
        for name in vars(_Maker)
        if not name.startswith("_") and callable(getattr(_Maker, name))
    ]
    for kind in kinds:
        made = 0
        while made < each:
            try:
                text, relevant = getattr(maker, kind)(chance.choice(sorted(texts)))
            except (IndexError, ValueError):  # This post has nothing of the kind.
                continue
            yield Query(kind, text, relevant)
            made += 1
