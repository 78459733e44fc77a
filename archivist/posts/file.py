"""A post as its file gives it: header fields and body, each with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archivist.dates.edtf import DateError, read_day
from archivist.errors import FileError
from archivist.files import read_text
from archivist.posts.body import Body, read_body
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

_FENCE = "---"


@dataclass(frozen=True, kw_only=True)
class PostFile:
    """The file of a post: *docname* is its path below docs/ without ``.md``.

    *faults* is what its bare text has wrong, *foreign* what is another tool's, each with its line.
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
        try:
            return read_day(self.fields["date"].text).date()
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
    message = "l’en-tête n’est pas fermé, ou trop long : ajoutez une ligne « --- » avant le titre."
    raise FileError(1, message)


def _explain_missing_header(lines: list[str]) -> str:
    if lines[0].startswith("+++"):
        return "cet en-tête est en TOML (+++) : écrivez-le en YAML, entre deux lignes « --- »."
    if any(line.rstrip() == _FENCE for line in lines[:5]):
        return "l’en-tête doit commencer à la première ligne : retirez ce qui le précède."
    return "l’en-tête manque : commencez par « --- », puis date, author, category, puis « --- »."


def blank_header(text: str) -> str:
    """Return *text* with an empty line for each line of its header, so that lines keep."""
    _, end = find_header(text)
    return "\n" * (end + 1) + "\n".join(text.split("\n")[end + 1 :])


def _read_header(lines: list[str], faults: Sequence[tuple[int, str]]) -> dict[str, Field]:
    """Return the fields of a header; a sign that breaks YAML is told rather than what it breaks."""
    try:
        return read_fields("\n".join(lines), first_line=2)
    except FileError:
        for line, message in faults:
            if line <= len(lines) + 1:
                raise FileError(line, message) from None
        raise


def read_source(path: Path, *, shown_as: str, docname: str, times: int = 1) -> PostFile | Problem:
    """Return the post in *path*, or the problem, told about *shown_as*, that hides it.

    It may be *times* as long as others.
    """
    try:
        text = read_text(path)
        check_measures(text, times)
        _, end = find_header(text)
        faults = tuple(check_text(text, end))
        lines = text.split("\n")
        fields = _read_header(lines[1:end], faults)
    except FileError as error:
        rule = LENGTHS if isinstance(error, LengthError) else ""
        return Problem(path=shown_as, line=error.line, message=error.message, rule=rule)
    under = "\n".join(lines[end + 1 :])
    body = read_body(under, first_line=end + 2)
    return PostFile(
        path=shown_as,
        docname=docname,
        fields=fields,
        body=body,
        faults=faults,
        foreign=tuple(tell_foreign(under, body.code, end + 2)),
    )
