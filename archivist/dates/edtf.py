"""Read the dates of a post: an ISO day to sort by, an EDTF date to show.

EDTF is level 1 of the Extended Date/Time Format (ISO 8601-2,
https://www.loc.gov/standards/datetime/). A date that does not exist cannot be made.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from archivist.dates.reading import list_days, read_any_day

# 2018-06-22, 2018-06-22T10:30, 2018-06-22 10:30:05 +0200, 2018-06-22T10:30:05.000Z
_DAY = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:(?:[Tt]|[ \t]+)(?P<hour>[0-9]{1,2})"
    r"(?P<minutes>:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?"
    r"(?:[ \t]*(?:[Zz]|UTC|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)
# 2018, 2018-22, 2018-06~, 2018-XX-XX?, 201X%, 20XX; also 201X-06-22, which is of level 2.
_LEAF = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>(?!00)[0-9]{2}|XX)(?:-(?P<day>(?!00)[0-9]{2}|XX))?)?(?P<mark>[~?%]?)"
)
# What of that shape is beyond: 2018-22~, 2018-22-XX, 201X-22, 201X-06~.
_BEYOND = re.compile(r"[0-9]{4}-2[1-4].+|.{3}X-(?:2[1-4].*|.+[~?%])")
# Neither, uncertain, approximate, both.
_MARKS = ("", "?", "~", "%")
# Each season's first and last month; a winter may be that of either end of the year.
_SEASONS = {21: (3, 6), 22: (6, 9), 23: (9, 12), 24: (1, 12)}
# Those of the other hemisphere, quarters and the like, which are of level 2.
_OTHER_SEASONS = range(25, 42)
# Those of posts and comments: others are slips of the pen.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class DateError(ValueError):
    """The text is not a date we can read; the message says in French what to write."""


@lru_cache(maxsize=50_000)
def read_day(text: str) -> dt.datetime:
    """Return the moment *text* gives: AAAA-MM-JJ, with an optional time.

    A zone is accepted and dropped: the day shown is the one the author's clock showed.
    """
    match = _DAY.fullmatch(text)
    if not match:
        raise DateError(f"la date « {text} » {_advise(text)}")
    try:
        time = f"{match['hour'] or '0':0>2}{match['minutes'] or ':00'}"
        return dt.datetime.fromisoformat(f"{match['day']} {time}")
    except ValueError as error:
        raise DateError(f"le {text} n’existe pas : vérifiez le jour et le mois.") from error


def _advise(text: str) -> str:
    if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2})?", text):
        known = f"ce qui est vraiment connu dans « date_edtf: {text} »."
        return f"est incomplète : écrivez un jour AAAA-MM-JJ, et {known}"
    days, day = list_days(text), read_any_day(text)
    if day:
        return f"s’écrit ici autrement : écrivez {day}."
    if len(days) > 1:
        return f"se lit de plusieurs façons : écrivez {' ou '.join(days)}."
    if days:
        return "n’existe pas : vérifiez le jour et le mois."
    return "n’est pas lisible : écrivez AAAA-MM-JJ, par exemple 2018-06-22."


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One end of an EDTF date. Raises DateError where it does not exist."""

    year: int
    month: int = 0
    """0 when it is not known, as *day*."""
    day: int = 0
    season: int = 0
    """An EDTF code, 21 (spring) to 24 (winter), or 0."""
    years: int = 1
    """How many from *year* on it may be: 10 for a decade, 100 for a century."""
    approximate: bool = False
    uncertain: bool = False

    def __post_init__(self) -> None:
        months = range(1 if self.season else 13)
        days = monthrange(self.year, self.month)[1] if self.month in range(1, 13) else 0
        is_near = self.year in range(dt.MINYEAR, dt.MAXYEAR + 1)
        if not is_near or self.month not in months or self.day not in range(days + 1):
            day = "-".join(self.figures)
            raise DateError(f"le {day} n’existe pas : vérifiez le jour et le mois.")

    @property
    def figures(self) -> list[str]:
        """« 2018 », « 06 » and « 22 », as far as they are known."""
        return [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]

    @property
    def is_doubtful(self) -> bool:
        """Whether the true date may lie outside what is written."""
        return self.approximate or self.uncertain

    @property
    def earliest(self) -> dt.date:
        """The first day it may be."""
        month = _SEASONS[self.season][0] if self.season else self.month
        return dt.date(self.year, month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it may be."""
        year = self.year + self.years - 1
        month = _SEASONS[self.season][1] if self.season else self.month or 12
        last = monthrange(year, month)[1]
        return dt.date(year, month, min(self.day or last, last))


@dataclass(frozen=True, kw_only=True, slots=True)
class UncertainDate:
    """What is known of a date: one *start*, or a span, of which one end may be open."""

    start: Leaf | None
    end: Leaf | None
    is_span: bool = False

    @property
    def single(self) -> Leaf | None:
        """The one year, season, month or day that it names, if it is no more than that."""
        leaf = self.start
        return leaf if leaf and leaf.years == 1 and not self.is_span else None

    @property
    def year(self) -> int:
        """The year, or 0 when it may be one of several."""
        years = {leaf.year if leaf and leaf.years == 1 else 0 for leaf in (self.start, self.end)}
        return years.pop() if len(years) == 1 else 0

    @property
    def known_day(self) -> dt.date | None:
        """The day, when that and nothing else is said."""
        leaf = self.start if self.start == self.end else None
        return leaf.earliest if leaf and leaf.day and not leaf.is_doubtful else None

    def admits(self, day: dt.date) -> bool:
        """Tell whether *day* may be the date."""
        after = self.start is None or self.start.is_doubtful or self.start.earliest <= day
        before = self.end is None or self.end.is_doubtful or day <= self.end.latest
        return after and before


def certain_day(day: dt.date) -> UncertainDate:
    """Return *day* as a date that is fully known."""
    leaf = Leaf(year=day.year, month=day.month, day=day.day)
    return UncertainDate(start=leaf, end=leaf)


def _read_leaf(text: str) -> Leaf:
    match = _LEAF.fullmatch(text)
    if not match or _BEYOND.fullmatch(text):
        raise DateError(
            f"la date « {text} » n’est pas de l’EDTF : écrivez par exemple 2017-11, "
            "2018-22 (été 2018), 2018-06~ (vers juin 2018) ou 2017-11/2018-05."
        )
    year, month, day = (int((match[at] or "0").replace("X", "0")) for at in (1, 2, 3))
    season = month if month in _SEASONS else 0
    if not year or (day and not month) or month in _OTHER_SEASONS:
        accepted = "niveau 1, années 0001 à 9999"
        raise DateError(f"la date « {text} » sort de l’EDTF accepté ici ({accepted}).")
    return Leaf(
        year=year,
        month=0 if season else month,
        day=day,
        season=season,
        years=10 ** match["year"].count("X"),
        approximate=match["mark"] in {"~", "%"},
        uncertain=match["mark"] in {"?", "%"},
    )


def read_edtf(text: str) -> UncertainDate:
    """Return the EDTF level 1 date that *text* gives.

    Raises DateError, with a French message, on anything else.
    """
    if "/" not in text:
        leaf = _read_leaf(text)
        return UncertainDate(start=leaf, end=leaf)
    first, _, last = text.partition("/")
    start, end = (None if part in {"", ".."} else _read_leaf(part) for part in (first, last))
    if start and end and start.earliest > end.latest:
        advice = "échangez ses deux dates."
        raise DateError(f"la période « {text} » finit avant de commencer : {advice}")
    if not (start or end):
        raise DateError(f"la période « {text} » ne dit rien : donnez au moins une date.")
    return UncertainDate(start=start, end=end, is_span=True)


def _write_leaf(leaf: Leaf | None) -> str:
    if leaf is None:
        return ".."
    unknown = len(str(leaf.years)) - 1
    year, *others = leaf.figures
    season = [str(leaf.season)] if leaf.season else []
    mark = _MARKS[2 * leaf.approximate + leaf.uncertain]
    return "-".join((year[: 4 - unknown] + "X" * unknown, *season, *others)) + mark


def write_edtf(date: UncertainDate) -> str:
    """Return *date* as EDTF (ISO 8601-2), as « 2018-06~ »; it reads back the same."""
    start = _write_leaf(date.start)
    return f"{start}/{_write_leaf(date.end)}" if date.is_span else start
