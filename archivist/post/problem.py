"""What a writer is told when something in a file is wrong."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Beyond that, a list of what is known teaches nothing.
_LONGEST_LIST = 12


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Problem:
    """One mistake: the file as the writer knows it, its line, what to write instead."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKD", word).casefold()


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a French sentence with the nearest of the *known* words, else all of them."""
    by_fold = {_fold(candidate): candidate for candidate in sorted(known)}
    near = difflib.get_close_matches(_fold(word), by_fold, n=1)
    if near:
        return f"vouliez-vous dire « {by_fold[near[0]]} » ?"
    if len(by_fold) > _LONGEST_LIST or not by_fold:
        return "vérifiez l’orthographe."
    return "choisissez parmi : " + ", ".join(by_fold.values()) + "."
