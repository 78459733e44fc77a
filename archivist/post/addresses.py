"""Addresses of the web, as a writer types them."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def find_scheme(text: str) -> str:
    """Return what an address begins with, as `https`, or nothing for a path."""
    found = _SCHEME.match(text)
    return found[1] if found else ""


def split_address(text: str) -> SplitResult | None:
    """Return the parts of an address, or nothing when it has none."""
    try:
        return urlsplit(text)
    except ValueError:
        return None
