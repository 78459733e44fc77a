"""What stands beside each page: years, categories, main tags, pages. It does not grow with posts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from markupsafe import Markup

from archivist.addresses.slugs import to_slug
from archivist.posts.labels import Label
from archivist.posts.library import Library
from archivist.site.pages.lists import find_indexed_kinds
from archivist.site.pages.names import PAGE as NAMES
from archivist.site.pages.page import link_from
from archivist.site.pages.pagination import name_page
from archivist.site.site import Site

MAIN_TAGS = 10
# Standing pages that the templates name themselves, and those that nobody looks for.
_NAMED = frozenset({"404", "a-propos", "accessibilite", "contribuer", "emporter", "glossaire"})


def find_main_tags(library: Library) -> list[Label]:
    """Return the tags most used, in alphabetical order."""
    tags = library.catalogues["tag"]
    by_use = sorted(tags, key=lambda label: (-len(tags[label]), label.slug))
    return sorted(by_use[:MAIN_TAGS], key=lambda label: label.slug)


class Menu:
    """The menu of a site: the same on all pages as deep, but on those it leads to."""

    def __init__(self, site: Site) -> None:
        self._site = site
        library, standing = site.library, set(site.titles)
        years = sorted({post.date.year for post in library.posts}, reverse=True)
        found = standing - _NAMED - {site.config.root_doc}
        others = [(site.titles[docname], docname) for docname in found]
        self._groups = [
            ("Années", [(str(year), f"{year}/index") for year in years]),
            ("Catégories", _name_lists(library.catalogues["category"])),
            ("Étiquettes principales", _name_lists(find_main_tags(library))),
            ("Autres pages", sorted(others, key=lambda page: (to_slug(page[0]), page))),
        ]
        names = {NAMES} if any(site.names.values()) else set()
        indexes = {f"{kind}/index" for kind in (*find_indexed_kinds(library), "archives")}
        self.pages = tuple(sorted(standing | indexes | names))
        self._menus: dict[str, Markup] = {}

    def _write(self, page: str) -> Markup:
        groups = [
            (heading, [(name, link_from(page, target)) for name, target in links])
            for heading, links in self._groups
        ]
        context = {
            "pagename": page,
            "root_doc": self._site.config.root_doc,
            "pathto": partial(link_from, page),
            "archive_pages": self.pages,
            "archive_menu_groups": groups,
        }
        return Markup(self._site.render("components/menu.html", context))  # noqa: S704

    def show(self, page: str) -> Markup:
        """Return the menu as *page* shows it."""
        targets = {target for _, links in self._groups for _, target in links}
        # A name that leads nowhere stands for all pages that are as deep.
        key = page if page in targets or page in self.pages else "_/" * page.count("/") + "_"
        if key not in self._menus:
            self._menus[key] = self._write(key)
        return self._menus[key]


def _name_lists(labels: Iterable[Label]) -> list[tuple[str, str]]:
    return [(label.name, name_page(label.path)) for label in labels]
