"""The map of the site for search engines (https://www.sitemaps.org/protocol.html), and robots.txt.

Both name whole addresses, so that without the site's there is neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.builder import ElementMaker

from archivist.addresses import owned
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import find_whole_address, prints_site

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry, Register
    from archivist.site.sphinx.builder import ArchiveBuilder

FILE = owned.SITEMAP
# As many as one map may hold.
MOST = 50_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MAP = ElementMaker(namespace=_SPACE, nsmap={None: _SPACE})
# Pages that answer nobody's question, and those that only let choose another.
_LEFT_OUT = frozenset({owned.NOT_FOUND, owned.SEARCH})
_CHOICES = "archive_choices"


def _changed(entry: Entry) -> dt.date:
    day = entry.post.date.date()
    return max(day, entry.post.updated) if entry.post.updated else day


def find_days(register: Register) -> dict[str, dt.date]:
    """Return when each page last changed, where posts tell it."""
    days: dict[str, dt.date] = {}
    for entry in register.entries:
        year, month = entry.post.date.year, entry.post.date.month
        lists = [label.path for labels in entry.labels.values() for label in labels]
        pages = [
            f"{path}/index" for path in (*lists, f"{year}", f"{year}/{month:02}", owned.ARCHIVES)
        ]
        for page in (*pages, "index", entry.post.docname):
            days[page] = max(_changed(entry), days.get(page, _changed(entry)))
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


def write_maps(
    told: Sequence[tuple[str, dt.date | None]], root: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the maps of *told* by their names; where one cannot hold all, the first names others."""
    if len(told) <= MOST:
        yield FILE, _write("urlset", "url", told)
        return
    parts = [told[start : start + MOST] for start in range(0, len(told), MOST)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield FILE, _write("sitemapindex", "sitemap", [(root + name, None) for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _write("urlset", "url", part)


class Sitemap:
    """The pages of a build that readers may look for."""

    def __init__(self) -> None:
        self._pages: set[str] = set()

    def on_builder_inited(self, _: Sphinx) -> None:
        """Begin anew."""
        self._pages = set()

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Note a page; those that lead from old addresses do not come here."""
        if prints_site(app) and page not in _LEFT_OUT and _CHOICES not in context:
            self._pages.add(page)

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the map, and what leads to it."""
        root = find_whole_address(app, "index")
        if exception or not prints_site(app) or not root:
            return
        days = find_days(find_register(app))
        told = sorted((find_whole_address(app, page), days.get(page)) for page in self._pages)
        builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
        for name, data in write_maps(told, root):
            builder.write_file(name, data)
        builder.write_file(
            owned.ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {root}{FILE}\n".encode()
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    sitemap = Sitemap()
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("builder-inited", sitemap.on_builder_inited)
    app.connect("html-page-context", sitemap.on_html_page_context)
    app.connect("build-finished", sitemap.on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
