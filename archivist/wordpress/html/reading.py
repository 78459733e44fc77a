"""Read what stands in an element as blocks; what each element is, others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archivist.wordpress.html.inline import Element, InlineReader, is_block
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode
from archivist.wordpress.text.parts import Break, Marks, Parts, Run, TextPart
from archivist.wordpress.text.tidy import says_nothing, tidy


class BlockReader(InlineReader):
    """Reads blocks and what is in them."""

    def read_blocks(self, element: Element, marks: Marks) -> Iterator[BlockNode]:
        """Yield the blocks in *element*; text between them is paragraphs."""
        marks = self.style(element, marks)
        parts: list[TextPart] = [Run(text=element.text or "", marks=marks)]
        for child in element:
            self.note_anchor(child)
            if is_block(child):
                yield from as_paragraph(parts)
                parts = []
                yield from self.read_block(child, marks)
            else:
                parts += self.read_inline(child, marks)
            parts.append(Run(text=child.tail or "", marks=marks))
        yield from as_paragraph(parts)

    def read_block(self, element: Element, marks: Marks) -> Iterable[BlockNode]:
        """Return the blocks that *element* is."""
        return self.read_plain(element, marks)

    def read_plain(self, element: Element, marks: Marks) -> Iterable[BlockNode]:
        """Return the blocks that *element* is, wherever it stands."""
        return self.read_blocks(element, marks)

    def flatten(self, element: Element, marks: Marks) -> Parts:
        """Return the parts of an element that is one piece of text, whatever blocks are in it."""
        parts: list[TextPart] = []
        for block in self.read_blocks(element, marks):
            parts += [Break()] if parts else []
            is_text = isinstance(block, doc.TextBlock)
            parts += block.own() if is_text else [Run(text=doc.text_of([block]), marks=marks)]
        return tidy(parts)


def as_paragraph(parts: list[TextPart]) -> Iterator[BlockNode]:
    """Yield what stands between two blocks, if it says anything."""
    tidied = tidy(parts)
    if not says_nothing(tidied):
        yield doc.Paragraph(parts=tidied)
