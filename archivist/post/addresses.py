"""Addresses of the web, as a writer types them."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(text: str) -> SplitResult | None:
    """Return the parts of an address, or nothing when it has none."""
    try:
        return urlsplit(text)
    except ValueError:
        return None
