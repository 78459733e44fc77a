"""A feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from archivist.formats.feed import Feed, FeedItem
from archivist.formats.licences import find_licence

TYPE = "application/feed+json"


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    """Return what is told without what is not known."""
    return {name: value for name, value in told.items() if value}


def _write_item(item: FeedItem) -> dict[str, Any]:
    told = {
        "id": item.id,
        "url": item.address,
        "external_url": item.source,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [_filled({"name": each.name, "url": each.address}) for each in item.authors],
        "tags": list(item.labels),
        "language": item.language,
        # The format has no rights: names of others' own begin so.
        "_license": _filled({"name": item.license, "url": find_licence(item.license)}),
    }
    return _filled(told)


def write_json_feed(feed: Feed, address: str) -> bytes:
    """Return *feed*, which is read at *address*."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": address,
        "language": feed.language,
        "items": [_write_item(item) for item in feed.items],
    }
    return (json.dumps(_filled(told), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
