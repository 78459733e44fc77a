"""The lists of posts, at the addresses the old blog had: home, labels, years, months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar

from markupsafe import Markup

from archivist.addresses import owned
from archivist.dates.french import mark_up_date, spell_month
from archivist.keys import take_key
from archivist.posts.labels import KINDS, Label
from archivist.posts.library import Family, Library, find_families, find_family
from archivist.posts.post import Post
from archivist.site.pages.page import Link, Page, link_from, link_shelves
from archivist.site.pages.pagination import ListPage, name_page, paginate, paginate_from_oldest
from archivist.site.pages.redirects import RedirectPage
from archivist.site.pages.years import Year, chart_years
from archivist.site.site import Site, Template
from archivist.site.text.dead_links import Marker
from archivist.site.text.fragments import ROOT, shows_code

# What a list holds, by kind: {0} is its title inside a sentence, {1} as it is.
_SUMMARIES = {
    "Année": "Les billets parus en {1}.",
    "Mois": "Les billets parus en {0}.",
    "Étiquette": "Les billets qui portent l’étiquette «\u00a0{1}\u00a0».",
    "Catégorie": "Les billets de la catégorie «\u00a0{1}\u00a0».",
    "Auteur": "Les billets signés {1}.",
    "Lieu": "Les billets qui parlent de ce lieu\u00a0: {1}.",
    "Langue": "Les billets écrits en {1}.",
    "Série": "Les billets de la série «\u00a0{1}\u00a0», dans l’ordre.",
    "Blog": "Les billets venus du blog «\u00a0{1}\u00a0».",
}
_ALWAYS_INDEXED = frozenset({"tag", "category", "author"})


@dataclass(frozen=True, kw_only=True)
class PostsPage(Page):
    """A page that shows posts of a list, and leads to older and newer ones."""

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
    def has_code(self) -> bool:
        """Whether a post shows code."""
        return super().has_code or any(each.has_code for each in self.entries)


@dataclass(frozen=True, kw_only=True)
class ListingPage(PostsPage):
    """A page of a list of its own."""

    template: ClassVar[str] = "listing.html"
    kind: str = ""
    description: str = ""
    part_of: Family | None = None
    members: tuple[Family, ...] = ()
    shelves: tuple[Link, ...] = ()

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield what the template is given."""
        yield from super().tell()
        yield "part_of", _link_family(self.docname, self.part_of) if self.part_of else None
        yield "members", [_link_family(self.docname, each) for each in self.members]
        yield "shelves", self.shelves


@dataclass(frozen=True, kw_only=True)
class IndexPage(Page):
    """All labels of a kind, with counts."""

    template: ClassVar[str] = "catalogue.html"
    links: list[Link]


@dataclass(frozen=True, kw_only=True)
class ArchivesPage(Page):
    """All years and months."""

    template: ClassVar[str] = "archives.html"
    years: list[Year]


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
    shelves: tuple[Link, ...] = ()
    """What the posts of a blog are filed under, seen from its newest page."""
    from_oldest: bool = False
    """Whether it is read from its beginning."""

    @property
    def summary(self) -> str:
        """One sentence that says what is listed."""
        return _SUMMARIES[self.kind].format(self.title[0].lower() + self.title[1:], self.title)


def _link_family(page: str, family: Family) -> Link:
    """Return a link from *page* to the list of a category; one without posts has none."""
    label = family.label
    url = link_from(page, name_page(label.path)) if family.count else ""
    members = tuple(_link_family(page, member) for member in family.members)
    return Link(label.name, url, family.count, label.description, members)


def _link_from_root(labels: Iterable[Label]) -> list[Link]:
    return [Link(label.name, f"{ROOT}{name_page(label.path)}.html") for label in labels]


