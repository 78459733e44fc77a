"""French that several messages and pages need: a count and its noun, a list."""

from __future__ import annotations

from collections.abc import Iterable


def count(number: int, one: str, many: str = "") -> str:
    """Return « 0 billet », « 2 billets », « 2 errata »: *many* where it is not *one* and an s."""
    return f"{number} {one if abs(number) <= 1 else many or f'{one}s'}"


def join(words: Iterable[str]) -> str:
    """Return « a », « a et b », « a, b et c »; there is at least one."""
    *others, last = words
    return f"{', '.join(others)} et {last}" if others else last
