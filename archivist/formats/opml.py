"""A list of feeds in OPML 2.0 (http://opml.org/spec2.opml), which readers of feeds take in whole."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree
from lxml.builder import E


def write_opml(title: str, feeds: Iterable[tuple[str, str]]) -> bytes:
    """Return the list of *feeds*, titles and addresses."""
    outlines = (E.outline(type="rss", text=name, xmlUrl=address) for name, address in feeds)
    tree = E.opml(E.head(E.title(title)), E.body(*outlines), version="2.0")
    written: bytes = etree.tostring(tree, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written
