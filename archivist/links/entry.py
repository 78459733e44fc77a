"""What is known of one address: its state, when that was seen, and where a copy of it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

ALIVE, MOVED, DEAD = "alive", "moved", "dead"
UNREACHABLE, UNKNOWN = "unreachable", "unknown"

STATES = frozenset({ALIVE, MOVED, DEAD, UNREACHABLE, UNKNOWN})

TROUBLES: Mapping[str, str] = {
    "address": "adresse mal formée",
    "loop": "redirections sans fin",
    "name": "nom de domaine disparu",
    "network": "connexion refusée ou coupée",
    "private": "adresse d’un réseau privé",
    "timeout": "pas de réponse à temps",
    "tls": "certificat refusé",
}
"""Why no server answered, and the French for each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An address of the ledger.

    *status* is that of the last answer, *trouble* why there was none; *checked* the day it was
    asked for, *seen* the last day it was there, *failures* those when it was not, but may come
    back. *copy* is an archived copy of the day *copy_date*, *copy_asked* the day one was asked
    for. A maintainer may have it left alone, *ignore*, for a *reason*.
    """

    address: str
    state: str = ""
    status: int = 0
    trouble: str = ""
    moved_to: str = ""
    checked: dt.date | None = None
    seen: dt.date | None = None
    failures: tuple[dt.date, ...] = ()
    copy: str = ""
    copy_date: dt.date | None = None
    copy_asked: dt.date | None = None
    ignore: bool = False
    reason: str = ""

    @property
    def is_dead(self) -> bool:
        """Whether readers are to be told that the link is dead."""
        return self.state == DEAD and not self.ignore

    @property
    def cause(self) -> str:
        """Why it is not simply there, in French, or nothing."""
        if self.trouble:
            return TROUBLES[self.trouble]
        return f"réponse {self.status}" if self.status else ""
