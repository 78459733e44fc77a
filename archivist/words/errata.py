"""Corrections of an author's words, declared: what can be undone, so that the original is proven.

An erratum says « what stood there » est devenu « what stands there ». The second passage
stands in the text; put the first in its place, and the words are again those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archivist.errors import FileError
from archivist.posts.blocks import Block, Located
from archivist.words.canonical import WordReader

ERRATUM = "erratum"
_BECAME = re.compile(" ?» est devenu « ?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A passage as it was and as it is, and the line that says so."""

    before: str
    after: str
    line: int


def find_corrections(block: Block) -> list[Correction]:
    """Return the corrections that an `{erratum}` declares; its other paragraphs are remarks."""
    reader = WordReader()
    reader.read(block.content, block.content_line)
    return [found for passage in reader.passages for found in _read_correction(passage)]


def _read_correction(passage: Located) -> Iterator[Correction]:
    """Yield what a paragraph of an erratum declares, if it does."""
    sentence = passage.text.removesuffix(".").rstrip()
    before, *after = _BECAME.split(sentence[1:-1].strip(), maxsplit=1)
    if sentence.startswith("«") and sentence.endswith("»") and before and all(after) and after:
        yield Correction(before=before, after=after[0], line=passage.line)


def undo_errata(passages: Sequence[Located], blocks: Iterable[Block]) -> list[Located]:
    """Return *passages* as they were before the errata among *blocks*, the last undone first.

    Raises FileError.
    """
    errata = [block for block in blocks if block.name == ERRATUM]
    corrections = [each for block in errata for each in find_corrections(block)]
    undone = list(passages)
    for correction in reversed(corrections):
        at = _find_passage(undone, correction)
        text = undone[at].text.replace(correction.after, correction.before)
        undone[at] = Located(text=text, line=undone[at].line)
    return undone


def _find_passage(passages: Sequence[Located], correction: Correction) -> int:
    """Return which of *passages* holds what *correction* quotes, once."""
    counts = [passage.text.count(correction.after) for passage in passages]
    if sum(counts) == 1:
        return counts.index(1)
    message = f"« {correction.after} » n’est pas dans le texte : citez le passage à la lettre."
    if sum(counts):
        advice = "citez quelques mots de plus, des deux côtés."
        message = f"« {correction.after} » est {sum(counts)} fois dans le texte : {advice}"
    raise FileError(correction.line, message)
