"""What docs/ holds before an import: the archive as it is, and what imports wrote of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from archivist.addresses.old import Redirect
from archivist.addresses.web import name_host
from archivist.checks.context import find_spellings
from archivist.errors import ArchiveError
from archivist.files import walk
from archivist.posts.archive import find_posts, read_archive
from archivist.posts.fields import is_on
from archivist.posts.people import Registers
from archivist.syntax.yaml import Field

LEDGER = "wordpress.json"
_LIST = re.compile("(?:category|tag|author)/.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A post or page that is there; one that cannot be read has no fields, and is not ours."""

    docname: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    title: str = ""

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.docname.rpartition("/")[2]

    @property
    def is_stub(self) -> bool:
        """Whether only an excerpt is there."""
        return is_on(self.fields.get("partial"))


@dataclass(kw_only=True)
class Existing:
    """All that an import must know of docs/, by docname."""

    docs: Path
    registers: Registers
    posts: dict[str, Written]
    pages: dict[str, Written]
    labels: dict[str, set[str]]  # the names of parts that each post gives
    redirects: tuple[Redirect, ...]
    lists: frozenset[str]  # the addresses of the lists of labels and authors
    spellings: dict[str, str]  # how each label is to be written, by slug
    ledger: dict[str, dict[str, str]]  # what imports wrote: by kind of thing, then by name

    def find_deleted(self) -> frozenset[str]:
        """Return the docnames of what imports wrote and a hand took away."""
        texts = (name for name in self.ledger.get("files", {}) if name.endswith(".md"))
        gone = (name for name in texts if not (self.docs / name).is_file())
        return frozenset(name.removesuffix(".md") for name in gone)

    @cached_property
    def hosts(self) -> Mapping[str, str]:
        """Where posts and pages were before, as far as that is known."""
        sources = ((name, post.fields.get("source")) for name, post in self.posts.items())
        found = {name: name_host(source.text) for name, source in sources if source}
        items = self.ledger.get("items", {}).items()
        return found | {docname: name_host(key) for key, docname in items}


def hash_bytes(data: bytes) -> str:
    """Return the hash of a file that holds *data*."""
    return hashlib.sha256(data).hexdigest()


def read_ledger(docs: Path) -> dict[str, dict[str, str]]:
    """Return what imports wrote: by kind of thing, then by name. Raises ArchiveError."""
    path = docs / LEDGER
    if not path.exists():
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        message = "JSON abîmé : reprenez la dernière version de ce fichier (git checkout)."
        raise ArchiveError(f"{path}:{error.lineno}: {message}") from error
    return read if isinstance(read, dict) else {}


def read_existing(docs: Path) -> Existing:
    """Return what the folder *docs* holds. Raises ArchiveError."""
    ledger, archive = read_ledger(docs), read_archive(docs)
    posts = {file.docname: Written(docname=file.docname) for file in find_posts(docs)}
    for source in archive.sources:
        title = source.body.title.text
        posts[source.docname] = Written(docname=source.docname, fields=source.fields, title=title)
    _, _, there = next(walk(docs))
    names = {name.removesuffix(".md") for name in there if name.endswith(".md")}
    names |= {each.docname for each in archive.pages}
    pages = {name: Written(docname=name) for name in sorted(names)}
    labels = {each.docname: {label.name for label in each.body.labels} for each in archive.sources}
    return Existing(
        docs=docs, registers=archive.registers, posts=posts, pages=pages, labels=labels,
        redirects=archive.redirects, lists=frozenset(filter(_LIST.match, archive.listings())),
        spellings=find_spellings(archive), ledger=ledger,
    )  # fmt: skip
