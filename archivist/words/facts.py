"""What stands around the words of a post, and in them, that a stranger could change unseen.

docs/manifest.json has it beside the checksum of the words: who wrote the post, when, and where
it appeared; the traits of the words; the files that it shows or leads to, and its comments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath

from archivist.addresses.web import find_scheme, resolve_path
from archivist.comments.reading import ENDING
from archivist.posts.fields import FIELDS, is_on, split_list
from archivist.syntax.allowed import COMPANIONS, PICTURES
from archivist.syntax.yaml import Field
from archivist.words.traits import Trait

KEPT_FIELDS = (
    "author", "date", "date_edtf", "source", "canonical_link", "external_link", "license",
    "copied", "partial", "draft", "language", "summary", "featured_image", "featured_alt",
)  # fmt: skip
"""The fields of the header that say who speaks, when and where; others file the post."""

# In the place of the hash of a file that is not there.
_MISSING = "absent"
_NOTED = "faites noter ce changement par « make record POSTS=… »."
_DECLARED = "déclarez un erratum."
_NAMES = {
    "struck": "mots barrés",
    "quoted": "guillemets de <q>",
    "sup": "exposant",
    "sub": "indice",
    "quote": "citation",
    "box": "encadré",
    "start": "premier numéro d’une liste",
    "call": "appel de note",
    "table": "tableau",
    "turn": "marque de sens d’écriture",
    "picture": "image",
}
# Those of a few words, which an erratum can quote.
_OF_WORDS = frozenset({"struck", "quoted", "sup", "sub"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The *header* by field, the *traits* as text, and the *files* hashed, by path below docs/."""

    header: Mapping[str, str]
    traits: tuple[str, ...]
    files: Mapping[str, str]


def read_header(fields: Mapping[str, Field]) -> dict[str, str]:
    """Return what the header says of who speaks, when and where."""
    said = ((name, _read_field(name, fields[name])) for name in KEPT_FIELDS if name in fields)
    return {name: text for name, text in said if text}


def _read_field(name: str, field: Field) -> str:
    kind = FIELDS[name].kind
    if kind == "switch":
        return "true" if is_on(field) else ""
    texts = [text for text, _ in split_list(field)] if kind == "list" else [field.text]
    return ", ".join(" ".join(text.split()) for text in texts if text)


def hash_files(
    docname: str, header: Mapping[str, str], targets: Iterable[str], find_hash: Callable[[str], str]
) -> dict[str, str]:
    """Return the hashes of the files that go with a post: its comments, and what it leads to."""
    local = (each for each in (*targets, header.get("featured_image", "")) if not find_scheme(each))
    paths = (resolve_path(docname, each.partition("#")[0]) for each in local)
    shown = {each for each in paths if PurePosixPath(each).suffix.lower() in COMPANIONS}
    hashes = {name: find_hash(name) or _MISSING for name in sorted(shown)}
    comments = f"{docname}{ENDING}"
    said = find_hash(comments)
    return hashes | ({comments: said} if said else {})


def compare_headers(
    before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each field of the header that says something else, and what, in French."""
    for name in KEPT_FIELDS:
        if before.get(name) != after.get(name):
            yield name, _tell_change(name, before.get(name), after.get(name))


def _tell_change(what: str, before: str | None, after: str | None) -> str:
    if before is None:
        return f"{what} : « {after} » n’y était pas"
    if after is None:
        return f"{what} : « {before} » n’y est plus"
    return f"{what} : « {before} » est devenu « {after} »"


def compare_files(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each file that holds something else, came or went, and which, in French.

    A picture that came or went is a trait, or a field of the header.
    """
    for name in sorted(before.keys() | after.keys()):
        is_told = PurePosixPath(name).suffix.lower() in PICTURES
        if name not in before:
            change = "" if is_told else "n’y était pas"
        elif name not in after:
            change = "" if is_told else "n’y est plus"
        else:
            change = "" if before[name] == after[name] else "a changé"
        if change:
            yield name, change


def compare_traits(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """Yield in French each trait that came or went."""
    known, now = list(before), list(after)
    yield from (f"{_name_trait(each)} n’y est plus" for each in known if each not in now)
    yield from (f"{_name_trait(each)} n’y était pas" for each in now if each not in known)


def _name_trait(text: str) -> str:
    place, kind, *says = text.split(" ", 2)
    return " ".join((_NAMES.get(kind, kind), *says, f"(signe {place})"))


def explain_header(
    before: Mapping[str, str], after: Mapping[str, str], fields: Mapping[str, Field]
) -> Iterator[tuple[int, str]]:
    """Yield the line and the message of each field that says something else."""
    for name, change in compare_headers(before, after):
        line = fields[name].line if name in fields else 1
        yield line, f"{change} : remettez-le comme avant, ou {_NOTED}"


def explain_files(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the path below docs/ and the message of each file that is another."""
    for name, change in compare_files(before, after):
        what = "ce fichier d’un billet de l’archive"
        if name.endswith(ENDING):
            what = "le fichier des commentaires d’un billet de l’archive"
        yield name, f"{what} {change} : remettez-le comme avant, ou {_NOTED}"


def explain_traits(
    before: Iterable[str], after: Iterable[Trait], find_line: Callable[[int], int]
) -> Iterator[tuple[int, str]]:
    """Yield the line and the message of each trait that came or went."""
    known, now = set(before), {str(trait): trait for trait in after}
    for trait in (now[text] for text in now if text not in known):
        what = f"{_NAMES[trait.kind]} {trait.says}".rstrip()
        advice = _DECLARED if trait.kind in _OF_WORDS else _NOTED
        yield trait.line, f"« {what} » : l’original n’en a pas ici : retirez-le, ou {advice}"
    for text in (each for each in known if each not in now):
        place, kind, *says = text.split(" ", 2)
        what = " ".join(chain([_NAMES.get(kind, kind)], says))
        advice = _DECLARED if kind in _OF_WORDS else _NOTED
        line = find_line(int(place.partition("-")[0]))
        yield line, f"« {what} » : l’original en a ici : remettez-le, ou {advice}"
