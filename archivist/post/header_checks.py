"""Rules for the header of a post."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.localedata import locale_identifiers

from archivist.post.addresses import split_address
from archivist.post.dates import DateError, read_day, read_edtf
from archivist.post.post import SWITCH_WORDS, split_categories, split_list
from archivist.post.problem import suggest
from archivist.post.slugs import to_slug

if TYPE_CHECKING:
    from archivist.post.known import Faults, Known, Rule
    from archivist.post.source import Source

REQUIRED = {
    "date": "date: 2018-06-22",
    "author": "author: une clé d’authors.yml",
}
SWITCHES = frozenset({"partial", "draft", "blogpost", "nocomments"})
LISTS = frozenset({"author", "category", "tags", "location", "language", "redirect"})
TEXTS = frozenset({"date", "date_edtf", "updated", "summary", "source"})
NUMBERS = frozenset({"excerpt", "image"})
ADDRESSES = frozenset({"source", "external_link", "canonical_link"})
LONGEST_LABEL = 100
KEYS = SWITCHES | LISTS | TEXTS | NUMBERS | ADDRESSES

# Keys that other tools use, and what to do with them here.
_OTHER_KEYS = {
    "title": "le titre s’écrit « # Titre », sous l’en-tête.",
    "myst": "un billet ne change pas les réglages du site : retirez cette clé.",
    "slug": "c’est le nom du fichier qui fait l’adresse : retirez cette clé.",
}


def check_known_keys(source: Source, _: Known) -> Faults:
    """Refuse a key nobody reads: it is a slip of the pen."""
    for key, field in source.fields.items():
        if key not in KEYS:
            advice = _OTHER_KEYS.get(key) or suggest(key, KEYS)
            yield field.line, f"clé inconnue « {key} » : {advice}"


def check_required_keys(source: Source, _: Known) -> Faults:
    """Ask for the keys without which a post can be neither filed nor signed."""
    for key, example in REQUIRED.items():
        field = source.fields.get(key)
        if field and field.listed and not field.items:
            yield field.line, f"« {key} » est vide : écrivez par exemple « {example} »."
        elif not field:
            yield 1, f"il manque « {key} » dans l’en-tête : ajoutez une ligne « {example} »."


def check_shapes(source: Source, _: Known) -> Faults:
    """Ask for one value where one is read, and for something where a key is given."""
    for key, field in source.fields.items():
        if field.nested is not None or (field.listed and key in KEYS - LISTS):
            yield field.line, f"« {key} » attend une seule valeur, sur la même ligne."
        elif not field.listed and not field.text and key not in {"nocomments", "blogpost"}:
            yield field.line, f"« {key} » est vide : remplissez la ligne ou retirez-la."


def check_list_items(source: Source, _: Known) -> Faults:
    """Refuse empty and unnameable labels."""
    for key in sorted(LISTS - {"redirect"}):
        for label, line in _filled(source, key):
            if not label:
                yield line, f"« {key} » contient une valeur vide : retirez la virgule en trop."
            elif len(label) > LONGEST_LABEL:
                yield line, f"« {label[:20]}… » est trop long : {LONGEST_LABEL} signes au plus."
            elif not to_slug(label):
                yield line, f"« {label} » n’a ni lettre latine ni chiffre : changez cette valeur."


def _filled(source: Source, key: str) -> list[tuple[str, int]]:
    """Return the values of the list *key*, unless check_shapes already complains of it."""
    field = source.fields.get(key)
    return split_list(field) if field and (field.listed or field.text) else []


def check_switches(source: Source, _: Known) -> Faults:
    """Ask for true or false where nothing else makes sense."""
    for key in sorted(SWITCHES & source.fields.keys()):
        field = source.fields[key]
        if field.text and field.text.lower() not in SWITCH_WORDS:
            yield field.line, f"« {key}: {field.text} » : écrivez true (oui) ou false (non)."


def check_numbers(source: Source, _: Known) -> Faults:
    """Ask for a number where paragraphs or images are counted."""
    for key in sorted(NUMBERS & source.fields.keys()):
        field = source.fields[key]
        if field.text and not re.fullmatch("[0-9]{1,3}", field.text):
            yield field.line, f"« {key}: {field.text} » : écrivez un nombre, par exemple 1."


def check_dates(source: Source, _: Known) -> Faults:
    """Ask for days that exist and EDTF dates that can be read."""
    readers = {"date": read_day, "updated": read_day, "date_edtf": read_edtf}
    for key, read in readers.items():
        field = source.fields.get(key)
        if field and field.text:
            try:
                read(field.text)
            except DateError as error:
                yield field.line, str(error)


def check_date_agrees(source: Source, _: Known) -> Faults:
    """Refuse a sorting date outside what date_edtf admits."""
    if not {"date", "date_edtf"} <= source.fields.keys():
        return
    field = source.fields["date_edtf"]
    try:
        day, shown = read_day(source.fields["date"].text).date(), read_edtf(field.text)
    except DateError:
        return
    if not shown.admits(day):
        yield field.line, f"« date: {day} » est hors de « date_edtf: {field.text} » : accordez-les."


def check_authors(source: Source, known: Known) -> Faults:
    """Refuse a signature that authors.yml does not hold."""
    authors = known.registers.authors
    for key, line in _filled(source, "author"):
        if key and key not in authors:
            yield line, f"auteur inconnu « {key} » : {suggest(key, authors)}"


def check_categories(source: Source, known: Known) -> Faults:
    """Refuse a category that categories.yml does not hold."""
    categories = known.registers.categories
    if not _filled(source, "category"):
        return
    for name, line in split_categories(source.fields["category"], known.registers):
        if name and to_slug(name) not in categories:
            names = [category.name for category in categories.values()]
            yield line, f"catégorie inconnue « {name} » : {suggest(name, names)}"


def check_addresses(source: Source, _: Known) -> Faults:
    """Refuse an outside address that is not one."""
    for key in sorted(ADDRESSES & source.fields.keys()):
        field = source.fields[key]
        parts = split_address(field.text)
        if field.text and not (parts and parts.scheme in {"http", "https"} and parts.netloc):
            yield field.line, f"« {key} » attend une adresse complète, qui commence par https://."


def check_language(source: Source, _: Known) -> Faults:
    """Ask for a language code that browsers know (BCP 47)."""
    for code, line in _filled(source, "language"):
        if code and not (code.isascii() and code.split("-")[0] in locale_identifiers()):
            yield line, f"langue inconnue « {code} » : écrivez un code, comme en (anglais)."


HEADER_RULES: tuple[Rule, ...] = (
    check_known_keys,
    check_required_keys,
    check_shapes,
    check_list_items,
    check_switches,
    check_numbers,
    check_dates,
    check_date_agrees,
    check_authors,
    check_categories,
    check_addresses,
    check_language,
)
