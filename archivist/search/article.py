"""Read back what a built page says: its article, block by block, without what stands around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html

from archivist.syntax.elements import HEADINGS, INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

_AROUND = (".//nav", ".//script", ".//style", ".//a[@class='headerlink']")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item, a cell or a heading; a heading has an anchor in the page."""

    text: str
    heading: str = ""
    anchor: str = ""


def _find_anchor(heading: html.HtmlElement) -> str:
    """Return the id of *heading*, which Sphinx puts on the section around it."""
    parent = heading.getparent()
    own: str = heading.get("id") or ""
    return own or (parent.get("id") or "" if parent is not None else "")


def _walk(element: html.HtmlElement) -> Iterator[Block]:
    """Yield the blocks in *element*: text is gathered until another block begins."""
    texts: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            pass
        elif child.tag in INLINE:
            texts.append(" " if child.tag == "br" else child.text_content())
        else:
            yield Block("".join(texts))
            texts = []
            if child.tag in HEADINGS:
                yield Block(child.text_content(), child.tag, _find_anchor(child))
            else:
                yield from _walk(child)
        texts.append(child.tail or "")
    yield Block("".join(texts))


def read_article(html_text: str) -> list[Block]:
    """Return the blocks of an article, given as HTML of ours."""
    article = html.fragment_fromstring(html_text, create_parent="article")
    for path in _AROUND:
        for element in article.findall(path):
            element.drop_tree()
    return [block for block in _walk(article) if block.text.strip()]
