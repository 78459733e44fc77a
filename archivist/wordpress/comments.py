"""The comments of a post as the file beside it: names and texts, in threads, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urljoin

from archivist.addresses.repair import repair_address
from archivist.comments.reading import KINDS, Comment
from archivist.comments.writing import write_comments
from archivist.syntax.limits import DEEPEST_REPLY, LONGEST_AUTHOR, LONGEST_COMMENT, MOST_COMMENTS
from archivist.wordpress.export.links import lead_out
from archivist.wordpress.export.plan import find_moment
from archivist.wordpress.export.wxr import WpComment
from archivist.wordpress.html.autop import add_paragraphs
from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.expand import clean_text
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.notes import Kind, Noter, note_nothing
from archivist.wordpress.text import document as doc
from archivist.wordpress.text.document import BlockNode, Blocks
from archivist.wordpress.text.parts import LINK, Call, InlinePicture, Run, TextPart
from archivist.wordpress.text.round_trip import ProvedWriter
from archivist.wordpress.text.tidy import split_breaks, tidy

_LONGEST_NAME = 1_000  # signs that are looked at
_KEPT = frozenset(("strong", "em", "code"))
# What shows nothing: soft hyphens, marks of direction, joiners.
_SEPARATORS = re.compile("[\u2028\u2029]")  # which YAML takes for ends of lines
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u2028\u2029\u2060-\u2064\ufeff]")


class _Outside(Surroundings):
    """A comment leads out of the archive only."""

    def __init__(self, base: str, note: Noter) -> None:
        self._base, self._note = base, note

    def lead(self, address: str) -> str:
        try:
            return lead_out(urljoin(self._base, repair_address(address)), self._note)
        except ValueError:
            return ""

    place = lead

    def note(self, kind: Kind, text: str) -> None:
        self._note(kind, text)


def _simplify_part(part: TextPart) -> TextPart:
    marks = tuple(mark for mark in part.marks if mark in _KEPT or mark.startswith(LINK))
    if isinstance(part, InlinePicture):
        link = (f"{LINK}{part.target}",) if part.target else ()
        return Run(text=part.alt or part.target, marks=marks + link)
    return Run(text="") if isinstance(part, Call) else replace(part, marks=marks)


def _simplify(blocks: Blocks) -> Blocks:
    """Return *blocks* with no more in them than a comment may have."""
    return tuple(each for block in blocks for each in _simplify_block(block))


def _simplify_block(block: BlockNode) -> Iterator[BlockNode]:
    if isinstance(block, doc.Quote):
        yield block.rebuild(tuple, _simplify)
    elif isinstance(block, doc.List):
        yield doc.List(start=block.start, items=tuple(map(_simplify, block.items)))
    elif isinstance(block, doc.Code):
        yield doc.Code(text=block.text)
    elif isinstance(block, doc.TextBlock):
        # Breaks at the ends part nothing.
        _, parts, _ = split_breaks(tidy(map(_simplify_part, block.parts)))
        if parts:
            yield doc.Paragraph(parts=parts)
    elif text := " ".join(doc.text_of([block]).split()):
        yield doc.Paragraph(parts=(Run(text=text),))


def write_comment(text: str, base: str, note: Noter) -> str:
    """Return the text of a comment as Markdown; links are read from *base*."""
    text = _SEPARATORS.sub("\n", clean_text(text, note))
    blocks = HtmlReader(_Outside(base, note)).read(add_paragraphs(text))
    return ProvedWriter(note, may_use_html=False).prove(_simplify(blocks))


def name_author(name: str) -> str:
    """Return who signs a comment: never an e-mail address."""
    cleaned = re.sub("<[^<>]*>", "", clean_text(name[:_LONGEST_NAME], note_nothing))
    text = " ".join(unescape(cleaned).split())
    text = _INVISIBLE.sub("", text)
    if not text.strip() or re.search(r"\S+@\S+\.\S+", text):
        return "Anonyme"
    return text[:LONGEST_AUTHOR].strip()


def _find_rooted(comments: Sequence[WpComment]) -> set[int]:
    """Return the numbers of the comments that answer one that is there, and none itself in the end."""
    children: dict[int, list[int]] = {}
    for each in comments:
        children.setdefault(each.parent, []).append(each.id)
    known = {each.id for each in comments}
    waiting = [each.id for each in comments if each.parent not in known]
    rooted: set[int] = set()
    while waiting:
        below = [number for number in children.pop(waiting.pop(), ()) if number not in rooted]
        rooted.update(below)
        waiting += below
    return rooted


@dataclass
class CommentConverter:
    """Writes the comments of a post."""

    base: str  # what links are read from
    note: Noter  # hears of what is lost
    count: int = 0  # of those written

    def write(self, comments: Sequence[WpComment]) -> str:
        """Return the file of *comments*; nothing where there are none."""
        rooted = _find_rooted(comments)
        # The replies to each comment, oldest first; those to none under 0
        below: dict[int, list[WpComment]] = {}
        for each in sorted(comments, key=lambda one: (find_moment(one.date, one.date_gmt), one.id)):
            below.setdefault(each.parent if each.id in rooted else 0, []).append(each)
        converted = tuple(self._convert_all(below.pop(0, []), below, 1))
        return write_comments(converted) if converted else ""

    def _convert_all(
        self, comments: Sequence[WpComment], below: MutableMapping[int, list[WpComment]], level: int
    ) -> Iterator[Comment]:
        waiting = list(reversed(comments))
        while waiting:
            each = waiting.pop()
            replies = below.pop(each.id, [])
            comment = self._convert(each)
            if comment is not None and level < DEEPEST_REPLY:
                inside = tuple(self._convert_all(replies, below, level + 1))
                yield replace(comment, replies=inside)
                continue
            # Answers to what is left, or too deep, stand beside it.
            waiting += reversed(replies)
            if comment is not None:
                yield comment

    def _convert(self, comment: WpComment) -> Comment | None:
        text = write_comment(comment.text, self.base, self.note)
        if not text.strip() or len(text) > LONGEST_COMMENT or self.count >= MOST_COMMENTS:
            self.note(Kind.COMMENT_LEFT, text[:80])
            return None
        self.count += 1
        date = find_moment(comment.date, comment.date_gmt)
        kind = comment.kind if comment.kind in KINDS else ""
        return Comment(author=name_author(comment.author), date=date, text=text, kind=kind)
