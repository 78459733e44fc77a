"""CITATION.cff (Citation File Format 1.2.0): how sources are cited, for those who keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import yaml

from archivist.formats.citation import Person


def write_cff(
    title: str, authors: Sequence[Person], day: dt.date, *, url: str, repository: str
) -> str:
    """Return the file of what is called *title*, as it was on a *day*."""
    told = {
        "cff-version": "1.2.0",
        "message": "Pour citer ces archives ou leurs sources :",
        "type": "dataset",
        "title": title,
        "authors": [_tell(author) for author in authors] or [{"name": title}],
        "date-released": day,
        "url": url,
        "repository-code": repository,
    }
    known = {name: value for name, value in told.items() if value}
    return yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1000)


def _tell(author: Person) -> dict[str, str]:
    """Return an author; one of whom no family name is known is named whole."""
    if not author.family:
        return {"name": author.name}
    return {"family-names": author.family, "given-names": author.given}
