"""The old addresses of an import in `redirects.txt`: those that nothing else answers at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archivist.addresses.old import fold_address
from archivist.addresses.owned import Owners
from archivist.wordpress.existing import Existing
from archivist.wordpress.export.plan import Plan
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.writing import append_lines, read_if_there, replace_text

REDIRECTS = "redirects.txt"


@dataclass
class OldAddresses:
    """Where old addresses are to lead, by address; one that a hand took out stays so."""

    existing: Existing
    plan: Plan
    terms: Terms
    is_forced: bool = False
    wanted: dict[str, str] = field(default_factory=dict)  # those of pages and files
    lists: set[str] = field(default_factory=set)  # where posts are listed now
    claimed: set[str] = field(default_factory=set)  # those that posts give themselves
    gone: set[str] = field(default_factory=set)  # lines whose place is no more
    _impossible: set[str] = field(default_factory=set)  # those that the check refuses

    def find_new(self) -> dict[str, str]:
        """Return the old addresses that nothing else answers at."""
        slugs = [each.slug for each in self.plan.planned.values() if not each.is_page]
        slugs += [post.slug for post in self.existing.posts.values()]
        listed = [each.replace("-", "/", 1) for each in self.terms.lists.values()]
        owners = Owners(
            {f"{name}/": name for name in (*self.terms.redirects.values(), *listed)},
            {f"{slug}/index.html": slug for slug in slugs},
        )
        before = (f"/{redirect.old}" for redirect in self.existing.redirects)
        written = () if self.is_forced else self.existing.ledger.get("redirects", ())
        taken = set(map(fold_address, (*self._impossible, *before, *self.claimed, *written)))
        found: dict[str, str] = {}
        lists = {old: new for old, new in self.terms.redirects.items() if new in self.lists}
        for old, new in (self.wanted | lists).items():
            if fold_address(old) not in taken and not owners.find(old):
                found[old] = new
                taken.add(fold_address(old))
        return found

    def forget(self, lines: Sequence[str], told: Sequence[int]) -> bool:
        """Do without those on the lines *told*, counted from 1; tell whether there are others."""
        new, before = self.find_new(), len(self._impossible | self.gone)
        for line in (lines[number - 1] for number in told):
            words = line.split()
            if new.get(words[0]) == words[-1]:
                self._impossible.add(words[0])
            else:
                self.gone.add(line)
        return len(self._impossible | self.gone) > before

    def write(self, path: Path) -> None:
        """Add them to the file *path*; a line whose place is no more stays as a remark."""
        lines = read_if_there(path).split("\n")
        kept = (f"# {line}" if line in self.gone else line for line in lines)
        replace_text(path, "\n".join(kept))
        append_lines(path, (f"{old}  {new}" for old, new in sorted(self.find_new().items())))
