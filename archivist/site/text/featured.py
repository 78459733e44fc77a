"""The picture that the header of a post puts above its text."""

from __future__ import annotations

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from archivist.addresses.web import resolve_path
from archivist.posts.post import Post
from archivist.site.text.excerpts import insert_under_title
from archivist.site.text.typography import bind_spaces
from archivist.syntax.allowed import DECORATIVE


class featured(nodes.General, nodes.Element):  # noqa: N801
    """Holds the picture above a text, first under its title."""


def visit_featured(translator: HTML5Translator, node: featured) -> None:
    """Open what holds the picture."""
    translator.body.append(translator.starttag(node, "div", "", CLASS="featured"))


def depart_featured(translator: HTML5Translator, _: featured) -> None:
    """Close it."""
    translator.body.append("</div>\n")


def _begins_with(body: nodes.Element, picture: str, docname: str) -> bool:
    """Tell whether the text of *docname* shows *picture*, a file below docs/, before any word."""
    for part in body.children[body.first_child_matching_class(nodes.title) or 0 :]:
        for node in [] if isinstance(part, nodes.title) else part.findall():
            if isinstance(node, nodes.image):
                return resolve_path(docname, node["uri"]) == picture
            if isinstance(node, nodes.Text) and node.strip():
                return False
    return False


def take_featured(document: nodes.document) -> list[nodes.Node]:
    """Return the picture above the text of *document*, which holds it no more; no list shows it."""
    found: list[nodes.Node] = list(document.findall(featured))
    for node in found:
        node.parent.remove(node)
    return found


def insert_featured(doctree: nodes.document, post: Post) -> None:
    """Put the picture of *post* under its title, unless its text begins with it."""
    section, picture = doctree.next_node(nodes.section), post.featured_image
    if not picture or section is None or _begins_with(section, picture, post.docname):
        return
    alt = bind_spaces(post.featured_alt) if post.language in {"", "fr"} else post.featured_alt
    # It tells nothing if no words say what it shows.
    classes = [] if alt else [DECORATIVE]
    image = nodes.image(uri=f"/{picture}", alt=alt, classes=classes)
    insert_under_title(section, featured("", image))
