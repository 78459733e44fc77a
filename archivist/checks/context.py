"""What a rule may look up beyond the file it checks."""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from archivist.addresses.slugs import to_slug
from archivist.dates.edtf import DateError, read_day
from archivist.dates.today import WRITTEN
from archivist.posts.archive import Archive, Once, make_anew
from archivist.posts.fields import is_on, read_one, split_list
from archivist.posts.file import PostFile
from archivist.posts.labels import name_list_labels, read_name
from archivist.posts.people import Registers
from archivist.problems import Faults, KnownWords
from archivist.syntax.allowed import NAME_ROLES
from archivist.words.manifest import Checksum, read_known

OwnRule: TypeAlias = Callable[["PostFile"], Faults]
"""Looks at nothing but a post."""
Rule: TypeAlias = Callable[["PostFile", "Known"], Faults]
"""Looks around too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a rule may look up beyond its post.

    *docnames* gives the file of each page and post, *pages* its docname by its last part,
    *anchors* the parts of it that links can
    lead to; *files* are those of docs/ that are no pages, *hidden* the posts not to be
    published. *labels* are those that ``{ref}`` knows, and whether they have a title;
    *taken_labels* those that no other part of a text may have, *list_labels* those that no post
    may. *terms* are the words of the glossary by themselves in small letters, *spellings* how
    each tag, place or series is to be written, *names* how each name in a text, by slug. *days* gives the day of
    each post of which it is known for certain. *newest* is a day that has come for certain. *near_pages* and *near_labels* find what was meant.
    *once* remembers what was made of a file.
    """

    docs: Path
    registers: Registers
    docnames: Mapping[str, str]
    pages: Mapping[str, str]
    anchors: Mapping[str, frozenset[str]]
    files: frozenset[str]
    hidden: frozenset[str]
    labels: Mapping[str, bool]
    taken_labels: frozenset[str]
    list_labels: frozenset[str]
    terms: Mapping[str, str]
    spellings: Mapping[str, str]
    names: Mapping[str, str]
    days: Mapping[str, dt.date]
    today: dt.date | None
    newest: dt.date
    near_pages: KnownWords
    near_labels: KnownWords
    once: Once = make_anew

    def sum_up(self) -> str:
        """Return a digest of all that a rule may look up, but what is in files."""
        sets = (self.files, self.hidden, self.taken_labels, self.list_labels)
        tables = (self.docnames, self.labels, self.terms, self.spellings, self.names, self.days)
        told = [
            *map(sorted, sets),
            *(sorted(table.items()) for table in tables),
            sorted((name, sorted(anchors)) for name, anchors in self.anchors.items()),
            sorted((key, each.name) for key, each in self.registers.authors.items()),
            sorted((key, each.name) for key, each in self.registers.blogs.items()),
            sorted(self.registers.unread),
            sorted(self.registers.categories.items()),
            self.today,
            self.newest,
        ]
        return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass")).hexdigest()

    def has_term(self, word: str) -> bool:
        """Tell whether the glossary explains *word*, whatever its capitals."""
        return word.lower() in self.terms


def find_hidden(archive: Archive, today: dt.date | None) -> frozenset[str]:
    """Return the docnames of the posts that are not to be seen on the day *today*."""
    return frozenset(
        source.docname
        for source in archive.sources
        if (day := source.day)
        and (is_on(source.fields.get("draft")) or (today is not None and day > today))
    )


