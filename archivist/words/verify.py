"""Tell whether archived posts still say what they said, by the checksums of docs/manifest.json."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from archivist.errors import FileError
from archivist.files import read_text
from archivist.posts.archive import File, find_posts
from archivist.posts.blocks import Block, Located
from archivist.posts.fields import is_on
from archivist.posts.file import find_header
from archivist.problems import Problem, shorten_quotes
from archivist.syntax.limits import OLD_TIMES, check_measures
from archivist.syntax.yaml import read_fields
from archivist.words.canonical import WordReader
from archivist.words.errata import ERRATUM, undo_errata
from archivist.words.manifest import (
    Checksum,
    hash_passage,
    make_record,
    read_records,
    write_records,
)

_RESTORE = "remettez-les, ou déclarez un erratum."


@dataclass(frozen=True, kw_only=True, slots=True)
class PostWords:
    """The words of a post: *original* is what they were before its errata.

    *is_archived* says whether it first appeared elsewhere, and so is to have a checksum.
    """

    path: str
    docname: str
    is_archived: bool
    original: tuple[Located, ...]
    errata: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What a comparison found: *problems*, the files *unrecorded* yet, what was compared."""

    problems: tuple[Problem, ...]
    unrecorded: tuple[str, ...]
    compared: int
    errata: int


def _read_words(text: str, times: int) -> tuple[bool, list[Located], list[Block]]:
    """Return whether the post *text* is archived, its words, and the blocks that are none."""
    check_measures(text, times)
    _, end = find_header(text)
    lines = text.split("\n")
    fields = read_fields("\n".join(lines[1:end]), first_line=2)
    reader = WordReader()
    reader.read("\n".join(lines[end + 1 :]), end + 2)
    is_archived = "source" in fields and not is_on(fields.get("draft"))
    return is_archived, reader.passages, reader.later


def _read_told(file: File) -> PostWords | Problem:
    """Return the words of a post, or the problem that hides them or what they were."""
    try:
        is_archived, passages, later = _read_words(
            read_text(file.path), OLD_TIMES if file.is_long else 1
        )
        original = undo_errata(passages, later)
    except FileError as error:
        message = shorten_quotes(error.message)
        return Problem(path=file.shown_as, line=error.line, message=message)
    return PostWords(
        path=file.shown_as,
        docname=file.docname,
        is_archived=is_archived,
        original=tuple(original),
        errata=sum(block.name == ERRATUM for block in later),
    )


def verify_words(docs: Path) -> Comparison:
    """Compare the posts of *docs* with what the manifest says of their words.

    Raises ArchiveError.
    """
    docs = docs.resolve()
    records, problems = read_records(docs), list[Problem]()
    unrecorded, compared = list[str](), list[PostWords]()
    missing = dict.fromkeys(records)
    for file in find_posts(docs):
        missing.pop(file.docname, None)
        told = _read_told(file)
        record = records.get(file.docname)
        if isinstance(told, Problem):
            problems.append(told)
        elif record:
            compared.append(told)
            problems += _compare(told, record)
        elif told.is_archived:
            unrecorded.append(file.shown_as)
    gone = "ce billet de l’archive n’est plus là : remettez-le sous ce nom."
    for docname in missing:
        problems.append(Problem(path=f"{docs.name}/{docname}.md", line=1, message=gone))
    return Comparison(
        problems=tuple(sorted(problems)),
        unrecorded=tuple(unrecorded),
        compared=len(compared),
        errata=sum(told.errata for told in compared),
    )


def _compare(told: PostWords, record: Checksum) -> Iterator[Problem]:
    """Yield where a post says something else than it did; how it is cut up has no say."""
    if make_record(told.original).words == record.words:
        return
    now = [hash_passage(passage) for passage in told.original]
    steps = SequenceMatcher(a=record.passages, b=now, autojunk=False).get_opcodes()
    faults = [fault for step in steps for fault in _explain_step(told.original, *step)]
    for line, message in faults or [(1, f"les mots de l’auteur ont changé : {_RESTORE}")]:
        yield Problem(path=told.path, line=line, message=message)


def _explain_step(
    passages: Sequence[Located], kind: str, _: int, __: int, start: int, end: int
) -> Iterator[tuple[int, str]]:
    """Yield the line and the message of each passage that a step of a comparison is about."""
    if kind == "delete":
        after = passages[start : start + 1] or passages[-1:]
        line = after[0].line if after else 1
        where = "avant" if passages[start:] else "après"
        yield line, f"des mots de l’auteur manquent {where} ce passage : {_RESTORE}"
    for passage in passages[start:end] if kind == "replace" else ():
        yield passage.line, f"les mots de l’auteur ont changé dans ce passage : {_RESTORE}"
    for passage in passages[start:end] if kind == "insert" else ():
        advice = "retirez-le, ou mettez-le dans un bloc « {update} »."
        yield passage.line, f"ce passage n’est pas du billet d’origine : {advice}"


def record_words(docs: Path, docnames: Collection[str] = ()) -> tuple[list[str], list[Problem]]:
    """Record the words of the posts of *docnames* as they are now, else of those without record.

    A post that is gone loses its record. Return the posts whose record is new, and what hinders
    a record, which leaves it as it was. Raises ArchiveError.
    """
    docs = docs.resolve()
    records = read_records(docs)
    found = [
        _read_told(file)
        for file in find_posts(docs)
        if (file.docname in docnames if docnames else file.docname not in records)
    ]
    made = {
        told.docname: make_record(told.original)
        for told in found
        if isinstance(told, PostWords) and (docnames or told.is_archived)
    }
    gone = set(docnames) - {file.docname for file in find_posts(docs)}
    after = {name: record for name, record in (records | made).items() if name not in gone}
    if after != records:
        write_records(docs, after)
    both = sorted(records.keys() | after.keys())
    changed = [name for name in both if records.get(name) != after.get(name)]
    return changed, [told for told in found if isinstance(told, Problem)]
