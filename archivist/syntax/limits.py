"""How much a post and what goes with it may hold: what is larger takes too long.

Cutting Markdown up takes a time that grows with the square of some signs in one paragraph
(https://spec.commonmark.org/0.31.2/#phase-2-inline-structure): a post has few, an attack many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archivist.errors import FileError

# How many times as long as others an old post, or its comments, may be where an exception says so.
OLD_TIMES = 5
LARGEST_TEXT = 100_000  # bytes
MOST_LINES = 3_000
# Of the signs that mean something in Markdown, in a file and in a paragraph.
MOST_SIGNS = 5_000
MOST_SIGNS_TOGETHER = 1_500
LONGEST_LINE = 8_000  # signs
LONGEST_HEADER = 200  # lines
LARGEST_HEADER = 10_000  # signs
LONGEST_TITLE = 300  # signs
LONGEST_LABEL = 100  # signs, of a tag or a name
LONGEST_ROLE = 1_000  # signs, of what a role as `{term}` is given
MOST_LABELS = 100  # in one list of the header
MOST_HEADINGS = 300
MOST_PARTS = 200  # labels that `(label)=` gives
MOST_TOKENS = 20_000
# Of addresses and their titles, where each link stands: one that is named once may be used often.
MOST_ADDRESSED = 400_000  # signs
# Beyond, markdown-it drops the text without a word.
DEEPEST_LIST = 9
# Emphasis in emphasis, links in emphasis…
DEEPEST_INLINE = 8
# <b> in <i> in <u>…: more is no text of an author's.
DEEPEST_HTML = 4
# A list in a list in a cell, and emphasis in it.
DEEPEST_TABLE = 16
# More are beyond any screen, and would take long to count.
MOST_COLUMNS = 500
# Of code, what is shown in colours: some languages take a time that grows with its square.
LONGEST_COLOURED = 3_000  # signs
LONGEST_COLOURED_LINE = 500  # signs
# A block inside a block inside a block.
DEEPEST_BLOCK = 4
# A category in a category in a category.
DEEPEST_CATEGORY = 20

LARGEST_REGISTER = 500_000  # signs, of authors.yml and categories.yml
LONGEST_ENTRY = 1_000  # signs, of a name or a description there

LARGEST_COMMENTS = 500_000  # bytes
MOST_COMMENTS = 2_000
LONGEST_COMMENT = 20_000  # signs
LONGEST_AUTHOR = 100  # signs
# Each opens a link that the whole paragraph is searched for.
MOST_BRACKETS = 20_000
DEEPEST_REPLY = 10  # replies to replies

DEEPEST_FOLDER = 8  # in docs/
MOST_POSTS = 100_000  # with as many pictures as they have
LONGEST_NAME = 150  # bytes, of a file
LARGEST_FILE = 20_000_000  # bytes
LARGEST_IMAGE = 5_000_000  # bytes
LARGEST_PICTURE = 40_000_000  # pixels
LONGEST_SIDE = 30_000  # pixels
LARGEST_DECODED = 125_000_000  # bytes that a picture takes while a build draws it smaller
MOST_FRAMES = 1_000
LARGEST_FILM = 100_000_000  # pixels of all frames together
MOST_PICTURE_PARTS = 100_000  # a GIF of 5 MB has 20,000
MOST_SCANS = 100  # of a JPEG; programs make ten
LARGEST_PROFILE = 1_000_000  # bytes, of a profile of colours
LARGEST_DRAWING = 500_000  # bytes, of an SVG
MOST_ATTRIBUTES = MOST_ELEMENTS = 20_000  # of an SVG
MOST_DRAWN = 500_000  # elements of an SVG, each as often as it is shown

_TOO_MANY_SIGNS = "trop de signes de Markdown ici : simplifiez ce passage."
# What Markdown may read as its own.
_SIGNS = re.compile(r"[\[\]*_`<&\\{!~|^]")


class LengthError(FileError):
    """A text is longer than others, and no more than that."""


def check_measures(text: str, times: int = 1) -> None:
    """Raise LengthError, with a French message, where *text* holds more than a post does.

    A post that is allowed to be long may hold *times* as much, on lines of any length: what takes
    long are the signs of a paragraph, on however many lines.
    """
    lines = text.split("\n")
    if len(lines) > times * MOST_LINES:
        most = times * MOST_LINES
        message = f"{len(lines)} lignes, {most} au plus : faites-en plusieurs billets."
        raise LengthError(most, message)
    for number, line in enumerate(lines if times == 1 else (), start=1):
        if len(line) > LONGEST_LINE:
            message = f"ligne de {len(line)} signes, {LONGEST_LINE} au plus : coupez-la."
            raise LengthError(number, message)
    total = 0
    for number, count in _count_signs(lines):
        total += count
        if count > times * MOST_SIGNS_TOGETHER or total > times * MOST_SIGNS:
            raise LengthError(number, _TOO_MANY_SIGNS)


def _count_signs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each paragraph, numbered from 1, and the signs it holds."""
    first, count = 1, 0
    for number, line in enumerate((*lines, ""), start=1):
        if line.strip():
            count += len(_SIGNS.findall(line))
        else:
            yield first, count
            first, count = number + 1, 0
