"""What means the same: acronyms, as the texts explain them, and what `synonymes.txt` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

from archivist.errors import FileError
from archivist.files import read_text
from archivist.files import split_words as split_lines
from archivist.problems import Problem
from archivist.search.tokenizer import LINK_WORDS, Token, split_words

_FILE = "synonymes.txt"
_ONE = "il faut deux noms ou plus, séparés par « = » : écrivez « vélo = bicyclette »."

Expansion = tuple[str, ...]
Synonyms = tuple[Expansion, Expansion]

_SHORTEST, _LONGEST = 2, 10
# « Centre national de la fonction publique territoriale »: so many words for one letter.
_WORDS_A_LETTER = 3
# Words and signs, around a bracket.
_MOST_WORDS = 2 * _WORDS_A_LETTER * _LONGEST


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and token.key.isalpha() and _SHORTEST <= len(token.key) <= _LONGEST


def spell(acronym: str, keys: Sequence[str]) -> int:
    """Return how many of *keys*, from the first, the letters of *acronym* begin; 0 if they don't.

    Words that only hold others together may be passed over.
    """
    letters = list(acronym)
    for count, key in enumerate(keys, 1):
        if letters and key.startswith(letters[0]):
            letters.pop(0)
        elif key not in LINK_WORDS:
            return 0
        if not letters:
            return count
    return 0


def _find_before(acronym: str, keys: Sequence[str]) -> Expansion:
    """Return the end of *keys* that *acronym* stands for."""
    for start in range(max(0, len(keys) - _WORDS_A_LETTER * len(acronym)), len(keys)):
        expansion = tuple(keys[start:])
        if keys[start] not in LINK_WORDS and spell(acronym, expansion) == len(expansion):
            return expansion
    return ()


def find_acronyms(tokens: Sequence[Token]) -> Iterator[tuple[str, Expansion]]:
    """Yield each acronym of a text that stands beside what it stands for, one in brackets.

    « Centre national (CN) » and « CN (Centre national) ».
    """
    for position, bracket in enumerate(tokens):
        if bracket.text != "(" or position + 1 >= len(tokens):
            continue
        before, after = tokens[max(0, position - 1)], tokens[position + 1]
        if _is_acronym(after):
            words = tokens[max(0, position - _MOST_WORDS) : position]
            yield after.key, _find_before(after.key, [word.key for word in words if word.key])
        elif _is_acronym(before):
            words = tokens[position + 1 : position + 1 + _MOST_WORDS]
            yield before.key, _find_after(before.key, words)


def _find_after(acronym: str, tokens: Sequence[Token]) -> Expansion:
    """Return the start of *tokens* that *acronym* stands for."""
    keys = [token.key for token in tokens[: 2 * _WORDS_A_LETTER * len(acronym)] if token.key]
    return tuple(keys[: spell(acronym, keys)])


def define_acronym(
    term: Sequence[Token], definition: Sequence[Token]
) -> Iterator[tuple[str, Expansion]]:
    """Yield *term* of a glossary, if it is an acronym, with the start of its *definition*."""
    if len(term) == 1 and _is_acronym(term[0]):
        yield term[0].key, _find_after(term[0].key, definition)


def read_synonyms(text: str) -> Iterator[Synonyms]:
    """Yield what means the same in *text*, whose lines are « RSA = revenu de solidarité active »."""
    for _, keys in _read_groups(text):
        for meant, said in permutations(filter(None, keys), 2):
            # Several words for one are told by that one's line.
            if len(meant) == 1 or len(said) > 1:
                yield meant, said


def _read_groups(text: str) -> Iterator[tuple[int, list[tuple[str, ...]]]]:
    """Yield the names on each line, as their keys, and its number."""
    for number, words in split_lines(text):
        names = (split_words(name) for name in " ".join(words).split("="))
        yield number, [tuple(token.key for token in name if token.key) for name in names]


def find_synonyms(docs: Path) -> list[Synonyms]:
    """Return what the folder *docs* says means the same."""
    path = docs / _FILE
    return list(read_synonyms(read_text(path))) if path.exists() else []


def check_synonyms(docs: Path) -> Iterator[Problem]:
    """Yield what is wrong in the synonyms of the folder *docs*."""
    path, shown_as = docs / _FILE, f"{docs.name}/{_FILE}"
    try:
        text = read_text(path) if path.exists() else ""
    except FileError as error:
        yield Problem(path=shown_as, line=error.line, message=error.message)
        return
    for number, keys in _read_groups(text):
        if not keys[1:] or not all(keys):
            yield Problem(path=shown_as, line=number, message=_ONE)
