"""The index of names: the persons and organisations that posts mark, from A to Z."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from archivist.addresses import owned
from archivist.addresses.slugs import to_slug
from archivist.posts.post import Post
from archivist.site.pages.page import Link, Page, link_posts
from archivist.site.site import Site
from archivist.site.text.names import find_letter

PAGE = f"{owned.NAMES}/index"


@dataclass(frozen=True, kw_only=True)
class NamesPage(Page):
    """The names under each letter, each with its posts."""

    template: ClassVar[str] = "names.html"
    names: list[tuple[str, list[tuple[str, list[Link]]]]]


def list_names_page(site: Site) -> Iterator[Page]:
    """Yield the index of names, if there are any."""
    found: defaultdict[str, list[Post]] = defaultdict(list)
    for post in site.library.posts:
        for name in site.names.get(post.docname, ()):
            found[name].append(post)
    ordered = sorted(found, key=lambda name: (to_slug(name).strip("_"), name))
    if found:
        yield NamesPage(
            docname=PAGE,
            title="Index des noms",
            summary="Les personnes et les organisations que les billets nomment, de A à Z.",
            names=[
                (letter, [(name, link_posts(PAGE, found[name])) for name in names])
                for letter, names in groupby(ordered, key=find_letter)
            ],
        )
