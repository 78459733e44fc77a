"""Dates for reference managers: what is known of a day, and never more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.dates.edtf import Leaf, UncertainDate

_MARKS = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}
_UNKNOWN_DIGITS = {1: "", 10: "X", 100: "XX"}
_FIRST_SEASON = 21
_SEASONS = ("printemps", "été", "automne", "hiver")


def _write_leaf(leaf: Leaf | None) -> str:
    if leaf is None:
        return ".."
    unknown = _UNKNOWN_DIGITS[leaf.years]
    year = f"{leaf.year:04}"[: 4 - len(unknown)] + unknown
    month = leaf.season or leaf.month
    parts = (year, f"{month:02}" if month else "", f"{leaf.day:02}" if leaf.day else "")
    return "-".join(filter(None, parts)) + _MARKS[leaf.approximate, leaf.uncertain]


def write_edtf(date: UncertainDate) -> str:
    """Return *date* as EDTF (ISO 8601-2), as « 2018-06~ »; it reads back the same."""
    if date.is_span:
        return f"{_write_leaf(date.start)}/{_write_leaf(date.end)}"
    return _write_leaf(date.start)


def find_single(date: UncertainDate) -> Leaf | None:
    """Return the one year, season, month or day that *date* names, if it is no more than that."""
    leaf = date.start
    return leaf if leaf and leaf.years == 1 and not date.is_span else None


def find_year(date: UncertainDate) -> int:
    """Return the year of *date*, or 0 when it may be one of several."""
    start, end = date.start, date.end
    if not start or not end or start.years > 1 or end.years > 1 or start.year != end.year:
        return 0
    return start.year


def list_parts(leaf: Leaf) -> list[int]:
    """Return the year, month and day of *leaf*, as far as they are known."""
    return [part for part in (leaf.year, leaf.month, leaf.day) if part]


def write_plain(date: UncertainDate) -> str:
    """Return « 2018/06/22 », « 2018/06 » or « 2018 », or nothing when there is any doubt."""
    leaf = find_single(date)
    if leaf is None or leaf.is_doubtful or leaf.season:
        return ""
    year, *others = list_parts(leaf)
    return "/".join((f"{year:04}", *(f"{part:02}" for part in others)))


def number_season(leaf: Leaf) -> int:
    """Return 1 for spring to 4 for winter, or 0."""
    return leaf.season - _FIRST_SEASON + 1 if leaf.season else 0


def name_season(leaf: Leaf) -> str:
    """Return « été », or nothing."""
    return _SEASONS[leaf.season - _FIRST_SEASON] if leaf.season else ""
