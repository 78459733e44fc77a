"""A feed in Atom (RFC 4287), of which older entries are in feeds of their own (RFC 5005).

Written with lxml: the library feedgen 1.0.0 loses what a link of an entry is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.builder import ElementMaker

from archivist.addresses.slugs import to_slug
from archivist.formats.feed import Feed, FeedItem
from archivist.formats.licences import find_licence

TYPE = "application/atom+xml"
_SPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_HISTORY = "http://purl.org/syndication/history/1.0"
_ATOM = ElementMaker(namespace=_SPACE, nsmap={None: _SPACE, "fh": _HISTORY})


def _write_parts(item: FeedItem) -> Iterator[etree._Element]:
    yield _ATOM.id(item.id)
    yield _ATOM.title(item.title)
    yield _ATOM.link(href=item.address, rel="alternate", type="text/html")
    if item.source:
        yield _ATOM.link(href=item.source, rel="via")
    yield _ATOM.published(item.published.isoformat())
    yield _ATOM.updated(item.updated.isoformat())
    for person in item.authors:
        where = [_ATOM.uri(person.address)] if person.address else []
        yield _ATOM.author(_ATOM.name(person.name), *where)
    if item.license:
        yield _ATOM.rights(item.license)
    if address := find_licence(item.license):
        yield _ATOM.link(href=address, rel="license")
    for label in item.labels:
        yield _ATOM.category(term=to_slug(label), label=label)
    if item.summary:
        yield _ATOM.summary(item.summary)
    yield _ATOM.content(item.html, type="html")


def write_atom(feed: Feed, address: str) -> bytes:
    """Return *feed*, which is read at *address*."""
    subtitle = [_ATOM.subtitle(feed.subtitle)] if feed.subtitle else []
    others = {"current": feed.current, "prev-archive": feed.older, "next-archive": feed.newer}
    kind = "archive" if feed.current else "complete" if feed.is_all else ""
    tree = _ATOM.feed(
        {_LANGUAGE: feed.language},
        _ATOM.id(feed.id),
        _ATOM.title(feed.title),
        *subtitle,
        _ATOM.updated(feed.updated.isoformat()),
        _ATOM.link(href=feed.home, rel="alternate", type="text/html"),
        _ATOM.link(href=address, rel="self", type=TYPE),
        *(_ATOM.link(href=url, rel=rel, type=TYPE) for rel, url in others.items() if url),
        *([etree.Element(f"{{{_HISTORY}}}{kind}")] if kind else []),
        *(_ATOM.entry({_LANGUAGE: item.language}, *_write_parts(item)) for item in feed.items),
    )
    written: bytes = etree.tostring(tree, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written
