"""Which words of the site are forms of one another: « sportif » and « sportives »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import simplemma

from archivist.search.tokenizer import LINK_WORDS, QUESTION_WORDS, fold

# Feminine and plural endings, and what they come from: the dictionary takes « active » for a
# form of « activer », and does not know all the others.
_ENDINGS = (
    (re.compile(r"ives?$"), "if"),
    (re.compile(r"trices?$"), "teur"),
    (re.compile(r"euses?$"), "eur"),
    (re.compile(r"(?:ales?|aux)$"), "al"),
    (re.compile(r"elles?$"), "el"),
    (re.compile(r"ennes?$"), "en"),
    (re.compile(r"iques?$"), "ic"),
)
_PLURAL = re.compile(r"(?<=[^sxz])s$|(?<=[aeo]u)x$")
# A noun and the verb it was made from.
_NOUNS_OF_VERBS = re.compile(
    r"(?:ations?|ateurs?|atrices?|ements?|ages?|eurs?|euses?|ant|ante?s?|e)$"
)
# Irregular pairs that no dictionary of lemmas joins.
_BY_HAND = {"yeux": ("oeil",), "oeil": ("yeux",)}
# What the plurals and these words end with: others have no such kin.
_LAST = "sxl"
_SHORTEST = 3
_COMMON = LINK_WORDS | QUESTION_WORDS


def _is_known(word: str) -> bool:
    return bool(simplemma.is_known(word, lang="fr"))


class Dictionary:
    """What the French dictionary says of the words of the site, each looked up once.

    It takes long to open, and a site says the same words from build to build.
    """

    def __init__(self) -> None:
        self._lemmas: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._verbs: dict[str, tuple[str, ...]] = {}

    def find_lemma(self, form: str) -> str:
        """Return the dictionary's word for *form*, a French word with its accents."""
        if form not in self._lemmas:
            self._lemmas[form] = simplemma.lemmatize(form, lang="fr").lower()
        return self._lemmas[form]

    def find_topic(self, word: str) -> str:
        """Return the dictionary's word for *word*, as it may be written in a text, folded."""
        return fold(self.find_lemma(word.lower()))

    def find_base(self, form: str) -> str:
        """Return the word of the dictionary that *form* is a form of, folded."""
        if form not in self._bases:
            self._bases[form] = self._look_up_base(form)
        return self._bases[form]

    def _look_up_base(self, form: str) -> str:
        for pattern, base in _ENDINGS:
            masculine = pattern.sub(base, form)
            if masculine != form and _is_known(masculine):
                return fold(masculine)
        lemma = self.find_lemma(form)
        verb = re.sub("é$", "er", lemma)
        return fold(verb if _is_known(verb) else lemma)

    def find_verbs(self, form: str) -> tuple[str, ...]:
        """Return the verbs that *form* is a form of, or a noun made from."""
        if form not in self._verbs:
            lemma = self.find_lemma(form)
            verbs = dict.fromkeys((lemma, _NOUNS_OF_VERBS.sub("er", lemma)))
            self._verbs[form] = tuple(
                verb for verb in verbs if verb.endswith("er") and _is_known(verb)
            )
        return self._verbs[form]


class _Families:
    """Sets of words, joined as kinship is found."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def find(self, word: str) -> str:
        parents, first = self._parents, word
        while first in parents:
            first = parents[first]
        while word != first:
            parents[word], word = first, parents[word]
        return first

    def join(self, one: str, other: str) -> None:
        one, other = self.find(one), self.find(other)
        if one != other:
            self._parents[one] = other


def choose_forms(uses: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Return for each key the commonest way it is written, in small letters.

    *uses* are keys, each with a word and how often it is written so.
    """
    times: dict[tuple[str, str], int] = {}
    for key, word, count in uses:
        pair = (key, word.lower())
        times[pair] = times.get(pair, 0) + count
    chosen: dict[str, tuple[int, str]] = {}
    for (key, form), count in times.items():
        if key not in chosen or chosen[key] < (count, form):
            chosen[key] = (count, form)
    return {key: form for key, (_, form) in chosen.items()}


def _is_inflected(key: str) -> bool:
    return len(key) >= _SHORTEST and key not in _COMMON and key.isalpha()


def group_forms(written: Mapping[str, str], dictionary: Dictionary) -> list[list[str]]:
    """Return the keys of *written* that are forms of one word, together; others by themselves.

    *written* gives the French spelling of each key.
    """
    families, inflected = _Families(), set(filter(_is_inflected, written))
    for key in inflected:
        base = dictionary.find_base(written[key])
        # It need not be a word of the site itself.
        if base != key and (base in inflected or _is_inflected(base)):
            families.join(key, base)
        for kin in (_PLURAL.sub("", key), *_BY_HAND.get(key, ())) if key[-1] in _LAST else ():
            if kin != key and kin in inflected:
                families.join(key, kin)
    groups: dict[str, list[str]] = {}
    for key in sorted(written):
        groups.setdefault(families.find(key), []).append(key)
    return list(groups.values())


def link_derived(
    groups: Sequence[Sequence[str]], written: Mapping[str, str], dictionary: Dictionary
) -> list[set[int]]:
    """Return the numbers of the *groups* that hold a verb and the nouns made from it."""
    linked: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for key in filter(_is_inflected, group):
            for verb in dictionary.find_verbs(written[key]):
                linked[verb].add(number)
    return [numbers for _, numbers in sorted(linked.items()) if len(numbers) > 1]
