"""The blog that an import brings over, as blogs.yml has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from archivist.addresses.slugs import find_free, is_slug, to_slug
from archivist.addresses.web import SCHEMES, find_address_fault, split_address
from archivist.posts.labels import bare_text
from archivist.posts.people import SourceBlog
from archivist.syntax.limits import LONGEST_LABEL
from archivist.syntax.yaml import write_value
from archivist.wordpress.existing import Existing
from archivist.wordpress.export.wxr import Blog

_LONGEST_KEY = 60


def find_bare_address(url: str) -> str:
    """Return what all ways of writing the address of a blog have in common, or nothing.

    `exemple.fr/carnet` for http://www.Exemple.fr/carnet/.
    """
    parts = split_address(url)
    if parts is None or parts.scheme not in SCHEMES:
        return ""
    host = parts.netloc.lower().rpartition("@")[2].removeprefix("www.")
    return host and host + parts.path.rstrip("/")


def _propose_key(url: str) -> str:
    key = to_slug(re.sub("[/:]", ".", find_bare_address(url)))[:_LONGEST_KEY].strip("-_")
    return key if is_slug(key) else "blog"


def find_blog(blog: Blog, existing: Existing) -> SourceBlog | None:
    """Return the entry of *blog*: the one that is there, else a new one; none without an address."""
    address, known = find_bare_address(blog.url), existing.registers.blogs
    if not address:
        return None
    for each in known.values():
        if find_bare_address(each.url) == address:
            return each
    key = _propose_key(blog.url)
    # An address that gives another key was written there by hand, or is none for all.
    if key in known and _propose_key(known[key].url) != key:
        return known[key]
    names = {each.name.casefold() for each in known.values()}
    name = bare_text(unescape(blog.title))[:LONGEST_LABEL].strip() or address
    return SourceBlog(
        key=find_free(key, known),
        # A search tells blogs apart by their names.
        name=f"{name} ({address})" if name.casefold() in names else name,
        url="" if find_address_fault(blog.url, SCHEMES) else blog.url,
    )


def describe_blog(blog: SourceBlog | None, existing: Existing) -> Iterator[str]:
    """Yield the lines that blogs.yml is to gain."""
    if blog and blog.key not in existing.registers.blogs:
        yield f"{write_value(blog.key)}:"
        yield f"  name: {write_value(blog.name)}"
        if blog.url:
            yield f"  url: {write_value(blog.url)}"
