"""{person} and {organisation}: a name in a text, which the index of names leads to."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from archivist.addresses.slugs import to_slug
from archivist.posts.labels import read_name
from archivist.site.text.typography import bind_spaces

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


def list_names(env: BuildEnvironment, docname: str) -> tuple[str, ...]:
    """Return the names that *docname* marks, each once, in its order."""
    marked = env.domains.index_domain.entries.get(docname, ())
    return tuple(dict.fromkeys(entry[1] for entry in marked))
