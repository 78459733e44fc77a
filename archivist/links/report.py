"""What became of links, told to a maintainer: in a terminal, and as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import starmap

from archivist.french import count
from archivist.links.checker import Checker
from archivist.links.finding import Mention
from archivist.links.ledger import ALIVE, DEAD, MOVED, UNKNOWN, UNREACHABLE, LinkRecord
from archivist.reports import Row, write_page, write_table

# The heading of the links in each state, and what one of them is called.
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


def summarise(checker: Checker) -> Iterator[str]:
    """Yield, in French, how many links there are in each state, and what was asked for now."""
    total, ledger = len(checker.links), checker.ledger
    found = count(total, "adresse d’un autre site", "adresses d’autres sites")
    yield f"{found}, {count(checker.asked, 'vérifiée')} cette fois"
    known = [ledger[address] for address in checker.links if address in ledger]
    states = Counter(_LEFT if each.ignore else each.state for each in known)
    states[""] += total - len(known)
    for state, words in _COUNTED.items():
        if states[state]:
            yield f"  {count(states[state], *words)}"
    copies = sum(each.is_dead and bool(each.copy) for each in known)
    if states[DEAD]:
        yield f"  {count(copies, 'copie de lien mort', 'copies de liens morts')}"
    if checker.postponed:
        left = count(checker.postponed, "remis à une autre fois", "remis à une autre fois")
        yield f"  {left} : le site demande d’attendre, ou ne répond à rien"
    for reason, silences in sorted(Counter(checker.silent.values()).items()):
        yield f"  {count(silences, 'copie')} à redemander : {reason}"


def list_lines(checker: Checker) -> Iterator[str]:
    """Yield a line for each mention of a link that is not simply there."""
    for state, (_, name) in _PARTS.items():
        for mention, record in _list_mentions(checker, state):
            line = f"{mention}: {name} {record.address}"
            if state == MOVED:
                line += f", maintenant {record.moved_to}"
            elif record.cause:
                line += f" ({record.cause})"
            if state != MOVED and record.copy and record.copy_date:
                line += f", copie de {record.copy_date.year} : {record.copy}"
            yield line


def list_failures(checker: Checker) -> Iterator[str]:
    """Yield a line for each mention of a link of which nothing could be noted."""
    for address, reason in sorted(checker.failed.items()):
        for mention in checker.links[address].mentions:
            yield f"{mention}: rien de noté sur {address} : {reason}"


def to_html(checker: Checker) -> str:
    """Return all of it as a page."""
    parts = (
        (heading, write_table(_COLUMNS, starmap(_to_row, _list_mentions(checker, state))))
        for state, (heading, _) in _PARTS.items()
    )
    return write_page("Rapport sur les liens", summarise(checker), parts)


def _list_mentions(checker: Checker, state: str) -> Iterator[tuple[Mention, LinkRecord]]:
    """Yield each mention of a link in some *state*, in the order of files."""
    found = [
        (mention, checker.ledger[address])
        for address, link in checker.links.items()
        if address in checker.ledger
        for mention in link.mentions
    ]
    for mention, record in sorted(found, key=lambda each: (each[0], each[1].address)):
        if record.state == state and not record.ignore:
            yield mention, record


def _to_row(mention: Mention, record: LinkRecord) -> Row:
    seen = str(record.seen) if record.seen else ""
    now = record.moved_to or record.copy
    cells = (str(mention), record.address, "" if record.moved_to else record.cause, now, seen)
    return Row(cells=cells, matters=record.is_dead and not record.copy)
