"""What a writer is told when something in a file is wrong."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from typing import TypeAlias

from archivist.errors import ArchiveError
from archivist.printing import spell_out

Faults: TypeAlias = Iterator[tuple[int, str]]
"""What a rule yields: the line, and the mistake in French."""

_LONG_QUOTE = re.compile("« ([^»]{100})[^»]{2,}+(?<= )»")
# Beyond that, a list of what is known teaches nothing.
_LONGEST_LIST = 12
# Beyond that, a word is no slip of the pen.
_LONGEST_WORD = 200
# So many words are compared with another, which takes 0.1 ms each.
_MOST_COMPARED = 100
# So many are counted before, to choose those.
_MOST_COUNTED = 20_000


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Problem:
    """One mistake: the file as the writer knows it, its line, what to write instead.

    *rule* is the name of the rule that says so, for exceptions to it.
    """

    path: str
    line: int
    message: str
    rule: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{spell_out(self.path)}:{self.line}: {spell_out(self.message)}"


class ProblemsError(ArchiveError):
    """There are mistakes in docs/: *problems*."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def shorten_quotes(message: str) -> str:
    """Return *message* with what it quotes cut where it is long."""
    return _LONG_QUOTE.sub(r"« \1… »", message)


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKD", word).casefold()


class KnownWords:
    """Words that one may have been meant for, to be asked often: few are compared, of however many.

    Those are the ones that share the rarest runs of three letters with what was written.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        return {_fold(word): word for word in sorted(self._words)}

    @cached_property
    def _by_run(self) -> dict[str, list[str]]:
        by_run: defaultdict[str, list[str]] = defaultdict(list)
        for folded in self._by_fold:
            for run in _list_runs(folded):
                by_run[run].append(folded)
        return by_run

    def find_nearest(self, word: str) -> str:
        """Return the word most like *word*, or nothing if none is."""
        if len(word) > _LONGEST_WORD:
            return ""
        folded = _fold(word)
        near = difflib.get_close_matches(folded, self._choose(folded), n=1)
        return self._by_fold[near[0]] if near else ""

    def _choose(self, folded: str) -> list[str]:
        """Return the words to compare with *folded*."""
        if len(self._by_fold) <= _MOST_COMPARED:
            return list(self._by_fold)
        found = [self._by_run[run] for run in _list_runs(folded) if run in self._by_run]
        # The rarest first.
        found.sort(key=len)
        sharing = Counter(islice(chain.from_iterable(found), _MOST_COUNTED))
        return [each for each, _ in sharing.most_common(_MOST_COMPARED)]


def _list_runs(folded: str) -> list[str]:
    """Return the runs of three letters in *folded*, each once, its start and its end marked."""
    marked = f" {folded} "
    return list(dict.fromkeys(marked[at : at + 3] for at in range(len(marked) - 2)))


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of the *known* words most like *word*, or nothing if none is."""
    return (known if isinstance(known, KnownWords) else KnownWords(known)).find_nearest(word)


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a French sentence with the nearest of the *known* words, else all of them."""
    nearest = find_nearest(word, known)
    if nearest:
        return f"vouliez-vous dire « {nearest} » ?"
    words = sorted(known)
    if len(words) > _LONGEST_LIST or not words:
        return "vérifiez l’orthographe."
    return f"choisissez parmi : {', '.join(words)}."
