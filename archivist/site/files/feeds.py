"""Feeds of the newest posts: of the site, and of each category, tag and author.

A feed is read far from the site, so it needs the site's address: without it there is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinx.util.osutil import relative_uri

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.formats.atom import TYPE as ATOM
from archivist.formats.atom import write_atom
from archivist.formats.feed import Feed, FeedAuthor, FeedItem, name_for_ever, write_whole
from archivist.formats.json_feed import TYPE as JSON
from archivist.formats.json_feed import write_json_feed
from archivist.posts.post import Post
from archivist.site.files.file import SiteFile, hold
from archivist.site.site import Site
from archivist.site.text.excerpts import summarise
from archivist.site.text.fragments import lead_from

# WordPress gave as many of a list at most.
LENGTH = 20
_KINDS = {"category": "Catégorie {}", "tag": "Étiquette {}", "author": "Billets de {}"}
# Names the feeds of the site as the home page does.
PAGE = f"{owned.DATA}/index"
_WRITERS = {
    "atom.xml": ("Atom", ATOM, write_atom),
    "feed.json": ("JSON Feed", JSON, write_json_feed),
}
_NUMBER = re.compile(r"(?:/page/[0-9]+)?/index$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """A list that has a feed: *path* is its folder, *posts* its newest, newest first."""

    path: str
    title: str
    subtitle: str
    posts: tuple[Post, ...]

    def name_file(self, name: str) -> str:
        """Return where the file *name* of the feed is, below the site's root."""
        return f"{self.path}/{owned.FEED}/{name}".lstrip("/")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as a page names it; *kind* is what people call its format."""

    title: str
    kind: str
    type: str
    url: str


def list_outlets(site: Site) -> dict[str, Outlet]:
    """Return what has a feed, by path, the site first; nothing when its address is not known."""
    library, posts = site.library, site.library.posts
    if not site.base_url or not posts:
        return {}
    # The newest, newest first.
    found = [Outlet(path="", title=site.name, subtitle="", posts=posts[: -LENGTH - 1 : -1])]
    for kind, called in _KINDS.items():
        for label, posts in library.catalogues[kind].items():
            title = f"{site.name} – {called.format(label.name)}"
            # What is told of an author is an address.
            told = "" if kind == "author" else label.description
            newest = posts[: -LENGTH - 1 : -1]
            found.append(Outlet(path=label.path, title=title, subtitle=told, posts=newest))
    return {outlet.path: outlet for outlet in found}


def list_old_feeds(site: Site) -> dict[str, str]:
    """Return the feed that stands at each address where WordPress had one, below the root."""
    old: dict[str, str] = {}
    for outlet in site.once(list_outlets).values():
        names = owned.OLD_FEEDS if not outlet.path else owned.OLD_FEEDS[:1]
        feed = outlet.name_file(owned.FEED_FILES[0])
        old |= {outlet.name_file(name): feed for name in names}
    return old


def link_feeds(site: Site, page: str) -> list[FeedLink]:
    """Return the feed of the site as *page* names it, before it that of its own list."""
    outlets = site.once(list_outlets)
    own = "" if page in {site.config.root_doc, PAGE} else _NUMBER.sub("", page)
    found = [outlets[path] for path in dict.fromkeys((own, "")) if path in outlets]
    return [
        FeedLink(each.title, kind, media, relative_uri(f"{page}.html", each.name_file(name)))
        for each in found
        for name, (kind, media, _) in _WRITERS.items()
        # One way to the feed of the site is enough elsewhere.
        if each.path == own or media == ATOM
    ]


def _to_moment(day: dt.datetime | dt.date) -> dt.datetime:
    """Return *day* in UTC, as a feed asks; the clock of the author is not known."""
    time = day.time() if isinstance(day, dt.datetime) else dt.time()
    return dt.datetime.combine(day, time, dt.UTC)


def _to_item(site: Site, post: Post) -> FeedItem:
    fragment, labels = site.fragments[post.docname], post.labels
    address = site.find_address(post.docname)
    text = lead_from(post.docname, fragment.featured) + fragment.text
    # What must be told of a post beside its text.
    day = "" if post.shown_date.known_day else f"Publié {spell_date(post.shown_date)}."
    part = "Seul cet extrait du billet est conservé dans ces archives." if post.partial else ""
    if day or part:
        text += f"<p><em>{' '.join(filter(None, (day, part)))}</em></p>"
    published = _to_moment(post.date)
    return FeedItem(
        id=name_for_ever(site.name, post.docname),
        address=address,
        title=post.title,
        published=published,
        updated=max(published, _to_moment(post.updated)) if post.updated else published,
        authors=tuple(FeedAuthor(label.name, label.description) for label in labels["author"]),
        labels=tuple(label.name for kind in ("category", "tag") for label in labels[kind]),
        language=post.language or "fr",
        summary=summarise(fragment.excerpt),
        html=write_whole(text, address),
        source=post.source,
    )


def list_feeds(site: Site) -> Iterator[SiteFile]:
    """Yield the feeds; each post is written once for all of them."""
    outlets = site.once(list_outlets).values()
    posts = {post.docname: post for outlet in outlets for post in outlet.posts}
    items = {docname: _to_item(site, post) for docname, post in posts.items()}
    for outlet in outlets:
        feed = Feed(
            id=name_for_ever(site.name, outlet.path),
            title=outlet.title,
            subtitle=outlet.subtitle,
            home=site.find_address("/".join(filter(None, (outlet.path, "index")))),
            language="fr",
            items=tuple(items[post.docname] for post in outlet.posts),
        )
        for name, (_, _, write) in _WRITERS.items():
            path = outlet.name_file(name)
            yield hold(path, write(feed, site.find_address("index") + path))
