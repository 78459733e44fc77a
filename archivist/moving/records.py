"""What docs/ records of posts by their names: it follows them, and proves their words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from archivist.errors import ArchiveError
from archivist.moving.changes import Changes
from archivist.posts.archive import find_posts
from archivist.posts.tree import EXCEPTIONS
from archivist.problems import Problem
from archivist.wordpress.existing import LEDGER, hash_bytes, read_ledger
from archivist.words.manifest import NAME, Checksum, make_record, read_records, write_records
from archivist.words.told import PostWords, make_reader


def follow_exceptions(changes: Changes, find_name: Callable[[str], str]) -> None:
    """Name posts as *find_name* does in the exceptions; those without a name go."""
    lines = changes.read(EXCEPTIONS).split("\n")
    kept = []
    for line in lines:
        docname = line.partition(" ")[0]
        name = find_name(docname)
        kept += [line.replace(docname, name, 1)] if name or not docname else []
    changes.write(EXCEPTIONS, "\n".join(kept))


def follow_import(changes: Changes, find_name: Callable[[str], str]) -> None:
    """Name what imports wrote as it is now, so that the next one knows it again."""
    before = read_ledger(changes.docs)
    if not before:
        return
    after = dict(before)
    after["items"] = {key: find_name(name) for key, name in before.get("items", {}).items()}
    for kind in ("files", "missing"):
        after[kind] = {changes.rename(name): each for name, each in before.get(kind, {}).items()}
    for name, text in changes.texts.items():
        old = next((each for each, new in changes.moves.items() if new == name), name)
        path = changes.docs / old
        # What a hand had changed stays known as such.
        if path.exists() and before.get("files", {}).get(old) == hash_bytes(path.read_bytes()):
            after["files"][name] = hash_bytes(text.encode())
    changes.write(LEDGER, json.dumps(after, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def follow_manifest(changes: Changes, whole: Path, find_name: Callable[[str], str]) -> None:
    """Name posts as they are now in the manifest, and those of their files.

    *whole* is docs/ as it will be. Raises ArchiveError where the words of a post would change.
    """
    records, after = read_records(changes.docs), dict[str, Checksum]()
    told = dict(_read_both(changes, whole, find_name))
    for docname, record in records.items():
        if name := find_name(docname):
            after[name] = _follow(record, told.get(docname), changes)
    if after != records:
        write_records(whole, after)
        changes.write(NAME, (whole / NAME).read_text(encoding="utf-8"))


def _read_both(
    changes: Changes, whole: Path, find_name: Callable[[str], str]
) -> Iterator[tuple[str, tuple[PostWords, PostWords]]]:
    """Yield each post that moves or changes, as it is and as it will be, by its docname."""
    now, then = make_reader(changes.docs), make_reader(whole)
    places = {file.docname: file for file in find_posts(whole)}
    for file in find_posts(changes.docs):
        name = find_name(file.docname)
        if f"{name}.md" not in {*changes.texts, *changes.moves.values()}:
            continue
        both = now.read(file), then.read(places[name])
        if isinstance(both[0], Problem) or isinstance(both[1], Problem):
            continue
        if make_record(both[0].original).words != make_record(both[1].original).words:
            raise ArchiveError(f"{file.shown_as} : ses mots changeraient, rien n’est fait.")
        yield file.docname, (both[0], both[1])


def _follow(
    record: Checksum, told: tuple[PostWords, PostWords] | None, changes: Changes
) -> Checksum:
    """Return what is recorded of a post, with its files as they are called now."""
    if told:
        before, led = told
        if make_record(before.original, record.facts and before.facts) == record:
            return make_record(led.original, record.facts and led.facts)
    if record.facts is None:
        return record
    files = {changes.rename(name): digest for name, digest in record.facts.files.items()}
    return replace(record, facts=replace(record.facts, files=files))
