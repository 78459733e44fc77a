"""A page of the site, and what all kinds of page show alike: links, summaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from sphinx.util.osutil import relative_uri

from archivist.posts.labels import Label
from archivist.posts.post import Post
from archivist.site.pages.pagination import name_page


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a template is given for one page; each kind of page is a class of its own.

    A field is `archive_` and its name in the template.
    """

    template: ClassVar[str] = "page.html"
    is_bare: ClassVar[bool] = False
    """Whether it shows nothing of the site around."""

    is_listed: ClassVar[bool] = True
    """Whether search engines are told of it."""

    docname: str
    """Where it is, below the root, without `.html`."""
    title: str
    """As text."""
    summary: str = ""

    def show(self) -> dict[str, Any]:
        """Return what the template is given."""
        shown = {f"archive_{each.name}": getattr(self, each.name) for each in fields(self)}
        del shown["archive_docname"]
        return shown | {"title": self.title}

    @property
    def template_name(self) -> str:
        """The file of its template, below docs/_templates."""
        return self.template

    @property
    def texts(self) -> Iterable[str]:
        """The HTML of documents that it shows."""
        return ()


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


def link_from(page: str, docname: str) -> str:
    """Return the address of *docname* as seen from *page*, both docnames."""
    return relative_uri(f"{page}.html", f"{docname}.html") or "#"


def link_posts(page: str, posts: Iterable[Post]) -> list[Link]:
    """Return links from *page* to *posts*."""
    return [Link(post.title, link_from(page, post.docname)) for post in posts]


def link_neighbour(page: str, posts: Sequence[Post], position: int) -> Link | None:
    """Return the link from *page* to the post at a *position* of *posts*, if one is there."""
    return link_posts(page, [posts[position]])[0] if 0 <= position < len(posts) else None


def link_labels(page: str, labels: Iterable[Label]) -> tuple[Link, ...]:
    """Return links from *page* to the lists of *labels*."""
    return tuple(Link(label.name, link_from(page, name_page(label.path))) for label in labels)
