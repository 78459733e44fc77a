"""A feed as data, whatever it is written in, and texts that read anywhere."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import nh3
from lxml import html

# What stands around a text on its page only.
_AROUND = (".//nav", ".//a[@class='headerlink']")
# What readers of feeds show alike; the original stands behind each picture in WebP.
_TAGS = nh3.ALLOWED_TAGS - {"nav", "article", "aside", "footer", "header", "hgroup", "center"}


@dataclass(frozen=True, slots=True)
class FeedAuthor:
    """Who signs, and where to find them, if that is known."""

    name: str
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedItem:
    """A post in a feed.

    *html* is its whole text, with whole addresses; *source* is where it first appeared, *labels*
    are its categories, then its tags. Moments are in UTC.
    """

    id: str
    address: str
    title: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[FeedAuthor, ...]
    labels: tuple[str, ...]
    language: str
    summary: str
    html: str
    source: str
    license: str = ""
    """In the words of who stated it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """Posts of a list, newest first, at least one; *home* is the page of the list.

    They are the newest, unless *current*, the address of those, is given; *older* and *newer* are
    those of what goes on with others (RFC 5005). The newest may be all, and say so.
    """

    id: str
    title: str
    subtitle: str
    home: str
    language: str
    items: tuple[FeedItem, ...]
    is_all: bool = False
    current: str = ""
    older: str = ""
    newer: str = ""

    @property
    def updated(self) -> dt.datetime:
        """When something in it last changed, as the posts tell."""
        return max(item.updated for item in self.items)


def name_for_ever(site: str, name: str) -> str:
    """Return an id that does not change with the address of the site (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site}/{name}").urn


def write_whole(text: str, address: str) -> str:
    """Return the HTML *text* of the page at *address* so that it reads anywhere.

    Links and pictures have whole addresses; ids, classes and what only a page needs are gone.
    """
    tree = html.fragment_fromstring(text, create_parent="div")
    for path in _AROUND:
        for element in tree.findall(path):
            element.drop_tree()
    tree.make_links_absolute(address, resolve_base_href=False)
    whole = html.tostring(tree, encoding="unicode")
    inner = whole.removeprefix("<div>").removesuffix("</div>")
    return nh3.clean(inner, tags=_TAGS, link_rel=None).strip()
