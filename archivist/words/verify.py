"""Tell whether archived posts still say what they said, by what docs/manifest.json records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from archivist.comments.reading import ENDING
from archivist.posts.archive import find_posts
from archivist.posts.blocks import Located
from archivist.problems import Problem, shorten_quotes
from archivist.words.facts import explain_files, explain_header, explain_traits
from archivist.words.manifest import (
    Checksum,
    hash_passage,
    make_record,
    read_records,
    write_records,
)
from archivist.words.told import PostWords, make_reader

_RESTORE = "remettez-les, ou déclarez un erratum."


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What a comparison found: *problems*, the files *unrecorded* yet, what was compared.

    Of the posts that are *incomplete* an older version recorded the words alone.
    """

    problems: tuple[Problem, ...]
    unrecorded: tuple[str, ...]
    incomplete: tuple[str, ...]
    compared: int
    errata: int


def verify_words(docs: Path) -> Comparison:
    """Compare the posts of *docs* with what the manifest says of them.

    Raises ArchiveError.
    """
    docs = docs.resolve()
    records, problems = read_records(docs), list[Problem]()
    unrecorded, compared = list[str](), list[PostWords]()
    missing, reader = dict.fromkeys(records), make_reader(docs)
    for file in find_posts(docs):
        missing.pop(file.docname, None)
        told = reader.read(file)
        record = records.get(file.docname)
        if isinstance(told, Problem):
            problems.append(told)
        elif record:
            compared.append(told)
            problems += _compare(told, record, docs.name)
        elif told.is_archived:
            unrecorded.append(file.shown_as)
    gone = (
        "ce billet de l’archive n’est plus là : remettez-le sous ce nom, ou voyez archivist rename."
    )
    for docname in missing:
        problems.append(Problem(path=f"{docs.name}/{docname}.md", line=1, message=gone))
    return Comparison(
        problems=tuple(sorted(problems)),
        unrecorded=tuple(unrecorded),
        incomplete=tuple(told.path for told in compared if not records[told.docname].facts),
        compared=len(compared),
        errata=sum(told.errata for told in compared),
    )


def _compare(told: PostWords, record: Checksum, folder: str) -> Iterator[Problem]:
    """Yield where a post says something else than it did; how it is cut up has no say."""
    is_same = make_record(told.original).words == record.words
    faults = [] if is_same else list(_explain_words(told, record))
    if record.facts:
        faults += explain_header(record.facts.header, told.facts.header, told.fields)
    if record.facts and is_same:
        # Where words are others, so are the places of all that follow.
        faults += explain_traits(record.facts.traits, told.traits, told.find_line)
    for line, message in faults:
        yield Problem(path=told.path, line=line, message=shorten_quotes(message))
    known = record.facts.files if record.facts else told.facts.files
    for name, message in explain_files(known, told.facts.files):
        yield Problem(path=f"{folder}/{name}", line=1, message=message)


def _explain_words(told: PostWords, record: Checksum) -> Iterator[tuple[int, str]]:
    """Yield the line and the message of each passage that is another."""
    now = [hash_passage(passage) for passage in told.original]
    steps = SequenceMatcher(a=record.passages, b=now, autojunk=False).get_opcodes()
    faults = [fault for step in steps for fault in _explain_step(told.original, *step)]
    yield from faults or [(1, f"les mots de l’auteur ont changé : {_RESTORE}")]


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


def record_words(
    docs: Path, docnames: Collection[str] = (), written: Collection[str] | None = None
) -> tuple[list[str], list[Problem]]:
    """Record the posts of *docnames* as they are now, else what is not recorded of any yet.

    A post that is gone loses its record. *written* are the files that an import wrote: of the
    others, what is recorded stays. Return the posts whose record is new, and what hinders a
    record, which leaves it as it was. Raises ArchiveError.
    """
    docs = docs.resolve()
    records, reader = read_records(docs), make_reader(docs)
    is_named = bool(docnames) or written is not None
    files = {file.docname: file for file in find_posts(docs)}
    wanted = [
        file
        for docname, file in files.items()
        if (docname in docnames if is_named else not _is_whole(records.get(docname)))
    ]
    found = [reader.read(file) for file in wanted]
    made = {
        told.docname: _record(told, records.get(told.docname), written, is_named=is_named)
        for told in found
        if isinstance(told, PostWords) and (docnames or told.is_archived or told.docname in records)
    }
    gone = set(docnames) - files.keys()
    after = {name: record for name, record in (records | made).items() if name not in gone}
    after = _note_files(after, written or (), reader.find_hash)
    if after != records:
        write_records(docs, after)
    both = sorted(records.keys() | after.keys())
    changed = [name for name in both if records.get(name) != after.get(name)]
    return changed, [told for told in found if isinstance(told, Problem)]


def _is_whole(record: Checksum | None) -> bool:
    return record is not None and record.facts is not None


def _record(
    told: PostWords, before: Checksum | None, written: Collection[str] | None, *, is_named: bool
) -> Checksum:
    """Return what is to be recorded of a post, where *before* has a say."""
    record = make_record(told.original, told.facts)
    if before and not is_named:
        # Its words are recorded; what an older version did not record is what there is.
        return replace(before, facts=told.facts)
    if before and before.facts and written is not None:
        known, now = before.facts.files, told.facts.files
        kept = {name: known.get(name, digest) for name, digest in now.items()}
        return replace(record, facts=replace(told.facts, files=kept))
    return record


def _note_files(
    records: Mapping[str, Checksum], written: Collection[str], find_hash: Callable[[str], str]
) -> dict[str, Checksum]:
    """Return *records* with the hashes of the files that an import has *written*."""
    noted = dict(records)
    for docname, record in records.items():
        own = {*(record.facts.files if record.facts else ()), f"{docname}{ENDING}"}
        new = {name: find_hash(name) for name in own.intersection(written)}
        if record.facts and new:
            facts = replace(record.facts, files={**record.facts.files, **new})
            noted[docname] = replace(record, facts=facts)
    return noted
