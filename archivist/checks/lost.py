"""Addresses that answered, and would answer no more: of posts renamed or deleted by hand.

What there was is what the last commit has, as far as git can tell, and what the manifest has.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from archivist.addresses.old import (
    AddressError,
    fold_address,
    normalise_address,
    resolve_redirects,
    spell_address,
)
from archivist.addresses.owned import POSTS
from archivist.errors import FileError
from archivist.files import read_text
from archivist.git import ask_git
from archivist.posts.archive import Archive
from archivist.posts.fields import is_on, split_list
from archivist.posts.file import cut_header, find_header_day, find_header_fields
from archivist.problems import Problem
from archivist.syntax.yaml import Field
from archivist.words.manifest import read_known

_POST = re.compile(rf"{POSTS}/[0-9]+/[a-z0-9][^/]*\.md")


def list_addresses(docname: str, fields: Mapping[str, Field]) -> list[str]:
    """Return where a post answers: its page, its short address, its old ones."""
    old = [text for text, _ in split_list(fields.get("redirect"))]
    found = []
    for text in (f"/{docname}.html", f"/{docname.rpartition('/')[2]}/", *old):
        # Where it is none, nothing answered there.
        with suppress(AddressError):
            found.append(normalise_address(text))
    return list(dict.fromkeys(found))


def has_answered(docs: Path, docname: str) -> bool:
    """Tell whether readers may know a post: it was committed, or recorded, or git knows nothing."""
    committed = _list_committed(docs)
    return not committed or docname in committed | _list_recorded(docs)


def check_lost(archive: Archive, today: dt.date | None = None) -> Iterator[Problem]:
    """Yield each post that is there no more though one of its addresses leads nowhere now."""
    there = {source.docname for source in archive.sources}
    there |= {each.path.partition("/")[2].removesuffix(".md") for each in archive.problems}
    targets, _ = resolve_redirects(archive.redirects, archive.addresses())
    answers = {f"{source.slug}/" for source in archive.sources} | set(map(fold_address, targets))
    answers |= {fold_address(each.old) for each in archive.redirects if each.reason}
    committed = _list_committed(archive.docs)
    if committed and not committed & there:
        # Another archive was begun here; a build asks before all are lost.
        return
    new: dict[str, str] | None = None
    for docname in sorted((committed | _list_recorded(archive.docs)) - there):
        text = _read_committed(archive.docs, docname) if docname in committed else ""
        fields = find_header_fields(text)
        if _was_hidden(fields, today):
            continue
        lost = [
            each for each in list_addresses(docname, fields) if fold_address(each) not in answers
        ]
        if lost:
            new = _list_new(archive, committed) if new is None else new
            path, below = f"{archive.docs.name}/{docname}.md", _find_text(text)
            message = _advise(lost, new.get(below, "") if below else "")
            yield Problem(path=path, line=1, message=message)


def _advise(lost: list[str], new: str) -> str:
    spelled = [spell_address(each) for each in lost]
    shown = ", ".join(spelled)
    verb = "ne répond plus" if len(lost) == 1 else "ne répondent plus"
    listed = ", ".join(f'"{each}"' for each in spelled)
    where = f"de {new}" if new else "du billet renommé"
    return (
        f"ce billet n’est plus là, et {shown} {verb} : écrivez « redirect: [{listed}] » dans "
        f"l’en-tête {where} ; s’il est retiré, remettez-le, puis archivist delete le retire."
    )


def _list_new(archive: Archive, committed: Container[str]) -> dict[str, str]:
    """Return the files that were not there before, by what they hold below their header."""
    new: dict[str, str] = {}
    for source in archive.sources:
        if source.docname not in committed:
            text = read_text(archive.docs / f"{source.docname}.md")
            new.setdefault(_find_text(text), source.path)
    return new


def _find_text(text: str) -> str:
    """Return what is below the header of *text*; nothing where it has none."""
    try:
        return cut_header(text)[1]
    except FileError:
        return ""


def _was_hidden(fields: Mapping[str, Field], today: dt.date | None) -> bool:
    day = find_header_day(fields)
    return is_on(fields.get("draft")) or bool(today and day and day > today)


def _list_recorded(docs: Path) -> frozenset[str]:
    records = read_known(docs)
    drafts = {name for name, each in records.items() if each.facts and "draft" in each.facts.header}
    return frozenset(records.keys() - drafts)


def _list_committed(docs: Path) -> frozenset[str]:
    told = _ask(docs, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", POSTS)
    return frozenset(name.removesuffix(".md") for name in told.split("\0") if _POST.fullmatch(name))


def _read_committed(docs: Path, docname: str) -> str:
    return _ask(docs, "cat-file", "blob", f"HEAD:./{docname}.md").replace("\r\n", "\n")


def _ask(docs: Path, *words: str) -> str:
    return ask_git(docs, *words)[0].decode("utf-8-sig", "replace")
