"""When a server wants to be asked again: what it says in `Retry-After`, RFC 9110, 10.2.3."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BUSY = frozenset({429, 503})


def find_wait(status: int, headers: Mapping[str, str], usual: float) -> float | None:
    """Return the seconds to wait before asking again, the *usual* ones if it says none.

    None where the answer is one.
    """
    if status not in _BUSY:
        return None
    told = headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return usual
    now = dt.datetime.now(tz=dt.UTC)
    return max(0.0, (moment.astimezone(dt.UTC) - now).total_seconds())
