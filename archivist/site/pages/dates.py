"""Posts by date: years, months and their bars; all titles on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from archivist.addresses import owned
from archivist.dates.french import spell_month
from archivist.posts.post import Post
from archivist.site.lists.years import Year, chart_years
from archivist.site.pages.listing import Listing
from archivist.site.pages.page import Named, Page, Spot, link_posts, link_spots, name_posts
from archivist.site.site import Site

_ARCHIVES = Spot("Archives par date", f"{owned.ARCHIVES}/index")
_TITLES = Spot("Tous les titres", f"{owned.TITLES}/index")


@dataclass(frozen=True, kw_only=True)
class ArchivesPage(Page):
    """All years and months."""

    template: ClassVar[str] = "archives.html"
    years: list[Year]


@dataclass(frozen=True, kw_only=True)
class TitlesPage(Page):
    """The titles of all posts, by month, the newest first."""

    template: ClassVar[str] = "titles.html"
    months: tuple[tuple[Spot, tuple[Named, ...]], ...]

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield what the template is given: years, their months, the posts of each."""
        name = self.docname
        yield "summary", self.summary
        yield "trail", link_spots(name, [_ARCHIVES])
        links = link_spots(name, [month for month, _ in self.months])
        shown = [
            (month.docname.partition("/")[0], link, link_posts(name, posts))
            for link, (month, posts) in zip(links, self.months, strict=True)
        ]
        by_year = groupby(shown, key=lambda each: each[0])
        yield "years", [(year, [each[1:] for each in found]) for year, found in by_year]


def place_post(post: Post) -> tuple[Spot, Spot]:
    """Return the year and the month that list *post*."""
    year, month = post.date.year, post.date.month
    name = spell_month(year, month).capitalize()
    return Spot(f"{year}", f"{year}/index"), Spot(name, f"{year}/{month:02}/index")


def _group(posts: Sequence[Post], at: int) -> list[tuple[Spot, tuple[Post, ...]]]:
    """Return *posts* by year, or by month where *at* is 1, oldest first."""
    grouped = groupby(posts, key=lambda post: place_post(post)[at])
    return [(spot, tuple(found)) for spot, found in grouped]


def _find_around(spots: Sequence[Spot]) -> dict[Spot, tuple[Spot | None, Spot | None]]:
    """Return those before and after each of *spots*."""
    row = (None, *spots, None)
    return {spot: (row[at], row[at + 2]) for at, spot in enumerate(spots)}


def list_by_date(posts: Sequence[Post]) -> Iterator[Listing]:
    """Yield the lists of years and months."""
    years, months = _group(posts, 0), _group(posts, 1)
    around = _find_around([spot for spot, _ in years]) | _find_around([spot for spot, _ in months])
    for year, in_year in years:
        found = _group(in_year, 1)
        yield Listing(
            path=year.name, kind="Année", title=year.name, posts=in_year, trail=(_ARCHIVES,),
            months=tuple(Spot(spot.name, spot.docname, len(each)) for spot, each in found),
            around=around[year],
        )  # fmt: skip
        for month, in_month in found:
            yield Listing(
                path=month.docname.removesuffix("/index"), kind="Mois", title=month.name,
                posts=in_month, trail=(_ARCHIVES, year), around=around[month],
            )  # fmt: skip


def list_archives(site: Site) -> Iterator[Page]:
    """Yield the page of all years, and that of all titles."""
    posts, named = site.library.posts, site.once(name_posts)
    yield ArchivesPage(
        docname=_ARCHIVES.docname,
        title=_ARCHIVES.name,
        summary="Tous les billets, par année et par mois.",
        years=list(chart_years(post.date for post in posts)),
    )
    yield TitlesPage(
        docname=_TITLES.docname,
        title=_TITLES.name,
        summary="Les titres de tous les billets, par année et par mois.",
        months=tuple(
            (month, tuple(named[post.docname] for post in reversed(found)))
            for month, found in reversed(_group(posts, 1))
        ),
    )
