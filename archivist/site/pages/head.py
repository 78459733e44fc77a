"""What stands around each page: its head, and the menu beside it.

Open Graph (https://ogp.me/) and JSON-LD (https://schema.org/BlogPosting) name whole addresses,
so that without the site's there is neither.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sphinx.util.i18n import format_date

from archivist.dates.french import find_machine_date
from archivist.dates.today import find_today
from archivist.keys import find_key
from archivist.site.files.cards import SIZE, describe_card, name_card
from archivist.site.files.feeds import Feeds, find_feeds, link_feeds, list_outlets
from archivist.site.files.styles import (
    POLICY,
    link_script,
    link_styles,
    name_stylesheet,
    write_policy,
)
from archivist.site.needs import Needs
from archivist.site.pages.contributing import link_new_post
from archivist.site.pages.page import Page, name_inputs
from archivist.site.pages.post import PostPage
from archivist.site.pages.sidebar import Menu
from archivist.site.site import Place, Site

# What ends the script that holds it, or begins another.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def _drop_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value}


def write_json_ld(told: dict[str, Any]) -> Markup:
    """Return *told*, without what is empty, as a script of HTML may hold it."""
    text = json.dumps(_drop_empty(told), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704


def describe_post(place: Place, page: PostPage, card: str) -> dict[str, Any]:
    """Return a post in the terms of schema.org; *card* is the address of its picture."""
    post, address = page.post, place.find_address(page.docname)
    authors = ((label.name, label.description) for label in post.labels["author"])
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": address,
        "url": address,
        "headline": post.title,
        "description": page.summary,
        "author": [
            _drop_empty({"@type": "Person", "name": name, "url": url}) for name, url in authors
        ],
        "datePublished": find_machine_date(post.shown_date),
        "dateModified": post.updated.isoformat() if post.updated else "",
        "inLanguage": post.language or "fr",
        "articleSection": [label.name for label in post.labels["category"]],
        "keywords": [label.name for label in post.labels["tag"]],
        "wordCount": page.fragment.length,
        "isBasedOn": post.source,
        "image": card,
        "isPartOf": {"@type": "Blog", "@id": place.find_address("index"), "name": place.name},
    }


def _share(place: Place, page: Page, address: str, card: str) -> Iterator[tuple[str, str]]:
    post = page.post if isinstance(page, PostPage) else None
    yield "og:title", page.title or place.name
    yield "og:type", "article" if post else "website"
    yield "og:url", address
    yield "og:site_name", place.name
    yield "og:locale", "fr_FR"
    if page.summary:
        yield "og:description", page.summary
    yield "og:image", card
    yield "og:image:alt", page.title or place.name
    yield "og:image:width", str(SIZE[0])
    yield "og:image:height", str(SIZE[1])
    if post and post.shown_date.known_day:
        yield "article:published_time", post.shown_date.known_day.isoformat()
    if post and post.updated:
        yield "article:modified_time", post.updated.isoformat()


def _show_sharing(place: Place, page: Page, address: str) -> dict[str, Any]:
    """Return what a page tells who shows its address elsewhere, where it has one."""
    if not place.base_url:
        return {}
    post = page.post if isinstance(page, PostPage) else None
    card = place.find_address("index") + name_card(*describe_card(place.name, post))
    shown = {"archive_card": card, "archive_sharing": list(_share(place, page, address, card))}
    if isinstance(page, PostPage):
        shown["archive_json_ld"] = write_json_ld(describe_post(place, page, card))
    return shown


def spell_last_update(site: Site) -> str | None:
    """Return the day of the sources as conf.py wants it, not that of the clock as with Sphinx."""
    form = site.config.html_last_updated_fmt
    day = None if form is None else find_today(site.docs)
    if day is None:
        return None
    noon = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
    return format_date(form or "%d %B %Y", date=noon, language="fr", local_time=False)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around some pages, made of nothing else and of the page itself."""

    place: Place
    settings: bytes
    """The key of those of conf.py."""
    loaded: bytes = b""
    """The key of what pages load beside our own."""
    menu: Menu | None = None
    style: str = ""
    script: str = ""
    feeds: Feeds = ()

    @cached_property
    def keys(self) -> bytes:
        """The keys of all that, by which pages are told apart."""
        kind: object = Frame
        return b"".join(find_key(getattr(self, name)) for name in name_inputs(kind))

    def show(self, page: Page) -> dict[str, Any]:
        """Return what the template of *page* shows around what is its own."""
        own = page.post.canonical_link if isinstance(page, PostPage) else ""
        address = own or self.place.find_address(page.docname)
        return {
            "archive_canonical": address,
            "archive_stylesheet": self.style,
            "archive_script": self.script,
            "archive_policy": write_policy(POLICY),
            "archive_feeds": link_feeds(page.docname, self.feeds),
            **_show_sharing(self.place, page, address),
        }


class Frames:
    """What stands around the pages of *site*; the keys tell what else has a say in it."""

    def __init__(self, site: Site, settings: bytes, loaded: bytes) -> None:
        self._bare = Frame(place=site.place, settings=settings)
        menu = Menu(site, link_new_post(site), spell_last_update(site))
        self._whole = replace(self._bare, loaded=loaded, menu=menu, script=link_script(site))
        self._styles, self._home = link_styles(site), site.config.root_doc
        self._outlets = site.once(list_outlets)
        self._is_preview = site.plan.is_preview
        self._made: dict[tuple[str, Needs, Feeds], Frame] = {}

    def find(self, page: Page) -> Frame:
        """Return what stands around *page*."""
        if page.is_bare:
            return self._bare
        feeds = find_feeds(self._outlets, page.docname, self._home)
        # What a preview adds to pages may be on any.
        asked = page.sheet, Needs.CODE if self._is_preview else page.needs, feeds
        if asked not in self._made:
            style = self._styles[name_stylesheet(*asked[:2])]
            self._made[asked] = replace(self._whole, style=style, feeds=feeds)
        return self._made[asked]
