"""Archived copies of a page, by the Memento protocol: RFC 7089, datetime negotiation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archivist.links.entry import TROUBLES

if TYPE_CHECKING:
    from archivist.links.web import Answer, Web

_SUCCESS = range(200, 300)


class ServiceError(Exception):
    """The archive service could not tell; the message says in French why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A copy of a page as it was on some *day*."""

    address: str
    day: dt.date


def find_copy(web: Web, timegate: str, address: str, day: dt.date | None) -> Copy | None:
    """Return the copy of *address* nearest to *day*, else the newest one; None if there is none.

    Raises ServiceError when the service does not say.
    """
    headers = {"Accept-Datetime": _spell(day)} if day else {}
    answer = web.ask("GET", f"{timegate}{address}", headers)
    made = answer.headers.get("Memento-Datetime", "")
    if answer.trouble or (not made and answer.status not in {*_SUCCESS, 404, 410}):
        raise ServiceError(
            TROUBLES.get(answer.trouble) or f"réponse {answer.status or 'remise à plus tard'}"
        )
    # A page of the service's own has no date; a copy of an error page is none.
    if not made or answer.status not in _SUCCESS:
        return None
    try:
        moment = parsedate_to_datetime(made)
    except ValueError:
        return None
    return Copy(address=_find_own(answer), day=moment.date())


def _spell(day: dt.date) -> str:
    return format_datetime(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC), usegmt=True)


def _find_own(answer: Answer) -> str:
    """Return the address of the copy itself, where the service answers at another."""
    return urljoin(answer.address, answer.headers.get("Content-Location", ""))
