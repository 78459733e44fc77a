"""The lists of posts, at the addresses the old blog had: home, labels, dates; their indexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, ClassVar

from archivist.addresses.slugs import to_slug
from archivist.posts.labels import KINDS
from archivist.posts.library import Family, Library, find_families, find_family, rank_labels
from archivist.site.lists.entries import make_entry
from archivist.site.lists.pagination import name_page, paginate
from archivist.site.lists.years import chart_all_years
from archivist.site.pages.dates import list_by_date
from archivist.site.pages.listing import (
    Listing,
    ListingPage,
    cut_listing,
    link_family,
    newest_by_number,
    show_posts,
)
from archivist.site.pages.page import Link, Page, Spot, link_shelves
from archivist.site.site import Site

_MOST_THEMES, _MOST_IN_ORDER = 12, 30
_ALWAYS_INDEXED = frozenset({"tag", "category", "author"})


@dataclass(frozen=True, kw_only=True)
class IndexPage(Page):
    """All labels of a kind, with counts."""

    template: ClassVar[str] = "catalogue.html"
    links: list[Link]

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield what the template is given: many labels by their letters, those most used first."""
        yield from super().tell()
        is_long = len(self.links) > _MOST_IN_ORDER and not any(each.members for each in self.links)
        by_use = sorted(self.links, key=lambda link: -link.count)
        yield "main", by_use[:_MOST_THEMES] if is_long else []
        letters = groupby(self.links, key=lambda link: to_slug(link.name)[:1].upper())
        yield "letters", [(name, list(found)) for name, found in letters] if is_long else []


def show_home_posts(site: Site) -> dict[str, Any]:
    """Return what the home page shows: what stays there, then the rest of the newest page."""
    posts = site.library.posts
    newest = list(paginate("", posts))[-1]
    others = tuple(post for post in newest.entries if not post.sticky)
    shown = show_posts(site, replace(newest, entries=others))
    sticky = (post for post in reversed(posts) if post.sticky)
    first = tuple(make_entry(site, post, is_first=True) for post in sticky)
    return shown | {
        "entries": first + shown["entries"],
        "count": len(posts),
        "author_count": len(site.library.catalogues["author"]),
        "years": chart_all_years(post.date for post in posts),
        "themes": _find_themes(site.library),
    }


def _find_themes(library: Library) -> tuple[Spot, ...]:
    """Return what most posts are filed under: categories, else tags where there is but one."""
    kind = "category" if len(library.catalogues["category"]) > 1 else "tag"
    found = library.catalogues[kind]
    labels = rank_labels(library, kind)[:_MOST_THEMES]
    return tuple(Spot(label.name, name_page(label.path), len(found[label])) for label in labels)


def _list_home(site: Site) -> Iterator[Page]:
    """Yield the numbered pages of the home list; the newest is shown on the home page."""
    title, summary = "Tous les billets", "Tous les billets, par date."
    for page in paginate("", site.library.posts):
        if page.newer:
            shown = show_posts(site, page)
            yield ListingPage(docname=page.docname, title=title, summary=summary, **shown)
        yield from newest_by_number(page, "")


def _list_by_label(library: Library) -> Iterator[Listing]:
    families = find_families(library)
    for kind, catalogue in library.catalogues.items():
        for label, posts in catalogue.items():
            own = find_family(families, label.slug) if kind == "category" else None
            parent = library.parents.get(label.slug) if own else None
            yield Listing(
                path=label.path,
                kind=KINDS[kind][0],
                title=label.name,
                description=label.description,
                posts=posts,
                trail=(Spot(KINDS[kind][1], f"{kind}/index"),),
                part_of=find_family(families, parent.slug) if parent else None,
                members=own.members if own else (),
                shelves=tuple(link_shelves(library, label)) if kind == "blog" else (),
                from_oldest=kind == "series",
            )


def find_indexed_kinds(library: Library) -> set[str]:
    """Return the kinds of labels that have an index page; the usual ones always do."""
    return {*_ALWAYS_INDEXED, *(kind for kind, found in library.catalogues.items() if found)}


def _list_indexes(library: Library) -> Iterator[Page]:
    """Yield the pages that list all tags, all categories and so on, with counts."""
    for kind in sorted(find_indexed_kinds(library)):
        page, many = f"{kind}/index", KINDS[kind][1]
        families = (
            find_families(library)
            if kind == "category"
            else (Family(label, len(found)) for label, found in library.catalogues[kind].items())
        )
        links = [link_family(page, family) for family in families]
        summary = f"{many} des billets, avec leur nombre."
        yield IndexPage(docname=page, title=many, summary=summary, links=links)


def list_lists(site: Site) -> Iterator[Page]:
    """Yield all pages of all lists, and their indexes."""
    library = site.library
    yield from _list_home(site)
    for listing in (*list_by_date(library.posts), *_list_by_label(library)):
        yield from cut_listing(site, listing)
    yield from _list_indexes(library)
