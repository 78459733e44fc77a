"""What stands around each page: its head, and the menu beside it.

Open Graph (https://ogp.me/) and JSON-LD name whole addresses, so that without the site's there
is neither. Links lead programs to what is beside a post (https://signposting.org/).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sphinx.util.i18n import format_date

from archivist.dates.today import find_today
from archivist.formats.licences import find_licence
from archivist.formats.schema_org import Shown, describe_posting, write_json_ld
from archivist.keys import find_key
from archivist.posts.labels import find_locale
from archivist.site.files.cards import SIZE, SharedPicture, describe_card, name_card
from archivist.site.files.citations import FORMATS
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
from archivist.site.pages.page import Page, link_labels, name_inputs
from archivist.site.pages.post import PostPage
from archivist.site.pages.redirects import RedirectPage
from archivist.site.pages.sidebar import Menu
from archivist.site.site import Place, Site


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A link for programs; *type* is the media type of what it leads to, if that is no page."""

    rel: str
    url: str
    type: str = ""


def list_relations(place: Place, page: PostPage) -> Iterator[HeadLink]:
    """Yield what leads from a post to how it is cited, described, licensed, and by whom it is."""
    post = page.post
    if address := place.find_address(page.docname):
        yield HeadLink("cite-as", address)
    for _, media, ending, _ in FORMATS:
        yield HeadLink("describedby", f"{post.slug}{ending}", media)
    if licence := find_licence(post.license):
        yield HeadLink("license", licence)
    labels = post.labels["author"]
    for label, link in zip(labels, link_labels(page.docname, labels), strict=True):
        yield HeadLink("author", label.description or link.url)


def _share(
    place: Place, page: Page, address: str, picture: SharedPicture
) -> Iterator[tuple[str, str]]:
    post = page.post if isinstance(page, PostPage) else None
    yield "og:title", page.title or place.name
    yield "og:type", "article" if post else "website"
    yield "og:url", address
    yield "og:site_name", place.name
    yield "og:locale", find_locale(post.language) if post and post.language else "fr_FR"
    yield "og:description", page.summary
    yield "og:image", picture.address
    yield "og:image:alt", picture.words
    yield "og:image:width", str(picture.size[0])
    yield "og:image:height", str(picture.size[1])
    if post and post.shown_date.known_day:
        yield "article:published_time", post.shown_date.known_day.isoformat()
    if post and post.updated:
        yield "article:modified_time", post.updated.isoformat()


def _find_picture(place: Place, page: Page) -> SharedPicture:
    """Return the picture that a shared address shows: the post's own, else the card."""
    home, post = place.find_address("index"), page.post if isinstance(page, PostPage) else None
    own = page.picture if isinstance(page, PostPage) else None
    if own:
        return replace(own, address=home + own.address)
    card = name_card(*describe_card(place.name, post))
    return SharedPicture(address=home + card, words=page.title or place.name, size=SIZE)


def _show_sharing(place: Place, page: Page, address: str) -> dict[str, Any]:
    """Return what a page tells who shows its address elsewhere, where it has one."""
    if not place.base_url:
        return {}
    picture = _find_picture(place, page)
    told = [each for each in _share(place, page, address, picture) if each[1]]
    shown: dict[str, Any] = {"archive_sharing": told}
    if isinstance(page, PostPage):
        posting = Shown(
            post=page.post,
            citation=page.reference.citation,
            home=place.find_address("index"),
            summary=page.summary,
            length=page.fragment.length,
            image=picture.address,
            copy=page.copy,
        )
        shown["archive_json_ld"] = write_json_ld(describe_posting(posting))
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

    def find_canonical(self, page: Page) -> str:
        """Return where what *page* shows is to be looked for, if that is known."""
        if isinstance(page, RedirectPage):
            return page.find_address(self.place)
        own = page.post.canonical_link if isinstance(page, PostPage) else ""
        return own or self.place.find_address(page.docname)

    def show(self, page: Page) -> dict[str, Any]:
        """Return what the template of *page* shows around what is its own."""
        return {
            "archive_stylesheet": self.style,
            "archive_script": self.script,
            "archive_policy": write_policy(POLICY),
            "archive_feeds": link_feeds(page.docname, self.feeds),
            "archive_relations": (
                list(list_relations(self.place, page)) if isinstance(page, PostPage) else ()
            ),
            **_show_sharing(self.place, page, self.find_canonical(page)),
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
