"""A text while the constructs of other tools in it are mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from archivist.mends.text.around import Around
from archivist.mends.text.edits import Edit
from archivist.syntax.allowed import PICTURES
from archivist.syntax.foreign import Found

_LABEL = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass
class Mending:
    """A text while its constructs are mended: what its notes are called, and what goes below it."""

    text: str
    around: Around
    below: list[str] = field(default_factory=list)
    labels: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = set(_LABEL.findall(self.text))

    def call_note(self, words: str) -> str:
        """Return the call of a new note that says *words*, which go below the text."""
        number = next(n for n in range(1, len(self.labels) + 2) if str(n) not in self.labels)
        self.labels.add(str(number))
        self.below.append(f"[^{number}]: {words.strip()}")
        return f"[^{number}]"


Mend: TypeAlias = Callable[[Found, Mending], Iterator[Edit]]
"""Yields the edits that a construct takes, or none where only its writer knows."""


def put(found: Found, text: str) -> Edit:
    """Return the edit that puts *text* in the place of a construct."""
    return Edit(start=found.start, end=found.end, text=text)


def is_picture(name: str) -> bool:
    """Tell whether *name* is that of a picture."""
    return name.lower().endswith(tuple(PICTURES))


def write_target(target: str) -> str:
    """Return *target* as Markdown takes it between parentheses."""
    return f"<{target}>" if re.search(r"[\s()]", target) else target
