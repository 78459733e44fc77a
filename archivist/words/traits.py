"""What makes the same words say something else: struck, quoted, numbered, boxed, with a picture.

No checksum is made of it; docs/manifest.json has it beside the checksum, each at its place.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archivist.syntax.html import Part

# Category Cf without what prints; spelled out, as it grows with each version of Unicode.
_SILENT = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
# The space of Ogham is white space for Unicode, and a stroke for readers.
_STROKE = "\u1680"
_BLANKS = re.compile(rf"[^\S{_STROKE}]+")
_FIGURE = re.compile(r"\d")
# What a tag says of the words in it. Bold, a link or another language leave their sense alone.
_TAGS = {
    "s": "struck", "del": "struck", "strike": "struck", "q": "quoted", "sup": "sup", "sub": "sub",
}  # fmt: skip
# Those of a figure alone: « 1er » is read the same.
_SCRIPTS = frozenset({"sup", "sub"})
# What stands between two words.
_POINTS = frozenset({"start", "call", "picture", "turn"})
# Marks of direction show nothing, but may turn « 10, 20 » round.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]")
# A longer shape of a table is its checksum.
_LONGEST_SHAPE = 60


def normalise_words(text: str) -> str:
    """Return *text* as it counts: no sign that shows nothing, in NFC, single spaces."""
    single = _join(text)
    # Most texts have none of these signs, which is quickly seen.
    shown = single if single.isprintable() else _join(_SILENT.sub("", single))
    return unicodedata.normalize("NFC", shown)


def _join(text: str) -> str:
    if _STROKE in text:
        return _BLANKS.sub(" ", text).strip(" ")
    return " ".join(text.split())


def count_signs(words: str) -> int:
    """Return how many signs *words* has that are no space: where a trait is, however it is cut."""
    shown = normalise_words(words)
    return len(shown) - shown.count(" ")


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Trait:
    """What makes the words from *start* to *end* say something else, both as `count_signs`.

    *kind* is "struck", "quoted" (`<q>`), "sup" or "sub" of a figure, "quote" (a block), "box"
    (a block with a title of ours), "table", "start" of a list, "call" of a note, "picture" or
    "turn" (a mark of direction).
    """

    start: int
    end: int
    kind: str
    says: str = ""
    line: int = field(default=1, compare=False)

    def __str__(self) -> str:
        place = f"{self.start}-{self.end}" if self.end > self.start else f"{self.start}"
        return f"{place} {self.kind} {self.says}".rstrip()


class Line:
    """The words of a passage as they are read, and where its traits begin and end."""

    def __init__(self, base: int, line: int) -> None:
        self.text, self.line = "", line
        self.traits: list[Trait] = []
        self._place, self._counted = base, 0
        self._opened: list[tuple[str, int, int]] = []

    def _find_place(self) -> int:
        """Return where the text ends; what was counted once is not again."""
        self._place += count_signs(self.text[self._counted :])
        self._counted = len(self.text)
        return self._place

    def add(self, text: str) -> None:
        """Add what stands between two marks."""
        self.text += text

    def open(self, kind: str) -> None:
        """Begin the words of a trait."""
        self._opened.append((kind, self._find_place(), len(self.text)))

    def close(self, kind: str) -> None:
        """End the words of the last trait of a *kind*, and note it if it has a say."""
        opened = [at for at, (each, _, _) in enumerate(self._opened) if each == kind]
        if opened:
            _, place, start = self._opened.pop(opened[-1])
            if kind not in _SCRIPTS or _FIGURE.search(self.text[start:]):
                self.put(kind, start=place)

    def put(self, kind: str, says: str = "", start: int | None = None) -> None:
        """Note a trait of the words from *start* on, or of the place after the last."""
        end = self._find_place()
        first = end if start is None else start
        self.traits.append(Trait(start=first, end=end, kind=kind, says=says, line=self.line))

    def follow(self, part: Part) -> None:
        """Open or close what a tag says of words."""
        if part.name in _TAGS and part.kind in {"start", "end"}:
            (self.open if part.kind == "start" else self.close)(_TAGS[part.name])


def find_turns(text: str, base: int, line: int) -> Iterator[Trait]:
    """Yield the marks of direction in *text*, which begins at *base*."""
    place, counted = base, 0
    for mark in () if text.isprintable() else _TURNS.finditer(text):
        place += count_signs(text[counted : mark.start()])
        counted = mark.end()
        name = f"U+{ord(mark[0]):04X}"
        yield Trait(start=place, end=place, kind="turn", says=name, line=line)


class Grid:
    """A table that begins at *start*: which cells of each row hold words."""

    def __init__(self, start: int, line: int) -> None:
        self._start, self._line = start, line
        self._rows: list[str] = []
        self._cell, self._spans = 0, ""

    def begin_row(self) -> None:
        """Begin a row."""
        self._rows.append("")

    def begin_cell(self, place: int, spans: str = "") -> None:
        """Begin a cell at *place*."""
        self._cell, self._spans = place, spans

    def end_cell(self, place: int) -> None:
        """End the cell at *place*."""
        self._rows = self._rows or [""]
        self._rows[-1] += ("x" if place > self._cell else "-") + self._spans

    def describe(self, end: int) -> Trait:
        """Return the table, which ends there, as a trait: `xx/x-` has two rows and a gap."""
        shape = "/".join(self._rows)
        if len(shape) > _LONGEST_SHAPE:
            shape = hashlib.sha256(shape.encode()).hexdigest()[:16]
        return Trait(start=self._start, end=end, kind="table", says=shape, line=self._line)


def join_traits(traits: Iterable[Trait]) -> list[Trait]:
    """Return *traits* in their order, those of one kind that touch as one."""
    joined: list[Trait] = []
    last: dict[tuple[str, str], int] = {}
    for trait in sorted(traits):
        before = last.get((trait.kind, trait.says))
        is_range = trait.end > trait.start
        if is_range and before is not None and trait.start <= joined[before].end:
            joined[before] = replace(joined[before], end=max(trait.end, joined[before].end))
        elif is_range or trait.kind in _POINTS:
            last |= {(trait.kind, trait.says): len(joined)} if is_range else {}
            joined.append(trait)
    return sorted(joined)
