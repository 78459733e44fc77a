"""A built page's article, read back block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from archivist.syntax.elements import HEADINGS, INLINE

_AROUND = (".//nav", ".//script", ".//style", ".//a[@class='headerlink']")


@dataclass(frozen=True, slots=True)
class ArticleBlock:
    """A paragraph, an item, a cell or a heading; a heading has an anchor in the page."""

    text: str
    heading: str = ""
    anchor: str = ""


def _walk(element: html.HtmlElement) -> Iterator[ArticleBlock]:
    """Yield the blocks in *element*: text is gathered until another block begins."""
    texts: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            pass
        elif child.tag in INLINE:
            texts.append(" " if child.tag == "br" else child.text_content())
        else:
            yield ArticleBlock("".join(texts))
            texts = []
            if child.tag in HEADINGS:
                # Sphinx puts the id on the section around a heading.
                anchor = child.get("id") or element.get("id") or ""
                yield ArticleBlock(child.text_content(), child.tag, anchor)
            else:
                yield from _walk(child)
        texts.append(child.tail or "")
    yield ArticleBlock("".join(texts))


def _put_last(note: html.HtmlElement) -> None:
    """Put what a page says above its text below it: results show how the text itself begins."""
    part = note.getparent()
    section = part.find("section")
    if section is None:
        part.append(note)
    else:
        section.addprevious(note)


def read_article(html_text: str) -> list[ArticleBlock]:
    """Return the blocks of an article, given as HTML of ours."""
    article = html.fragment_fromstring(html_text, create_parent="article")
    for path in _AROUND:
        for element in article.findall(path):
            element.drop_tree()
    for note in article.find_class("outdated"):
        _put_last(note)
    return [block for block in _walk(article) if block.text.strip()]
