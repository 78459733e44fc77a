"""Archived copies of a page, by the Memento protocol: RFC 7089, datetime negotiation."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime, parsedate_to_datetime

from archivist.addresses.web import name_address
from archivist.errors import ArchiveError
from archivist.links.answers import SURPRISE, lead_on
from archivist.links.asking import Web
from archivist.links.ledger import TROUBLES

_SUCCESS = range(200, 300)
# That of the web; tomorrow is today elsewhere.
_FIRST_DAY, _ONE_DAY = dt.date(1991, 8, 6), dt.timedelta(days=1)


def find_copy(
    web: Web, timegate: str, address: str, day: dt.date | None, today: dt.date
) -> tuple[str, dt.date] | None:
    """Return the copy of *address* nearest to *day*, else the newest one; None if there is none.

    It is its address, and the day it was made. Raises ArchiveError when the service does not say.
    """
    headers = {}
    if day:
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        # `Fri, 22 Jun 2018 12:00:00 GMT`
        headers["Accept-Datetime"] = format_datetime(noon, usegmt=True)
    answer = web.ask("GET", f"{timegate}{address}", headers)
    if answer.trouble == SURPRISE:
        raise ArchiveError(f"erreur inattendue {answer.surprise}")
    made = answer.headers.get("Memento-Datetime", "")
    if answer.trouble or (not made and answer.status not in {*_SUCCESS, 404, 410}):
        status = f"réponse {answer.status or 'remise à plus tard'}"
        raise ArchiveError(TROUBLES.get(answer.trouble, status))
    # A page of the service's own has no date; a copy of an error page is none.
    if not made or answer.status not in _SUCCESS:
        return None
    # Where the service answers at another address, that of the copy itself.
    place = answer.headers.get("Content-Location")
    copy = lead_on(answer.address, place) if place else answer.address
    made_on = _read_day(made)
    if not name_address(copy) or not made_on or not _FIRST_DAY <= made_on <= today + _ONE_DAY:
        raise ArchiveError("copie annoncée de travers")
    return copy, made_on


def _read_day(moment: str) -> dt.date | None:
    """Return the day of `Fri, 22 Jun 2018 12:00:00 GMT`, or nothing where there is no such."""
    try:
        return parsedate_to_datetime(moment).date()
    except (ValueError, OverflowError):
        return None
