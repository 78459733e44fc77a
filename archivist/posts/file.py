"""A post as its file gives it: header fields and body, each with its line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from archivist.dates.edtf import DateError, read_day
from archivist.errors import FileError
from archivist.files import read_text
from archivist.posts.body import Body, read_body
from archivist.posts.foreign_keys import find_foreign, find_kind, find_name
from archivist.posts.tree import LENGTHS
from archivist.problems import Problem
from archivist.syntax.characters import check_text
from archivist.syntax.foreign import tell_foreign
from archivist.syntax.limits import (
    LARGEST_HEADER,
    LONGEST_HEADER,
    LengthError,
    check_measures,
)
from archivist.syntax.yaml import Field, read_fields
from archivist.syntax.yaml_lines import read_meant

_FENCE = "---"
# Date: November 20, 2026
_KEY_LINE = re.compile(r"(?P<key>[^\W\d_][\w .’'-]{0,39}?)\s?:(?:\s.*)?")
_UNCLOSED = "l’en-tête n’est pas fermé, ou trop long : ajoutez une ligne « --- » avant le titre."


@dataclass(frozen=True, kw_only=True)
class PostFile:
    """The file of a post: *docname* is its path below docs/ without ``.md``.

    *fields* has what goes by another tool's name by ours too. *faults* is what its bare text has
    wrong, *foreign* what is another tool's, each with its line.
    """

    path: str
    docname: str
    fields: dict[str, Field]
    body: Body
    faults: tuple[tuple[int, str], ...] = ()
    foreign: tuple[tuple[int, str], ...] = ()

    @property
    def slug(self) -> str:
        """The name of the file, which is the last part of the address."""
        return self.docname.rpartition("/")[2]

    @property
    def day(self) -> dt.date | None:
        """The day of its date, if that can be read."""
        return find_header_day(self.fields)


def find_header_day(fields: Mapping[str, Field]) -> dt.date | None:
    """Return the day that the *fields* of a header give, if that can be read."""
    try:
        return read_day(fields["date"].text).date()
    except (DateError, KeyError):
        return None


def find_header(text: str) -> tuple[int, int]:
    """Return the lines, counted from 0, of the two ``---`` around the header.

    Raises FileError, with a French message, when there is no header.
    """
    lines = text.split("\n")
    if not text.strip():
        raise FileError(1, "ce fichier est vide : copiez l’en-tête d’un autre billet.")
    if lines[0].rstrip() != _FENCE:
        raise FileError(1, _explain_missing_header(lines))
    for number, line in enumerate(lines[1 : LONGEST_HEADER + 2], start=1):
        if line.rstrip() == _FENCE:
            if sum(map(len, lines[:number])) > LARGEST_HEADER:
                break
            return 0, number
    raise FileError(1, _UNCLOSED)


def _explain_missing_header(lines: list[str]) -> str:
    if lines[0].startswith("+++"):
        return "cet en-tête est en TOML (+++) : écrivez-le en YAML, entre deux lignes « --- »."
    if any(line.rstrip() == _FENCE for line in lines[:5]):
        return "l’en-tête doit commencer à la première ligne : retirez ce qui le précède."
    return "l’en-tête manque : commencez par « --- », puis date, author, category, puis « --- »."


def cut_header(text: str) -> tuple[str, str]:
    """Return the header of *text*, its fences included, and what is below. Raises FileError."""
    _, end = find_header(text)
    lines = text.split("\n")
    return "\n".join(lines[: end + 1]) + "\n", "\n".join(lines[end + 1 :])


def read_header_fields(text: str) -> dict[str, Field]:
    """Return the fields of the header of *text*, as YAML reads them. Raises FileError."""
    _, end = find_header(text)
    return read_fields("\n".join(text.split("\n")[1:end]), first_line=2)


def find_header_fields(text: str) -> dict[str, Field]:
    """Return the fields of the header of *text*; none where there is no header."""
    try:
        return read_header_fields(text)
    except FileError:
        return {}


def blank_header(text: str) -> str:
    """Return *text* with an empty line for each line of its header, so that lines keep."""
    head, below = cut_header(text)
    return "\n" * head.count("\n") + below


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cut:
    """Where the lines of a header are, from *start* to before *end*, and where the text begins."""

    start: int
    end: int
    text: int
    fault: str = ""


def _cut(text: str) -> _Cut:
    """Return where the header is, or where what was meant for one is. Raises FileError."""
    lines = text.split("\n")
    try:
        _, end = find_header(text)
    except FileError as error:
        begun = next((at for at, line in enumerate(lines[:5]) if line.rstrip() == _FENCE), 0)
        if begun and error.message != _UNCLOSED:
            _, end = find_header("\n".join(lines[begun:]))
            return _Cut(start=begun + 1, end=begun + end, text=begun + end + 1, fault=error.message)
        if begun or lines[0].startswith((_FENCE, "+++")) or not text.strip():
            raise
        return _cut_bare(lines, error.message)
    return _Cut(start=1, end=end, text=end + 1)


def _cut_bare(lines: list[str], fault: str) -> _Cut:
    """Return where keys are that no line opens: above the text, or below the title."""
    blank = (at for at, line in enumerate(lines) if line.strip() and not line.startswith("# "))
    start = next(blank, 0)
    shown = (_KEY_LINE.fullmatch(line.rstrip()) for line in lines[start : start + LONGEST_HEADER])
    keys = list(takewhile(bool, shown))
    end = start + len(keys)
    if not any(find_foreign(found["key"]) or find_name(found["key"]) for found in keys if found):
        return _Cut(start=0, end=0, text=0, fault=fault)
    told = f"la ligne {start + 1}" if end == start + 1 else f"les lignes {start + 1} à {end}"
    message = f"l’en-tête manque : commencez par « --- », puis {told}, puis « --- »."
    return _Cut(start=start, end=end, text=0, fault=message)


def _read_header(
    lines: list[str], first_line: int, faults: Sequence[tuple[int, str]]
) -> tuple[dict[str, Field], list[tuple[int, str]]]:
    """Return the fields of a header, and its lines that YAML reads otherwise.

    A sign that breaks YAML is told rather than what it breaks.
    """
    text = "\n".join(lines)
    signs = [fault for fault in faults if fault[0] < len(lines) + first_line]
    try:
        if signs:
            return read_fields(text, first_line=first_line), []
        return read_meant(text, first_line=first_line, find_kind=find_kind)
    except FileError as error:
        raise (FileError(*signs[0]) if signs else error) from None


def _name_fields(fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return the fields that go by another tool's name, by ours: all is told of them at once."""
    named: dict[str, Field] = {}
    for key, field in fields.items():
        if (name := find_name(key)) and name not in fields:
            named.setdefault(name, field)
    return named


def read_source(path: Path, *, shown_as: str, docname: str, times: int = 1) -> PostFile | Problem:
    """Return the post in *path*, or the problem, told about *shown_as*, that hides it.

    It may be *times* as long as others.
    """
    try:
        text = read_text(path)
        check_measures(text, times)
        cut = _cut(text)
        faults = [*check_text(text, cut.end)]
        lines = text.split("\n")
        fields, told = _read_header(lines[cut.start : cut.end], cut.start + 1, faults)
    except FileError as error:
        rule = LENGTHS if isinstance(error, LengthError) else ""
        return Problem(path=shown_as, line=error.line, message=error.message, rule=rule)
    fields |= _name_fields(fields)
    faults += [(1, cut.fault), *told] if cut.fault else told
    if not cut.text:
        lines[cut.start : cut.end] = [""] * (cut.end - cut.start)
    under = "\n".join(lines[cut.text :])
    body = read_body(under, first_line=cut.text + 1)
    return PostFile(
        path=shown_as,
        docname=docname,
        fields=fields,
        body=body,
        faults=tuple(faults),
        foreign=tuple(tell_foreign(under, body.code, cut.text + 1)),
    )
