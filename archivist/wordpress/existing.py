"""What docs/ holds before an import: headers and names, not texts."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.addresses.old import AddressError, normalise_address
from archivist.addresses.slugs import to_slug
from archivist.errors import ArchiveError, FileError
from archivist.files import read_text, split_words
from archivist.posts.fields import is_on, split_list
from archivist.posts.file import find_header
from archivist.posts.people import Registers, read_registers
from archivist.syntax.yaml import read_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from archivist.syntax.yaml import Field

LEDGER = "wordpress.json"
_LABEL = re.compile(r"^\(([^()\s]+)\)=[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A post or page that is there: its header, title, hash; *is_stub* when only an excerpt is."""

    docname: str
    fields: Mapping[str, Field]
    title: str
    digest: str
    is_stub: bool = False
    text: str = ""

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.docname.rpartition("/")[2]


@dataclass(kw_only=True, slots=True)
class Existing:
    """All that an import must know of docs/, by docname.

    *labels* are the names of parts that each post gives; *ledger* is what the last import wrote.
    """

    docs: Path
    registers: Registers
    posts: dict[str, Written] = field(default_factory=dict)
    pages: dict[str, Written] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=dict)
    redirects: set[str] = field(default_factory=set)
    spellings: dict[str, str] = field(default_factory=dict)
    ledger: dict[str, dict[str, str]] = field(default_factory=dict)


def hash_text(text: str) -> str:
    """Return the hash of the file that holds *text*."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _read_written(path: Path, docname: str) -> Written:
    """Return what is in *path*; what cannot be read has no fields, and is not ours to change."""
    try:
        text = read_text(path)
    except FileError:
        return Written(docname=docname, fields={}, title="", digest="")
    fields: dict[str, Field] = {}
    try:
        _, end = find_header(text)
        fields = read_fields("\n".join(text.split("\n")[1:end]), first_line=2)
    except FileError:
        pass
    title = _TITLE.search(text)
    is_stub = is_on(fields.get("partial"))
    return Written(
        docname=docname,
        fields=fields,
        title=title[1] if title else "",
        digest=hash_text(text),
        is_stub=is_stub,
        text=text if is_stub else "",
    )


def _find_old_addresses(docs: Path) -> Iterator[str]:
    path = docs / "redirects.txt"
    if path.exists():
        for _, words in split_words(read_text(path)):
            try:
                yield normalise_address(words[0])
            except AddressError:
                continue


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
    """Return what the folder *docs* holds."""
    found = Existing(docs=docs, registers=read_registers(docs, docs.name))
    found.ledger = read_ledger(docs)
    found.redirects = set(_find_old_addresses(docs))
    for path in sorted((docs / "posts").rglob("*.md")):
        docname = path.relative_to(docs).as_posix().removesuffix(".md")
        found.posts[docname] = _read_written(path, docname)
        text = path.read_text(encoding="utf-8", errors="replace")
        found.labels[docname] = set(_LABEL.findall(text))
    for path in sorted(docs.glob("*.md")):
        found.pages[path.stem] = _read_written(path, path.stem)
    for post in found.posts.values():
        for label, _ in split_list(post.fields.get("tags")):
            found.spellings.setdefault(to_slug(label), " ".join(label.split()))
        for address, _ in split_list(post.fields.get("redirect")):
            _note_address(found.redirects, address)
    return found


def _note_address(addresses: set[str], address: str) -> None:
    try:
        addresses.add(normalise_address(address))
    except AddressError:
        return
