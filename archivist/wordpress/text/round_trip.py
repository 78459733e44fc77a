"""Write blocks such that each reads back as what it was: in Markdown, else in HTML, else as text."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from archivist.posts.body import read_body
from archivist.syntax.limits import DEEPEST_BLOCK, OLD_TIMES, LengthError, check_measures
from archivist.wordpress.notes import Kind, Noter
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.blocks import Writer
from archivist.wordpress.text.document import BlockNode, Blocks, Paragraph, parts_of, text_of
from archivist.wordpress.text.inline import Style, write_text
from archivist.wordpress.text.parts import LINK, Parts
from archivist.wordpress.text.read_back import holds_html, read_back
from archivist.wordpress.text.tidy import normalise

_MOST_TRIED = 12  # marks, of a block that cannot be written


def _says(text: str, blocks: Blocks) -> bool:
    """Tell whether *text* reads back as *blocks*, and is no more than a post may hold."""
    try:
        check_measures(text, OLD_TIMES)
        return normalise(read_back(text)) == normalise(blocks)
    except (ValueError, LengthError):
        return False


def _is_deep(text: str, blocks: Blocks) -> bool:
    """Tell whether *blocks*, written as *text*, nest deeper than a post may."""
    return _count_levels(blocks) > DEEPEST_BLOCK and bool(read_body(text).deep)


def _count_levels(blocks: Blocks) -> int:
    inside = (_count_levels(group) for block in blocks for group in block.inside())
    return 1 + max(inside, default=0) if blocks else 0


@dataclass
class ProvedWriter(Writer):
    """Writes blocks that read back the same."""

    note: Noter  # hears of what could not be kept
    written: int = 0  # blocks
    in_html: int = 0  # those of them that hold HTML
    may_use_html: bool = True
    _styles: dict[tuple[Parts, bool, bool], Style] = field(default_factory=dict)

    def style_of(self, parts: Parts, *, one_line: bool = False, in_table: bool = False) -> Style:
        """Return the first way of writing *parts* that reads back the same."""
        key = (parts, one_line, in_table)
        if key not in self._styles:
            self._styles[key] = self._choose(parts, Style(one_line=one_line, in_table=in_table))
        return self._styles[key]

    def _choose(self, parts: Parts, style: Style) -> Style:
        for each in (style, replace(style, as_html=True)):
            text = write_text(parts, each)
            if _holds(text, parts, each) and (self.may_use_html or not holds_html(text)):
                return each
        self.note(Kind.STYLE_LOST, text_of([Paragraph(parts=parts)])[:80])
        return replace(style, plain=True)

    def prove(self, blocks: Iterable[BlockNode]) -> str:
        """Return *blocks* as Markdown."""
        whole = tuple(next(block.forms()) for block in blocks)
        text = Writer().write_all(whole)
        if self._is_right(text, whole):
            self.written += len(whole)
            # Each is looked at only where there can be any.
            self.in_html += sum(map(holds_html, map(Writer().write, whole if "<" in text else ())))
            return text
        kept = tuple(each for block in whole for each in self._settle(block))
        text = self.write_all(kept)
        if not _says(text, kept):
            self.note(Kind.MISREAD, "deux blocs voisins se lisent autrement")
        self._styles.clear()
        return text

    def _is_right(self, text: str, blocks: Blocks) -> bool:
        """Tell whether *text* says *blocks*, and may stand in a post."""
        is_said = (self.may_use_html or not holds_html(text)) and _says(text, blocks)
        return is_said and not _is_deep(text, blocks)

    def _settle(self, block: BlockNode) -> Iterator[BlockNode]:
        """Yield *block*, or what it is made of where it cannot be written as a whole."""
        for form in chain(block.forms(), self._list_lesser(block)):
            # The plainest way is right nearly always.
            for writer in (Writer(), self):
                text = writer.write(form)
                if self._is_right(text, (form,)):
                    self.written += 1
                    self.in_html += holds_html(text)
                    self._tell_lost(block, form)
                    yield form
                    return
        self.note(Kind.BLOCK_AS_TEXT, text_of([block])[:80])
        for piece in block.take_apart():
            if piece == block:
                self.written += 1
                yield piece
            else:
                yield from self._settle(piece)

    @staticmethod
    def _list_lesser(block: BlockNode) -> Iterator[BlockNode]:
        """Yield *block* with less around its words: without one mark, its links, all the others."""
        marks = _list_marks(block)
        links = {mark for mark in marks if mark.startswith(LINK)}
        taken = ({mark} for mark in islice(marks, _MOST_TRIED))
        for each in (*taken, links, marks.keys() - links):
            yield _take_off(block, each)

    def _tell_lost(self, block: BlockNode, form: BlockNode) -> None:
        """Note the addresses of *block*, and the place of its words, that *form* lacks."""
        for name in ("align", "letters", "is_reversed"):
            if getattr(block, name, None) and not getattr(form, name):
                self.note(Kind.LOOK_LEFT, f"{name} {text_of([block])[:60]}")
        for mark in _list_marks(block).keys() - _list_marks(form).keys():
            if mark.startswith(LINK):
                self.note(Kind.ADDRESS_UNREADABLE, mark.removeprefix(LINK))


def _list_marks(block: BlockNode) -> dict[str, None]:
    return dict.fromkeys(mark for part in parts_of([block]) for mark in part.marks)


def _take_off(block: BlockNode, marks: Container[str]) -> BlockNode:
    """Return *block* without *marks* around its words."""

    def bare(parts: Parts) -> Parts:
        kept = (tuple(mark for mark in part.marks if mark not in marks) for part in parts)
        return tuple(replace(part, marks=each) for part, each in zip(parts, kept, strict=True))

    return block.rebuild(bare, lambda blocks: tuple(_take_off(each, marks) for each in blocks))


def _holds(text: str, parts: Parts, style: Style) -> bool:
    """Tell whether *text*, written in *style*, reads back as *parts*, where such text stands."""
    paragraph = Paragraph(parts=parts)
    if not style.in_table:
        if style.one_line:
            return _says(f"## {text}", (doc.SectionHeading(level=2, parts=parts),)) or not parts
        return _says(text, (paragraph,))
    try:
        (table,) = read_back(f"| {text} |\n| --- |")
    except ValueError:
        return False
    cells = table.inside() if isinstance(table, doc.Table) else ()
    return len(cells) == 1 and normalise(cells[0]) == normalise((paragraph,) if parts else ())
