"""What became of links, told to a maintainer: in a terminal, and as a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.links.entry import ALIVE, DEAD, MOVED, UNKNOWN, UNREACHABLE, Entry
from archivist.reports import Row, write_page, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archivist.links.finding import Link, Place
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
class Report:
    """What the *ledger* knows of *links*, of which *asked* were asked for now.

    *silent* is of which links the archive service said nothing, and why.
    """

    links: Mapping[str, Link]
    ledger: Ledger
    asked: int
    silent: Mapping[str, str]

    def _list(self, state: str) -> Iterator[tuple[Place, Entry]]:
        """Yield each place of a link in some *state*, in the order of files."""
        found = [
            (place, self.ledger[address])
            for address, link in self.links.items()
            if address in self.ledger
            for place in link.places
        ]
        for place, entry in sorted(found, key=lambda each: (each[0], each[1].address)):
            if entry.state == state and not entry.ignore:
                yield place, entry

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
        """Yield a line for each place of a link that is not simply there."""
        for state, (_, name) in _PARTS.items():
            for place, entry in self._list(state):
                cause = f" ({entry.cause})" if entry.cause and state != MOVED else ""
                now = _describe_now(entry)
                yield f"{place}: {name} {entry.address}{cause}{f', {now}' if now else ''}"

    def to_html(self) -> str:
        """Return all of it, for people."""
        parts = (
            (heading, write_table(_COLUMNS, map(_write_row, self._list(state))))
            for state, (heading, _) in _PARTS.items()
        )
        return write_page("Rapport sur les liens", self.summarise(), parts)


def _agree(count: int, one: str, several: str) -> str:
    return f"{count} {several if count > 1 else one}"


def _describe_now(entry: Entry) -> str:
    if entry.state == MOVED:
        return f"maintenant {entry.moved_to}"
    if entry.copy and entry.copy_date:
        return f"copie de {entry.copy_date.year} : {entry.copy}"
    return ""


def _write_row(found: tuple[Place, Entry]) -> Row:
    place, entry = found
    seen = str(entry.seen) if entry.seen else ""
    now = entry.moved_to or entry.copy
    cells = (str(place), entry.address, "" if entry.moved_to else entry.cause, now, seen)
    return Row(cells=cells, matters=entry.is_dead and not entry.copy)