class Entry:
    """A post as all lists show it, written once and when asked, its links led from the root.

    The home page says why one *is_first*.
    """

    def __init__(
        self, template: Template, marker: Marker, post: Post, excerpt: str, *, is_first: bool
    ) -> None:
        self._template, self._marker = template, marker
        self._post, self._excerpt, self._is_first = post, excerpt, is_first
        self.has_code = shows_code(excerpt)
        self.key = take_key(template.key, marker.key, post.key, excerpt, is_first)

    @cached_property
    def html(self) -> Markup:
        """The entry, with what is told of its dead links."""
        post, url = self._post, f"{ROOT}{self._post.docname}.html"
        shown = {
            "title": post.title,
            "title_url": post.external_link or url,
            "url": url,
            "date": mark_up_date(post.shown_date),
            "excerpt": Markup(self._excerpt),  # noqa: S704
            "categories": _link_from_root(post.labels["category"]),
            "tags": _link_from_root(post.labels["tag"]),
            "blogs": _link_from_root(each for each in post.labels["blog"] if each.is_telling),
            "language": post.language,
            "is_first": self._is_first,
            "withheld": post.withheld,
        }
        return self._marker.mark(Markup(self._template.render({"entry": shown})))  # noqa: S704


def _make_entry(site: Site, post: Post, *, is_first: bool = False) -> Entry:
    template = site.find_template("components/entry.html")
    excerpt = site.fragments[post.docname].excerpt
    return Entry(template, site.marker, post, excerpt, is_first=is_first)


def list_entries(site: Site) -> dict[str, Entry]:
    """Return each post as lists show it, by docname."""
    return {post.docname: _make_entry(site, post) for post in site.library.posts}


def show_posts(site: Site, page: ListPage[Post]) -> dict[str, Any]:
    """Return the fields of the PostsPage that shows *page*."""
    entries = site.once(list_entries)
    return {
        "entries": tuple(entries[post.docname] for post in page.entries),
        "older": page.older,
        "newer": page.newer,
        "page_number": page.shown_number,
    }


def show_home_posts(site: Site) -> dict[str, Any]:
    """Return what the home page shows: what stays there, then the rest of the newest page."""
    posts = site.library.posts
    newest = list(paginate("", posts))[-1]
    others = tuple(post for post in newest.entries if not post.sticky)
    shown = show_posts(site, replace(newest, entries=others))
    sticky = (post for post in reversed(posts) if post.sticky)
    first = tuple(_make_entry(site, post, is_first=True) for post in sticky)
    return shown | {"entries": first + shown["entries"]}


def _list_home(site: Site) -> Iterator[Page]:
    """Yield the numbered pages of the home list; the newest is shown on the home page."""
    title, summary = "Tous les billets", "Tous les billets, par date."
    for page in paginate("", site.library.posts):
        if page.newer:
            shown = show_posts(site, page)
            yield ListingPage(docname=page.docname, title=title, summary=summary, **shown)
        yield from _newest_by_number(page, "")


def _cut_listing(site: Site, listing: Listing) -> Iterator[Page]:
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
            # A new post changes the newest page alone.
            shelves=() if page.newer else listing.shelves,
            **show_posts(site, page),
        )
        if not listing.from_oldest:
            yield from _newest_by_number(page, listing.path)


def _newest_by_number(page: ListPage[Post], path: str) -> Iterator[Page]:
    """Yield the page that sends from the newest page's number to its address."""
    if page.older and not page.newer:
        old = name_page(path, page.number)
        yield RedirectPage(docname=old, title="Billets récents", leads_to=f"{page.docname}.html")


def _list_by_date(posts: Iterable[Post]) -> Iterator[Listing]:
    for year, group in groupby(posts, key=lambda post: post.date.year):
        in_year = tuple(group)
        yield Listing(path=f"{year}", kind="Année", title=f"{year}", posts=in_year)
        for month, in_month in groupby(in_year, key=lambda post: post.date.month):
            title = spell_month(year, month).capitalize()
            path = f"{year}/{month:02}"
            yield Listing(path=path, kind="Mois", title=title, posts=tuple(in_month))


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
        links = [_link_family(page, family) for family in families]
        summary = f"{many} des billets, avec leur nombre."
        yield IndexPage(docname=page, title=many, summary=summary, links=links)


def list_lists(site: Site) -> Iterator[Page]:
    """Yield all pages of all lists, and their indexes."""
    library = site.library
    yield from _list_home(site)
    for listing in (*_list_by_date(library.posts), *_list_by_label(library)):
        yield from _cut_listing(site, listing)
    yield from _list_indexes(library)
    yield ArchivesPage(
        docname=f"{owned.ARCHIVES}/index",
        title="Archives par date",
        summary="Tous les billets, par année et par mois.",
        years=list(chart_years(post.date for post in library.posts)),
    )
