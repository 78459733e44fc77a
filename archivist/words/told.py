"""A post as the proof of its words reads it: what it says, and what is around its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archivist.errors import FileError
from archivist.files import hash_file, is_safe, read_text
from archivist.posts.archive import File
from archivist.posts.blocks import Located
from archivist.posts.fields import is_on
from archivist.posts.file import cut_header, read_header_fields
from archivist.problems import Problem, shorten_quotes
from archivist.syntax.limits import OLD_TIMES, check_measures
from archivist.syntax.yaml import Field
from archivist.words.canonical import WordReader
from archivist.words.errata import ERRATUM, undo_errata
from archivist.words.facts import Facts, hash_files, read_header
from archivist.words.titles import Titles
from archivist.words.traits import Trait, count_signs, join_traits


@dataclass(frozen=True, kw_only=True, slots=True)
class PostWords:
    """The words of a post and what is around them: *original* is what they were before its errata.

    *is_archived* says whether it first appeared elsewhere, and so is to have a checksum.
    """

    path: str
    docname: str
    is_archived: bool
    original: tuple[Located, ...]
    errata: int
    facts: Facts
    traits: tuple[Trait, ...]
    fields: Mapping[str, Field]

    def find_line(self, place: int) -> int:
        """Return the line of the passage that a trait at *place* is in."""
        line = 1
        for passage in self.original:
            if place < 0:
                break
            line = passage.line
            place -= count_signs(passage.text)
        return line


@dataclass(frozen=True, slots=True)
class ProofReader:
    """Reads posts; *titles* and *find_hash* tell what lies outside of their files."""

    titles: Titles
    find_hash: Callable[[str], str]

    def read(self, file: File) -> PostWords | Problem:
        """Return the words of a post, or the problem that hides them or what they were."""
        try:
            return self._read(file, read_text(file.path))
        except FileError as error:
            message = shorten_quotes(error.message)
            return Problem(path=file.shown_as, line=error.line, message=message)

    def _read(self, file: File, text: str) -> PostWords:
        check_measures(text, OLD_TIMES if file.is_long else 1)
        reader = read_words(text, self.titles.find)
        fields = read_header_fields(text)
        original = undo_errata(reader.passages, reader.later, reader.traits)
        header, traits = read_header(fields), tuple(join_traits(original.traits))
        return PostWords(
            path=file.shown_as,
            docname=file.docname,
            is_archived="source" in fields and not is_on(fields.get("draft")),
            original=tuple(original.passages),
            errata=sum(block.name == ERRATUM for block in reader.later),
            facts=Facts(
                header=header,
                traits=tuple(map(str, traits)),
                files=hash_files(file.docname, header, reader.files, self.find_hash),
            ),
            traits=traits,
            fields=fields,
        )


def read_words(text: str, find_title: Callable[[str], str]) -> WordReader:
    """Return the words of the post *text*. Raises FileError."""
    head, below = cut_header(text)
    reader = WordReader(find_title)
    reader.read(below, head.count("\n") + 1)
    return reader


def make_reader(docs: Path) -> ProofReader:
    """Return a reader of the posts in *docs*."""

    def find_hash(name: str) -> str:
        path = docs / name
        try:
            inside = is_safe(path) and path.resolve().is_relative_to(docs)
            return hash_file(path) if inside else ""
        except OSError:
            # The checks tell it.
            return ""

    return ProofReader(Titles(docs), find_hash)
