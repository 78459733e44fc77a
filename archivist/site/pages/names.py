"""{person} and {organisation}: a name in a text, which the index of names leads to."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from archivist.addresses import owned
from archivist.addresses.slugs import to_slug
from archivist.posts.names import read_name
from archivist.site.pages.lists import link_posts
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site
from archivist.site.text.typography import bind_spaces
from archivist.syntax.allowed import NAME_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.pages.lists import Link
    from archivist.site.sphinx.ablog import Entry

PAGE = f"{owned.NAMES}/index"
_TITLE = "Index des noms"
_SUMMARY = "Les personnes et les organisations que les billets nomment, de A à Z."
_FIGURES = "0-9"


class MarkName(SphinxRole):
    """Words of a text that name someone: they stay as they are, and are an entry of the index."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return an entry of Sphinx's index, and the words."""
        name = read_name(self.text)
        entry = ("single", bind_spaces(name.filed), "", "", find_letter(name.filed))
        index = addnodes.index(entries=[entry], inline=True)
        return [index, nodes.Text(name.words)], []


def find_letter(name: str) -> str:
    """Return the letter that *name* is under, without its accent."""
    first = to_slug(name).strip("_")[:1].upper()
    return first if first.isalpha() else _FIGURES


def _sort_key(name: str) -> tuple[str, str]:
    return to_slug(name).strip("_"), name


def find_names(app: Sphinx) -> dict[str, list[Entry]]:
    """Return the names that posts mark, from A to Z, each with its posts, oldest first."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    marked = app.env.domains.index_domain.entries
    for entry in find_register(app).entries:
        for name in dict.fromkeys(each[1] for each in marked.get(entry.post.docname, ())):
            found[name].append(entry)
    return {name: found[name] for name in sorted(found, key=_sort_key)}


def _show_names(names: Iterable[tuple[str, list[Entry]]]) -> list[tuple[str, list[Link]]]:
    return [(name, link_posts(PAGE, entries)) for name, entries in names]


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the index of names, if there are any."""
    names = find_names(app) if prints_site(app) else {}
    if names:
        by_letter = groupby(names.items(), key=lambda item: find_letter(item[0]))
        context = {
            "title": _TITLE,
            "archive_summary": _SUMMARY,
            "archive_names": [(letter, _show_names(found)) for letter, found in by_letter],
        }
        yield PAGE, context, "names.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.sphinx.builder")
    for name in NAME_ROLES:
        app.add_role(name, MarkName())
    app.connect("html-collect-pages", on_html_collect_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
