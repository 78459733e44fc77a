"""A page of the site, and what all kinds of page show alike: links, summaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar
from urllib.parse import urlencode

from sphinx.util.osutil import relative_uri

from archivist.addresses import owned
from archivist.keys import take_key
from archivist.posts.labels import KINDS, Label
from archivist.posts.library import Library
from archivist.posts.post import Post
from archivist.site.lists.pagination import name_page
from archivist.site.needs import Needs
from archivist.site.site import Site


@dataclass(frozen=True, kw_only=True)
class Page:
    """What one page is made of; each kind of page is a class of its own.

    A page is written from its fields and nothing else, and only where the key of one is not what
    it was. What `tell` names is `archive_` and its name in the template.
    """

    template: ClassVar[str] = "page.html"
    is_bare: ClassVar[bool] = False
    """Whether it shows nothing of the site around."""

    is_listed: ClassVar[bool] = True
    """Whether search engines are told of it."""

    sheet: ClassVar[str] = "indexes"
    """Its stylesheet, for what stands around its text: one of ``SHEETS`` of the styles."""

    docname: str
    """Where it is, below the root, without `.html`."""
    title: str
    """As text."""
    summary: str = ""

    def show(self) -> dict[str, Any]:
        """Return what the template is given."""
        return {"title": self.title} | {f"archive_{name}": each for name, each in self.tell()}

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield the names and values that its template is given."""
        kind: object = type(self)
        return ((name, getattr(self, name)) for name in name_inputs(kind))

    @property
    def template_name(self) -> str:
        """The file of its template, below docs/_templates."""
        return self.template

    @property
    def needs(self) -> Needs:
        """What its text holds."""
        return Needs.WORDS


@cache
def name_inputs(kind: object) -> tuple[str, ...]:
    """Return the names of all that a *kind* of page, or what stands around it, is made of."""
    return tuple(each.name for each in fields(kind) if each.name != "docname")  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Named:
    """A post as others name it."""

    docname: str
    title: str
    language: str
    key: bytes


def name_posts(site: Site) -> dict[str, Named]:
    """Return how each post is named, by docname."""
    named = ((each.docname, each.title, each.language) for each in site.library.posts)
    return {told[0]: Named(*told, take_key(told)) for told in named}


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads, if anywhere, seen from one page."""

    name: str
    url: str
    count: int = 0
    """The posts behind it, if they are counted."""
    description: str = ""
    members: tuple[Link, ...] = ()
    """Those that are part of it."""
    language: str = ""
    """That of the name, where it is not the site's."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A page as others name it, and how many posts it lists, if they are counted."""

    name: str
    docname: str
    count: int = 0


def link_spots(page: str, spots: Iterable[Spot]) -> list[Link]:
    """Return links from *page* to *spots*."""
    return [Link(spot.name, link_from(page, spot.docname), spot.count) for spot in spots]


def link_from(page: str, docname: str) -> str:
    """Return the address of *docname* as seen from *page*, both docnames."""
    return relative_uri(f"{page}.html", f"{docname}.html") or "#"


def link_posts(page: str, posts: Iterable[Named | Post]) -> list[Link]:
    """Return links from *page* to *posts*."""
    return [
        Link(post.title, link_from(page, post.docname), language=post.language) for post in posts
    ]


def link_labels(page: str, labels: Iterable[Label]) -> tuple[Link, ...]:
    """Return links from *page* to the lists of *labels*."""
    return tuple(Link(label.name, link_from(page, name_page(label.path))) for label in labels)


def link_shelves(library: Library, blog: Label) -> Iterator[Link]:
    """Yield the categories and tags of the posts of *blog*, under what all of them are called.

    One that other posts bear too leads to the search, which lists those of the blog.
    """
    page = name_page(blog.path)
    for kind, facet in (("category", "categorie"), ("tag", "etiquette")):
        posts, all_uses = library.catalogues["blog"][blog], library.catalogues[kind]
        uses = Counter(label for post in posts for label in post.labels[kind])
        links = []
        for label, count in sorted(uses.items(), key=lambda use: use[0].slug):
            asked = urlencode({"blog": blog.name, facet: label.name})
            is_own = count == len(all_uses[label])
            url = name_page(label.path) if is_own else owned.SEARCH
            links.append(Link(label.name, link_from(page, url) + f"?{asked}" * (not is_own), count))
        if links:
            yield Link(KINDS[kind][1], "", members=tuple(links))
