"""The lists of posts, at the addresses the old blog had: home, tags, categories, years, months."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sphinx.util.osutil import relative_uri

from archivist.site.ablog_layer import KINDS, Entry, Label, find_register
from archivist.site.chart import chart_years
from archivist.site.dates import mark_up_date, spell_month
from archivist.site.excerpts import place_excerpt
from archivist.site.pagination import ListPage, name_page, paginate
from archivist.site.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docutils import nodes
    from markupsafe import Markup
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.ablog_layer import Register

    PageSpec = tuple[str, dict[str, Any], str]


# What a list holds, by kind: {0} is its title inside a sentence, {1} as it is.
_SUMMARIES = {
    "Année": "Les billets parus en {1}.",
    "Mois": "Les billets parus en {0}.",
    "Étiquette": "Les billets qui portent l’étiquette «\u00a0{1}\u00a0».",
    "Catégorie": "Les billets de la catégorie «\u00a0{1}\u00a0».",
    "Auteur": "Les billets signés {1}.",
    "Lieu": "Les billets qui parlent de ce lieu\u00a0: {1}.",
    "Langue": "Les billets écrits en {1}.",
}
_ALWAYS_INDEXED = frozenset({"tag", "category", "author"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list of posts, oldest first: *kind* says of what (« Étiquette »), *path* is where."""

    path: str
    kind: str
    title: str
    entries: tuple[Entry, ...]
    description: str = ""

    @property
    def summary(self) -> str:
        """One sentence that says what is listed."""
        return _SUMMARIES[self.kind].format(self.title[0].lower() + self.title[1:], self.title)


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads, seen from one page; the posts behind it, if counted."""

    name: str
    url: str
    count: int = 0
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPost:
    """An entry as a template shows it on one page."""

    title: str
    title_url: str
    url: str
    date: Markup
    excerpt: Markup
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]
    language: str


def link_from(page: str, docname: str) -> str:
    """Return the address of *docname* as seen from *page*, both docnames."""
    return relative_uri(f"{page}.html", f"{docname}.html") or "#"


def link_labels(page: str, labels: Iterable[Label]) -> tuple[Link, ...]:
    """Return links from *page* to the lists of *labels*."""
    return tuple(Link(label.name, link_from(page, name_page(label.path))) for label in labels)


def _show_entry(app: Sphinx, entry: Entry, page: str) -> ListedPost:
    post = entry.post
    url = link_from(page, post.docname)
    return ListedPost(
        title=entry.title,
        title_url=post.external_link or url,
        url=url,
        date=mark_up_date(post.shown_date),
        excerpt=place_excerpt(app.builder, entry, page),  # type: ignore[arg-type]
        categories=link_labels(page, entry.labels["category"]),
        tags=link_labels(page, entry.labels["tag"]),
        language=post.language,
    )


class ListedPosts:
    """The entries of a page, made when a template asks for them: not every page is written."""

    def __init__(self, app: Sphinx, page: ListPage[Entry]) -> None:
        self.docnames = frozenset(entry.post.docname for entry in page.entries)
        self._app, self._page = app, page

    @cached_property
    def _shown(self) -> list[ListedPost]:
        return [_show_entry(self._app, entry, self._page.docname) for entry in self._page.entries]

    def __iter__(self) -> Iterator[ListedPost]:
        return iter(self._shown)


def _show_page(app: Sphinx, page: ListPage[Entry]) -> dict[str, Any]:
    """Return what a template needs to show one page of a list."""
    return {
        "archive_entries": ListedPosts(app, page),
        "archive_older": link_from(page.docname, page.older) if page.older else "",
        "archive_newer": link_from(page.docname, page.newer) if page.newer else "",
        "archive_page_number": page.number if page.newer else 0,
    }


def _by_date(entries: Iterable[Entry]) -> Iterator[Listing]:
    for year, group in groupby(entries, key=lambda entry: entry.post.date.year):
        in_year = tuple(group)
        yield Listing(path=f"{year}", kind="Année", title=f"{year}", entries=in_year)
        for month, in_month in groupby(in_year, key=lambda entry: entry.post.date.month):
            title = spell_month(year, month).capitalize()
            path = f"{year}/{month:02}"
            yield Listing(path=path, kind="Mois", title=title, entries=tuple(in_month))


def _by_label(catalogues: Mapping[str, Mapping[Label, tuple[Entry, ...]]]) -> Iterator[Listing]:
    for kind, catalogue in catalogues.items():
        for label, entries in catalogue.items():
            yield Listing(
                path=label.path,
                kind=KINDS[kind][1],
                title=label.name,
                description=label.description,
                entries=entries,
            )


def _listing_pages(app: Sphinx, listing: Listing) -> Iterator[PageSpec]:
    for page in paginate(listing.path, listing.entries):
        context = {
            "title": listing.title,
            "archive_kind": listing.kind,
            "archive_description": listing.description,
            "archive_summary": listing.summary,
            **_show_page(app, page),
        }
        yield page.docname, context, "listing.html"
        yield from _newest_by_number(page, listing.path)


def _newest_by_number(page: ListPage[Entry], path: str) -> Iterator[PageSpec]:
    """Yield the page that sends from the newest page's number to its address."""
    if page.older and not page.newer:
        old = name_page(path, page.number)
        context = {"title": "Billets récents", "archive_target": link_from(old, page.docname)}
        yield old, context, "redirect.html"


