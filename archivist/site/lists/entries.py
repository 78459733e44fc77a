"""A post as lists show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from archivist.dates.french import mark_up_date
from archivist.keys import take_key
from archivist.posts.post import Post
from archivist.site.lists.pagination import name_page
from archivist.site.needs import Needs, find_needs
from archivist.site.site import Site, Template
from archivist.site.text.dead_links import Marker
from archivist.site.text.fragments import ROOT, Fragment

# sizes="(min-width: 46rem) 42rem, 100vw"
_SIZES, _SMALL = re.compile(r'sizes="[^"]*"'), 'sizes="9rem"'


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A post as all lists show it, written once and when asked, its links led from the root."""

    template: Template
    marker: Marker
    post: Post
    fragment: Fragment
    is_first: bool
    """Whether the home page has it before all others."""
    is_signed: bool
    """Whether it says whose it is, as it does where there are several authors."""
    key: bytes = field(init=False)

    def __post_init__(self) -> None:
        fragment = self.fragment
        told = fragment.excerpt, fragment.is_whole, fragment.featured, fragment.minutes
        keys = self.template.key, self.marker.key, self.post.key
        object.__setattr__(self, "key", take_key(keys, told, self.is_first, self.is_signed))

    @property
    def needs(self) -> Needs:
        """What it holds."""
        return find_needs(self.fragment.excerpt + self.fragment.featured)

    @cached_property
    def html(self) -> Markup:
        """The entry, with what is told of its dead links."""
        return self.marker.mark(Markup(self.template.render({"entry": dict(self._tell())})))  # noqa: S704

    def _tell(self) -> Iterator[tuple[str, Any]]:
        post, fragment = self.post, self.fragment
        url = f"{ROOT}{post.docname}.html"
        yield "title", post.title
        yield "title_url", post.external_link or url
        yield "site", urlsplit(post.external_link).netloc
        yield "url", url
        yield "date", mark_up_date(post.shown_date, "dt-published")
        yield "authors", [each.name for each in post.labels["author"] if self.is_signed]
        yield "blogs", [each.name for each in post.labels["blog"] if each.is_telling]
        yield "minutes", fragment.minutes
        yield "picture", self._find_picture()
        yield "excerpt", Markup(fragment.excerpt)  # noqa: S704
        yield "is_whole", fragment.is_whole
        yield "partial", post.partial
        yield "source", post.source if post.partial else ""
        for label in post.labels["category"][:1]:
            yield "category", label.name
            yield "category_url", f"{ROOT}{name_page(label.path)}.html"
        yield "language", post.language
        yield "is_first", self.is_first
        yield "withheld", post.withheld

    def _find_picture(self) -> Markup:
        """Return the picture above the text, small, unless the excerpt has one."""
        shows_any = "<img " in self.fragment.excerpt
        return Markup("" if shows_any else _SIZES.sub(_SMALL, self.fragment.featured))  # noqa: S704


def make_entry(site: Site, post: Post, *, is_first: bool = False) -> Entry:
    """Return *post* as lists show it."""
    return Entry(
        template=site.find_template("components/entry.html"),
        marker=site.marker,
        post=post,
        fragment=site.fragments[post.docname],
        is_first=is_first,
        is_signed=len(site.library.catalogues["author"]) > 1,
    )


def list_entries(site: Site) -> dict[str, Entry]:
    """Return each post as lists show it, by docname."""
    return {post.docname: make_entry(site, post) for post in site.library.posts}
