"""What a list shows of a post: a summary, the text above `<!-- more -->`, or its start."""

from __future__ import annotations

import posixpath
import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docutils import nodes
from docutils.utils import new_document
from markupsafe import Markup
from sphinx import addnodes

from archivist.site.typography import bind_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.builders.html import StandaloneHTMLBuilder

    from archivist.post.post import Post
    from archivist.site.ablog_layer import Entry

_MARKER = re.compile(r"<!--\s*more\s*-->\s*")
# Stands in a rendered excerpt for the way to the site's root, which differs from list to
# list. A noncharacter cannot be in a post: neither YAML nor HTML admits it.
_ROOT = "\ufdd0/"
# Entries are under an h2, so the first heading inside an excerpt is an h3.
_FIRST_HEADING = 3
_LAST_HEADING = 6


def _is_marker(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) and bool(_MARKER.fullmatch(node.astext()))


def drop_markers(tree: nodes.Element) -> None:
    """Remove the `<!-- more -->` from what a post's own page shows."""
    for node in list(tree.findall(_is_marker)):
        node.parent.remove(node)


def _cut_at(marker: nodes.Node, tree: nodes.Element) -> None:
    """Remove from *tree* the *marker* and all that follows it."""
    node = marker
    while node is not tree:
        parent = node.parent
        position = parent.index(node)
        del parent[position if node is marker else position + 1 :]
        node = parent


def _body_of(document: nodes.document) -> nodes.Element:
    """Return a copy of what stands under the title."""
    section = next(iter(document.findall(nodes.section)), None)
    body = (section if section is not None else document).deepcopy()
    for child in list(body.children):
        if isinstance(child, nodes.title):
            body.remove(child)
    return body


def cut_excerpt(document: nodes.document, post: Post) -> list[nodes.Node]:
    """Return copies of the nodes of *document* that lists show of *post*."""
    body = _body_of(document)
    marker = next(iter(body.findall(_is_marker)), None)
    if post.summary:
        summary = bind_spaces(post.summary) if post.language in {"", "fr"} else post.summary
        shown: list[nodes.Node] = [nodes.paragraph("", nodes.Text(summary))]
    elif post.excerpt_paragraphs or not (marker or post.partial):
        paragraphs = islice(body.findall(nodes.paragraph), post.excerpt_paragraphs or 1)
        shown = list(dict.fromkeys(map(_with_its_quote, paragraphs)))
    else:
        if marker:
            _cut_at(marker, body)
        shown = list(body.children)
    return _strip([*shown, *_nth_image(document, post.excerpt_image)])


def _with_its_quote(paragraph: nodes.Node) -> nodes.Node:
    """Return *paragraph*, or the whole quote it is in: the words are not the author's own."""
    node, quote = paragraph, paragraph
    while (node := node.parent) is not None:
        if isinstance(node, nodes.block_quote):
            quote = node
    return quote


def _nth_image(document: nodes.document, number: int) -> list[nodes.Node]:
    images = list(document.findall(nodes.image))
    return [images[number - 1].deepcopy()] if 0 < number <= len(images) else []


_LEFT_OUT = (nodes.footnote, nodes.citation, nodes.comment, nodes.system_message, nodes.target)


def _strip(shown: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Take away notes, and the ids that would be there once per list."""
    holder = nodes.container("", *(node.deepcopy() for node in shown))
    _open_sections(holder, _FIRST_HEADING)
    for node in list(holder.findall(lambda node: isinstance(node, _LEFT_OUT))):
        node.parent.remove(node)
    for element in holder.findall(nodes.Element):
        element["ids"] = []
    return list(holder.children)


def _open_sections(tree: nodes.Element, level: int) -> None:
    """Put the text of sections, which need ids, in their place; titles stay headings."""
    for section in [child for child in tree.children if isinstance(child, nodes.section)]:
        for title in [child for child in section.children if isinstance(child, nodes.title)]:
            heading = nodes.rubric("", "", *(child.deepcopy() for child in title.children))
            heading["heading-level"] = min(level, _LAST_HEADING)
            section.replace(title, heading)
        _open_sections(section, level + 1)
        tree.replace(section, section.children)


def _calls_to_links(tree: nodes.Element) -> None:
    """Make a call of a note a link to the note, which is on the post's page only."""
    for call in list(tree.findall(nodes.footnote_reference)):
        link = nodes.reference("", f"[{call.astext()}]", refid=call.get("refid", ""), internal=True)
        call.replace_self(nodes.superscript("", "", link))


def _lead_from_root(tree: nodes.Element, page: str) -> None:
    """Rewrite links relative to *page* as links from the root of the site."""
    for link in tree.findall(nodes.reference):
        if isinstance(link, addnodes.download_reference):
            continue
        if "refid" in link:
            link["refuri"] = f"#{link['refid']}"
            del link["refid"]
        address = urlsplit(link.get("refuri", ""))
        if address.scheme or address.netloc:
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address.path))
        path = path if address.path else page
        link["refuri"] = _ROOT + path + (f"#{address.fragment}" if address.fragment else "")


@contextmanager
def _rendering(builder: StandaloneHTMLBuilder, docname: str) -> Iterator[None]:
    """Point *builder* at *docname* and the root of the site, and back again."""
    names = ("current_docname", "secnumbers", "fignumbers", "imgpath", "dlpath")
    before = {name: getattr(builder, name, None) for name in names}
    here: tuple[Any, ...] = (docname, {}, {}, f"{_ROOT}_images", f"{_ROOT}_downloads")
    vars(builder).update(zip(names, here, strict=True))
    try:
        yield
    finally:
        vars(builder).update(before)


def _render(builder: StandaloneHTMLBuilder, docname: str, excerpt: Sequence[nodes.Node]) -> str:
    """Return *excerpt* of the post *docname* as HTML, links led from the root."""
    document = new_document("", builder.docsettings)
    document += [node.deepcopy() for node in excerpt]
    builder.env.resolve_references(document, docname, builder)
    _calls_to_links(document)
    _lead_from_root(document, builder.get_target_uri(docname))
    builder.post_process_images(document)
    with _rendering(builder, docname):
        translator = builder.create_translator(document, builder)
        # Sphinx would number figures by their ids, which an excerpt has not.
        vars(translator)["add_fignumber"] = lambda _: None
        document.walkabout(translator)
    return "".join(translator.fragment)  # type: ignore[attr-defined]


def place_excerpt(builder: StandaloneHTMLBuilder, entry: Entry, page: str) -> Markup:
    """Return the excerpt of *entry* as HTML, with its links as seen from *page*.

    Each excerpt is rendered once a build, however many lists show it.
    """
    docname = entry.post.docname
    rendered: dict[str, str] = vars(builder).setdefault("archive_excerpts", {})
    if docname not in rendered:
        rendered[docname] = _render(builder, docname, entry.excerpt)
    return Markup(rendered[docname].replace(_ROOT, "../" * page.count("/")))  # noqa: S704
