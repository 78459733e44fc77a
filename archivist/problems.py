"""What a writer is told when something in a file is wrong."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Faults: TypeAlias = Iterator[tuple[int, str]]
"""What a rule yields: the line, and the mistake in French."""

_LONG_QUOTE = re.compile("« ([^»]{100})[^»]{2,}+(?<= )»")
# No-break spaces, which Python calls unprintable.
_SPACES = "\u00a0\u202f"
# Beyond that, a list of what is known teaches nothing.
_LONGEST_LIST = 12
# Beyond that, a word is no slip of the pen.
_LONGEST_WORD = 200


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
        return f"{_on_one_line(self.path)}:{self.line}: {_on_one_line(self.message)}"


def _on_one_line(text: str) -> str:
    """Return *text* with its control signs spelled out: a file's name may hold any."""
    return "".join(
        f"\\x{ord(each):02x}" if not each.isprintable() and each not in _SPACES else each
        for each in text
    )


def shorten_quotes(message: str) -> str:
    """Return *message* with what it quotes cut where it is long."""
    return _LONG_QUOTE.sub(r"« \1… »", message)


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKD", word).casefold()


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of the *known* words most like *word*, or nothing if none is."""
    if len(word) > _LONGEST_WORD:
        return ""
    by_fold = {_fold(candidate): candidate for candidate in sorted(known)}
    near = difflib.get_close_matches(_fold(word), by_fold, n=1)
    return by_fold[near[0]] if near else ""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a French sentence with the nearest of the *known* words, else all of them."""
    words = sorted(known)
    nearest = find_nearest(word, words)
    if nearest:
        return f"vouliez-vous dire « {nearest} » ?"
    if len(words) > _LONGEST_LIST or not words:
        return "vérifiez l’orthographe."
    return f"choisissez parmi : {', '.join(words)}."
