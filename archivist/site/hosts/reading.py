"""What the files `_headers` and `_redirects` of a built site say."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_LINES = 2000
"""How many lines of three words, right or wrong, Cloudflare Pages looks at."""


def find_headers(text: str, path: str) -> dict[str, str]:
    """Return the headers that a file `_headers` gives what is at *path*."""
    found: dict[str, str] = {}
    is_meant = False
    for line in text.splitlines():
        if not line.startswith(" "):
            pattern = re.escape(line).replace(r"\*", ".*")
            is_meant = bool(re.fullmatch(pattern, path))
        elif is_meant:
            name, _, value = line.strip().partition(": ")
            found[name] = value
    return found


def read_redirects(text: str) -> Iterator[tuple[str, str]]:
    """Yield the old addresses of the site's own host that `_redirects` has, and where each leads."""
    for line in text.splitlines():
        *place, new, status = line.split(" ")
        if status == "301!" and place[0].startswith("/") and ":" not in line:
            yield "?".join(place), new


def tell_limit(text: str) -> str:
    """Return in French how many of the addresses of `_redirects` Cloudflare Pages knows, if not all."""
    lines = [line for line in text.splitlines() if line.startswith("/") and line.count(" ") == 2]  # noqa: PLR2004
    led = [line.endswith(" 301") for line in lines]
    if sum(led) == sum(led[:MOST_LINES]):
        return ""
    known = f"{sum(led[:MOST_LINES])} des {sum(led)} anciennes adresses"
    return f"chez Cloudflare Pages, {known} mènent d’elles-mêmes à la nouvelle, les autres par leur page"
