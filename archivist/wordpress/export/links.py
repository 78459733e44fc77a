"""Where the links of an old blog lead in the archive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from archivist.addresses.repair import repair_address
from archivist.addresses.web import find_address_fault, find_host, point_to
from archivist.syntax.allowed import SCHEMES
from archivist.wordpress.export.media import PostShelf
from archivist.wordpress.export.plan import Plan, Planned, normalise_path
from archivist.wordpress.export.wxr import read_number
from archivist.wordpress.notes import Kind, Noter

# category/territoires, tag/data/page/2
_LISTS = re.compile(r"(?P<kind>category|tag|author)/(?P<slug>[^?]+?)(?:/page/[0-9]+)?")


@dataclass
class LinkResolver:
    """Leads links to where they belong."""

    plan: Plan
    labels: dict[str, str] = field(default_factory=dict)  # of lists, by their address at the blog

    def __post_init__(self) -> None:
        # Those that answered for the blog, with and without www.
        links = (self.plan.blog.url, *(each.link for each in self.plan.planned.values()))
        hosts = {find_host(link).removeprefix("www.") for link in links} - {""}
        self.hosts = frozenset(hosts | {f"www.{host}" for host in hosts})

    def lead(self, address: str, shelf: PostShelf) -> str:
        """Return where *address*, in the post of *shelf*, leads now; nothing if nowhere."""
        address = " ".join(repair_address(address).split()).replace(" ", "%20")
        if address.startswith("#") or not address:
            return self._lead_inside(address[1:], shelf)
        base = shelf.planned.link or self.plan.blog.url
        try:
            full = urljoin(base, address)
            host = (urlsplit(full).hostname or "").lower()
        except ValueError:
            shelf.note(Kind.ADDRESS_UNREADABLE, address)
            return ""
        if host in self.hosts:
            found = self._lead_home(full, shelf)
            if found is not None:
                return found
        elif shelf.is_media(full):
            return shelf.place_file(full) or full
        return lead_out(full, shelf.note)

    def _lead_inside(self, anchor: str, shelf: PostShelf) -> str:
        if name := self.plan.anchors.get(shelf.planned.id, {}).get(unquote(anchor)):
            return f"#{name}"
        if anchor:
            shelf.note(Kind.ANCHOR_UNKNOWN, f"#{anchor}")
        return f"{shelf.planned.slug}.md"

    def _lead_home(self, full: str, shelf: PostShelf) -> str | None:
        """Return where an address of the blog leads now; None when nothing here answers for it."""
        address, _, anchor = full.partition("#")
        number = self._find(address)
        if target := self.plan.planned.get(number or 0):
            if target.docname not in self.plan.deleted:
                return self._lead_to(target, anchor, shelf)
            shelf.note(Kind.OLD_ADDRESS_KEPT, full)
            return None
        if medium := self.plan.media.get(number or 0):
            return shelf.place_file(medium.url) or medium.url
        if number in self.plan.hidden:
            shelf.note(Kind.HIDDEN_REMOVED, "")
            return ""
        if shelf.is_media(address):
            return shelf.place_file(address) or full
        return self._lead_to_list(normalise_path(address), full, shelf.note)

    def _lead_to_list(self, path: str, full: str, note: Noter) -> str | None:
        listed = _LISTS.fullmatch(path)
        label = self.labels.get(listed[0].partition("/page/")[0]) if listed else None
        if label:
            return f"#{label}"
        if not path:
            return "/index.md"
        note(Kind.OLD_ADDRESS_KEPT, full)
        return None

    def _find(self, address: str) -> int | None:
        """Return the number of the item at an address of the blog."""
        query = parse_qs(urlsplit(address).query)
        for key in ("p", "page_id", "attachment_id"):
            if key in query:
                return read_number(query[key][0])
        path = normalise_path(address.partition("?")[0])
        for each in (path, re.sub(r"/(?:page/)?[0-9]+$", "", path)):
            if each and each in self.plan.paths:
                return self.plan.paths[each]
        return None

    def _lead_to(self, target: Planned, anchor: str, shelf: PostShelf) -> str:
        planned = shelf.planned
        name = self.plan.anchors.get(target.id, {}).get(unquote(anchor)) if anchor else None
        if anchor and not name and not anchor.startswith(("comment", "respond", "more-")):
            shelf.note(Kind.FAR_ANCHOR_UNKNOWN, f"{target.docname}#{anchor}")
        if target.id == planned.id:
            return f"#{name}" if name else f"{planned.slug}.md"
        path = point_to(planned.docname, target.docname)
        return f"{path}.md" + (f"#{name}" if name else "")


def lead_out(full: str, note: Noter) -> str:
    """Return the address *full*, if readers may be sent there; else nothing."""
    if find_address_fault(full, SCHEMES):
        note(Kind.ADDRESS_REMOVED, full)
        return ""
    return full
