"""The pieces that a text is made of: words and pictures, each with the marks around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Marks: TypeAlias = tuple[str, ...]
"""What is around a piece of text, outermost first: "strong", "em", "code", "link:https://…",
"abbr:…", "lang:en", or the name of another element."""
LINK = "link:"


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPart:
    """A piece of a text."""

    marks: Marks = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Run(TextPart):
    """Some text, all under the same marks."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Break(TextPart):
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InlinePicture(TextPart):
    """An image in a text."""

    target: str
    alt: str
    width: int = 0  # pixels; 0 when nothing says it
    align: str = ""  # "left" or "right", beside the text


@dataclass(frozen=True, kw_only=True, slots=True)
class Call(TextPart):
    """The call of a footnote."""

    label: str


Parts: TypeAlias = tuple[TextPart, ...]
