"""The map of the site for search engines (https://www.sitemaps.org/protocol.html), and robots.txt.

Both name whole addresses, so that without the site's there is neither.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from lxml import etree
from lxml.builder import ElementMaker

from archivist.addresses import owned
from archivist.keys import take_key
from archivist.posts.library import Library
from archivist.site.files.file import SiteFile, hold
from archivist.site.site import Site

# As many as one map may hold.
MOST = 50_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MAP = ElementMaker(namespace=_SPACE, nsmap={None: _SPACE})


def find_days(library: Library) -> dict[str, dt.date]:
    """Return when each page last changed, where posts tell it."""
    days: dict[str, dt.date] = {}
    for post in library.posts:
        lists = [label.path for labels in post.labels.values() for label in labels]
        lists += [f"{post.date:%Y}", f"{post.date:%Y/%m}", owned.ARCHIVES]
        changed = max(post.date.date(), post.updated or dt.date.min)
        for page in (*(f"{path}/index" for path in lists), "index", post.docname):
            days[page] = max(changed, days.get(page, changed))
    return days


def _write(tag: str, item: str, told: Sequence[tuple[str, dt.date | None]]) -> bytes:
    """Return a map of *told*, addresses with the days of their last change."""
    items = [
        _MAP(item, _MAP.loc(address), *([_MAP.lastmod(day.isoformat())] if day else []))
        for address, day in told
    ]
    written: bytes = etree.tostring(
        _MAP(tag, *items), encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    return written


def _name_parts(count: int) -> list[str]:
    """Return the names of the maps of *count* pages that one map cannot hold."""
    starts = range(0, count, MOST) if count > MOST else ()
    return [f"sitemap-{start // MOST + 1}.xml" for start in starts]


def write_maps(
    told: Sequence[tuple[str, dt.date | None]], root: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the maps of *told* by their names; where one cannot hold all, the first names others."""
    if len(told) <= MOST:
        yield owned.SITEMAP, _write("urlset", "url", told)
        return
    parts = [told[start : start + MOST] for start in range(0, len(told), MOST)]
    names = _name_parts(len(told))
    yield owned.SITEMAP, _write("sitemapindex", "sitemap", [(root + name, None) for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _write("urlset", "url", part)


def list_maps(site: Site, pages: Iterable[str]) -> Iterator[SiteFile]:
    """Yield the map of *pages*, those that readers may look for, and what leads to it."""
    root = site.find_address("index")
    if root:
        # One whose canonical address is elsewhere is not for search engines here.
        elsewhere = {post.docname for post in site.library.posts if post.canonical_link}
        listed = sorted(set(pages) - elsewhere)
        key = take_key(root, listed, [post.key for post in site.library.posts])

        @cache
        def write() -> dict[str, bytes]:
            days = find_days(site.library)
            told = sorted((site.find_address(page), days.get(page)) for page in listed)
            return dict(write_maps(told, root))

        for name in (owned.SITEMAP, *_name_parts(len(listed))):
            yield SiteFile(name, partial(lambda each: write()[each], name), key=key)
        yield hold(owned.ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {root}{owned.SITEMAP}\n")
