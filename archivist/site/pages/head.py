"""What stands around each page: its head, and the menu beside it.

Open Graph (https://ogp.me/) and JSON-LD (https://schema.org/BlogPosting) name whole addresses,
so that without the site's there is neither.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from sphinx.util.i18n import format_date

from archivist.dates.french import find_machine_date
from archivist.dates.today import find_today
from archivist.posts.post import Post
from archivist.site.files.cards import SIZE, find_cards
from archivist.site.files.feeds import link_feeds
from archivist.site.files.styles import POLICY, link_styles, write_policy
from archivist.site.pages.contributing import link_new_post
from archivist.site.pages.page import Page
from archivist.site.pages.sidebar import Menu
from archivist.site.site import Site

# What ends the script that holds it, or begins another.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def _drop_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value}


def write_json_ld(told: dict[str, Any]) -> Markup:
    """Return *told*, without what is empty, as a script of HTML may hold it."""
    text = json.dumps(_drop_empty(told), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704


def describe_post(site: Site, post: Post, summary: str, card: str) -> dict[str, Any]:
    """Return *post* in the terms of schema.org; *card* is the address of its picture."""
    labels, address = post.labels, site.find_address(post.docname)
    authors = ((label.name, label.description) for label in labels["author"])
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": address,
        "url": address,
        "headline": post.title,
        "description": summary,
        "author": [
            _drop_empty({"@type": "Person", "name": name, "url": url}) for name, url in authors
        ],
        "datePublished": find_machine_date(post.shown_date),
        "dateModified": post.updated.isoformat() if post.updated else "",
        "inLanguage": post.language or "fr",
        "articleSection": [label.name for label in labels["category"]],
        "keywords": [label.name for label in labels["tag"]],
        "wordCount": site.fragments[post.docname].length,
        "isBasedOn": post.source,
        "image": card,
        "isPartOf": {"@type": "Blog", "@id": site.find_address("index"), "name": site.name},
    }


def _share(site: Site, page: Page, address: str, card: str) -> Iterator[tuple[str, str]]:
    post = site.library.find(page.docname)
    yield "og:title", page.title or site.name
    yield "og:type", "article" if post else "website"
    yield "og:url", address
    yield "og:site_name", site.name
    yield "og:locale", "fr_FR"
    if page.summary:
        yield "og:description", page.summary
    yield "og:image", card
    yield "og:image:alt", page.title or site.name
    yield "og:image:width", str(SIZE[0])
    yield "og:image:height", str(SIZE[1])
    if post and post.shown_date.known_day:
        yield "article:published_time", post.shown_date.known_day.isoformat()
    if post and post.updated:
        yield "article:modified_time", post.updated.isoformat()


def _show_sharing(site: Site, page: Page, address: str) -> dict[str, Any]:
    """Return what a page tells who shows its address elsewhere, where it has one."""
    cards = site.once(find_cards)
    if not cards:
        return {}
    card, post = cards.get(page.docname, cards[""]), site.library.find(page.docname)
    shown = {"archive_card": card, "archive_sharing": list(_share(site, page, address, card))}
    told = post and write_json_ld(describe_post(site, post, page.summary, card))
    return shown | ({"archive_json_ld": told} if told else {})


def spell_last_update(site: Site) -> str | None:
    """Return the day of the sources as conf.py wants it, not that of the clock as with Sphinx."""
    form = site.config.html_last_updated_fmt
    day = None if form is None else find_today(site.docs)
    if day is None:
        return None
    noon = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
    return format_date(form or "%d %B %Y", date=noon, language="fr", local_time=False)


def show_around(site: Site, page: Page) -> dict[str, Any]:
    """Return what the template of any page shows around what is its own."""
    menu = site.once(Menu)
    address = getattr(page, "canonical", "") or site.find_address(page.docname)
    return {
        "archive_canonical": address,
        "archive_stylesheets": link_styles(site, page.texts),
        "archive_policy": write_policy(POLICY),
        "archive_menu": menu.show(page.docname),
        "archive_pages": menu.pages,
        "archive_feeds": link_feeds(site, page.docname),
        "archive_propose": site.once(link_new_post),
        "archive_last_updated": site.once(spell_last_update),
        **_show_sharing(site, page, address),
    }
