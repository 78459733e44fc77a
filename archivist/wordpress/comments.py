"""The comments of a post as the file beside it: names and texts, in threads, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archivist.comments.reading import KINDS, Comment
from archivist.comments.writing import write_comments
from archivist.syntax.limits import DEEPEST_REPLY, LONGEST_AUTHOR, LONGEST_COMMENT, MOST_COMMENTS
from archivist.wordpress.export.links import lead_out
from archivist.wordpress.export.plan import find_moment
from archivist.wordpress.html.autop import add_paragraphs
from archivist.wordpress.html.blocks import Reader
from archivist.wordpress.html.expand import clean_text
from archivist.wordpress.text.document import (
    LINK,
    Break,
    Call,
    Code,
    Heading,
    List,
    Paragraph,
    Picture,
    Quote,
    Run,
    text_of,
    tidy,
)
from archivist.wordpress.text.round_trip import ProvedWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from archivist.wordpress.export.wxr import Remark
    from archivist.wordpress.text.document import Block, Blocks, Part, Parts

_KEPT = frozenset({"strong", "em", "code"})


@dataclass
class _Around:
    """A comment leads out of the archive only."""

    base: str
    tell: Callable[[str, str], None]

    def lead(self, address: str) -> str:
        try:
            return lead_out(urljoin(self.base, address.strip()), self.tell)
        except ValueError:
            return ""

    def place(self, address: str) -> str:
        return self.lead(address)

    def describe(self, _: str, __: str) -> str:
        return ""

    def name(self, _: str) -> str:
        return ""


def _simplify_part(part: Part) -> Part:
    marks = tuple(mark for mark in part.marks if mark in _KEPT or mark.startswith(LINK))
    if isinstance(part, Picture):
        shown = part.alt or part.target
        return Run(text=shown, marks=(*marks, f"{LINK}{part.target}") if part.target else marks)
    if isinstance(part, Call):
        return Run(text="")
    return replace(part, marks=marks)


def _strip_breaks(parts: Parts) -> Parts:
    """Return *parts* without breaks at their ends, which part nothing."""
    while parts and isinstance(parts[0], Break):
        parts = parts[1:]
    while parts and isinstance(parts[-1], Break):
        parts = parts[:-1]
    return parts


def _simplify(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield *blocks* with no more in them than a comment may have."""
    for block in blocks:
        if isinstance(block, (Paragraph, Heading)):
            parts = _strip_breaks(tidy(map(_simplify_part, block.parts)))
            if parts:
                yield Paragraph(parts=parts)
        elif isinstance(block, Quote):
            yield Quote(blocks=tuple(_simplify(block.blocks)))
        elif isinstance(block, List):
            items = tuple(tuple(_simplify(item)) for item in block.items)
            yield List(start=block.start, items=items)
        elif isinstance(block, Code):
            yield Code(text=block.text)
        else:
            text = text_of([block]).strip()
            if text:
                yield Paragraph(parts=(Run(text=" ".join(text.split())),))


class _PlainWriter(ProvedWriter):
    """Writes no HTML: comments may hold none."""

    may_use_html = False


def write_remark(text: str, base: str, tell: Callable[[str, str], None]) -> str:
    """Return the text of a comment as Markdown; links are read from *base*."""
    around = _Around(base, tell)
    blocks: Blocks = Reader(around).read(add_paragraphs(clean_text(text, tell)))
    return _PlainWriter(tell).prove(_simplify(blocks))


def name_author(name: str) -> str:
    """Return who signs a comment: never an e-mail address."""
    text = " ".join(re.sub("<[^>]*>", "", clean_text(name, lambda *_: None)).split())
    text = re.sub(r"[\u00ad\u200b\u200e\u200f\u2028\u2029\u2060-\u2064\ufeff]", "", text)
    if not text.strip() or re.search(r"\S+@\S+\.\S+", text):
        return "Anonyme"
    return text[:LONGEST_AUTHOR].strip()


def _sort_threads(remarks: Sequence[Remark]) -> dict[int, list[Remark]]:
    """Return the replies to each comment, oldest first; those to none under 0."""
    known = {remark.id: remark.parent for remark in remarks}
    below: dict[int, list[Remark]] = {}
    for remark in sorted(
        remarks, key=lambda each: (find_moment(each.date, each.date_gmt), each.id)
    ):
        parent = remark.parent if _leads_up(remark.id, known) else 0
        below.setdefault(parent, []).append(remark)
    return below


def _leads_up(number: int, known: Mapping[int, int]) -> bool:
    """Tell whether a comment answers another that is there, and not itself in the end."""
    seen: set[int] = set()
    if known[number] not in known:
        return False
    while number in known and number not in seen:
        seen.add(number)
        number = known[number]
    return number not in seen


@dataclass
class Remarks:
    """Writes the comments of a post; links are read from *base*, *tell* hears of what is lost."""

    base: str
    tell: Callable[[str, str], None]
    count: int = 0

    def write(self, remarks: Sequence[Remark]) -> str:
        """Return the file of *remarks*; nothing where there are none."""
        below = _sort_threads(remarks)
        comments = tuple(self._to_comments(below.get(0, []), below, 1))
        return write_comments(comments) if comments else ""

    def _to_comments(
        self, remarks: Sequence[Remark], below: Mapping[int, list[Remark]], level: int
    ) -> Iterator[Comment]:
        for remark in remarks:
            replies = below.get(remark.id, [])
            comment = self._to_comment(remark)
            if comment is None:
                # What it was answered still stands.
                yield from self._to_comments(replies, below, level)
            elif level < DEEPEST_REPLY:
                inside = tuple(self._to_comments(replies, below, level + 1))
                yield replace(comment, replies=inside)
            else:
                yield comment
                yield from self._to_comments(replies, below, level)

    def _to_comment(self, remark: Remark) -> Comment | None:
        text = write_remark(remark.text, self.base, self.tell)
        if not text.strip() or len(text) > LONGEST_COMMENT or self.count >= MOST_COMMENTS:
            self.tell("commentaire vide, trop long ou de trop, laissé", text[:80])
            return None
        self.count += 1
        return Comment(
            author=name_author(remark.author),
            date=find_moment(remark.date, remark.date_gmt),
            text=text,
            kind=remark.kind if remark.kind in KINDS else "",
        )
