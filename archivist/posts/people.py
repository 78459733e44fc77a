"""Who signs, what the categories are, where posts come from: authors, categories, blogs.yml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from archivist.addresses.slugs import is_slug, to_slug
from archivist.addresses.web import SCHEMES, find_address_fault
from archivist.errors import FileError
from archivist.files import read_text
from archivist.problems import Faults, Problem, suggest
from archivist.syntax.characters import find_sign
from archivist.syntax.limits import DEEPEST_CATEGORY, LARGEST_REGISTER, LONGEST_ENTRY
from archivist.syntax.yaml import Field
from archivist.syntax.yaml_lines import read_meant

_AUTHOR_KEYS = frozenset({"name", "link", "family", "given", "license", "type"})
_TYPES = ("personne", "organisation")
_BLOG_KEYS = frozenset({"name", "url", "description"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """A signature."""

    key: str
    """In front matter and in the address."""
    name: str
    link: str = ""
    family: str = ""
    """Known together with *given*, or not at all."""
    given: str = ""
    license: str = ""
    """What they state for all their posts, in their words."""
    type: str = ""
    """One of _TYPES, or nothing for a person."""

    @property
    def is_organisation(self) -> bool:
        """Whether it is no person: its name is one, and is never parted."""
        return self.type == _TYPES[1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """A heading of the closed list, and what it covers; *parent* is the slug of a wider one."""

    name: str
    slug: str
    description: str = ""
    parent: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceBlog:
    """A blog that posts come from; *key* is in their header and in the address of its list."""

    key: str
    name: str
    url: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Registers:
    """Authors and blogs by key, categories by slug, as far as they could be read.

    *unread* are the keys of a header whose values are in a file that could not be.
    """

    authors: dict[str, Author]
    categories: dict[str, Category]
    blogs: dict[str, SourceBlog] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()


def _read_entries(path: Path, name: str) -> tuple[dict[str, Field] | None, list[Problem]]:
    try:
        entries, faults = read_meant(_read_text(path), name="fichier")
    except FileError as error:
        return None, _tell(name, [(error.line, error.message)])
    return entries, _tell(name, faults)


def _read_text(path: Path) -> str:
    text = read_text(path)
    if len(text) > LARGEST_REGISTER:
        raise FileError(1, f"fichier de plus de {LARGEST_REGISTER} signes : raccourcissez-le.")
    return text


def _tell(name: str, faults: Iterable[tuple[int, str]]) -> list[Problem]:
    return [Problem(path=name, line=line, message=message) for line, message in faults]


def _check_entry(name: str, entry: Field, allowed: frozenset[str]) -> Faults:
    if entry.nested is None and entry.text:
        keys = ", ".join(sorted(allowed))
        yield entry.line, f"« {name} » attend des lignes en retrait parmi : {keys}."
    yield from _check_text(name, entry.line)
    for key, value in (entry.nested or {}).items():
        if key not in allowed:
            yield value.line, f"clé inconnue « {key} » : {suggest(key, allowed)}"
        elif key != "parent" and (value.listed or value.nested is not None):
            yield value.line, f"« {key} » attend une seule valeur, sur la même ligne."
        yield from _check_text(value.text, value.line)


def _check_text(text: str, line: int) -> Faults:
    """Refuse what no name nor description needs: it may come from people nobody knows."""
    if fault := find_sign(text, in_header=True):
        yield line, fault
    if len(text) > LONGEST_ENTRY:
        yield line, f"« {text[:20]}… » est trop long : {LONGEST_ENTRY} signes au plus."


def _values(entry: Field) -> dict[str, str]:
    return {key: field.text for key, field in (entry.nested or {}).items()}


def _read_keyed(
    path: Path, name: str, allowed: frozenset[str]
) -> tuple[dict[str, dict[str, str]] | None, list[Problem]]:
    """Return what each entry says, by key, which is its name where it gives none."""
    entries, problems = _read_entries(path, name)
    found = {}
    for key, entry in (entries or {}).items():
        faults = [*_check_entry(key, entry, allowed), *_check_values(entry)]
        if not is_slug(key):
            example = f"écrivez par exemple « {to_slug(key) or f'{path.stem[:-1]}-1'} »."
            faults.append((entry.line, f"la clé « {key} » sert d’adresse : {example}"))
        problems += _tell(name, faults)
        values = {each: text for each, text in _values(entry).items() if text and each in allowed}
        found[key] = {"key": key, "name": key} | values
    return (None if entries is None else found), problems


def _check_values(entry: Field) -> Faults:
    """Ask for addresses, and both parts of a name: references sort by the one, print the other."""
    fields, values = entry.nested or {}, _values(entry)
    for key in fields.keys() & {"link", "url"}:
        if fault := values[key] and find_address_fault(values[key], SCHEMES):
            yield fields[key].line, fault
    for here, other in (("family", "given"), ("given", "family")):
        if values.get(here) and not values.get(other):
            advice = f"« {here} » va avec « {other} » : ajoutez-la, ou retirez cette ligne."
            yield fields[here].line, advice
    if values.get("type", _TYPES[0]) not in _TYPES:
        yield fields["type"].line, f"« type » attend {' ou '.join(_TYPES)}."
    elif values.get("type") == _TYPES[1] and values.get("family"):
        advice = "une organisation n’a qu’un nom : retirez « family » et « given »."
        yield fields["type"].line, advice


def _read_categories(path: Path, name: str) -> tuple[dict[str, Category] | None, list[Problem]]:
    entries, problems = _read_entries(path, name)
    categories: dict[str, Category] = {}
    for label, entry in (entries or {}).items():
        faults = list(_check_entry(label, entry, frozenset({"description", "parent"})))
        slug = to_slug(label)
        if slug in categories or not slug:
            faults.append((entry.line, f"« {label} » n’a pas d’adresse à elle : changez son nom."))
        problems += _tell(name, faults)
        values = _values(entry)
        parent, description = to_slug(values.get("parent", "")), values.get("description", "")
        category = Category(name=label, slug=slug, description=description, parent=parent)
        categories.setdefault(slug, category)
    problems += _tell(name, _check_parents(entries or {}, categories))
    return (None if entries is None else categories), problems


def _check_parents(entries: dict[str, Field], categories: dict[str, Category]) -> Faults:
    """Yield what is wrong with the categories that others say they are part of."""
    names = [category.name for category in categories.values()]
    for label, entry in entries.items():
        field = (entry.nested or {}).get("parent")
        parent = categories.get(to_slug(field.text)) if field else None
        if field and not field.text:
            yield field.line, "« parent » attend une catégorie : nommez-la, ou retirez la ligne."
        elif field and (parent is None or parent.name != field.text):
            yield field.line, f"catégorie inconnue « {field.text} » : {suggest(field.text, names)}"
        elif field and to_slug(label) in _list_ancestors(parent, categories):
            message = f"« {label} » ferait partie d’elle-même : changez ou retirez cette ligne."
            yield field.line, message
        elif field and len(_list_ancestors(parent, categories)) > DEEPEST_CATEGORY:
            message = (
                f"plus de {DEEPEST_CATEGORY} catégories l’une dans l’autre : retirez la ligne."
            )
            yield field.line, message


def _list_ancestors(category: Category | None, categories: dict[str, Category]) -> list[str]:
    """Return the slugs of *category* and of what it is part of, each once."""
    found: dict[str, None] = {}
    while category and category.slug not in found:
        found[category.slug] = None
        category = categories.get(category.parent)
    return list(found)


def read_registers(docs: Path, shown_as: str) -> Registers:
    """Return the registers of the folder *docs*, called *shown_as* in messages."""
    path = docs / "authors.yml"
    authors, faults = _read_keyed(path, f"{shown_as}/{path.name}", _AUTHOR_KEYS)
    path = docs / "categories.yml"
    categories, more = _read_categories(path, f"{shown_as}/{path.name}")
    path = docs / "blogs.yml"
    # Few archives hold several blogs.
    is_there, name = path.exists(), f"{shown_as}/{path.name}"
    blogs, others = _read_keyed(path, name, _BLOG_KEYS) if is_there else ({}, [])
    read = {"author": authors, "category": categories, "blog": blogs}
    return Registers(
        authors={key: Author(**values) for key, values in (authors or {}).items()},
        categories=categories or {},
        blogs={key: SourceBlog(**values) for key, values in (blogs or {}).items()},
        problems=(*faults, *more, *others),
        unread=frozenset(key for key, entries in read.items() if entries is None),
    )
