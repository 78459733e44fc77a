"""Old addresses answer: a page at each, and one to choose where several posts share a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup
from sphinx.util.osutil import relative_uri

from archivist.addresses.old import is_path, output_name, split_old
from archivist.dates.french import mark_up_date
from archivist.site.hosts.old import find_old_paths, group_by_slug
from archivist.site.pages.page import Page, link_from
from archivist.site.site import Place, Site, find_path
from archivist.site.text.typography import bind_spaces


@dataclass(frozen=True, kw_only=True)
class RedirectPage(Page):
    """A page at an old address."""

    template: ClassVar[str] = "redirect.html"
    is_bare: ClassVar[bool] = True
    is_listed: ClassVar[bool] = False
    leads_to: str
    """A file, below the root."""
    is_asked: bool = False
    """Whether it answers otherwise to queries, which the script knows."""

    def tell(self) -> Iterator[tuple[str, str | bool]]:
        """Yield the address, and that of the feed that readers of feeds look for, if it is one."""
        target = relative_uri(f"{self.docname}.html", self.leads_to)
        yield "target", target
        yield "is_asked", self.is_asked
        yield "feed", target if self.leads_to.endswith(".xml") else ""

    def find_address(self, place: Place) -> str:
        """Return the whole address of where it leads, if that of the site is known."""
        docname = self.leads_to.removesuffix(".html")
        root = place.find_address("index")
        is_page = docname != self.leads_to
        return root and root + (find_path(docname) if is_page else self.leads_to)


@dataclass(frozen=True, kw_only=True)
class ChoicePage(Page):
    """The page of a slug that several posts share, which lets the reader choose."""

    template: ClassVar[str] = "choice.html"
    is_listed: ClassVar[bool] = False
    choices: list[tuple[str, str, Markup]]
    """Title, address and date of each post."""


@dataclass(frozen=True, kw_only=True)
class RemovedPage(Page):
    """A page at the address of what was taken away, which says why."""

    template: ClassVar[str] = "removed.html"
    is_listed: ClassVar[bool] = False
    reason: str


def list_redirects(site: Site) -> Iterator[Page]:
    """Yield a page for each old path."""
    asked = {split_old(old).path for old in site.redirects if not is_path(old)}
    for old, new in site.once(find_old_paths).items():
        yield RedirectPage(
            docname=output_name(old).removesuffix(".html"),
            title="Adresse déplacée",
            leads_to=output_name(new),
            is_asked=old in asked,
        )
    for removed in site.archive.redirects:
        if removed.reason:
            page = output_name(removed.old).removesuffix(".html")
            yield RemovedPage(
                docname=page, title="Page retirée", reason=bind_spaces(removed.reason)
            )
    for slug, posts in group_by_slug(site.library.posts).items():
        if len(posts) > 1:
            page = f"{slug}/index"
            choices = [
                (post.title, link_from(page, post.docname), mark_up_date(post.shown_date))
                for post in posts
            ]
            yield ChoicePage(docname=page, title="Plusieurs billets", choices=choices)