def _home_pages(app: Sphinx, entries: tuple[Entry, ...]) -> Iterator[PageSpec]:
    """Yield the numbered pages of the home list; the newest is shown on the home page."""
    for page in paginate("", entries):
        if page.newer:
            names = {"title": "Tous les billets", "archive_summary": "Tous les billets, par date."}
            yield page.docname, names | _show_page(app, page), "listing.html"
        yield from _newest_by_number(page, "")


def find_indexed_kinds(register: Register) -> set[str]:
    """Return the kinds of labels that have an index page; the usual ones always do."""
    return {*_ALWAYS_INDEXED, *(kind for kind, found in register.catalogues.items() if found)}


def _label_indexes(register: Register) -> Iterator[PageSpec]:
    """Yield the pages that list all tags, all categories and so on, with counts."""
    for kind in sorted(find_indexed_kinds(register)):
        page, catalogue = f"{kind}/index", register.catalogues[kind]
        links = [
            Link(label.name, link_from(page, name_page(label.path)), len(found), label.description)
            for label, found in catalogue.items()
        ]
        many = KINDS[kind][2]
        summary = f"{many} des billets, avec leur nombre."
        context = {"title": many, "archive_summary": summary, "archive_links": links}
        yield page, context, "catalogue.html"


def _archive_page(register: Register) -> PageSpec:
    days = (entry.post.date for entry in register.entries)
    context = {
        "title": "Archives par date",
        "archive_summary": "Tous les billets, par année et par mois.",
        "archive_years": list(chart_years(days)),
    }
    return "archives/index", context, "archives.html"


def on_html_collect_pages(app: Sphinx) -> Iterator[PageSpec]:
    """Yield all pages of all lists, and their indexes."""
    if not prints_site(app):
        return
    register = find_register(app)
    yield from _home_pages(app, register.entries)
    for listing in (*_by_date(register.entries), *_by_label(register.catalogues)):
        yield from _listing_pages(app, listing)
    yield from _label_indexes(register)
    yield _archive_page(register)


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
) -> str | None:
    """Put the newest posts under the text of the home page."""
    if page != app.config.root_doc or not prints_site(app):
        return None
    newest = list(paginate("", find_register(app).entries))[-1]
    context.update(_show_page(app, newest))
    return "home.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.posts")
    app.connect("html-collect-pages", on_html_collect_pages)
    app.connect("html-page-context", on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
