"""Dead links: told as such beside the author's words, with the way to an archived copy.

It is put in what pages show once all is rendered: no excerpt, count or search knows of it, and
a change of the ledger writes the pages that show the link, without reading any post again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup

from archivist.addresses.web import name_address
from archivist.keys import LENGTH, take_key
from archivist.links.ledger import LinkRecord, read_ledger

Html = TypeVar("Html", bound=str)
_BEGUN = re.compile(r"<a\b", re.IGNORECASE)
# What a link to another site begins with.
_LINK = re.compile(r'<a\b[^<>]*?\bhref="(https?://[^"]*)"', re.IGNORECASE)
_CLOSED = re.compile("(</a>)", re.IGNORECASE)


def _write_mark(record: LinkRecord) -> Markup:
    """Return what is told of a dead link, with the space before it."""
    words = "lien mort"
    if record.copy and record.copy_date:
        words = f'<a href="{escape(record.copy)}">lien mort, copie de {record.copy_date.year}</a>'
    # In a text of another language, too.
    return Markup(f'<span class="dead-link" lang="fr"> [{words}]</span>')  # noqa: S704


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks the dead links in HTML: *marks* is what to put after those to each address."""

    key: bytes = bytes(LENGTH)
    marks: Mapping[str, Markup] = field(default_factory=dict)

    def find(self, address: str) -> Markup:
        """Return the mark of a link to *address*, or nothing."""
        return self.marks.get(name_address(address), Markup())

    def mark(self, html: Html) -> Html:
        """Return *html* with a mark after each dead link."""
        if not self.marks or "href" not in html:
            return html
        # Each piece but the last is followed by the end of a link.
        pieces = _CLOSED.split(str(html))
        for at in range(0, len(pieces) - 1, 2):
            opened = [each.start() for each in _BEGUN.finditer(pieces[at])]
            link = _LINK.match(pieces[at], opened[-1]) if opened else None
            pieces[at + 1] += str(self.find(unescape(link[1]))) if link else ""
        return type(html)("".join(pieces))


def read_marker(docs: Path) -> Marker:
    """Return what marks the links that the ledger in *docs* knows to be dead.

    Raises SystemExit, as checks do, when the ledger cannot be read.
    """
    ledger, problems = read_ledger(docs)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    marks = {address: _write_mark(each) for address, each in ledger.items() if each.is_dead}
    return Marker(take_key(sorted(marks.items())), marks)
