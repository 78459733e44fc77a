"""French that several messages and pages need: a count and its noun, a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def count(number: int, one: str, many: str = "") -> str:
    """Return « 0 billet », « 2 billets », « 2 errata »: *many* where it is not *one* and an s."""
    return f"{number} {one if abs(number) <= 1 else many or f'{one}s'}"


def name_some(words: Sequence[str], most: int = 10) -> str:
    """Return « a, b », or « a, b et 12 autres » where there are more than *most*."""
    more = len(words) - most
    return ", ".join(words[:most]) + (f" et {count(more, 'autre')}" if more > 0 else "")


def join(words: Iterable[str]) -> str:
    """Return « a », « a et b », « a, b et c »; there is at least one."""
    *others, last = words
    return f"{', '.join(others)} et {last}" if others else last
