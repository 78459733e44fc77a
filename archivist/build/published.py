"""What readers do not see: posts that a site withholds, told; those it would lose, told or refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from archivist.addresses import owned
from archivist.dates.french import spell_day
from archivist.errors import ArchiveError
from archivist.french import count, name_some

_BILLETS, *_ = owned.DATA_FILES
# A site may lose less than one post in so many.
_SHARE = 3
# More names teach nothing more.
_MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld:
    """The files of posts that readers are not to see: drafts, and those ahead, each with its day."""

    drafts: tuple[str, ...] = ()
    ahead: tuple[tuple[dt.date, str], ...] = ()
    """The first to come out first."""

    def tell(self, today: dt.date | None) -> Iterator[str]:
        """Yield in French how many they are, which, and what day it is."""
        days = [(spell_day(day), path) for day, path in self.ahead]
        if len(days) == 1:
            yield f"1 billet daté du {days[0][0]} attend : {days[0][1]}"
        elif days:
            paths = [f"{path} ({day})" for day, path in days]
            yield f"{len(days)} billets datés d’un jour à venir attendent : {name_some(paths, _MOST_NAMED)}"
        if days and today:
            yield f"le site est au {spell_day(today)} : le jour de SOURCE_DATE_EPOCH, sinon celui du dernier commit"
        if self.drafts:
            yield f"{count(len(self.drafts), 'brouillon')} : {name_some(self.drafts, _MOST_NAMED)}"


def read_published(site: Path) -> frozenset[str]:
    """Return the posts of *site*, as it tells them; none where there is no site yet."""
    try:
        told = json.loads((site / _BILLETS).read_bytes())
        return frozenset(str(billet["identifiant"]) for billet in told["billets"])
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return frozenset()


def find_gone(published: Set[str], posts: Set[str]) -> list[str]:
    """Return the posts that are *published* and not among *posts*, when these are fewer; in order."""
    return sorted(published - posts) if len(posts) < len(published) else []


def tell_gone(gone: Sequence[str]) -> str:
    """Return in French how many posts are gone, and which."""
    return f"{count(len(gone), 'billet')} en moins sur le site : {name_some(gone)}"


def refuse_loss(gone: Sequence[str], posts: Set[str]) -> None:
    """Raise ArchiveError when a third or more of what was published is *gone*."""
    if gone and len(gone) * _SHARE >= len(gone) + len(posts):
        advice = "remettez-les, ou confirmez avec make html FEWER=1 (archivist build --fewer)."
        raise ArchiveError(f"{tell_gone(gone)} ; {advice}")
