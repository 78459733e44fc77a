"""What became of links, told to a maintainer: in a terminal, and as a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.links.ledger import ALIVE, DEAD, MOVED, UNKNOWN, UNREACHABLE, LinkRecord
from archivist.reports import Row, write_page, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archivist.links.finding import Mention, OutsideLink
    from archivist.links.ledger import Ledger

# What there is to do about each state, and what one link of it is called.
_PARTS: Mapping[str, tuple[str, str]] = {
    DEAD: ("Liens morts", "lien mort"),
    MOVED: ("Liens déplacés", "lien déplacé"),
    UNREACHABLE: ("Liens injoignables", "lien injoignable, à revoir"),
    UNKNOWN: ("Liens que le site ne laisse pas vérifier", "lien à vérifier à la main"),
}
_LEFT = "left"
# What links in each state are called: one, several.
_COUNTED: Mapping[str, tuple[str, str]] = {
    ALIVE: ("vivant", "vivants"),
    DEAD: ("mort", "morts"),
    MOVED: ("déplacé", "déplacés"),
    UNREACHABLE: ("injoignable", "injoignables"),
    UNKNOWN: ("invérifiable", "invérifiables"),
    _LEFT: ("laissé tranquille", "laissés tranquilles"),
    "": ("pas encore vérifié", "pas encore vérifiés"),
}
_COLUMNS = ("Où", "Adresse", "Pourquoi", "Maintenant, ou copie", "Vu vivant")


@dataclass(frozen=True, kw_only=True, slots=True)
class LinksReport:
    """What the *ledger* knows of *links*."""

    links: Mapping[str, OutsideLink]
    ledger: Ledger
    asked: int
    """How many were asked for now."""
    silent: Mapping[str, str]
    """The links of which the archive service said nothing, and why."""

    def _list(self, state: str) -> Iterator[tuple[Mention, LinkRecord]]:
        """Yield each mention of a link in some *state*, in the order of files."""
        found = [
            (mention, self.ledger[address])
            for address, link in self.links.items()
            if address in self.ledger
            for mention in link.mentions
        ]
        for mention, record in sorted(found, key=lambda each: (each[0], each[1].address)):
            if record.state == state and not record.ignore:
                yield mention, record

    def summarise(self) -> Iterator[str]:
        """Yield, in French, how many links there are in each state."""
        found = _agree(len(self.links), "adresse d’un autre site", "adresses d’autres sites")
        yield f"{found}, {_agree(self.asked, 'vérifiée', 'vérifiées')} cette fois"
        known = [self.ledger[address] for address in self.links if address in self.ledger]
        states = Counter(_LEFT if each.ignore else each.state for each in known)
        states[""] += len(self.links) - len(known)
        for state, words in _COUNTED.items():
            if states[state]:
                yield f"  {_agree(states[state], *words)}"
        copies = sum(each.is_dead and bool(each.copy) for each in known)
        if states[DEAD]:
            yield f"  {_agree(copies, 'copie de lien mort', 'copies de liens morts')}"
        for reason, count in sorted(Counter(self.silent.values()).items()):
            yield f"  {_agree(count, 'copie', 'copies')} à redemander : {reason}"

    def list_lines(self) -> Iterator[str]:
        """Yield a line for each mention of a link that is not simply there."""
        for state, (_, name) in _PARTS.items():
            for mention, record in self._list(state):
                line = f"{mention}: {name} {record.address}"
                if state == MOVED:
                    line += f", maintenant {record.moved_to}"
                elif record.cause:
                    line += f" ({record.cause})"
                if state != MOVED and record.copy and record.copy_date:
                    line += f", copie de {record.copy_date.year} : {record.copy}"
                yield line

    def to_html(self) -> str:
        """Return all of it, for people."""
        parts = (
            (heading, write_table(_COLUMNS, map(_write_row, self._list(state))))
            for state, (heading, _) in _PARTS.items()
        )
        return write_page("Rapport sur les liens", self.summarise(), parts)


def _agree(count: int, one: str, several: str) -> str:
    return f"{count} {several if count > 1 else one}"


def _write_row(found: tuple[Mention, LinkRecord]) -> Row:
    mention, record = found
    seen = str(record.seen) if record.seen else ""
    now = record.moved_to or record.copy
    cells = (str(mention), record.address, "" if record.moved_to else record.cause, now, seen)
    return Row(cells=cells, matters=record.is_dead and not record.copy)
