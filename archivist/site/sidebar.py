"""What stands beside each page: years, categories, main tags. It does not grow with the posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.site.ablog_layer import Label, Register, find_register
from archivist.site.listings import Link, find_indexed_kinds, link_from, link_labels

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

MAIN_TAGS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Sidebar:
    """Links as seen from one page."""

    years: tuple[Link, ...]
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]


def find_main_tags(register: Register) -> list[Label]:
    """Return the tags most used, in alphabetical order."""
    tags = register.catalogues["tag"]
    by_use = sorted(tags, key=lambda label: (-len(tags[label]), label.slug))
    return sorted(by_use[:MAIN_TAGS], key=lambda label: label.slug)


def _show(register: Register, page: str) -> Sidebar:
    years = sorted({entry.post.date.year for entry in register.entries}, reverse=True)
    return Sidebar(
        years=tuple(Link(str(year), link_from(page, f"{year}/index")) for year in years),
        categories=link_labels(page, register.catalogues["category"]),
        tags=link_labels(page, find_main_tags(register)),
    )


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
) -> None:
    """Give every page its sidebar, and the names of the pages its menu may name."""
    register = find_register(app)
    context["archive_sidebar"] = _show(register, page)
    context["archive_pages"] = app.env.found_docs | _index_pages(register)


def _index_pages(register: Register) -> set[str]:
    return {"archives/index", *(f"{kind}/index" for kind in find_indexed_kinds(register))}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.listings")
    app.connect("html-page-context", on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
