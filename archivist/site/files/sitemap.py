"""What is told to those outside: the map of the site, robots.txt, and how browsers may search it.

https://www.sitemaps.org/protocol.html, https://github.com/dewitt/opensearch
All name whole addresses, so that without the site's there is none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from textwrap import shorten

from lxml import etree
from lxml.builder import ElementMaker

from archivist.addresses import owned
from archivist.keys import take_key
from archivist.posts.library import Library
from archivist.search.tokenizer import LINK_WORDS
from archivist.site.files.file import SiteFile, hold
from archivist.site.site import Site

# As many as one map may hold.
MOST = 50_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MAP = ElementMaker(namespace=_SPACE, nsmap={None: _SPACE})
_SEARCH_SPACE = "http://a9.com/-/spec/opensearch/1.1/"
_SEARCH = ElementMaker(namespace=_SEARCH_SPACE, nsmap={None: _SEARCH_SPACE})
_LONGEST_NAME = 16  # signs


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


def _print(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _write(tag: str, item: str, told: Sequence[tuple[str, dt.date | None]]) -> bytes:
    """Return a map of *told*, addresses with the days of their last change."""
    items = [
        _MAP(item, _MAP.loc(address), *([_MAP.lastmod(day.isoformat())] if day else []))
        for address, day in told
    ]
    return _print(_MAP(tag, *items))


def shorten_name(name: str) -> str:
    """Return as many whole words of *name* as browsers show: « Archives » of « Archives de l’État »."""
    words = shorten(name, _LONGEST_NAME, placeholder="").split()
    while words[1:] and words[-1] in LINK_WORDS:
        words.pop()
    return " ".join(words) or name[:_LONGEST_NAME]


def write_search(name: str, root: str) -> bytes:
    """Return how to search the site of that *name* at the address *root*."""
    page = f"{root}{owned.SEARCH}.html?q={{searchTerms}}"
    return _print(
        _SEARCH.OpenSearchDescription(
            _SEARCH.ShortName(shorten_name(name)),
            _SEARCH.Description(f"Chercher dans {name}"),
            _SEARCH.Url(type="text/html", template=page),
            _SEARCH.Url(
                type="application/opensearchdescription+xml",
                rel="self",
                template=root + owned.OPENSEARCH,
            ),
            _SEARCH.LongName(name[:48]),
            _SEARCH.Language("fr"),
            _SEARCH.InputEncoding("UTF-8"),
        )
    )


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
    """Yield the map of *pages*, those that readers may look for, what leads to it, and the search."""
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
        yield hold(owned.OPENSEARCH, write_search(site.name, root))
