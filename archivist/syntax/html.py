"""HTML in a text, cut into tags, comments and what stands between them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Of entities, only those that the sanitiser itself writes: others hide what a value says.
_DOUBLE, _SINGLE = (
    rf"{mark}(?:[^{mark}<>&]|&(?:amp|nbsp);|&(?!#?[a-zA-Z0-9]+;))*{mark}" for mark in "\"'"
)
_NAME = "[a-zA-Z][a-zA-Z0-9-]*"
# "x", 'x', 50%
_VALUE = rf"{_DOUBLE}|{_SINGLE}|[^\s\"'=<>`&]+"
_SWITCH = "(?i:hidden|itemscope|nowrap|noshade|open)"
# Other spaces are part of a name, for a browser.
_SPACE = r"[ \t\n\f\r]"
_ATTRIBUTE = re.compile(rf"{_SPACE}+({_NAME})(?:=({_VALUE}))?")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)"
    rf"(?P<attributes>(?:{_SPACE}+(?:{_NAME}=(?:{_VALUE})|{_SWITCH}(?=[ \t\n\f\r/>])))*){_SPACE}*/?>"
)
_COMMENT = re.compile(r"<!--(?!-?>)(?P<text>(?:(?!--!?>).)*)-->", re.DOTALL)
_START = re.compile(r"<[a-zA-Z/!?]")
_TABLE = re.compile(r"\s*<table[\s/>]", re.IGNORECASE)

VOID = frozenset({"br", "wbr"})
"""The elements that hold nothing."""
_MARKDOWN = re.compile(r"\]\(|\*\*\S|`\S|\{\w+\}`")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A piece of HTML, on *line*: *kind* is "start", "end", "comment", "text" or "broken".

    *name* is that of a tag, in small letters; *text* what a comment or a text says, or all that
    follows from where nothing can be cut any more.
    """

    kind: str
    line: int
    text: str
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


def _cut_text(text: str, line: int) -> Iterator[Part]:
    """Yield what stands between two tags, if anything does, on the line of its first word."""
    blank = len(text) - len(text.lstrip())
    if text:
        yield Part(kind="text", line=line + text.count("\n", 0, blank), text=text)


def cut_html(text: str, line: int = 1) -> Iterator[Part]:
    """Yield the parts of *text*, which begins on *line*; the last is "broken" if it is no HTML."""
    at = 0
    while start := _START.search(text, at):
        yield from _cut_text(text[at : start.start()], line)
        line += text.count("\n", at, start.start())
        comment = _COMMENT.match(text, start.start())
        match = comment or _TAG.match(text, start.start())
        if match is None:
            yield Part(kind="broken", line=line, text=text[start.start() :])
            return
        if comment:
            yield Part(kind="comment", line=line, text=comment["text"])
        else:
            kind = "end" if match["end"] else "start"
            found = _ATTRIBUTE.findall(match["attributes"])
            said = tuple((name.lower(), _read_value(value)) for name, value in found)
            name = match["name"].lower()
            yield Part(kind=kind, line=line, text=match[0], name=name, attributes=said)
        line += match[0].count("\n")
        at = match.end()
    yield from _cut_text(text[at:], line)


def _read_value(value: str) -> str:
    """Return what an attribute says; `&copy=2` is no sign of HTML there."""
    bare = value[1:-1] if value[:1] in {"'", '"'} else value
    return bare.replace("&nbsp;", "\u00a0").replace("&amp;", "&")


def clean_html(text: str, known: Mapping[str, frozenset[str]]) -> str:
    """Return *text* with no more than the *known* elements and attributes; no comment stays."""
    return "".join(_write_part(part, known) for part in cut_html(text))


def _write_part(part: Part, known: Mapping[str, frozenset[str]]) -> str:
    if part.kind == "text":
        return part.text
    if part.kind == "broken":
        return html.escape(part.text, quote=False)
    if part.name not in known:
        return ""
    if part.kind == "end":
        return f"</{part.name}>"
    said = (each for each in part.attributes if each[0] in known[part.name])
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in said)
    return f"<{part.name}{attributes}>"


def find_words(text: str) -> list[str]:
    """Return what *text* says, cut where its tags are."""
    return [html.unescape(part.text) for part in cut_html(text) if part.kind == "text"]


def is_table(text: str) -> bool:
    """Tell whether a block of HTML begins as a table does."""
    return bool(_TABLE.match(text))


def holds_markdown(html: str) -> bool:
    """Tell whether the words of *html* were meant for Markdown."""
    words = (part.text for part in cut_html(html) if part.kind in {"text", "broken"})
    return bool(_MARKDOWN.search("".join(words)))
