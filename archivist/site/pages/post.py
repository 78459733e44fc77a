"""A post's own page: who, when, under what; what is held of it; where to read on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archivist.dates.french import mark_up_date, mark_up_day
from archivist.site.pages.lists import Link, link_labels, link_neighbour
from archivist.site.sphinx.ablog import Entry, find_register
from archivist.site.sphinx.templates import prints_site, summarise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.builder import ArchiveBuilder

# Silent reading of French by adults, Brysbaert 2019: 214 words a minute.
WORDS_A_MINUTE = 214
# What WordPress calls its formats in French.
FORMATS: Mapping[str, str] = {
    "aside": "en passant",
    "audio": "son",
    "chat": "discussion",
    "gallery": "galerie",
    "image": "image",
    "link": "lien",
    "quote": "citation",
    "status": "état",
    "video": "vidéo",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PostPage:
    """What the template of a post shows around its text."""

    date: Markup
    updated: Markup | None
    authors: tuple[Link, ...]
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]
    places: tuple[Link, ...]
    language: str
    minutes: int
    partial: bool
    source: str
    format: str
    format_name: str


def count_minutes(words: int) -> int:
    """Return how long *words* take to read, in whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def _show_post(entry: Entry, page: str, length: int) -> PostPage:
    post = entry.post
    links = {kind: link_labels(page, found) for kind, found in entry.labels.items()}
    return PostPage(
        date=mark_up_date(post.shown_date),
        updated=mark_up_day(post.updated) if post.updated else None,
        authors=links["author"],
        categories=links["category"],
        tags=links["tag"],
        places=links["location"],
        language=post.language,
        minutes=count_minutes(length),
        partial=post.partial,
        source=post.source,
        format=post.format,
        format_name=FORMATS.get(post.format, ""),
    )


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
) -> str | None:
    """Choose the template of a post and hand it what it shows."""
    register = find_register(app)
    position = register.positions.get(page)
    if position is None or not prints_site(app):
        return None
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    entry, fragment = register.entries[position], builder.find_fragment(page)
    context.update(
        archive_post=_show_post(entry, page, fragment.length),
        archive_heading=Markup(fragment.heading),  # noqa: S704
        archive_featured=Markup(fragment.featured),  # noqa: S704
        archive_text=Markup(fragment.text),  # noqa: S704
        archive_sections=Markup(fragment.sections),  # noqa: S704
        archive_summary=summarise(fragment.excerpt),
        archive_previous=link_neighbour(page, register.entries, position - 1),
        archive_next=link_neighbour(page, register.entries, position + 1),
    )
    if entry.post.canonical_link:
        context["archive_canonical"] = entry.post.canonical_link
    return "post.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.pages.lists")
    # After templates, whose address a post may replace.
    app.connect("html-page-context", on_html_page_context, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
