"""Ask what became of links, and where copies are; note it in the ledger as it comes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archivist.addresses.web import name_address
from archivist.links.crew import ask_all
from archivist.links.entry import UNREACHABLE, Entry
from archivist.links.judging import judge
from archivist.links.ledger_writing import write_ledger
from archivist.links.memento import Copy, ServiceError, find_copy
from archivist.links.web import LATER, Web
from archivist.progress import Progress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from archivist.links.finding import Link
    from archivist.links.ledger import Ledger
    from archivist.links.web import Answer

ASKING, COPYING = "liens", "copies"
STAGES = {ASKING: 80, COPYING: 20}
# A run that is killed loses no more.
_MOST_UNWRITTEN = 5
_LONGEST_UNWRITTEN = 1.0  # seconds
# A service that says nothing so many times in a row is left alone.
_MOST_SILENT = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What a maintainer asks for: links not seen to for *days*, all of them when *asks_all*.

    Copies are those of dead links, of all when *copies_all*, from the service at *timegate*.
    """

    today: dt.date
    timegate: str
    days: int = 30
    asks_all: bool = False
    copies_all: bool = False


@dataclass(kw_only=True)
class Checker:
    """Keeps the *ledger* of the folder *docs* for *links*; *make_web* gives what it asks with.

    *asked* is how many were asked for, *is_online* whether any server answered; *silent* is
    of which links the archive service did not say whether there is a copy, and why.
    """

    docs: Path
    links: Mapping[str, Link]
    ledger: Ledger
    wishes: Wishes
    make_web: Callable[[], Web] = Web
    progress: Progress = field(default_factory=Progress)
    asked: int = 0
    is_online: bool = False
    silent: dict[str, str] = field(default_factory=dict)
    _unwritten: int = 0
    _written: float = 0.0

    def run(self) -> None:
        """Ask; whatever stops it, what was learnt is in the ledger."""
        # What nothing leads to any more is forgotten, unless a maintainer wrote of it.
        self.ledger = {
            address: entry
            for address, entry in self.ledger.items()
            if address in self.links or entry.ignore
        }
        try:
            self._ask_links()
            self._ask_copies()
        finally:
            write_ledger(self.docs, self.ledger.values())
            self.progress.end()

    def find_due(self) -> list[str]:
        """Return the addresses to ask for."""
        return [address for address in self.links if self._is_due(self._know(address))]

    def _know(self, address: str) -> Entry:
        return self.ledger.get(address, Entry(address=address))

    def _is_due(self, entry: Entry) -> bool:
        if entry.ignore:
            return False
        # One that failed is asked for again the next day: it may be back.
        is_soon = self.wishes.asks_all or entry.state == UNREACHABLE
        return self._is_old(entry.checked, 1 if is_soon else self.wishes.days)

    def _is_old(self, day: dt.date | None, days: int) -> bool:
        return day is None or (self.wishes.today - day).days >= days

    def _ask_links(self) -> None:
        due = self.find_due()
        self.progress.begin(ASKING, len(due))
        web = self.make_web()
        # While no server answers at all, it may be this machine that is cut off.
        held: list[tuple[str, Answer]] = []
        for address, answer in ask_all(due, web.look_at, web.pace):
            self.progress.step()
            if answer.trouble == LATER:
                continue
            self.is_online = self.is_online or bool(answer.status)
            held.append((address, answer))
            self._note(held)
        if held:
            # Those that were asked may all be gone: the archive service is there.
            self.is_online = bool(self.make_web().look_at(self.wishes.timegate).status)
            self._note(held)

    def _note(self, held: list[tuple[str, Answer]]) -> None:
        """Note the answers that are *held*, and let go of them, unless this machine is cut off."""
        if not self.is_online:
            return
        for address, answer in held:
            self.asked += 1
            self._keep(judge(self._know(address), answer, self.wishes.today))
        held.clear()

    def _keep(self, entry: Entry) -> None:
        """Note what is known now; write it down, if some time after."""
        self.ledger[entry.address] = entry
        self._unwritten += 1
        now = time.monotonic()
        if self._unwritten >= _MOST_UNWRITTEN or now - self._written > _LONGEST_UNWRITTEN:
            write_ledger(self.docs, self.ledger.values())
            self._unwritten, self._written = 0, now

    def _lacks_copy(self, entry: Entry) -> bool:
        is_wanted = entry.is_dead or (self.wishes.copies_all and not entry.ignore)
        days = 1 if self.wishes.asks_all else self.wishes.days
        return is_wanted and not entry.copy and self._is_old(entry.copy_asked, days)

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
                copy = find_copy(web, self.wishes.timegate, address, self._choose_day(address))
            except ServiceError as error:
                self.silent[address], silences = str(error), silences + 1
            else:
                silences = 0
                self._note_copy(self._know(address), copy)

    def _choose_day(self, address: str) -> dt.date | None:
        """Return the day of the oldest post that leads there, else the last that it was seen."""
        return self.links[address].day or self._know(address).seen

    def _note_copy(self, entry: Entry, copy: Copy | None) -> None:
        entry = replace(entry, copy_asked=self.wishes.today)
        if copy and name_address(copy.address):
            entry = replace(entry, copy=copy.address, copy_date=copy.day)
        self._keep(entry)
