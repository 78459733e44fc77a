"""What stands beside each page: categories, years, blogs, main tags, pages. It does not grow with posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from archivist.addresses import owned
from archivist.addresses.slugs import to_slug
from archivist.keys import take_key
from archivist.posts.labels import Label
from archivist.posts.library import Library, rank_labels
from archivist.site.lists.pagination import name_page
from archivist.site.pages.lists import find_indexed_kinds
from archivist.site.pages.names import PAGE as NAMES
from archivist.site.pages.page import link_from
from archivist.site.site import Site

MAIN_TAGS = 10
# Standing pages that the templates name themselves, and those that nobody looks for.
_NAMED = frozenset({"404", "a-propos", "accessibilite", "contribuer", "emporter", "glossaire"})


def find_main_tags(library: Library) -> list[Label]:
    """Return the tags most used, in alphabetical order."""
    return sorted(rank_labels(library, "tag")[:MAIN_TAGS], key=lambda label: label.slug)


class Menu:
    """The menu, the head and the foot of pages: the same on all as deep, but on those they name.

    They are given nothing of the page itself but the way from there.
    """

    def __init__(self, site: Site, propose: str, last_updated: str | None) -> None:
        library, standing = site.library, set(site.titles)
        years = sorted({post.date.year for post in library.posts}, reverse=True)
        found = standing - _NAMED - {site.config.root_doc}
        others = [(site.titles[docname], docname) for docname in found]
        blogs = _name_lists(each for each in library.catalogues["blog"] if each.is_telling)
        self._groups = [
            ("Catégories", _name_lists(library.catalogues["category"])),
            ("Années", [(str(year), f"{year}/index") for year in years]),
            ("Blogs", blogs),
            ("Étiquettes principales", _name_lists(find_main_tags(library))),
            ("Autres pages", sorted(others, key=lambda page: (to_slug(page[0]), page))),
        ]
        names = {NAMES} if any(site.names.values()) else set()
        kinds = find_indexed_kinds(library) - ({"blog"} if not blogs else set())
        words = set() if site.plan.is_preview else {owned.WORDS}
        indexes = {f"{kind}/index" for kind in (*kinds, "archives", *words)}
        self._shown = {
            "archive_pages": tuple(sorted(standing | indexes | names)),
            "archive_propose": propose,
            "archive_last_updated": last_updated,
        }
        self._templates = {
            f"archive_{name}": site.find_template(f"components/{name}.html")
            for name in ("menu", "header", "footer")
        }
        self.key = take_key(
            self._groups, self._shown, [each.key for each in self._templates.values()]
        )
        self._made: dict[str, dict[str, Markup]] = {}
        self._targets: set[str] = set()

    def show(self, page: str, common: Mapping[str, Any], *, is_own: bool) -> dict[str, Any]:
        """Return what *page* shows; *common* is what all templates are given, seen from there.

        It is written for this page alone where it *is_own*.
        """
        # A name that leads nowhere stands for all pages that are as deep.
        level = "_/" * page.count("/") + "_"
        if level not in self._made:
            self._made[level] = self._write(level, common)
        is_own = is_own or page in self._targets
        return self._shown | (self._write(page, common) if is_own else self._made[level])

    def _write(self, page: str, common: Mapping[str, Any]) -> dict[str, Markup]:
        def lead(target: str, resource: bool = False) -> str:
            if resource:
                return str(common["pathto"](target, resource))
            self._targets.add(target)
            return link_from(page, target)

        groups = [
            (heading, [(name, lead(target)) for name, target in links])
            for heading, links in self._groups
        ]
        given = {**common, **self._shown, "pathto": lead, "archive_menu_groups": groups}
        return {name: Markup(each.render(given)) for name, each in self._templates.items()}  # noqa: S704


def _name_lists(labels: Iterable[Label]) -> list[tuple[str, str]]:
    return [(label.name, name_page(label.path)) for label in labels]
