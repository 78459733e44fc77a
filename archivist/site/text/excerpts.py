"""What a list shows of a post: a summary, the text above `<!-- more -->`, or its start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from docutils import nodes
from markupsafe import Markup

from archivist.posts.post import Post
from archivist.site.text.missing import missing_mark, missing_picture
from archivist.site.text.typography import bind_spaces
from archivist.syntax.allowed import LATER_BLOCKS

# What search engines show of a description.
SUMMARY_LENGTH = 160


class more(nodes.Invisible, nodes.Element):  # noqa: N801
    """Where an excerpt ends; a page shows nothing of it."""


def insert_under_title(section: nodes.Element, node: nodes.Node) -> None:
    """Put *node* first in *section*, under its title."""
    at = section.first_child_matching_class(nodes.title)
    section.insert(0 if at is None else at + 1, node)


def is_later(node: nodes.Node) -> bool:
    """Tell whether *node* is a note that was added to a post later."""
    return isinstance(node, nodes.admonition) and not LATER_BLOCKS.isdisjoint(node["classes"])


def _cut_at(marker: nodes.Node, tree: nodes.Element) -> None:
    """Remove from *tree* the *marker* and all that follows it."""
    node = marker
    while node is not tree:
        parent = node.parent
        position = parent.index(node)
        del parent[position if node is marker else position + 1 :]
        node = parent


def cut_excerpt(document: nodes.document, post: Post) -> list[nodes.Node]:
    """Return copies of the nodes of *document* that lists show of *post*."""
    # What holds the title, and what stands under it.
    body = document.next_node(nodes.section) or document
    if post.summary:
        summary = bind_spaces(post.summary) if post.language in {"", "fr"} else post.summary
        shown: list[nodes.Node] = [nodes.paragraph("", nodes.Text(summary))]
    elif post.excerpt_paragraphs or not (post.partial or any(body.findall(more))):
        shown = list(dict.fromkeys(islice(find_paragraphs(body), post.excerpt_paragraphs or 1)))
    else:
        copy = body.deepcopy()
        marker = copy.next_node(more)
        if marker:
            _cut_at(marker, copy)
        shown = [child for child in copy.children if not isinstance(child, nodes.title)]
    number = post.excerpt_image
    images = list(document.findall(nodes.image))[number - 1 : number] if number > 0 else []
    return _strip([*shown, *images])


def find_paragraphs(body: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the paragraphs of a text, but for those of later notes; of a quote, all of it."""
    for paragraph in body.findall(nodes.paragraph):
        holders = list(_list_holders(paragraph))
        if not any(map(is_later, holders)):
            # The words of a quote are not the author's own.
            quotes = [each for each in holders if isinstance(each, nodes.block_quote)]
            yield quotes[-1] if quotes else paragraph


def _list_holders(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what *node* is in, from the inside out."""
    while (node := node.parent) is not None:
        yield node


_LEFT_OUT = (
    nodes.footnote, nodes.citation, nodes.comment, nodes.system_message, nodes.target, more,
    missing_picture, missing_mark,
)  # fmt: skip


def _strip(shown: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Take away notes, and the ids that would be there once per list."""
    holder = nodes.container("", *(node.deepcopy() for node in shown))
    # Entries are under an h2, so the first heading inside an excerpt is an h3.
    _open_sections(holder, 3)
    for node in list(holder.findall(lambda node: isinstance(node, _LEFT_OUT) or is_later(node))):
        node.parent.remove(node)
    for element in holder.findall(nodes.Element):
        element["ids"] = []
    return list(holder.children)


def _open_sections(tree: nodes.Element, level: int) -> None:
    """Put the text of sections, which need ids, in their place; titles stay headings."""
    for section in [child for child in tree.children if isinstance(child, nodes.section)]:
        for title in [child for child in section.children if isinstance(child, nodes.title)]:
            heading = nodes.rubric("", "", *(child.deepcopy() for child in title.children))
            heading["heading-level"] = min(level, 6)
            section.replace(title, heading)
        _open_sections(section, level + 1)
        tree.replace(section, section.children)


def summarise(html: str) -> str:
    """Return what *html* begins with, as bare text on one line."""
    return shorten(Markup(html).striptags())  # noqa: S704


def shorten(text: str, length: int = SUMMARY_LENGTH) -> str:
    """Return *text* on one line, cut between two words when longer than *length*."""
    # Only the spaces that may break: a no-break one belongs to the words around it.
    text = re.sub(r"[ \n\t]+", " ", text).strip()
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].rstrip(" ,;:") + "…"
