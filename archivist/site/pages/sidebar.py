"""What stands beside each page: years, categories, main tags, pages. It does not grow with posts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archivist.addresses.slugs import to_slug
from archivist.site.pages.lists import find_indexed_kinds, link_from
from archivist.site.pages.names import PAGE as NAMES
from archivist.site.pages.names import find_names
from archivist.site.pages.pagination import name_page
from archivist.site.sphinx.ablog import Label, Register, find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

MAIN_TAGS = 10
# Standing pages that the templates name themselves, and those that nobody looks for.
_NAMED = frozenset({"404", "a-propos", "accessibilite", "contribuer", "emporter", "glossaire"})


def find_main_tags(register: Register) -> list[Label]:
    """Return the tags most used, in alphabetical order."""
    tags = register.catalogues["tag"]
    by_use = sorted(tags, key=lambda label: (-len(tags[label]), label.slug))
    return sorted(by_use[:MAIN_TAGS], key=lambda label: label.slug)


def _index_pages(register: Register) -> set[str]:
    return {"archives/index", *(f"{kind}/index" for kind in find_indexed_kinds(register))}


class Sidebar:
    """The menu of the site: the same on all pages as deep, but on those it leads to."""

    def __init__(self) -> None:
        self._groups: list[tuple[str, list[tuple[str, str]]]] = []
        self._pages: tuple[str, ...] = ()
        self._menus: dict[str, Markup] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Find what the menu leads to."""
        register = find_register(app)
        standing = app.env.found_docs - register.positions.keys()
        years = sorted({entry.post.date.year for entry in register.entries}, reverse=True)
        self._groups = [
            ("Années", [(str(year), f"{year}/index") for year in years]),
            ("Catégories", _name_lists(register.catalogues["category"])),
            ("Étiquettes principales", _name_lists(find_main_tags(register))),
            ("Autres pages", _name_pages(app, standing - _NAMED - {app.config.root_doc})),
        ]
        names = {NAMES} if find_names(app) else set()
        self._pages = tuple(sorted(standing | _index_pages(register) | names))
        self._menus = {}

    def _write_menu(self, app: Sphinx, page: str) -> Markup:
        groups = [
            (heading, [(name, link_from(page, target)) for name, target in links])
            for heading, links in self._groups
        ]
        context = {
            "pagename": page,
            "root_doc": app.config.root_doc,
            "pathto": partial(link_from, page),
            "archive_pages": self._pages,
            "archive_menu_groups": groups,
        }
        html = app.builder.templates.render("components/menu.html", context)
        return Markup(html)  # noqa: S704

    def _find_menu(self, app: Sphinx, page: str) -> Markup:
        targets = {target for _, links in self._groups for _, target in links}
        # A name that leads nowhere stands for all pages that are as deep.
        key = page if page in targets or page in self._pages else "_/" * page.count("/") + "_"
        if key not in self._menus:
            self._menus[key] = self._write_menu(app, key)
        return self._menus[key]

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Give every page its menu, and the names of the pages it may lead to."""
        if prints_site(app):
            context["archive_menu"] = self._find_menu(app, page)
            context["archive_pages"] = self._pages


def _name_lists(labels: Iterable[Label]) -> list[tuple[str, str]]:
    return [(label.name, name_page(label.path)) for label in labels]


def _name_pages(app: Sphinx, docnames: Iterable[str]) -> list[tuple[str, str]]:
    pages = [(app.env.titles[docname].astext(), docname) for docname in docnames]
    return sorted(pages, key=lambda page: (to_slug(page[0]), page))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    sidebar = Sidebar()
    app.setup_extension("archivist.site.pages.lists")
    app.connect("fragments-rendered", sidebar.on_fragments_rendered)
    app.connect("html-page-context", sidebar.on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
