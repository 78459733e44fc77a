"""Dead links: told as such beside the author's words, with the way to an archived copy.

It is put in what pages show once all is rendered: no excerpt, count or search knows of it, and
a change of the ledger writes the pages that show the link, without reading any post again.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archivist.addresses.web import name_address
from archivist.links.ledger import read_ledger
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.links.ledger import Ledger, LinkRecord

# What pages show of posts and pages, as HTML.
_SHOWN = ("body", "archive_heading", "archive_text")
_LINK = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]*)"[^>]*>.*?</a>', re.DOTALL | re.IGNORECASE)


def write_mark(record: LinkRecord) -> Markup:
    """Return what is told of a dead link, with the space before it."""
    words = "lien mort"
    if record.copy and record.copy_date:
        words = f'<a href="{escape(record.copy)}">lien mort, copie de {record.copy_date.year}</a>'
    # In a text of another language, too.
    return Markup(f'<span class="dead-link" lang="fr"> [{words}]</span>')  # noqa: S704


# Pages are told apart by what shows it: the digest stands for all the marks.
@dataclass(frozen=True, slots=True)
class Marker:
    """Marks the dead links in HTML: *marks* is what to put after those to each address."""

    digest: str = ""
    marks: Mapping[str, Markup] = field(default_factory=dict, repr=False)

    def find(self, address: str) -> Markup:
        """Return the mark of a link to *address*, or nothing."""
        return self.marks.get(name_address(address), Markup())

    def mark(self, html: str) -> str:
        """Return *html* with a mark after each dead link."""
        if not self.marks or "href" not in html:
            return html
        marked = _LINK.sub(lambda link: link[0] + str(self.find(unescape(link[1]))), str(html))
        return Markup(marked) if isinstance(html, Markup) else marked  # noqa: S704


def make_marker(ledger: Ledger) -> Marker:
    """Return what marks the links that are dead by *ledger*."""
    marks = {address: write_mark(each) for address, each in ledger.items() if each.is_dead}
    digest = hashlib.sha256(repr(sorted(marks.items())).encode()).hexdigest()
    return Marker(digest=digest if marks else "", marks=marks)


class DeadLinks:
    """What marks the links of a build."""

    def __init__(self) -> None:
        self.marker = Marker()

    def on_builder_inited(self, app: Sphinx) -> None:
        """Read the ledger."""
        ledger, problems = read_ledger(app.srcdir)
        if problems:
            raise SystemExit("\n".join(map(str, problems)))
        self.marker = make_marker(ledger)

    def on_html_page_context(
        self, app: Sphinx, _: str, __: str, context: dict[str, Any], ___: nodes.document | None
    ) -> None:
        """Mark the dead links of all that a page shows."""
        if not prints_site(app) or not self.marker.marks:
            return
        marker = self.marker
        for name in _SHOWN:
            if context.get(name):
                context[name] = marker.mark(context[name])
        if context.get("archive_entries"):
            context["archive_entries"] = [marker.mark(each) for each in context["archive_entries"]]
        if context.get("archive_comments"):
            context["archive_comments"] = replace(context["archive_comments"], marker=marker)
        if context.get("archive_post"):
            context["archive_source_mark"] = marker.find(context["archive_post"].source)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    links = DeadLinks()
    app.connect("builder-inited", links.on_builder_inited)
    # After all who give a page something to show.
    app.connect("html-page-context", links.on_html_page_context, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
