"""Every word of the site as it is written, under a number: a text is a row of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from archivist.search.tokenizer import Compound, find_compounds, is_word, key_of, read_chunk

# What may stand around a word of a text, and is no part of it.
_BEFORE, _AFTER = '"([«“', '.,;:!?")]»…”'


class _Chunks(dict[str, tuple[int, ...]]):
    """What stands between two spaces as the numbers of its words, read when first asked for."""

    def __init__(self, read: Callable[[str], tuple[int, ...]]) -> None:
        self._read = read

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        found = self[chunk] = self._read(chunk)
        return found


class Lexis:
    """The numbers of words: kept from build to build, it only grows.

    It may hold words that no page has any more, and another build may number them otherwise:
    what is made of numbers must not show which they are.
    """

    def __init__(self) -> None:
        self.forms: list[str] = []
        """Each word as it is written, by number."""
        self.keys: list[str] = []
        """What it is searched by."""
        self._numbers: dict[tuple[str, str], int] = {}
        self._chunks = _Chunks(self._read_chunk)
        self._compounds: dict[str, list[Compound]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the words; what stands between two spaces is read again."""
        return _reopen, (self.forms, self.keys)

    def number(self, form: str, key: str) -> int:
        """Return the number of a word."""
        number = self._numbers.setdefault((form, key), len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
            self.keys.append(key)
        return number

    def _read_chunk(self, chunk: str) -> tuple[int, ...]:
        core = chunk.lstrip(_BEFORE).rstrip(_AFTER)
        if is_word(core):
            return (self.number(core, key_of(core)),)
        tokens = read_chunk(chunk)
        numbers = tuple(self.number(each.text, each.key) for each in tokens if each.key)
        if len(numbers) > 1:
            self._compounds[chunk] = find_compounds(chunk)
        return numbers

    def read(self, chunks: Iterable[str]) -> list[int]:
        """Return the numbers of the words in *chunks*, which have no space, in order."""
        return list(chain.from_iterable(map(self._chunks.__getitem__, chunks)))

    def find_compounds(self, chunks: set[str]) -> set[Compound]:
        """Return what of *chunks*, each read already, is also typed in one word."""
        joined = chunks & self._compounds.keys()
        return set(chain.from_iterable(map(self._compounds.__getitem__, joined)))


def _reopen(forms: list[str], keys: list[str]) -> Lexis:
    lexis = Lexis()
    for form, key in zip(forms, keys, strict=True):
        lexis.number(form, key)
    return lexis
