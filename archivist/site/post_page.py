"""A post's own page: who, when, under what; what is held of it; where to read on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup
from sphinx.environment.adapters.toctree import TocTree

from archivist.site.ablog_layer import Entry, find_register
from archivist.site.dates import mark_up_date, mark_up_day
from archivist.site.excerpts import place_excerpt
from archivist.site.listings import Link, link_from, link_labels
from archivist.site.templates import prints_site, shorten

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# Silent reading of French by adults, Brysbaert 2019: 214 words a minute.
WORDS_A_MINUTE = 214


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


def count_minutes(text: str) -> int:
    """Return how long *text* takes to read, in whole minutes, at least one."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


def _show_post(entry: Entry, page: str, text: str) -> PostPage:
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
        minutes=count_minutes(text),
        partial=post.partial,
        source=post.source,
    )


def _find_sections(app: Sphinx, docname: str) -> Markup:
    """Return the sections of a page as nested lists of links; nothing if there is no choice."""
    toc = TocTree(app.env).get_toc_for(docname, app.builder)
    sections = next(iter(toc.findall(nodes.bullet_list)), None)
    inner = next(iter(sections.findall(nodes.bullet_list, include_self=False)), None)  # type: ignore[union-attr]
    if inner is None or len(list(inner.findall(nodes.reference))) < 2:  # noqa: PLR2004
        return Markup("")
    return Markup(app.builder.render_partial(inner)["fragment"])  # type: ignore[attr-defined]  # noqa: S704


def _split_title(body: str) -> tuple[Markup, Markup]:
    """Return the page up to the end of its first heading, and what follows."""
    title, end, rest = body.partition("</h1>")
    return Markup(title + end), Markup(rest)  # noqa: S704


def _neighbour(entries: tuple[Entry, ...], position: int, page: str) -> Link | None:
    if not 0 <= position < len(entries):
        return None
    entry = entries[position]
    return Link(entry.title, link_from(page, entry.post.docname))


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """Choose the template of a post and hand it what it shows."""
    register = find_register(app)
    position = register.positions.get(page)
    if position is None or doctree is None or not prints_site(app):
        return None
    entry = register.entries[position]
    head, body = _split_title(context["body"])
    context.update(
        archive_post=_show_post(entry, page, doctree.astext()),
        archive_heading=head,
        archive_text=body,
        archive_sections=_find_sections(app, page),
        archive_summary=shorten(place_excerpt(app.builder, entry, page).striptags()),  # type: ignore[arg-type]
        archive_previous=_neighbour(register.entries, position - 1, page),
        archive_next=_neighbour(register.entries, position + 1, page),
    )
    if entry.post.canonical_link:
        context["archive_canonical"] = entry.post.canonical_link
    return "post.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.listings")
    # After templates, whose address a post may replace.
    app.connect("html-page-context", on_html_page_context, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
