"""The lists of posts, at the addresses the old blog had: home, labels, years, months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sphinx.util.osutil import relative_uri

from archivist.addresses import owned
from archivist.dates.french import mark_up_date, spell_month
from archivist.posts.library import Family, find_families, find_family
from archivist.site.pages.pagination import ListPage, name_page, paginate, paginate_from_oldest
from archivist.site.pages.years import chart_years
from archivist.site.sphinx.ablog import KINDS, Entry, Label, find_register
from archivist.site.sphinx.templates import prints_site
from archivist.site.text.fragments import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Register
    from archivist.site.sphinx.builder import ArchiveBuilder

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
    "Série": "Les billets de la série «\u00a0{1}\u00a0», dans l’ordre.",
}
_HOME_NAMES = {"title": "Tous les billets", "archive_summary": "Tous les billets, par date."}
_ALWAYS_INDEXED = frozenset({"tag", "category", "author"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list of posts, oldest first: *kind* says of what (« Étiquette »), *path* is where.

    That of a category knows what it is *part_of*, and its *members*. One *from_oldest* is read
    from its beginning.
    """

    path: str
    kind: str
    title: str
    entries: tuple[Entry, ...]
    description: str = ""
    part_of: Family | None = None
    members: tuple[Family, ...] = ()
    from_oldest: bool = False

    @property
    def summary(self) -> str:
        """One sentence that says what is listed."""
        return _SUMMARIES[self.kind].format(self.title[0].lower() + self.title[1:], self.title)


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads, if anywhere, seen from one page; the posts behind it, if counted.

    *members* are those that are part of it.
    """

    name: str
    url: str
    count: int = 0
    description: str = ""
    members: tuple[Link, ...] = ()


def link_from(page: str, docname: str) -> str:
    """Return the address of *docname* as seen from *page*, both docnames."""
    return relative_uri(f"{page}.html", f"{docname}.html") or "#"


def link_posts(page: str, entries: Iterable[Entry]) -> list[Link]:
    """Return links from *page* to the posts of *entries*."""
    return [Link(entry.title, link_from(page, entry.post.docname)) for entry in entries]


def link_neighbour(page: str, entries: Sequence[Entry], position: int) -> Link | None:
    """Return the link from *page* to the post at a *position* of *entries*, if one is there."""
    if not 0 <= position < len(entries):
        return None
    return link_posts(page, [entries[position]])[0]


def link_labels(page: str, labels: Iterable[Label]) -> tuple[Link, ...]:
    """Return links from *page* to the lists of *labels*."""
    return tuple(Link(label.name, link_from(page, name_page(label.path))) for label in labels)


def _link_family(page: str, family: Family) -> Link:
    """Return a link from *page* to the list of a category; one without posts has none."""
    label = family.label
    url = link_from(page, name_page(label.path)) if family.count else ""
    members = tuple(_link_family(page, member) for member in family.members)
    return Link(label.name, url, family.count, label.description, members)


def _link_from_root(labels: Iterable[Label]) -> list[Link]:
    return [Link(label.name, f"{ROOT}{name_page(label.path)}.html") for label in labels]


def _write_entry(builder: ArchiveBuilder, entry: Entry, *, is_first: bool = False) -> Markup:
    """Return *entry* as all lists show it, with its links led from the root.

    The home page says why one *is_first*.
    """
    post = entry.post
    url = f"{ROOT}{builder.get_target_uri(post.docname)}"
    shown = {
        "title": entry.title,
        "title_url": post.external_link or url,
        "url": url,
        "date": mark_up_date(post.shown_date),
        "excerpt": Markup(builder.find_fragment(post.docname).excerpt),  # noqa: S704
        "categories": _link_from_root(entry.labels["category"]),
        "tags": _link_from_root(entry.labels["tag"]),
        "language": post.language,
        "is_first": is_first,
    }
    html = builder.templates.render("components/entry.html", {"entry": shown})
    return Markup(html)  # noqa: S704


class Lists:
    """The entries of a build, each written once for all lists that show it."""

    def __init__(self) -> None:
        self._entries: dict[str, Markup] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Write the entries of posts."""
        builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
        self._entries = {
            entry.post.docname: _write_entry(builder, entry) for entry in find_register(app).entries
        }

    def _show_page(self, page: ListPage[Entry]) -> dict[str, Any]:
        """Return what a template needs to show one page of a list."""
        return {
            "archive_entries": [self._entries[entry.post.docname] for entry in page.entries],
            "archive_older": link_from(page.docname, page.older) if page.older else "",
            "archive_newer": link_from(page.docname, page.newer) if page.newer else "",
            "archive_page_number": page.shown_number,
        }

    def _listing_pages(self, listing: Listing) -> Iterator[PageSpec]:
        cut = paginate_from_oldest if listing.from_oldest else paginate
        for page in cut(listing.path, listing.entries):
            context = {
                "title": listing.title,
                "archive_kind": listing.kind,
                "archive_description": listing.description,
                "archive_summary": listing.summary,
                "archive_part_of": listing.part_of and _link_family(page.docname, listing.part_of),
                "archive_members": [_link_family(page.docname, each) for each in listing.members],
                **self._show_page(page),
            }
            yield page.docname, context, "listing.html"
            if not listing.from_oldest:
                yield from _newest_by_number(page, listing.path)

    def _home_pages(self, entries: tuple[Entry, ...]) -> Iterator[PageSpec]:
        """Yield the numbered pages of the home list; the newest is shown on the home page."""
        for page in paginate("", entries):
            if page.newer:
                yield page.docname, _HOME_NAMES | self._show_page(page), "listing.html"
            yield from _newest_by_number(page, "")

    def _show_home(self, builder: ArchiveBuilder, entries: tuple[Entry, ...]) -> dict[str, Any]:
        """Return what the home page shows: what stays there, then the rest of the newest page."""
        newest = list(paginate("", entries))[-1]
        others = tuple(entry for entry in newest.entries if not entry.post.sticky)
        shown = self._show_page(replace(newest, entries=others))
        sticky = (entry for entry in reversed(entries) if entry.post.sticky)
        first = [_write_entry(builder, entry, is_first=True) for entry in sticky]
        return shown | {"archive_entries": first + shown["archive_entries"]}

    def on_html_collect_pages(self, app: Sphinx) -> Iterator[PageSpec]:
        """Yield all pages of all lists, and their indexes."""
        if not prints_site(app):
            return
        register = find_register(app)
        yield from self._home_pages(register.entries)
        for listing in (*_by_date(register.entries), *_by_label(register)):
            yield from self._listing_pages(listing)
        yield from _label_indexes(register)
        yield _archive_page(register)

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> str | None:
        """Put under the text of the home page the posts that stay there, then the newest."""
        if page != app.config.root_doc or not prints_site(app):
            return None
        builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
        context.update(self._show_home(builder, find_register(app).entries))
        return "home.html"


