"""What the look of an element says of its words: as marks, or told where no mark says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from archivist.syntax.elements import CELLS, HEADINGS
from archivist.wordpress.text.parts import Marks

_DECLARED = re.compile(r"\s*([\w-]+)\s*:\s*((?:[^;(]|\([^)]*\))*)")  # color: rgb(1, 2, 3)
# Of each property: what its value says (a pattern), the mark, whether that puts it or takes it off.
_MARKS: tuple[tuple[str, re.Pattern[str], str, bool], ...] = tuple(
    (prop, re.compile(pattern), mark, puts)
    for prop, pattern, mark, puts in (
        ("text-decoration(?:-line)?", r".*\bline-through\b.*", "s", True),
        ("text-decoration(?:-line)?", r".*\bunderline\b.*", "u", True),
        ("text-decoration(?:-line)?", "none|initial", "s", False),
        ("text-decoration(?:-line)?", "none|initial", "u", False),
        ("font-weight", "bold(?:er)?|[6-9][0-9]{2}|1000", "strong", True),
        ("font-weight", "normal|lighter|initial|[1-5][0-9]{2}", "strong", False),
        ("font-style", "italic|oblique.*", "em", True),
        ("font-style", "normal|initial", "em", False),
        ("vertical-align", "sub", "sub", True),
        ("vertical-align", "super", "sup", True),
        ("vertical-align", "baseline|initial", "sub", False),
        ("vertical-align", "baseline|initial", "sup", False),
    )
)
# What other properties say that is of no account: the usual.
_USUAL = re.compile(
    r"inherit|initial|auto|none|normal|transparent|windowtext|black|white|left|start|justify"
    r"|currentcolor|#(?:0{3}|0{6}|[fF]{3}|[fF]{6})|rgba?\((?:0, ?0, ?0|255, ?255, ?255).*\)|(?:inline|block).*"
)
_TOLD = frozenset((
    "color", "background", "background-color", "background-image", "text-align", "text-transform",
    "font-variant", "display",
))  # fmt: skip
_ALIGNED = re.compile("has-text-align-(left|center|right)")
# What stands somewhere itself, and not its words; of cells, whole columns are asked.
_PLACED = CELLS | {"embed", "figure", "hr", "iframe", "img", "object", "table"}


Attributes: TypeAlias = Mapping[str, str]
"""What an element says of itself."""


def read_style(said: Attributes) -> dict[str, str]:
    """Return what the style of an element declares, in small letters."""
    text = re.sub(r"\s*!important", "", said.get("style", ""))
    return {name.lower(): value.strip().lower() for name, value in _DECLARED.findall(text)}


def find_align(said: Attributes) -> str:
    """Return "center" or "right" where the text of an element stands so, else nothing."""
    named = map(_ALIGNED.fullmatch, said.get("class", "").split())
    found = [each[1] for each in named if each]
    align = read_style(said).get("text-align") or next(iter(found), "") or said.get("align", "")
    return {"end": "right", "right": "right", "center": "center"}.get(align.strip().lower(), "")


def find_side(said: Attributes) -> str:
    """Return "left" or "right" where a picture stands so beside the text, else nothing."""
    named = re.findall(r"(?<!\S)align(left|right)(?!\S)", said.get("class", ""))
    found = (*named, read_style(said).get("float", ""), said.get("align", "").lower())
    return next((each for each in found if each in {"left", "right"}), "")


def mark_style(tag: str, said: Attributes, marks: Marks) -> Marks:
    """Return *marks* with what the style of an element puts around its words, or takes off."""
    style = read_style(said)
    for prop, pattern, mark, puts in _MARKS:
        value = next((style[name] for name in style if re.fullmatch(prop, name)), "")
        if pattern.fullmatch(value) and _can_bear(tag, mark):
            others = tuple(each for each in marks if each != mark)
            marks = (*others, mark) if puts and others == marks else marks if puts else others
    return marks


def _can_bear(tag: str, mark: str) -> bool:
    """Tell whether *mark* would say of an element what it does not say itself."""
    if mark == "strong":
        return tag not in HEADINGS | {"th", "dt"}
    if mark in {"sub", "sup"}:
        return tag not in CELLS | {"img", "tr", "table", mark}
    return mark != "u" or tag != "a"


def tell_looks(tag: str, said: Attributes) -> Iterator[str]:
    """Yield what an element says of how its words look that no mark says: « color: #f00 »."""
    style = {"color": said.get("color", "").lower() if tag == "font" else "", **read_style(said)}
    if said.get("dir", "").lower() == "rtl":
        yield "dir: rtl"
    style["text-align"] = "" if tag in _PLACED else find_align(said)
    for name in sorted(_TOLD & style.keys()):
        if style[name] and not _USUAL.fullmatch(style[name]):
            yield f"{name}: {style[name]}"
