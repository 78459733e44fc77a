"""The old addresses of an import: those of each item, and in `redirects.txt` of what has no header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from archivist.addresses.old import fold_address, place_at, spell_address
from archivist.addresses.owned import Owners
from archivist.addresses.slugs import to_slug
from archivist.addresses.web import name_host
from archivist.posts.fields import split_list
from archivist.syntax.yaml import read_fields, write_list
from archivist.wordpress.existing import Existing
from archivist.wordpress.export.plan import (
    ANOTHER_BLOG,
    Plan,
    Planned,
    normalise_path,
    read_address,
)
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.export.wxr import WpItem
from archivist.wordpress.notes import Kind, Noter
from archivist.wordpress.writing import append_lines, read_if_there, replace_text

REDIRECTS = "redirects.txt"
# The lists of a year and of a month.
_DAYS = re.compile(r"[0-9]{4}(?:/[0-9]{2})?")


@dataclass(frozen=True)
class ItemAddresses:
    """The old addresses of one item."""

    plan: Plan
    item: WpItem
    claimed: dict[str, int]  # the item that each old address is of
    note: Noter

    @property
    def planned(self) -> Planned:
        """What is to become of the item."""
        return self.plan.planned[self.item.id]

    def find_own(self) -> list[str]:
        """Return the old addresses of the post, but the one that its name gives it."""
        item, blog = self.item, self.plan.blog.url
        own = (item.link, item.guid, f"{blog}?p={item.id}")
        olds = dict.fromkeys(self._find_stub_addresses(), "")
        olds = {self._read_old(each): name_host(each) for each in own} | olds
        claimed = [self._claim(old, host or name_host(blog)) for old, host in olds.items() if old]
        found = dict.fromkeys(old for old in claimed if old and old != f"{self.planned.slug}/")
        return [spell_address(old) for old in found]

    def _claim(self, old: str, host: str) -> str:
        """Return *old* as this item may have it, with its *host* where another's has the same."""
        claimed, item = self.claimed, self.item.id
        owner = claimed.setdefault(old, item)
        other = self.plan.planned.get(owner)
        is_elsewhere = other is not None and name_host(other.link) != host
        if host and owner != item and (owner == ANOTHER_BLOG or is_elsewhere):
            old = read_address(place_at(host, old))
            self.note(Kind.OLD_ADDRESS_BY_HOST, old)
        return old if claimed.setdefault(old, item) == item else ""

    def _find_stub_addresses(self) -> Iterator[str]:
        """Yield the old addresses of an excerpt of this post, but the number of another text."""
        fields = self.planned.stub.fields if self.planned.stub else {}
        known = self.plan
        for address, _ in split_list(fields.get("redirect")):
            number = re.fullmatch(r"/?\?(?:p|page_id)=([0-9]+)", address)
            if not number or int(number[1]) not in known.planned.keys() | known.hidden:
                yield read_address(address)

    def _read_old(self, address: str) -> str:
        """Return *address* as the site writes old ones, or nothing when it can be none."""
        plain, _, query = normalise_path(address).partition("?")
        asked = dict(parse_qsl(query))
        number = next((name for name in ("p", "page_id") if name in asked), "")
        if number:
            # The number of another is that other's address.
            is_own = asked[number] == f"{self.item.id}"
            return read_address(self.plan.ask(number, self.item.id)) if is_own else ""
        if "lang" in asked:
            return read_address(f"/{plain}/?lang={asked['lang']}", self.note)
        return read_address(f"/{plain}", self.note) if plain and not query else ""

    def find_redirects(self, old: list[str], shown: list[str]) -> dict[str, str]:
        """Return what redirects.txt is to hold for this item, that has the files *shown*."""
        plan, docname = self.plan, self.planned.docname
        wanted = [*old, plan.ask("page_id", self.item.id), f"/{self.planned.slug}/"]
        found = dict.fromkeys(filter(None, wanted) if self.planned.is_page else (), docname)
        for medium in (*plan.list_media(self.item.id), *plan.find_alone(shown)):
            for address in plan.list_addresses(medium):
                found[address] = docname
        return found


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

    def __post_init__(self) -> None:
        self._site = Owners({})
        self._known = set(self.existing.ledger.get("items", {}).values())

    def find_new(self) -> dict[str, str]:
        """Return the old addresses that nothing else answers at.

        Those that another blog has are the ones of their host alone.
        """
        own = {each.slug for each in self.plan.planned.values() if not each.is_page}
        own |= self._own_lists()
        slugs = own | {post.slug for post in self.existing.posts.values()}
        names = {*self.existing.lists, *(f"{name}/" for name in own)}
        owners = Owners(
            dict.fromkeys(names, "liste"),
            dict.fromkeys(map("{}/index.html".format, slugs), "billet"),
        )
        before = {spell_address(each.old): each.new for each in self.existing.redirects}
        written = {} if self.is_forced else self.existing.ledger.get("redirects", {})
        taken = set(map(fold_address, (*self._impossible, *before, *self.claimed, *written)))
        lists = {old: new for old, new in self._find_lists().items() if new in self.lists}
        found: dict[str, str] = {}
        for old, new in (self.wanted | lists).items():
            # What a hand took out since stays so.
            ways = [] if written.get(old) == new else [old]
            if ways and before.get(old) != new and old not in found and old.strip("/") not in own:
                ways += self._find_hosted(old, new)
            for each in ways:
                if fold_address(each) not in taken and not owners.find(each):
                    found[each] = new
                    taken.add(fold_address(each))
                    break
        return found

    def _own_lists(self) -> set[str]:
        """Return the lists that labels and authors of the blog have: category/emploi."""
        listed = (each.replace("-", "/", 1) for each in self.terms.lists.values())
        authors = (f"author/{key}" for key in self.terms.signed.values())
        return {*listed, *self.terms.redirects.values(), *authors}

    def _find_lists(self) -> dict[str, str]:
        """Return the old addresses of lists: of labels, of authors, and by number."""
        blog, plan, found = self.plan.blog, self.plan, dict(self.terms.redirects)
        for term in blog.terms:
            listed = self.terms.lists.get(f"category/{unquote(term.slug)}")
            if term.domain == "category" and term.id and listed:
                found[plan.ask("cat", term.id)] = listed.replace("-", "/", 1)
        creators = {each.creator for each in plan.list_signed()}
        for login in sorted(creators) if blog.version else ():
            place = f"author/{self.terms.find_author(login)}"
            address = read_address(f"/author/{to_slug(login)}/")
            found |= {f"/{address}": place} if address not in {"", f"{place}/"} else {}
            if number := blog.author_ids.get(login):
                found[plan.ask("author", number)] = place
        return found

    def _find_hosted(self, old: str, new: str) -> Iterator[str]:
        """Yield *old* as that of the blog's host alone, which answers where another blog has it."""
        host, name = name_host(self.plan.blog.url), old.strip("/")
        is_ours = old in self.claimed or old in self._impossible or "://" in old
        # What was led elsewhere by hand since the last import stays so.
        is_known = new in self._known
        if host and not (is_ours or is_known or self._site.find(name) or _DAYS.fullmatch(name)):
            yield place_at(host, old.lstrip("/"))

    def list_notes(self) -> Iterator[tuple[Kind, str]]:
        """Yield what a report says of old addresses."""
        for line in sorted(self.gone):
            yield Kind.OLD_ADDRESS_GONE, " → ".join(line.split())
        for old in self.find_new():
            if "://" in old:
                yield Kind.OLD_ADDRESS_BY_HOST, old
        for medium in self.plan.media.values():
            if medium.link and self.wanted.keys().isdisjoint(self.plan.list_addresses(medium)):
                yield Kind.FILE_PAGE_LEFT, medium.link

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


def drop_addresses(text: str, told: str) -> tuple[str, list[str]]:
    """Return the post *text* without those of its old addresses that *told* quotes; and these."""
    header, end, body = text.partition("\n---\n")
    lines = header.split("\n")
    at = next((at for at, line in enumerate(lines) if line.startswith("redirect: ")), 0)
    old = split_list(read_fields(lines[at])["redirect"]) if at else []
    dropped = [address for address, _ in old if f"« {address} »" in told]
    if not dropped:
        return text, []
    kept = [address for address, _ in old if address not in dropped]
    lines[at : at + 1] = [f"redirect: {write_list(kept)}"] if kept else []
    return "\n".join(lines) + end + body, dropped
