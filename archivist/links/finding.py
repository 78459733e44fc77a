"""The links to other sites that the archive holds, each with where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from archivist.addresses.web import name_address, resolve_path
from archivist.comments.reading import ENDING, Discussion, list_comments
from archivist.comments.text import list_links
from archivist.pictures.missing import read_missing
from archivist.posts.archive import Archive
from archivist.posts.fields import find_keys


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Mention:
    """Where a link stands."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideLink:
    """An address of another site, and what leads there."""

    address: str
    mentions: tuple[Mention, ...]
    day: dt.date | None
    """That of the oldest post or comment that does."""


def find_links(archive: Archive) -> dict[str, OutsideLink]:
    """Return the links to other sites of all posts, comments and pages, by address."""
    mentions: dict[str, set[Mention]] = {}
    days: dict[str, dt.date] = {}
    for text, mention, day in _list_links(archive):
        address = name_address(text)
        if address:
            mentions.setdefault(address, set()).add(mention)
            if day:
                days[address] = min(day, days.get(address, day))
    return {
        address: OutsideLink(address=address, mentions=tuple(sorted(found)), day=days.get(address))
        for address, found in sorted(mentions.items())
    }


def _list_links(archive: Archive) -> Iterator[tuple[str, Mention, dt.date | None]]:
    """Yield each link as it is written, with where it stands and the day of its post."""
    for source in archive.sources:
        for key in sorted(find_keys("address") & source.fields.keys()):
            field = source.fields[key]
            yield field.text, Mention(path=source.path, line=field.line), source.day
        for link in source.body.links:
            yield link.text, Mention(path=source.path, line=link.line), source.day
        for image in source.body.images:
            # Of a picture that an import did not find, pages show where it was.
            path = archive.docs / resolve_path(source.docname, image.target)
            yield read_missing(path), Mention(path=source.path, line=image.line), source.day
    for page in archive.pages:
        for link in page.body.links:
            yield link.text, Mention(path=page.path, line=link.line), None
    for discussion in archive.discussions:
        yield from _list_comment_links(archive, discussion)


def _list_comment_links(
    archive: Archive, discussion: Discussion
) -> Iterator[tuple[str, Mention, dt.date | None]]:
    path = archive.docs / f"{discussion.docname}{ENDING}"
    lines: list[str] = []
    for comment in list_comments(discussion.comments):
        for link in list_links(comment.text):
            # Comments are not kept with their lines, which few have links to ask for.
            lines = lines or path.read_text(encoding="utf-8").split("\n")
            found = (number for number, line in enumerate(lines, start=1) if link in line)
            mention = Mention(path=discussion.path, line=next(found, 1))
            yield link, mention, comment.date.date()
