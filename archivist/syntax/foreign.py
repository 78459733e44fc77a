"""Find in a text what is another tool's: `archivist.syntax.constructs` says what that is.

Code may hold all of it; elsewhere it is told, and `archivist.mends` writes what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from archivist.syntax.constructs import FOREIGN, INDENTED, Foreign
from archivist.syntax.looks import is_prose

# Stands for what is no text: code, addresses, what is escaped.
_HIDDEN = "\x00"
CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[^\x00])+?(?<!`)(?P=ticks)(?!`)"
"""Code within a paragraph, between as many accents."""
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
# `code`, \*, <!-- remark -->
_NO_TEXT = re.compile(rf"{CODE_SPAN}|{_ESCAPED}|<!--.*?-->", re.DOTALL)
# <https://…>, <b class="x">, https://…, and what follows the words of a link
_ADDRESS = re.compile(
    r"<[a-zA-Z/][^<>\n]*>|(?:https?://|www\.)[^\s<>()\x00]*"
    r"|(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|^\[[^\[\]\n]+\]:[^\n]*",
    re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A construct where it stands: *typed* is the text from *start* to *end*."""

    foreign: Foreign
    match: re.Match[str]
    """Of the text without what is no text."""
    start: int
    end: int
    typed: str

    def group(self, name: str) -> str:
        """Return the part of the construct that has a *name* in its pattern, as it was typed."""
        start, end = self.match.span(name)
        return "" if start < 0 else self.typed[start - self.start : end - self.start]

    def overlaps(self, other: Found) -> bool:
        """Tell whether both have some text."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeLines:
    """Lines of a text that are code, HTML or the like: from *first* to before *after*."""

    first: int
    after: int
    is_indented: bool = False
    """Whether nothing but four spaces says so."""
    is_html: bool = False


def find_foreign(text: str, code: Iterable[CodeLines], first_line: int = 0) -> list[Found]:
    """Return the constructs of other tools in the body *text*, in its order, none in another.

    *code* is what is no text there, *first_line* the number of its first line.
    """
    code = [_shift(each, -first_line) for each in code]
    found = [each for each in map(partial(_find_prose, text), code) if each]
    meant = [each for each in FOREIGN if _may_hold(text, each)]
    views: dict[bool, str] = {}
    for foreign in meant:
        if not views:
            bare = hide_code(text, code)
            views = {True: bare, False: _hide(_ADDRESS, bare)}
        for match in foreign.pattern.finditer(views[foreign.sees_addresses]):
            each = _take(foreign, match, text)
            if foreign.is_one(match) and not any(each.overlaps(other) for other in found):
                found.append(each)
    return sorted(found, key=lambda each: each.start)


def _may_hold(text: str, foreign: Foreign) -> bool:
    """Tell whether there may be a construct in *text*: most have none, which is quickly seen."""
    return any(sign in text for sign in foreign.signs) and bool(foreign.pattern.search(text))


def _shift(code: CodeLines, lines: int) -> CodeLines:
    return replace(code, first=code.first + lines, after=code.after + lines)


def _take(foreign: Foreign, match: re.Match[str], text: str) -> Found:
    start, end = match.span()
    return Found(foreign=foreign, match=match, start=start, end=end, typed=text[start:end])


def _find_prose(text: str, code: CodeLines) -> Found | None:
    """Return the lines of *code* if they were meant to be read."""
    if not code.is_indented:
        return None
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: code.first])
    end = start + len("\n".join(lines[code.first : code.after]))
    match = INDENTED.pattern.match(text, start, end)
    return _take(INDENTED, match, text) if match and is_prose(match[0]) else None


def tell_foreign(
    text: str, code: Iterable[CodeLines], first_line: int = 0
) -> Iterator[tuple[int, str]]:
    """Yield the line, and in French what is another tool's in the body *text*."""
    for found in find_foreign(text, code, first_line):
        if not found.foreign.is_told:
            continue
        typed = found.typed.lstrip("\n")
        line = first_line + text.count("\n", 0, found.end - len(typed))
        shown = " ".join(typed.strip().split("\n")[0].split())[:40]
        yield line, f"« {shown} » se lirait tel quel : {found.foreign.advice}"


def hide_code(text: str, code: Iterable[CodeLines], first_line: int = 0) -> str:
    """Return *text*, as long as it is, without a word of what is no text."""
    shifted = (_shift(each, -first_line) for each in code)
    return _hide(_NO_TEXT, _hide_lines(text, shifted))


def _hide(pattern: re.Pattern[str], text: str) -> str:
    """Return *text* with signs that mean nothing in the place of what *pattern* matches."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", _HIDDEN, found[0]), text)


def _hide_lines(text: str, code: Iterable[CodeLines]) -> str:
    lines = text.split("\n")
    for each in code:
        for at in range(each.first, min(each.after, len(lines))):
            lines[at] = _HIDDEN * len(lines[at])
    return "\n".join(lines)
