"""Corrections of an author's words, declared: what can be undone, so that the original is proven.

An erratum says « what stood there » est devenu « what stands there ». The second passage
stands in the text; put the first in its place, and the words are again those of the original.
« mots » est devenu « <s>mots</s> » declares in the same way that words are struck.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archivist.errors import FileError
from archivist.posts.blocks import Block, Located
from archivist.words.canonical import WordReader
from archivist.words.traits import Trait, count_signs

ERRATUM = "erratum"
_BECAME = re.compile(" ?» est devenu « ?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A passage as it was and as it is, with its traits from its start, and the line of it."""

    before: str
    after: str
    line: int
    traits_before: frozenset[Trait] = frozenset()
    traits_after: frozenset[Trait] = frozenset()


def find_corrections(block: Block) -> list[Correction]:
    """Return the corrections that an `{erratum}` declares; its other paragraphs are remarks."""
    reader = WordReader()
    reader.read(block.content, block.content_line)
    found, base = list[Correction](), 0
    for passage in reader.passages:
        end = base + count_signs(passage.text)
        inside = [
            _move(each, -base) for each in reader.traits if base <= each.start and each.end <= end
        ]
        found += _read_correction(passage, inside)
        base = end
    return found


def _read_correction(passage: Located, traits: Sequence[Trait]) -> Iterator[Correction]:
    """Yield what a paragraph of an erratum declares, if it does."""
    sentence = passage.text.removesuffix(".").rstrip()
    before, *after = _BECAME.split(sentence[1:-1].strip(), maxsplit=1)
    if sentence.startswith("«") and sentence.endswith("»") and before and all(after) and after:
        # After « and before », and after « before » est devenu «.
        first = count_signs(sentence.partition(before)[0])
        second = count_signs(sentence) - 1 - count_signs(after[0])
        yield Correction(
            before=before,
            after=after[0],
            line=passage.line,
            traits_before=_cut(traits, first, first + count_signs(before)),
            traits_after=_cut(traits, second, second + count_signs(after[0])),
        )


def _cut(traits: Iterable[Trait], start: int, end: int) -> frozenset[Trait]:
    inside = (each for each in traits if start <= each.start and each.end <= end)
    return frozenset(_move(each, -start) for each in inside if each.end > each.start)


def _move(trait: Trait, by: int) -> Trait:
    return replace(trait, start=trait.start + by, end=trait.end + by)


@dataclass(slots=True)
class Original:
    """The *passages* of a text, and the *traits* of their words, as errata are undone."""

    passages: list[Located]
    traits: list[Trait]

    def undo(self, correction: Correction) -> None:
        """Put back what stood there before *correction*. Raises FileError."""
        at = _find_passage(self.passages, correction)
        text = self.passages[at].text
        above = sum(len(each.text) - each.text.count(" ") for each in self.passages[:at])
        start = above + count_signs(text[: text.index(correction.after)])
        self._undo_traits(correction, start)
        text = text.replace(correction.after, correction.before)
        self.passages[at] = Located(text=text, line=self.passages[at].line)

    def _undo_traits(self, correction: Correction, start: int) -> None:
        """Put back the traits of the words from *start* on, and where all that follow are."""
        declared = {_move(each, start) for each in correction.traits_after}
        if declared - set(self.traits):
            raise FileError(correction.line, _advise(correction.after))
        end = start + count_signs(correction.after)
        last = start + count_signs(correction.before)

        def move(place: int) -> int:
            return place + last - end if place >= end else min(place, last)

        self.traits = [
            replace(each, start=move(each.start), end=move(each.end)) if each.end > start else each
            for each in self.traits
            if each not in declared
        ]
        self.traits += (_move(each, start) for each in correction.traits_before)


def undo_errata(
    passages: Sequence[Located], blocks: Iterable[Block], traits: Iterable[Trait] = ()
) -> Original:
    """Return *passages* as they were before the errata among *blocks*, the last undone first.

    Raises FileError.
    """
    errata = [block for block in blocks if block.name == ERRATUM]
    corrections = [each for block in errata for each in find_corrections(block)]
    original = Original(list(passages), list(traits))
    for correction in reversed(corrections):
        original.undo(correction)
    return original


def _advise(quoted: str) -> str:
    return f"« {quoted} » n’est pas dans le texte : citez le passage à la lettre."


def _find_passage(passages: Sequence[Located], correction: Correction) -> int:
    """Return which of *passages* holds what *correction* quotes, once."""
    counts = [passage.text.count(correction.after) for passage in passages]
    if sum(counts) == 1:
        return counts.index(1)
    message = _advise(correction.after)
    if sum(counts):
        advice = "citez quelques mots de plus, des deux côtés."
        message = f"« {correction.after} » est {sum(counts)} fois dans le texte : {advice}"
    raise FileError(correction.line, message)
