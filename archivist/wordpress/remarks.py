"""The comments of a post as the file beside it: names and texts, in threads, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import yaml

from archivist.wordpress.autop import add_paragraphs
from archivist.wordpress.content import clean_text
from archivist.wordpress.document import (
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
from archivist.wordpress.html_reader import Reader
from archivist.wordpress.links import lead_out
from archivist.wordpress.plan import find_moment
from archivist.wordpress.proof import ProvedWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archivist.wordpress.document import Block, Blocks, Part, Parts
    from archivist.wordpress.export import Remark

_DEEPEST = 10
_LONGEST_AUTHOR = 100
_KEPT = frozenset({"strong", "em", "code"})
_MENTIONS = frozenset({"pingback", "trackback"})


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
    return text[:_LONGEST_AUTHOR].strip()


def _thread(remarks: Sequence[Remark]) -> list[tuple[int, Remark]]:
    """Return *remarks* with how deep each replies, each reply after what it answers."""
    known = {remark.id for remark in remarks}
    ordered = sorted(remarks, key=lambda remark: (remark.date, remark.id))
    below: dict[int, list[Remark]] = {}
    for remark in ordered:
        parent = remark.parent if remark.parent in known and remark.parent != remark.id else 0
        below.setdefault(parent, []).append(remark)
    found: list[tuple[int, Remark]] = []
    waiting = [(0, remark) for remark in reversed(below.get(0, []))]
    while waiting:
        depth, remark = waiting.pop()
        found.append((depth, remark))
        waiting += [(depth + 1, each) for each in reversed(below.get(remark.id, []))]
    # Those that answer one another in a ring are under nobody.
    seen = {remark.id for _, remark in found}
    return found + [(0, remark) for remark in ordered if remark.id not in seen]


class _Text(str):
    """Text to be written over several lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes long texts as they read."""


_Dumper.add_representer(
    _Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def write_remarks(
    remarks: Sequence[Remark], base: str, tell: Callable[[str, str], None]
) -> tuple[str, int]:
    """Return the file of *remarks*, and how many are in it; nothing where there are none."""
    top: list[dict[str, Any]] = []
    branch: list[list[dict[str, Any]]] = [top]
    count = 0
    for depth, remark in _thread(remarks):
        text = write_remark(remark.text, base, tell)
        if not text.strip():
            tell("commentaire sans texte", "")
            continue
        level = min(depth, _DEEPEST - 1, len(branch) - 1)
        entry = _to_entry(remark, text)
        branch[level].append(entry)
        branch[level + 1 :] = [entry.setdefault("replies", [])]
        count += 1
    for entry in _all_entries(top):
        if not entry["replies"]:
            del entry["replies"]
    written: str = yaml.dump(
        top, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return (written if count else ""), count


def _all_entries(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for entry in entries for each in (entry, *_all_entries(entry["replies"]))]


def _to_entry(remark: Remark, text: str) -> dict[str, Any]:
    entry = {
        "author": name_author(remark.author),
        "date": find_moment(remark.date, remark.date_gmt).isoformat(),
    }
    if remark.kind in _MENTIONS:
        entry["kind"] = remark.kind
    return {**entry, "text": _Text(text)}
