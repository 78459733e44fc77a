"""Feeds of the newest posts: of the site, and of each category, tag, author and blog.

A feed is read far from the site, so it needs the site's address: without it there is none. Older
posts are in feeds of their own, filled from the oldest: a new post changes none but the last.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from sphinx.util.osutil import relative_uri

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.formats.atom import TYPE as ATOM
from archivist.formats.atom import write_atom
from archivist.formats.feed import Feed, FeedAuthor, FeedItem, name_for_ever, write_whole
from archivist.formats.json_feed import TYPE as JSON
from archivist.formats.json_feed import write_json_feed
from archivist.formats.opml import write_opml
from archivist.keys import take_key
from archivist.posts.post import Post
from archivist.site.files.file import SiteFile, hold
from archivist.site.site import Site
from archivist.site.text.fragments import lead_from

# WordPress gave as many of a list at most.
LENGTH = 20
_KINDS = {
    "category": "Catégorie {}",
    "tag": "Étiquette {}",
    "author": "Billets de {}",
    "blog": "Blog {}",
}
# Names the feeds of the site as the home page does.
PAGE = f"{owned.DATA}/index"
ATOM_FILE = owned.FEED_FILES[0]
_WRITERS = {
    ATOM_FILE: ("Atom", ATOM, write_atom),
    "feed.json": ("JSON Feed", JSON, write_json_feed),
}
_NOON = dt.time(12)
_NUMBER = re.compile(r"(?:/page/[0-9]+)?/index$")
# Paths and titles, and whether each is the feed of the page's own list.
Feeds: TypeAlias = tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """A list that has a feed: *path* is its folder, *posts* are all of it, oldest first."""

    path: str
    title: str
    subtitle: str
    posts: tuple[Post, ...]

    @property
    def newest(self) -> tuple[Post, ...]:
        """Those of the feed itself, newest first."""
        return self.posts[: -LENGTH - 1 : -1]

    @property
    def older_count(self) -> int:
        """How many feeds of older posts there are, each full; some posts are in the feed too."""
        return len(self.posts) // LENGTH if len(self.posts) > LENGTH else 0

    def list_older(self, number: int) -> tuple[Post, ...]:
        """Return the posts of the feed of that *number*, newest first."""
        return self.posts[(number - 1) * LENGTH : number * LENGTH][::-1]


def _name_file(path: str, name: str) -> str:
    """Return where the file *name* of the feed of a *path* is, below the site's root."""
    return f"{path}/{owned.FEED}/{name}".lstrip("/")


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
    found = [Outlet(path="", title=site.name, subtitle="", posts=posts)]
    for kind, called in _KINDS.items():
        for label, posts in library.catalogues[kind].items():
            title = f"{site.name} – {called.format(label.name)}"
            # What is told of an author is an address.
            told = "" if kind == "author" else label.description
            found.append(Outlet(path=label.path, title=title, subtitle=told, posts=posts))
    return {outlet.path: outlet for outlet in found}


def list_old_feeds(site: Site) -> dict[str, str]:
    """Return the feed that stands at each address where WordPress had one, below the root."""
    old: dict[str, str] = {}
    for outlet in site.once(list_outlets).values():
        names = owned.OLD_FEEDS if not outlet.path else owned.OLD_FEEDS[:1]
        feed = _name_file(outlet.path, ATOM_FILE)
        old |= {_name_file(outlet.path, name): feed for name in names}
    return old


def find_feeds(outlets: Mapping[str, Outlet], page: str, home: str) -> Feeds:
    """Return the feeds that *page* names: that of its own list, then that of the site."""
    # An expression takes long where thousands of pages are no list.
    own = _NUMBER.sub("", page) if page.endswith("/index") else page
    own = "" if page in {home, PAGE} else own
    paths = (path for path in dict.fromkeys((own, "")) if path in outlets)
    return tuple((path, outlets[path].title, path == own) for path in paths)


def link_feeds(page: str, feeds: Feeds) -> list[FeedLink]:
    """Return *feeds* as *page* names them."""
    return [
        FeedLink(title, kind, media, relative_uri(f"{page}.html", _name_file(path, name)))
        for path, title, is_own in feeds
        for name, (kind, media, _) in _WRITERS.items()
        # One way to the feed of the site is enough elsewhere.
        if is_own or media == ATOM
    ]


def _to_moment(day: dt.datetime | dt.date) -> dt.datetime:
    """Return *day* in UTC, as a feed asks; the clock of the author is not known.

    One without a time is at noon: the same day from Tahiti to Nouméa.
    """
    time = day.time() if isinstance(day, dt.datetime) else dt.time()
    return dt.datetime.combine(day, time if time > dt.time() else _NOON, dt.UTC)


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
        summary=fragment.summary,
        html=write_whole(text, address),
        source=post.source,
        license=post.license,
    )


def list_feeds(site: Site) -> Iterator[SiteFile]:
    """Yield the feeds, and the list of them; each post is written once for all of them."""
    items: dict[str, FeedItem] = {}
    outlets = site.once(list_outlets)
    for outlet in outlets.values():
        for name in _WRITERS:
            yield _plan(site, outlet, items, name, 0)
        for number in range(1, outlet.older_count + 1):
            yield _plan(site, outlet, items, owned.OLDER_FEED.format(number), number)
    if outlets:
        root = site.find_address("index")
        told = [(each.title, root + _name_file(path, ATOM_FILE)) for path, each in outlets.items()]
        yield hold(owned.OPML, write_opml(site.name, told))


def _plan(
    site: Site, outlet: Outlet, items: dict[str, FeedItem], name: str, number: int
) -> SiteFile:
    """Return the file *name* of a feed; its *number* is 0 for that of the newest posts.

    *items* are the posts written already, for any.
    """
    posts = outlet.list_older(number) if number else outlet.newest
    shown = [(post.key, site.fragments[post.docname].key) for post in posts]
    # The feed after the last of older posts is that of the newest.
    others = number < outlet.older_count, outlet.older_count if not number else 0
    told = outlet.path, outlet.title, outlet.subtitle, others, len(outlet.posts) <= LENGTH
    make = partial(_write, site, outlet, items, name, number)
    return SiteFile(_name_file(outlet.path, name), make, key=take_key(site.place.key, told, shown))


def _write(site: Site, outlet: Outlet, items: dict[str, FeedItem], name: str, number: int) -> bytes:
    posts, root = outlet.list_older(number) if number else outlet.newest, site.find_address("index")

    def find(older: int) -> str:
        is_there = 1 <= older <= outlet.older_count
        return root + _name_file(outlet.path, owned.OLDER_FEED.format(older)) if is_there else ""

    for post in posts:
        if post.docname not in items:
            items[post.docname] = _to_item(site, post)
    feed = Feed(
        id=name_for_ever(site.name, outlet.path),
        title=outlet.title,
        subtitle=outlet.subtitle,
        home=site.find_address("/".join(filter(None, (outlet.path, "index")))),
        language="fr",
        items=tuple(items[post.docname] for post in posts),
        is_all=len(outlet.posts) <= LENGTH,
        current=root + _name_file(outlet.path, ATOM_FILE) if number else "",
        older=find(number - 1 if number else outlet.older_count),
        newer=find(number + 1) if number else "",
    )
    write = _WRITERS[name][2] if name in _WRITERS else write_atom
    return write(feed, root + _name_file(outlet.path, name))
