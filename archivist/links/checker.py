"""Ask what became of links, and where copies are; note it in the ledger as it comes."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from archivist.errors import ArchiveError
from archivist.links.answers import LATER, SURPRISE, Answer
from archivist.links.asking import Web, ask_all
from archivist.links.finding import OutsideLink
from archivist.links.judging import judge
from archivist.links.ledger import UNREACHABLE, Ledger, LinkRecord, is_readable, write_ledger
from archivist.links.memento import find_copy
from archivist.progress import Progress

ASKING, COPYING = "liens", "copies"
STAGES = {ASKING: 80, COPYING: 20}
# A run that is killed loses no more.
_MOST_UNWRITTEN = 5
_LONGEST_UNWRITTEN = 1.0  # seconds
# A service that says nothing so many times in a row is left alone.
_MOST_SILENT = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What a maintainer asks for."""

    today: dt.date
    timegate: str
    """The archive service: the address that those of pages are put after, as Memento says."""
    days: int = 30
    """A link that was asked for less than so many days ago is left."""
    asks_all: bool = False
    """Whether all are asked for that were not today."""
    copies_all: bool = False
    """Whether copies are those of all links, not of the dead ones alone."""


@dataclass(kw_only=True)
class Checker:
    """Keeps the *ledger* of the folder *docs* for *links*."""

    docs: Path
    links: Mapping[str, OutsideLink]
    ledger: Ledger
    options: Options
    make_web: Callable[[], Web] = Web
    """What gives the web to ask, one for links and one for copies."""
    progress: Progress = field(default_factory=Progress)
    asked: int = 0
    """How many links were asked for and noted."""
    is_online: bool = False
    """Whether any server answered."""
    silent: dict[str, str] = field(default_factory=dict)
    """The links of which the archive service did not say whether there is a copy, and why."""
    postponed: int = 0
    """How many links are for another time: their site asks to wait, or never answers."""
    failed: dict[str, str] = field(default_factory=dict)
    """The links of which nothing could be noted, and why."""
    _unwritten: int = 0
    _written: float = 0.0

    def run(self) -> None:
        """Ask; whatever stops it, what was learnt is in the ledger."""
        # What nothing leads to any more is forgotten, unless a maintainer wrote of it.
        self.ledger = {
            address: record
            for address, record in self.ledger.items()
            if address in self.links or record.ignore
        }
        try:
            self._ask_links()
            self._ask_copies()
        finally:
            write_ledger(self.docs, self.ledger.values())
            self.progress.end()

    def find_due(self) -> list[str]:
        """Return the addresses to ask for."""
        due = []
        for record in map(self._know, self.links):
            # One that failed is asked for again the next day: it may be back.
            is_soon = self.options.asks_all or record.state == UNREACHABLE
            days = 1 if is_soon else self.options.days
            if not record.ignore and self._is_old(record.checked, days):
                due.append(record.address)
        return due

    def _know(self, address: str) -> LinkRecord:
        return self.ledger.get(address, LinkRecord(address=address))

    def _is_old(self, day: dt.date | None, days: int) -> bool:
        return day is None or (self.options.today - day).days >= days

    def _ask_links(self) -> None:
        due = self.find_due()
        self.progress.begin(ASKING, len(due))
        web = self.make_web()
        # While no server answers at all, it may be this machine that is cut off.
        held: list[tuple[str, Answer]] = []
        for address, answer in ask_all(due, web.look_at, web.rate_limit):
            self.progress.step()
            if answer.trouble == LATER:
                self.postponed += 1
                continue
            if answer.trouble == SURPRISE:
                self.failed[address] = f"erreur inattendue {answer.surprise}"
                continue
            self.is_online = self.is_online or bool(answer.status)
            held.append((address, answer))
            self._note(held)
        if held:
            # Those that were asked may all be gone: the archive service is there.
            self.is_online = bool(self.make_web().look_at(self.options.timegate).status)
            self._note(held)

    def _note(self, held: list[tuple[str, Answer]]) -> None:
        """Note the answers that are *held*, and let go of them, unless this machine is cut off."""
        if not self.is_online:
            return
        for address, answer in held:
            self.asked += 1
            self._keep(judge(self._know(address), answer, self.options.today))
        held.clear()

    def _keep(self, record: LinkRecord) -> None:
        """Note what is known now; write it down, if some time after."""
        if not is_readable(record):
            self.failed[record.address] = "réponse que le registre ne peut pas tenir"
            return
        self.ledger[record.address] = record
        self._unwritten += 1
        now = time.monotonic()
        if self._unwritten >= _MOST_UNWRITTEN or now - self._written > _LONGEST_UNWRITTEN:
            write_ledger(self.docs, self.ledger.values())
            self._unwritten, self._written = 0, now

    def _lacks_copy(self, record: LinkRecord) -> bool:
        is_wanted = record.is_dead or (self.options.copies_all and not record.ignore)
        days = 1 if self.options.asks_all else self.options.days
        return is_wanted and not record.copy and self._is_old(record.copy_asked, days)

    def _ask_copies(self) -> None:
        lacking = [address for address in self.links if self._lacks_copy(self._know(address))]
        self.progress.begin(COPYING, len(lacking))
        web, silences = self.make_web(), 0
        for address in lacking:
            self.progress.step()
            if silences >= _MOST_SILENT:
                self.silent[address] = "service laissé tranquille"
                continue
            try:
                # The day of the oldest post that leads there, else the last that it was seen.
                day = self.links[address].day or self._know(address).seen
                copy = find_copy(web, self.options.timegate, address, day, self.options.today)
            except ArchiveError as error:
                self.silent[address], silences = str(error), silences + 1
            else:
                silences = 0
                record = replace(self._know(address), copy_asked=self.options.today)
                if copy:
                    record = replace(record, copy=copy[0], copy_date=copy[1])
                self._keep(record)
