"""Archived copies of a page, by the Memento protocol: RFC 7089, datetime negotiation."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urljoin

from archivist.errors import ArchiveError
from archivist.links.asking import Web
from archivist.links.ledger import TROUBLES

_SUCCESS = range(200, 300)


def find_copy(
    web: Web, timegate: str, address: str, day: dt.date | None
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
    made = answer.headers.get("Memento-Datetime", "")
    if answer.trouble or (not made and answer.status not in {*_SUCCESS, 404, 410}):
        status = f"réponse {answer.status or 'remise à plus tard'}"
        raise ArchiveError(TROUBLES.get(answer.trouble, status))
    # A page of the service's own has no date; a copy of an error page is none.
    if not made or answer.status not in _SUCCESS:
        return None
    try:
        made_on = parsedate_to_datetime(made).date()
    except ValueError:
        return None
    # Where the service answers at another address, that of the copy itself.
    return urljoin(answer.address, answer.headers.get("Content-Location", "")), made_on
