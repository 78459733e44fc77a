"""Dead links: told as such beside the author's words, with the way to an archived copy.

It is put in what pages show once all is rendered: no excerpt, count or search knows of it, and
a change of the ledger writes the pages that show the link, without reading any post again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup

from archivist.addresses.web import name_address
from archivist.keys import LENGTH, take_key
from archivist.links.ledger import LinkRecord, read_ledger

Html = TypeVar("Html", bound=str)


@dataclass(frozen=True, slots=True)
class DeadMark:
    """What is told of a dead link after it, and to programs in its tag (https://robustlinks.org)."""

    words: Markup
    attributes: str = ""


_BEGUN = re.compile(r"<a\b", re.IGNORECASE)
# What a link to another site begins with.
_LINK = re.compile(r'<a\b[^<>]*?\bhref="(https?://[^"]*)"', re.IGNORECASE)
_CLOSED = re.compile("(</a>)", re.IGNORECASE)


# The space before it; in a text of another language, too.
_NO_COPY = Markup('<span class="dead-link" lang="fr"> [lien mort]</span>')
_COPY = Markup(
    '<span class="dead-link" lang="fr"> [<a href="{copy}" data-originalurl="{address}"'
    ' data-versiondate="{day}">lien mort, copie de {day.year}</a>]</span>'
)
_VERSION = Markup(' data-versionurl="{copy}" data-versiondate="{day}"')


def _write_mark(record: LinkRecord) -> DeadMark:
    if not (record.copy and record.copy_date):
        return DeadMark(_NO_COPY)
    told = {"copy": record.copy, "address": record.address, "day": record.copy_date}
    return DeadMark(_COPY.format_map(told), _VERSION.format_map(told))


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks the dead links in HTML: *marks* are those of each address, *copies* where any is kept."""

    key: bytes = bytes(LENGTH)
    marks: Mapping[str, DeadMark] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    def find(self, address: str) -> Markup:
        """Return what is told of a link to *address*, or nothing."""
        mark = self.marks.get(name_address(address))
        return mark.words if mark else Markup()

    def find_copy(self, address: str) -> str:
        """Return where a copy of *address* is kept, or nothing."""
        return self.copies.get(name_address(address), "") if address else ""

    def mark(self, html: Html) -> Html:
        """Return *html* with a mark after each dead link."""
        if not self.marks or "href" not in html:
            return html
        # Each piece but the last is followed by the end of a link.
        pieces = _CLOSED.split(str(html))
        for at in range(0, len(pieces) - 1, 2):
            opened = [each.start() for each in _BEGUN.finditer(pieces[at])]
            link = _LINK.match(pieces[at], opened[-1]) if opened else None
            mark = link and self.marks.get(name_address(unescape(link[1])))
            if mark:
                name = opened[-1] + len("<a")
                pieces[at] = f"{pieces[at][:name]}{mark.attributes}{pieces[at][name:]}"
                pieces[at + 1] += str(mark.words)
        return type(html)("".join(pieces))


def read_marker(docs: Path) -> Marker:
    """Return what marks the links that the ledger in *docs* knows to be dead.

    Raises SystemExit, as checks do, when the ledger cannot be read.
    """
    ledger, problems = read_ledger(docs)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    marks = {address: _write_mark(each) for address, each in ledger.items() if each.is_dead}
    copies = {address: each.copy for address, each in ledger.items() if each.copy}
    return Marker(take_key(sorted(marks.items())), marks, copies)
