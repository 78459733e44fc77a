"""French text as words to search: elisions apart, compounds split, accents folded.

``docs/_static/search/words.js`` reads a query by the same rules;
``tests/data/words.json`` holds both to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Words that only hold a sentence together: nothing is found by them, and they are half of it.
# Folded, as all keys are: `a` is also « à ».
LINK_WORDS = frozenset(
    """
    a ai au aux avec c ce ces cet cette d dans de des du elle elles en et eux il ils j je l la le
    les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ou par pour qu que qui s sa
    se ses si son sur t ta te tes toi ton tu un une vos votre vous y
    """.split()
)
# What a question is made of, beside what it asks for.
QUESTION_WORDS = frozenset(
    """
    ainsi alors aussi autant avez avoir bien ca car ceci cela chez comme comment combien deja doit
    donc encore est estce etaient etait etant etre fait faire faut lors meme memes moins ont pas peut
    peuvent peux plus pourquoi puis quand quel quelle quelles quels quest quoi sans sera seront sert
    sont sous suis tant tel telle telles tels tous tout toute toutes tres trop vers veut veux
    """.split()
)

_ELIDED = "jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst]"
_ENDINGS = "esse|euse|ienne|onne|elle|ère|rice|trice|ne|te|le|fe|ve|se|es|e"
_APOSTROPHES = "['’ʼ]"
_DOTS = "[·•‧⋅]"
# « lʼeau » with a sign that Unicode takes for a letter.
_ALNUM, _ALPHA = r"[^\W_ʼ]", r"[^\W\d_ʼ]"

_TOKEN = re.compile(
    rf"""
      (?P<initials> (?<!{_ALNUM}) (?:{_ALPHA}\.){{2,}} (?:{_ALPHA}(?!{_ALNUM}))?
                  | (?<!{_ALNUM}) {_ALPHA}[&.]{_ALPHA} (?!{_ALNUM}) )
    | (?P<sign> (?<!{_ALNUM}) {_ALPHA} (?: \+\+ | [+#](?!{_ALNUM}) ) | (?<![\w.]) \.net (?!{_ALNUM}) )
    | (?P<stem>{_ALPHA}{{2,}}?) (?: {_DOTS}(?:{_ENDINGS})(?:{_DOTS}?s)? (?!{_ALNUM})
                                  | \((?:{_ENDINGS})\)s? (?!{_ALNUM})
                                  | \.(?:{_ENDINGS})\.s (?!{_ALNUM}) )
    | (?P<elided> (?<!{_ALNUM}) (?:{_ELIDED}) {_APOSTROPHES} (?={_ALNUM}) )
    | (?P<word> {_ALNUM}+ (?:{_APOSTROPHES}{_ALNUM}+)* )
    | (?P<other> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# `sign` is C++, C#, A+ or .NET, where the signs are half of the name.
# MonComptePro: a small letter, then a capital.
_CAMEL = re.compile(r"(?<=[a-zß-öø-ÿœ])(?=[A-ZÀ-ÖØ-ÞŒ])")
# 12 000, 02 41 00 00 00
_FIGURES_APART = re.compile(r"\d\s+\d")
_NUMBER_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+|\d{2}(?: \d{2}){3,}")
# The commonest words are nearly all that is said; what is known of rare ones is let go.
WORDS_KEPT = 1 << 14
# A compound of more parts is an address or a table, which nobody types whole.
_MOST_PARTS = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of text without space: a word under its *key*, or what is not searched.

    *glued* says that no space stood before it.
    """

    text: str
    key: str = ""
    glued: bool = False

    @property
    def is_elided(self) -> bool:
        """Whether it is an article or the like before a vowel: « l’ », « qu’ »."""
        return bool(self.key) and self.text[-1] in _APOSTROPHES

    @property
    def is_searched(self) -> bool:
        """Whether the index knows it by its key."""
        return bool(self.key) and self.key not in LINK_WORDS


def join_words(text: str) -> set[str]:
    """Return the keys of all of *text* in one: « Le R.S.A. » is `lersa` and, bare, `rsa`.

    « connecté·es » is also typed as it stands: `connectees`.
    """
    keys = [token.key for token in split_words(text) if token.key]
    bare = (key for key in keys if key not in LINK_WORDS)
    return {"".join(keys), "".join(bare), key_of(text)} - {""}


class Compound(NamedTuple):
    """Words that are also typed as one: *joined* is « intercommunalites »."""

    joined: str
    parts: tuple[str, ...]


_PLAIN = {"œ": "oe", "æ": "ae", "ʼ": "’"}


class _Folded(dict[int, str]):
    """For each small letter, what is left of it without accents; found out when first asked."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFD", _PLAIN.get(chr(code), chr(code)))
        self[code] = "".join(sign for sign in apart if not unicodedata.combining(sign))
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return *text* in small letters, without accents, ligatures undone."""
    return text.lower().translate(_FOLDED)


def key_of(text: str) -> str:
    """Return what the word *text* is searched by."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def is_word(chunk: str) -> bool:
    """Tell whether *chunk* is but a word, with nothing in it to cut at."""
    return chunk.isalpha() and (chunk[1:].islower() or chunk.isupper()) and "ʼ" not in chunk


def _read_parts(chunk: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of *chunk*, which has no space, as text and key."""
    if is_word(chunk):
        yield chunk, key_of(chunk)
        return
    for match in _TOKEN.finditer(chunk):
        text = match[0]
        if match["stem"]:
            yield text, key_of(match["stem"] + ("s" if text.endswith("s") else ""))
        elif match["word"]:
            for part in _CAMEL.split(text):
                yield part, key_of(part)
        elif match["sign"]:
            yield text, fold(text)
        elif match["initials"] or match["elided"]:
            yield text, key_of(text)
        else:
            yield text, ""


# A site says the same words over and over.
@lru_cache(WORDS_KEPT)
def read_chunk(chunk: str) -> tuple[Token, ...]:
    """Return the tokens of *chunk*, which has no space; what it reads in it is in it alone."""
    return tuple(
        Token(text, key, glued=position > 0)
        for position, (text, key) in enumerate(_read_parts(chunk))
    )


def split_chunks(text: str) -> list[str]:
    """Return what stands between the spaces of *text*."""
    return unicodedata.normalize("NFC", text).split()


def split_words(text: str) -> list[Token]:
    """Return the tokens of *text*, in order; together with the spaces they are all of it."""
    return [token for chunk in split_chunks(text) for token in read_chunk(chunk)]


def _runs(tokens: Sequence[Token]) -> Iterator[list[str]]:
    """Yield the keys of each run of glued tokens, an article at its start left out."""
    keys: list[str] = []
    for token in tokens:
        if not token.glued or (not keys and token.is_searched):
            yield keys
            keys = []
        if token.key and (keys or not token.is_elided):
            keys.append(token.key)
    yield keys


def _join(found: Iterable[list[str]]) -> Iterator[Compound]:
    for keys in found:
        if 1 < len(keys) <= _MOST_PARTS:
            yield Compound("".join(keys), tuple(keys))


def find_compounds(chunk: str) -> list[Compound]:
    """Return what of *chunk*, which has no space, is also typed in one word, in a fixed order."""
    return sorted(set(_join(_runs(read_chunk(chunk)))))


def find_figures(text: str) -> Iterator[Compound]:
    """Yield the grouped figures of *text*, which are also typed as one."""
    if _FIGURES_APART.search(text):
        keys = (token.key if token.key.isdigit() else "-" for token in split_words(text))
        groups = _NUMBER_GROUPS.finditer(" ".join(keys))
        yield from _join(match[0].split() for match in groups)
