"""A list of posts at an address of its own, and the pages that it is cut into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from archivist.posts.library import Family
from archivist.posts.post import Post
from archivist.site.lists.entries import Entry, list_entries
from archivist.site.lists.pagination import ListPage, name_page, paginate, paginate_from_oldest
from archivist.site.needs import Needs
from archivist.site.pages.page import Link, Page, Spot, link_from, link_spots
from archivist.site.pages.redirects import RedirectPage
from archivist.site.site import Site

# What a list holds, by kind: {0} is its title inside a sentence, {1} as it is.
_SUMMARIES = {
    "Année": "Les billets parus en {1}.",
    "Mois": "Les billets parus en {0}.",
    "Étiquette": "Les billets qui portent l’étiquette «\u00a0{1}\u00a0».",
    "Catégorie": "Les billets de la catégorie «\u00a0{1}\u00a0».",
    "Auteur": "Les billets signés {1}.",
    "Lieu": "Les billets qui parlent de ce lieu\u00a0: {1}.",
    "Langue": "Les billets écrits en {1}.",
    "Blog": "Les billets venus du blog «\u00a0{1}\u00a0».",
    "Série": "Les billets de la série «\u00a0{1}\u00a0», dans l’ordre.",
}


@dataclass(frozen=True, kw_only=True)
class PostsPage(Page):
    """A page that shows posts of a list, and leads to older and newer ones."""

    sheet: ClassVar[str] = "lists"
    entries: tuple[Entry, ...]
    older: str
    newer: str
    page_number: int

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield what the template is given."""
        yield from super().tell()
        yield "entries", [each.html for each in self.entries]
        for name, there in (("older", self.older), ("newer", self.newer)):
            yield name, link_from(self.docname, there) if there else ""

    @property
    def needs(self) -> Needs:
        """What its posts hold."""
        return max((super().needs, *(each.needs for each in self.entries)))


@dataclass(frozen=True, kw_only=True)
class ListingPage(PostsPage):
    """A page of a list of its own."""

    template: ClassVar[str] = "listing.html"
    kind: str = ""
    description: str = ""
    part_of: Family | None = None
    members: tuple[Family, ...] = ()
    trail: tuple[Spot, ...] = ()
    months: tuple[Spot, ...] = ()
    around: tuple[Spot | None, Spot | None] = (None, None)
    shelves: tuple[Link, ...] = ()

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield what the template is given."""
        yield from super().tell()
        yield "trail", link_spots(self.docname, self.trail)
        yield "shelves", self.shelves
        yield "months", link_spots(self.docname, self.months)
        yield "around", [each and link_spots(self.docname, [each])[0] for each in self.around]
        yield "part_of", link_family(self.docname, self.part_of) if self.part_of else None
        yield "members", [link_family(self.docname, each) for each in self.members]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list of posts, wherever its pages are cut."""

    path: str
    kind: str
    """What its posts have in common, as « Étiquette »."""
    title: str
    posts: tuple[Post, ...]
    """Oldest first."""
    description: str = ""
    part_of: Family | None = None
    members: tuple[Family, ...] = ()
    from_oldest: bool = False
    """Whether it is read from its beginning."""
    trail: tuple[Spot, ...] = ()
    """What it is part of, from the widest."""
    months: tuple[Spot, ...] = ()
    """Of a year, those that have posts."""
    around: tuple[Spot | None, Spot | None] = (None, None)
    """The years, or months, before and after it."""
    shelves: tuple[Link, ...] = ()
    """What the posts of a blog are filed under, seen from its newest page."""

    @property
    def summary(self) -> str:
        """One sentence that says what is listed."""
        return _SUMMARIES[self.kind].format(self.title[0].lower() + self.title[1:], self.title)


def link_family(page: str, family: Family) -> Link:
    """Return a link from *page* to the list of a category; one without posts has none."""
    label = family.label
    url = link_from(page, name_page(label.path)) if family.count else ""
    members = tuple(link_family(page, member) for member in family.members)
    return Link(label.name, url, family.count, label.description, members)


def show_posts(site: Site, page: ListPage[Post]) -> dict[str, Any]:
    """Return the fields of the PostsPage that shows *page*."""
    entries = site.once(list_entries)
    return {
        "entries": tuple(entries[post.docname] for post in page.entries),
        "older": page.older,
        "newer": page.newer,
        "page_number": page.shown_number,
    }


def cut_listing(site: Site, listing: Listing) -> Iterator[Page]:
    """Yield the pages of *listing*."""
    cut = paginate_from_oldest if listing.from_oldest else paginate
    for page in cut(listing.path, listing.posts):
        yield ListingPage(
            docname=page.docname,
            title=listing.title,
            summary=listing.summary,
            kind=listing.kind,
            description=listing.description,
            part_of=listing.part_of,
            members=listing.members,
            trail=listing.trail,
            # A page that is full says nothing that may change.
            months=() if page.newer else listing.months,
            around=(None, None) if page.newer else listing.around,
            shelves=() if page.newer else listing.shelves,
            **show_posts(site, page),
        )
        if not listing.from_oldest:
            yield from newest_by_number(page, listing.path)


def newest_by_number(page: ListPage[Post], path: str) -> Iterator[Page]:
    """Yield the page that sends from the newest page's number to its address."""
    if page.older and not page.newer:
        old = name_page(path, page.number)
        yield RedirectPage(docname=old, title="Billets récents", leads_to=f"{page.docname}.html")
