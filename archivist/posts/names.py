"""The names of people and organisations that a text marks, and how the index has them.

{person}`Armelle Dufour <Dufour, Armelle>` shows the words before the name between ``<`` and ``>``;
without them the name is the words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """The *words* that a text has, and the name they are *filed* under."""

    words: str
    filed: str


def read_name(text: str) -> Name:
    """Return the name that the *text* of a role marks."""
    words, opened, filed = text.removesuffix(">").rpartition("<")
    if not (opened and text.endswith(">") and words.strip()):
        words = filed = text
    return Name(words.rstrip(), " ".join(filed.split()))
