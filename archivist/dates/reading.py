"""Read the day that a text means, however it is written, where it can mean no other.

`20/11/2026`, `Nov 20, 2026`, `vendredi 20 novembre 2026 à 10 h 30`, `2026-11-20T09:00:00.000Z`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

FRENCH_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = (
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
# t09:00:00.000z, à 10 h 30, 9:00 am gmt+0100 (heure de paris)
_TIME = re.compile(
    r"(?:(?<=\d)t|(?<![\w:+-]))\d{1,2} ?[h:](?: ?\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?: ?[ap]\.?m\b\.?)?"
    r"(?: ?(?:z|utc|gmt|ces?t|[a-z]+/[a-z]+)\b)?(?: ?[+-]\d{1,2}(?::?\d{2})?)?(?: ?[(\[][^()\[\]]*[)\]])?"
)
_PLAIN = re.compile(r"[a-z0-9 ,./-]+")
# 1er, 20th; le 20, november the 20th of 2026, à (10 h 30).
_PASSED_OVER = frozenset({"er", "st", "nd", "rd", "th", "le", "du", "the", "of", "a", "at"})
_LONGEST = 80
_SHORTEST_NAME = 3
_MONTHS_A_YEAR = 12
# A day, a month and a year.
_PARTS = 3


@lru_cache(maxsize=10_000)
def read_any_day(text: str) -> dt.date | None:
    """Return the one day that *text* means, or nothing where there is none or several."""
    days = list_days(text)
    try:
        return dt.date.fromisoformat(days[0]) if len(days) == 1 else None
    except ValueError:
        return None


def list_days(text: str) -> list[str]:
    """Return the days that *text* may mean, as ISO 8601 has them; some may not exist."""
    folded = _fold(text) if len(text) <= _LONGEST else ""
    rest = _TIME.sub(" ", folded, count=1)
    if not _PLAIN.fullmatch(rest):
        return []
    numbers = re.findall("[0-9]+", rest)
    words = [word for word in re.findall("[a-z]+", rest) if word not in _PASSED_OVER]
    # mar. 20 nov. 2026, mardi 20/11/2026; but not mar. 20, 2026
    has_weekday = len(words) + len(numbers) > _PARTS
    weekday = _find_number(words.pop(0), _WEEKDAYS, 7) if has_weekday and words else None
    found = (f"{y}-{m:0>2}-{d:0>2}" for y, m, d in _order(numbers, words))
    return [day for day in dict.fromkeys(found) if not has_weekday or _is_on(day, weekday)]


def _fold(text: str) -> str:
    """Return *text* in small letters, without accents, its spaces alike."""
    letters = unicodedata.normalize("NFKD", text.replace("@", ""))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def _find_number(word: str, names: tuple[str, ...], cycle: int) -> int | None:
    """Return which of *names*, of which each *cycle* begins anew, *word* is or begins."""
    found = {at % cycle for at, name in enumerate(names) if _fold(name).startswith(word)}
    return found.pop() if len(found) == 1 and len(word) >= _SHORTEST_NAME else None


def _is_on(day: str, weekday: int | None) -> bool:
    """Tell whether *day* is on a weekday, as far as it exists at all."""
    try:
        return dt.date.fromisoformat(day).weekday() == weekday
    except ValueError:
        return weekday is not None


def _order(numbers: list[str], words: list[str]) -> list[tuple[str, str, str]]:
    """Return the years, months and days that *numbers* and the name of a month may be."""
    if [*map(len, numbers)] == [8] and not words:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]  # 20261120
    years = [number for number in numbers if len(number) == 4]  # noqa: PLR2004
    others = [number for number in numbers if len(number) <= 2]  # noqa: PLR2004
    if len(years) != 1 or len(years) + len(others) != len(numbers):
        return []
    year = years[0]
    if len(words) == 1 and len(others) == 1:
        month = _find_number(words[0], (*FRENCH_MONTHS, *_ENGLISH_MONTHS), _MONTHS_A_YEAR)
        return [] if month is None else [(year, str(month + 1), others[0])]
    if words or len(others) != 2 or numbers[1] == year:  # noqa: PLR2004
        return []
    if numbers[0] == year:
        return [(year, others[0], others[1])]
    day, month_number = others
    pairs = [(month_number, day), (day, month_number)]
    return [(year, month, day) for month, day in pairs if int(month) <= _MONTHS_A_YEAR]
