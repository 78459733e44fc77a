"""How many posts each month holds, as bars to look at."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archivist.dates.french import name_month

# Sizes in the units of the drawing's viewBox.
STEP = 25
BAR_WIDTH = 18
HEIGHT = 60
_GROUND = 76  # From the top, with room for a number above a bar.
_SHORTEST_BAR = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A month of a year, its posts, and its bar, measured from the top left corner."""

    number: int
    name: str
    count: int
    x: int
    y: int
    height: int

    @property
    def initial(self) -> str:
        """The letter under the bar."""
        return self.name[0].upper()


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """Twelve months; *count* is the posts of the year."""

    number: int
    count: int
    months: tuple[Month, ...]

    @property
    def in_words(self) -> str:
        """What the bars show, as a sentence would."""
        parts = (f"{month.name} {month.count}" for month in self.months if month.count)
        return f"Billets par mois en {self.number}\u00a0: {', '.join(parts)}."


@dataclass(frozen=True, kw_only=True, slots=True)
class YearBar:
    """A year among all, without those that have no post: how tall it is, in hundredths."""

    number: int
    count: int
    height: int


def chart_all_years(days: Iterable[dt.date]) -> tuple[YearBar, ...]:
    """Return the years that have posts, oldest first, beside one another."""
    counts = Counter(day.year for day in days)
    most = max(counts.values(), default=1)
    return tuple(
        YearBar(number=year, count=count, height=max(6, 100 * count // most))
        for year, count in sorted(counts.items())
    )


def chart_years(days: Iterable[dt.date]) -> Iterator[Year]:
    """Yield the years that have posts, newest first, all drawn to one scale."""
    counts = Counter((day.year, day.month) for day in days)
    most = max(counts.values(), default=1)
    for year in sorted({year for year, _ in counts}, reverse=True):
        months = []
        for number in range(1, 13):
            count, name = counts[year, number], name_month(number)
            height = max(_SHORTEST_BAR, HEIGHT * count // most) if count else 0
            x, y = (number - 1) * STEP + (STEP - BAR_WIDTH) // 2, _GROUND - height
            months.append(Month(number=number, name=name, count=count, x=x, y=y, height=height))
        yield Year(number=year, count=sum(each.count for each in months), months=tuple(months))
