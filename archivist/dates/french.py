"""Spell dates as a French reader expects them: « 1er août 2018 », « vers juin 2018 »."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from archivist.dates.edtf import Leaf, UncertainDate, certain_day
from archivist.dates.reading import FRENCH_MONTHS

_SEASONS = {21: "printemps", 22: "été", 23: "automne", 24: "hiver"}
_DECADE = 10
# Months that a date may span, and still be said to be in each.
_LONGEST_SPAN = 24
_VOWEL_SEASONS = frozenset({22, 23, 24})


@dataclass(frozen=True, slots=True)
class DatePiece:
    """Some words of a date; *datetime* is their machine form (HTML ``<time>``), if any."""

    text: str
    datetime: str = ""


def name_month(month: int) -> str:
    """Return « juillet » for 7."""
    return FRENCH_MONTHS[month - 1]


def name_season(leaf: Leaf) -> str:
    """Return « été », or nothing."""
    return _SEASONS.get(leaf.season, "")


def _machine_form(leaf: Leaf) -> str:
    return "-".join(leaf.figures) if leaf.years == 1 else ""


def _words(leaf: Leaf, *, with_month: bool = True, with_year: bool = True) -> str:
    """Return « 1er août 2018 », « août 2018 », « été 2018 », « 2018 »; with less, « 1er »."""
    if leaf.years > 1:
        return f"années {leaf.year}" + (f" à {leaf.year + 90}" if leaf.years > _DECADE else "")
    day = {0: "", 1: "1er"}.get(leaf.day, str(leaf.day))
    month = name_season(leaf) or (name_month(leaf.month) if leaf.month else "")
    year = str(leaf.year) if with_year else ""
    return " ".join(filter(None, (day, month if with_month else "", year)))


def _article(leaf: Leaf) -> str:
    """Return the article that goes before the words of *leaf* inside a sentence."""
    if leaf.years > 1:
        return "les "
    if leaf.season in _VOWEL_SEASONS:
        return "l’"
    return "le " if leaf.day or leaf.season else ""


def _spell_end(leaf: Leaf, **parts: bool) -> list[DatePiece]:
    doubt = " environ" * leaf.approximate + " (date incertaine)" * leaf.uncertain
    words = DatePiece(_words(leaf, **parts), _machine_form(leaf))
    return [DatePiece(_article(leaf)), words, DatePiece(doubt)]


def _spell_between(start: Leaf, end: Leaf) -> list[DatePiece]:
    sure = not (start.is_doubtful or end.is_doubtful)
    pairs = (start.day, end.day), (start.month, end.month), (start.season, end.season)
    alike = all(bool(one) == bool(other) for one, other in pairs)
    same_year = sure and alike and start.year == end.year and bool(start.month or start.season)
    same_month = same_year and bool(start.day) and start.month == end.month
    first = _spell_end(start, with_month=not same_month, with_year=not same_year)
    return [DatePiece("entre "), *first, DatePiece(" et "), *_spell_end(end)]


def _spell_since(leaf: Leaf) -> list[DatePiece]:
    article, words, doubt = _spell_end(leaf)
    starts_with_vowel = words.text[0] in "ao"
    bare = "à partir d’" if starts_with_vowel else "à partir de "
    before = {"le ": "à partir du ", "les ": "à partir des ", "": bare}
    return [DatePiece(before.get(article.text, "à partir de l’")), words, doubt]


def _spell_until(leaf: Leaf) -> list[DatePiece]:
    article, *rest = _spell_end(leaf)
    before = {"le ": "jusqu’au ", "les ": "jusqu’aux ", "": "jusqu’en "}
    return [DatePiece(before.get(article.text, "jusqu’à l’")), *rest]


def spell_pieces(date: UncertainDate) -> list[DatePiece]:
    """Return the words of *date*, those that name a time apart from the others."""
    start, end = date.start, date.end
    if start and end and date.is_span and start != end:
        return _spell_between(start, end)
    if start and end:
        before = f"vers {_article(start)}" if start.approximate else ""
        after = " (date incertaine)" if start.uncertain else ""
        return [DatePiece(before), DatePiece(_words(start), _machine_form(start)), DatePiece(after)]
    if start:
        return _spell_since(start)
    if end:
        return _spell_until(end)
    raise ValueError("a date needs a start or an end")


def spell_date(date: UncertainDate) -> str:
    """Return *date* in words, as « entre novembre 2017 et mai 2018 »."""
    return "".join(piece.text for piece in spell_pieces(date))


def spell_day(day: dt.date) -> str:
    """Return « 15 janvier 2027 »."""
    return spell_date(certain_day(day))


def find_machine_date(date: UncertainDate) -> str:
    """Return a year, month or day that is known for sure, as ISO 8601 has it, or nothing."""
    leaf = date.start
    if leaf is None or leaf != date.end or leaf.is_doubtful or leaf.season:
        return ""
    return _machine_form(leaf)


def mark_up_date(date: UncertainDate, role: str = "") -> Markup:
    """Return *date* in words, each known part in a ``<time>``.

    Its *role* is a class by which programs know a date that is a single one, as « dt-published ».
    """
    known = Markup(' class="{}"').format(role) if role and date.single else ""
    template = Markup('<time{} datetime="{}">{}</time>')
    return Markup("").join(
        template.format(known, piece.datetime, piece.text) if piece.datetime else piece.text
        for piece in spell_pieces(date)
    )


def mark_up_day(day: dt.date, role: str = "") -> Markup:
    """Return a fully known *day* in words, in a ``<time>``."""
    return mark_up_date(certain_day(day), role)


def _list_months(date: UncertainDate) -> list[tuple[int, int]]:
    """Return the years and months from the first that *date* names to the last."""
    known = [leaf for leaf in (date.start, date.end) if leaf and leaf.month]
    if not known:
        return []
    first, last = (12 * leaf.year + leaf.month - 1 for leaf in (known[0], known[-1]))
    months = (divmod(at, 12) for at in range(first, min(last, first + _LONGEST_SPAN) + 1))
    return [(year, month + 1) for year, month in months]


def name_season_of(month: int) -> str:
    """Return « été » for June, July and August."""
    return _SEASONS[21 + (month - 3) % 12 // 3]


def list_times(date: UncertainDate) -> list[str]:
    """Return all that readers may call the time of *date*.

    « 11 novembre 2017 », « novembre 2017 », « automne 2017 » and « 2017 ».
    """
    leaves = [leaf for leaf in (date.start, date.end) if leaf and leaf.years == 1]
    times = [_words(leaf) for leaf in leaves if leaf.season]
    times += (f"{leaf.year}" for leaf in leaves)
    times += (f"{leaf.day} {spell_month(leaf.year, leaf.month)}" for leaf in leaves if leaf.day)
    for year, month in _list_months(date):
        times += (spell_month(year, month), f"{name_season_of(month)} {year}")
    return list(dict.fromkeys(times))


def spell_month(year: int, month: int) -> str:
    """Return « novembre 2017 »."""
    return f"{name_month(month)} {year}"