def _by_date(entries: Iterable[Entry]) -> Iterator[Listing]:
    for year, group in groupby(entries, key=lambda entry: entry.post.date.year):
        in_year = tuple(group)
        yield Listing(path=f"{year}", kind="Année", title=f"{year}", entries=in_year)
        for month, in_month in groupby(in_year, key=lambda entry: entry.post.date.month):
            title = spell_month(year, month).capitalize()
            path = f"{year}/{month:02}"
            yield Listing(path=path, kind="Mois", title=title, entries=tuple(in_month))


def _by_label(register: Register) -> Iterator[Listing]:
    families = find_families(register)
    for kind, catalogue in register.catalogues.items():
        for label, entries in catalogue.items():
            own = find_family(families, label.slug) if kind == "category" else None
            parent = register.parents.get(label.slug) if own else None
            yield Listing(
                path=label.path,
                kind=KINDS[kind][1],
                title=label.name,
                description=label.description,
                entries=entries,
                part_of=find_family(families, parent.slug) if parent else None,
                members=own.members if own else (),
                from_oldest=kind == "series",
            )


def _newest_by_number(page: ListPage[Entry], path: str) -> Iterator[PageSpec]:
    """Yield the page that sends from the newest page's number to its address."""
    if page.older and not page.newer:
        old = name_page(path, page.number)
        context = {"title": "Billets récents", "archive_target": link_from(old, page.docname)}
        yield old, context, "redirect.html"


def find_indexed_kinds(register: Register) -> set[str]:
    """Return the kinds of labels that have an index page; the usual ones always do."""
    return {*_ALWAYS_INDEXED, *(kind for kind, found in register.catalogues.items() if found)}


def _label_indexes(register: Register) -> Iterator[PageSpec]:
    """Yield the pages that list all tags, all categories and so on, with counts."""
    for kind in sorted(find_indexed_kinds(register)):
        page, catalogue = f"{kind}/index", register.catalogues[kind]
        families = (
            find_families(register)
            if kind == "category"
            else (Family(label, len(found)) for label, found in catalogue.items())
        )
        links = [_link_family(page, family) for family in families]
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
    return f"{owned.ARCHIVES}/index", context, "archives.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    lists = Lists()
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("fragments-rendered", lists.on_fragments_rendered)
    app.connect("html-collect-pages", lists.on_html_collect_pages)
    app.connect("html-page-context", lists.on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
