"""Galleries, columns and details, read from HTML: how blocks stand together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, groupby

from archivist.wordpress.html.inline import Element, tag_of
from archivist.wordpress.html.reading import BlockReader, as_paragraph
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.parts import LINK, InlinePicture, Marks, Parts
from archivist.wordpress.text.tidy import says_nothing

_GALLERIES = (
    "gallery", "wp-block-gallery", "blocks-gallery-grid", "tiled-gallery",
    "wp-block-jetpack-tiled-gallery", "wp-block-jetpack-slideshow", "ngg-galleryoverview",
)  # fmt: skip
# What stands in no block of columns: it has its place in the whole of a text.
_UNHELD = {doc.SectionHeading, doc.More, doc.Footnote}


def _read_gallery(reader: BlockReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield pictures beside one another as one block."""
    shown = chain.from_iterable(map(_list_shown, reader.read_plain(element, marks)))
    for is_picture, group in groupby(shown, _is_picture):
        blocks = tuple(group)
        together = is_picture and len(blocks) > 1
        yield from (doc.Box(name="gallery", blocks=blocks),) if together else blocks


def _is_picture(block: BlockNode) -> bool:
    return isinstance(block, doc.Figure) or (
        isinstance(block, doc.Paragraph)
        and any(isinstance(part, InlinePicture) for part in block.parts)
        and not doc.text_of([block]).strip()
    )


def _list_shown(block: BlockNode) -> Iterator[BlockNode]:
    """Yield the pictures of *block* one by one, out of the lists they are in; else *block*."""
    if isinstance(block, doc.Figure):
        yield replace(block, align="")
    elif _is_picture(block):
        shown = (part for part in block.own() if isinstance(part, InlinePicture))
        yield from (doc.Paragraph(parts=(replace(part, align=""),)) for part in shown)
    elif isinstance(block, doc.Definitions):
        for term, meanings in block.items:
            yield from _list_captioned(term, tuple(chain(*meanings)))
    elif isinstance(block, (doc.List, doc.Box)):
        for group in block.inside():
            yield from chain.from_iterable(map(_list_shown, group))
    else:
        yield block


def _list_captioned(term: Parts, caption: Blocks) -> Iterator[BlockNode]:
    """Yield a picture that WordPress shows as a term, with its caption as what that means."""
    only = term[0] if len(term) == 1 else None
    if not isinstance(only, InlinePicture):
        yield from (doc.Paragraph(parts=term), *caption)
        return
    link = next((mark for mark in only.marks if mark.startswith(LINK)), "")
    picture = replace(only, marks=(), align="")
    yield doc.Figure(picture=picture, caption=caption, link=link.removeprefix(LINK))


def _read_columns(reader: BlockReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield what stands side by side; what no such block can hold, one under another."""
    columns = [tuple(reader.read_block(child, marks)) for child in element if tag_of(child)]
    texts = [element.text, *(child.tail for child in element)]
    columns = [column for column in columns if column]
    held = (type(each) for column in columns for each in _list_all(column))
    if any((text or "").strip() for text in texts) or len(columns) == 1 or _UNHELD & {*held}:
        if len(columns) > 1:
            reader.tell_look("columns", element)
        yield from chain.from_iterable(columns)
    elif columns:
        boxes = (doc.Box(name="column", blocks=column) for column in columns)
        yield doc.Box(name="columns", blocks=tuple(boxes))


def _list_all(blocks: Blocks) -> Iterator[BlockNode]:
    for block in blocks:
        yield block
        yield from chain.from_iterable(map(_list_all, block.inside()))


def read_details(reader: BlockReader, element: Element, marks: Marks) -> Iterator[BlockNode]:
    """Yield what readers may open; where one half of it is lacking, what is there."""
    summary = next((child for child in element if tag_of(child) == "summary"), None)
    parts = reader.flatten(summary, ()) if summary is not None else ()
    if summary is not None:
        summary.drop_tree()
    blocks = tuple(reader.read_blocks(element, marks))
    is_seen = not any(isinstance(part, InlinePicture) for part in parts) and not says_nothing(parts)
    if is_seen and blocks:
        yield doc.Details(summary=parts, blocks=blocks)
        return
    yield from as_paragraph(list(parts))
    yield from blocks


BOXES: Mapping[str, Callable[[BlockReader, Element, Marks], Iterable[BlockNode]]] = {
    **dict.fromkeys(_GALLERIES, _read_gallery),
    **dict.fromkeys(("wp-block-columns", "wp-block-media-text"), _read_columns),
}
"""What reads each class of elements that say how their blocks stand together."""
