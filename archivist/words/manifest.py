"""docs/manifest.json: the checksums of the words of each archived post, by docname, and facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.errors import ArchiveError, FileError
from archivist.files import read_text, replace_file
from archivist.posts.blocks import Located
from archivist.problems import Problem
from archivist.words.canonical import hash_words, join_words
from archivist.words.facts import Facts, compare_files, compare_headers, compare_traits

NAME = "manifest.json"
# Of the rule in archivist/words/canonical.py: another rule is another number.
_RULE = 1
# What tells passages of one post apart; the whole has all its figures.
_FIGURES = 16
# Where a trait is: 12-20 struck, 0 start 1990
_PLACE = re.compile("[0-9]{1,9}(?=(?:-[0-9]{1,9})? )")


@dataclass(frozen=True, kw_only=True, slots=True)
class Checksum:
    """The checksum of the words of a post, the start of that of each passage, and *facts*.

    There are no facts where an older version took the checksum.
    """

    words: str
    passages: tuple[str, ...]
    facts: Facts | None = None


def make_record(passages: Sequence[Located], facts: Facts | None = None) -> Checksum:
    """Return what is recorded of a post that has the words of *passages*."""
    words = hash_words(join_words(passages))
    return Checksum(words=words, passages=tuple(map(hash_passage, passages)), facts=facts)


def hash_passage(passage: Located) -> str:
    """Return the start of the checksum of one passage."""
    return hash_words(passage.text)[:_FIGURES]


def _read_record(docname: str, value: Any) -> Checksum:  # noqa: ANN401 (what JSON may hold)
    try:
        words, passages = value["words"], tuple(value["passages"])
        bytes.fromhex("".join([words, *passages]))
        facts = _read_facts(value) if "header" in value else None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise FileError(1, _restore(f"empreinte illisible de « {docname} »")) from error
    return Checksum(words=words, passages=passages, facts=facts)


def _read_facts(value: Mapping[str, Any]) -> Facts:
    header, traits, files = dict(value["header"]), tuple(value["traits"]), dict(value["files"])
    for trait in traits:
        int(_PLACE.match(trait)[0])  # type: ignore[index]
    if not all(isinstance(each, str) for each in (*header.values(), *files.values())):
        raise TypeError
    return Facts(header=header, traits=traits, files=files)


def _read_posts(text: str) -> Mapping[str, Any]:
    """Return what the manifest says of each post. Raises FileError."""
    try:
        read = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise FileError(getattr(error, "lineno", 1), _restore("JSON abîmé")) from error
    posts = read.get("posts") if isinstance(read, dict) else None
    if not isinstance(posts, dict):
        raise FileError(1, _restore("« posts » manque"))
    if read.get("rule") != _RULE:
        raise FileError(1, f"« rule » vaut {_RULE} pour ce programme : prenez le bon.")
    return posts


def _restore(what: str) -> str:
    return f"{what} : reprenez la dernière version de ce fichier (git checkout)."


def read_records(docs: Path) -> dict[str, Checksum]:
    """Return what the manifest of *docs* holds, none if there is no manifest.

    Raises ArchiveError.
    """
    path = docs / NAME
    if not path.exists():
        return {}
    try:
        posts = _read_posts(read_text(path))
        return {docname: _read_record(docname, value) for docname, value in posts.items()}
    except FileError as error:
        problem = Problem(path=f"{docs.name}/{NAME}", line=error.line, message=error.message)
        raise ArchiveError(str(problem)) from error


def describe_change(before: Checksum | None, after: Checksum | None) -> list[str]:
    """Return in French each thing that a new record says otherwise."""
    if before is None or after is None:
        return ["empreinte prise ou retirée"]
    is_same = (before.words, before.passages) == (after.words, after.passages)
    told = [] if is_same else ["empreinte des mots prise à nouveau"]
    if before.facts is None or after.facts is None:
        return [*told, "en-tête, marques, images et commentaires notés pour la première fois"]
    told += (change for _, change in compare_headers(before.facts.header, after.facts.header))
    told += compare_traits(before.facts.traits, after.facts.traits)
    files = compare_files(before.facts.files, after.facts.files)
    return [*told, *(f"docs/{name} {change}" for name, change in files)]


def _show_record(record: Checksum) -> dict[str, object]:
    shown: dict[str, object] = {"words": record.words, "passages": record.passages}
    if facts := record.facts:
        shown |= {"header": facts.header, "traits": facts.traits, "files": facts.files}
    return shown


def read_known(docs: Path) -> Mapping[str, Checksum]:
    """Return what the manifest of *docs* records; nothing where `archivist verify` has to tell."""
    try:
        return read_records(docs)
    except ArchiveError:
        return {}


def write_records(docs: Path, records: Mapping[str, Checksum]) -> None:
    """Write the manifest of *docs*, in an order that does not depend on when posts came."""
    posts = {docname: _show_record(record) for docname, record in sorted(records.items())}
    text = json.dumps({"rule": _RULE, "posts": posts}, ensure_ascii=False, indent=1) + "\n"
    replace_file(docs / NAME, text.encode())
