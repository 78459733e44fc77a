"""What a page tells who shows its address elsewhere: Open Graph, and JSON-LD of a post.

See https://ogp.me/ and https://schema.org/BlogPosting. Both name whole addresses, so that
without the site's there is neither.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archivist.dates.french import find_machine_date
from archivist.site.files.cards import SIZE, describe_cards, name_card
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import find_whole_address, prints_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry, Label
    from archivist.site.sphinx.builder import ArchiveBuilder

# What ends the script that holds it, or begins another.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def write_json_ld(told: dict[str, Any]) -> Markup:
    """Return *told*, without what is empty, as a script of HTML may hold it."""
    filled = {name: value for name, value in told.items() if value}
    text = json.dumps(filled, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704


def _describe_author(label: Label) -> dict[str, str]:
    link = {"url": label.description} if label.description else {}
    return {"@type": "Person", "name": label.name} | link


def describe_post(app: Sphinx, entry: Entry, summary: str, card: str) -> dict[str, Any]:
    """Return *entry* in the terms of schema.org; *card* is the address of its picture."""
    post, labels = entry.post, entry.labels
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    address = find_whole_address(app, post.docname)
    home = find_whole_address(app, "index")
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": address,
        "url": address,
        "headline": entry.title,
        "description": summary,
        "author": [_describe_author(label) for label in labels["author"]],
        "datePublished": find_machine_date(post.shown_date),
        "dateModified": post.updated.isoformat() if post.updated else "",
        "inLanguage": post.language or "fr",
        "articleSection": [label.name for label in labels["category"]],
        "keywords": [label.name for label in labels["tag"]],
        "wordCount": builder.find_fragment(post.docname).length,
        "isBasedOn": post.source,
        "image": card,
        "isPartOf": {"@type": "Blog", "@id": home, "name": app.config.project},
    }


def _share(app: Sphinx, context: dict[str, Any], entry: Entry | None) -> Iterator[tuple[str, str]]:
    yield "og:title", context["archive_title"] or app.config.project
    yield "og:type", "article" if entry else "website"
    yield "og:url", context["archive_canonical"]
    yield "og:site_name", app.config.project
    yield "og:locale", "fr_FR"
    if context["archive_summary"]:
        yield "og:description", context["archive_summary"]
    yield "og:image", context["archive_card"]
    yield "og:image:alt", context["archive_title"] or app.config.project
    yield "og:image:width", str(SIZE[0])
    yield "og:image:height", str(SIZE[1])
    if entry and entry.post.shown_date.known_day:
        yield "article:published_time", entry.post.shown_date.known_day.isoformat()
    if entry and entry.post.updated:
        yield "article:modified_time", entry.post.updated.isoformat()


class Sharing:
    """The cards of a build, by docname."""

    def __init__(self) -> None:
        self._cards: dict[str, str] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Find the card of each post."""
        root = find_whole_address(app, "index")
        cards = describe_cards(app) if root else ()
        self._cards = {docname: root + name_card(*told) for docname, told in cards}

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Give a page what it tells of itself."""
        if not prints_site(app) or not self._cards:
            return
        register = find_register(app)
        position = register.positions.get(page)
        entry = None if position is None else register.entries[position]
        context["archive_card"] = self._cards.get(page, self._cards[""])
        context["archive_sharing"] = list(_share(app, context, entry))
        if entry:
            told = describe_post(app, entry, context["archive_summary"], context["archive_card"])
            context["archive_json_ld"] = write_json_ld(told)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    sharing = Sharing()
    app.setup_extension("archivist.site.files.cards")
    app.connect("fragments-rendered", sharing.on_fragments_rendered)
    # After the page of a post, which sums it up.
    app.connect("html-page-context", sharing.on_html_page_context, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