def look_around(archive: Archive, today: dt.date | None, once: Once = make_anew) -> Known:
    """Return what rules may look up in *archive* on the day *today*."""
    hidden = find_hidden(archive, today)
    seen = archive.without(hidden)
    lists = name_list_labels(seen.listings())
    standing = lists | _find_post_labels(seen)
    own = Counter(label.name.lower() for body in archive.bodies().values() for label in body.labels)
    titled = {
        label.name.lower(): bool(label.owner)
        for body in seen.bodies().values()
        for label in body.labels
    }
    recorded = read_known(archive.docs)
    by_age = _sort_by_age(archive, recorded)
    pages = {posixpath.basename(docname): docname for docname in sorted(archive.docnames())}
    labels = titled | dict.fromkeys(standing, True)
    return Known(
        docs=archive.docs,
        registers=archive.registers,
        docnames=archive.docnames(),
        pages=pages,
        anchors={name: body.anchors for name, body in archive.bodies().items()},
        files=archive.files,
        hidden=hidden,
        labels=labels,
        taken_labels=standing | {name for name, uses in own.items() if uses > 1} | _SPHINX_LABELS,
        list_labels=lists | _SPHINX_LABELS,
        terms=_find_terms(archive),
        spellings=_choose_labels(by_age),
        names=_find_names(by_age),
        days={
            each.docname: day
            for each in archive.sources
            if (day := each.day) and "date_edtf" not in each.fields
        },
        today=today,
        newest=today or _find_newest(recorded),
        near_pages=KnownWords(pages),
        near_labels=KnownWords(labels),
        once=once,
    )


# Labels that Sphinx keeps for itself.
_SPHINX_LABELS = frozenset({"genindex", "modindex", "py-modindex", "search"})


def _find_newest(recorded: Mapping[str, Checksum]) -> dt.date:
    """Return the newest day that has come, as far as what others noted tells.

    It is that of this program, or the one recorded of a post that had appeared elsewhere. No post
    vouches for any: it may be ahead itself.
    """
    headers = (each.facts.header for each in recorded.values() if each.facts)
    dates = [header["date"] for header in headers if {"date", "source"} <= header.keys()]
    try:
        return max([WRITTEN, *(read_day(date).date() for date in dates)])
    except DateError:
        # Its file is damaged: the words cannot be proven either.
        return WRITTEN


def _find_post_labels(archive: Archive) -> frozenset[str]:
    """Return the labels of posts, as archivist.site gives them."""
    names = [each.docname.removeprefix("posts/") for each in archive.sources]
    slugs = Counter(each.slug for each in archive.sources)
    own = {slug for slug, uses in slugs.items() if uses == 1}
    return frozenset(map(str.lower, {*names, *own}))


def _find_terms(archive: Archive) -> dict[str, str]:
    """Return what `{glossary}` explains, its lines not set back, by themselves in small letters."""
    blocks = [block for page in archive.pages for block in page.body.blocks]
    lines = [
        line for block in blocks if block.name == "glossary" for line in block.content.split("\n")
    ]
    words = (line.strip() for line in lines if line.strip() and not line[0].isspace())
    return {word.lower(): word for word in words}


def find_spellings(archive: Archive) -> dict[str, str]:
    """Return how each label is to be written: as the first post that is there writes it."""
    return _choose_labels(_sort_by_age(archive, read_known(archive.docs)))


def _choose_labels(by_age: Sequence[PostFile]) -> dict[str, str]:
    labels: list[tuple[str, int]] = []
    for fields in (source.fields for source in by_age):
        labels += [*split_list(fields.get("tags")), *split_list(fields.get("location"))]
        labels += read_one(fields.get("series"))
    return _choose_spellings(" ".join(label.split()) for label, _ in labels)


def _find_names(by_age: Sequence[PostFile]) -> dict[str, str]:
    """Return how each name that texts mark is to be filed: as the first post has it."""
    roles = (role for source in by_age for role in source.body.roles)
    marked = (read_name(role.text) for role in roles if role.name in NAME_ROLES)
    return _choose_spellings(name.filed for name in marked)


def _choose_spellings(labels: Iterable[str]) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for label in labels:
        spellings.setdefault(to_slug(label), label)
    return spellings


def _sort_by_age(archive: Archive, recorded: Container[str]) -> list[PostFile]:
    """Return the posts, those first that others are to follow.

    What is recorded was there before: a new post may well be dated earlier, and two new ones
    are no majority. Then the day decides, and a post without any is the last.
    """

    def rank(source: PostFile) -> tuple[bool, dt.date, str]:
        return source.docname not in recorded, source.day or dt.date.max, source.docname

    return sorted(archive.sources, key=rank)
