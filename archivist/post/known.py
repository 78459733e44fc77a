"""What a rule may look up beyond the file it checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archivist.post.dates import DateError, read_day
from archivist.post.post import is_on

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from archivist.post.archive import Archive
    from archivist.post.registers import Registers
    from archivist.post.source import Source

# What a rule yields: the line, and the mistake in French.
Faults: TypeAlias = Iterator[tuple[int, str]]
Rule: TypeAlias = Callable[["Source", "Known"], Faults]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a rule may look up beyond its post.

    *docnames* gives the file of each page and post;
    *files* are those of docs/ that are no pages, *hidden* the posts not to be published.
    """

    docs: Path
    registers: Registers
    docnames: Mapping[str, str]
    files: frozenset[str]
    hidden: frozenset[str]


def _is_hidden(source: Source, today: dt.date | None) -> bool:
    """Tell whether *source* is a draft, or dated after *today*."""
    try:
        day = read_day(source.fields["date"].text).date()
    except (DateError, KeyError):
        return False
    return is_on(source.fields.get("draft")) or (today is not None and day > today)


def find_hidden(archive: Archive, today: dt.date | None) -> frozenset[str]:
    """Return the docnames of the posts that are not to be seen on the day *today*."""
    return frozenset(each.docname for each in archive.sources if _is_hidden(each, today))


def look_around(archive: Archive, today: dt.date | None) -> Known:
    """Return what rules may look up in *archive* on the day *today*."""
    return Known(
        docs=archive.docs,
        registers=archive.registers,
        docnames=archive.docnames(),
        files=archive.files,
        hidden=find_hidden(archive, today),
    )
