"""Read the dates of a post: an ISO day to sort by, an EDTF date to show.

EDTF is level 1 of the Extended Date/Time Format (ISO 8601-2,
https://www.loc.gov/standards/datetime/), read by the library ``edtf``.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

_DAY = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?P<zone>Z| ?[+-][0-9]{2}:?[0-9]{2})?)?"
)
_WRITTEN_OTHERWISE = re.compile(
    r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4})"
)
_LEAF = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[~?%]?)"
)
# Each season's first and last month; a winter may be that of either end of the year.
_SEASONS = {21: (3, 6), 22: (6, 9), 23: (9, 12), 24: (1, 12)}
_MONTHS = range(1, 13)
# Those of posts and comments: others are slips of the pen.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class DateError(ValueError):
    """The text is not a date we can read; the message says in French what to write."""


def read_day(text: str) -> dt.datetime:
    """Return the moment *text* gives: AAAA-MM-JJ, with an optional time.

    A zone is accepted and dropped: the day shown is the one the author's clock showed.
    """
    match = _DAY.fullmatch(text)
    if not match:
        raise DateError(f"la date « {text} » {_advise(text)}")
    try:
        return dt.datetime.fromisoformat(f"{match['day']} {match['time'] or '00:00'}")
    except ValueError as error:
        raise DateError(f"le {text} n’existe pas : vérifiez le jour et le mois.") from error


def _advise(text: str) -> str:
    if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2})?", text):
        return (
            "est incomplète : écrivez un jour AAAA-MM-JJ, et ce qui est vraiment "
            f"connu dans « date_edtf: {text} »."
        )
    match = _WRITTEN_OTHERWISE.fullmatch(text)
    if match and int(match["month"]) <= 12:  # noqa: PLR2004
        day = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
        return f"se lit de plusieurs façons : écrivez {day}."
    return "n’est pas lisible : écrivez AAAA-MM-JJ, par exemple 2018-06-22."


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One end of an EDTF date.

    *month* and *day* are 0 when not known; *season* is an EDTF code, 21 (spring) to 24
    (winter), or 0; *years* is 1, or 10 or 100 for a decade or a century.
    """

    year: int
    month: int = 0
    day: int = 0
    season: int = 0
    years: int = 1
    approximate: bool = False
    uncertain: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether the true date may lie outside what is written."""
        return self.approximate or self.uncertain

    @property
    def earliest(self) -> dt.date:
        """The first day it may be."""
        if self.season:
            return dt.date(self.year, _SEASONS[self.season][0], 1)
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it may be."""
        if self.day:
            return self.earliest
        month = _SEASONS[self.season][1] if self.season else self.month
        if month:
            return dt.date(self.year, month, monthrange(self.year, month)[1])
        return dt.date(self.year + self.years - 1, 12, 31)


@dataclass(frozen=True, kw_only=True, slots=True)
class UncertainDate:
    """What is known of a date: one *start*, or a span, of which one end may be open."""

    start: Leaf | None
    end: Leaf | None
    is_span: bool = False

    @property
    def known_day(self) -> dt.date | None:
        """The day, when that and nothing else is said."""
        leaf = self.start
        if leaf is None or leaf != self.end or not leaf.day or leaf.is_doubtful:
            return None
        return dt.date(leaf.year, leaf.month, leaf.day)

    def admits(self, day: dt.date) -> bool:
        """Tell whether *day* may be the date."""
        after = self.start is None or self.start.is_doubtful or self.start.earliest <= day
        before = self.end is None or self.end.is_doubtful or day <= self.end.latest
        return after and before


def certain_day(day: dt.date) -> UncertainDate:
    """Return *day* as a date that is fully known."""
    leaf = Leaf(year=day.year, month=day.month, day=day.day)
    return UncertainDate(start=leaf, end=leaf)


def _not_edtf(text: str) -> DateError:
    return DateError(
        f"la date « {text} » n’est pas de l’EDTF : écrivez par exemple 2017-11, "
        "2018-22 (été 2018), 2018-06~ (vers juin 2018) ou 2017-11/2018-05."
    )


def _match_leaf(text: str) -> re.Match[str]:
    """Return the parts of *text*, which has the shape of a date and exists.

    The shape comes first: on some texts without it, `//..` for one, the library breaks.
    """
    match = _LEAF.fullmatch(text)
    if not match:
        raise _not_edtf(text)
    try:
        parse_edtf(text)
    except (EDTFParseException, ValueError) as error:
        raise _not_edtf(text) from error
    return match


def _read_known(digits: str | None) -> int:
    """Return a month or a day, or 0 when it is not known."""
    return int(digits) if digits and digits != "XX" else 0


def _outside(text: str) -> DateError:
    return DateError(
        f"la date « {text} » sort de l’EDTF accepté ici (niveau 1, années 0001 à 9999)."
    )


def _read_leaf(text: str) -> Leaf:
    match = _match_leaf(text)
    year, month = int(match["year"].replace("X", "0")), _read_known(match["month"])
    day = _read_known(match["day"])
    season = month if month in _SEASONS else 0
    if not year or (day and not month) or not (month in _MONTHS or season or not month):
        raise _outside(text)
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
    start, _, end = (None if part in {"", ".."} else part for part in text.partition("/"))
    leaves = [_read_leaf(part) if part else None for part in (start, end)]
    if leaves[0] and leaves[1] and leaves[0].earliest > leaves[1].latest:
        raise DateError(
            f"la période « {text} » finit avant de commencer : échangez ses deux dates."
        )
    if not any(leaves):
        raise DateError(f"la période « {text} » ne dit rien : donnez au moins une date.")
    return UncertainDate(start=leaves[0], end=leaves[1], is_span=True)
