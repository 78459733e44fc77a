"""Rules for the header of a post."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from archivist.addresses.owned import POSTS
from archivist.addresses.web import split_address
from archivist.checks.context import Known, OwnRule, Rule
from archivist.checks.labels import LABEL_RULES, LABEL_RULES_AROUND
from archivist.dates.edtf import FIRST_YEAR, LAST_YEAR, DateError, read_day, read_edtf
from archivist.dates.french import spell_day
from archivist.dates.today import tell_way_out
from archivist.posts.fields import (
    FIELDS,
    FORMATS,
    SWITCH_WORDS,
    find_keys,
    is_on,
)
from archivist.posts.file import PostFile
from archivist.posts.foreign_keys import TITLE, find_foreign, find_name
from archivist.posts.tree import is_year
from archivist.problems import Faults, suggest

_READERS: dict[str, Callable[[str], object]] = {"day": read_day, "edtf": read_edtf}
FAR_AHEAD = dt.timedelta(days=366)
"""What is later than the day of a build by more has a slip in its year."""
_EMPTY = "remplissez la ligne ou retirez-la"
_HIDDEN = "écrivez « draft: true » à la place, ou le billet sera publié."


def check_known_keys(source: PostFile) -> Faults:
    """Refuse a key nobody reads: it is a slip of the pen."""
    for key, field in source.fields.items():
        if key not in FIELDS:
            yield field.line, f"clé inconnue « {key} » : {_advise(key, source)}"


def _advise(key: str, source: PostFile) -> str:
    """Return what to write for a key that is none of ours."""
    foreign, name, field = find_foreign(key), find_name(key), source.fields[key]
    if name and source.fields[name].line != field.line:
        return f"« {name} » est déjà ligne {source.fields[name].line} : n’en gardez qu’une."
    if name == key.casefold():
        return f"écrivez « {name} »."
    if foreign and foreign.hides is not None:
        is_hidden = field.text.lower() in foreign.hides
        return _HIDDEN if is_hidden else "un billet est publié sans elle : retirez cette ligne."
    if foreign and foreign.ours == TITLE and field.text:
        return foreign.advice.replace("# Titre", f"# {field.text}")
    if name == "redirect" and foreign and field.text.startswith("/"):
        return foreign.advice.replace("/2018/06/mon-billet/", field.text)
    return foreign.advice if foreign else suggest(key, FIELDS)


def check_required_keys(source: PostFile) -> Faults:
    """Ask for the keys without which a post can be neither filed nor signed."""
    for name, key in FIELDS.items():
        field = source.fields.get(name)
        if key.is_required and field and field.listed and not field.items:
            yield field.line, f"« {name} » est vide : écrivez par exemple « {key.example} »."
        elif key.is_required and not field:
            yield 1, f"il manque « {name} » dans l’en-tête : ajoutez une ligne « {key.example} »."


def check_shapes(source: PostFile) -> Faults:
    """Ask for one value where one is read, and for something where a key is given."""
    for key, known in FIELDS.items():
        field = source.fields.get(key)
        if field and (field.nested is not None or (field.listed and known.kind != "list")):
            yield field.line, f"« {key} » attend une seule valeur, sur la même ligne."
        elif field and not field.listed and not field.text and known.is_read:
            advice = f"écrivez par exemple « {known.example} »" if known.is_required else _EMPTY
            yield field.line, f"« {key} » est vide : {advice}."


def check_switches(source: PostFile) -> Faults:
    """Ask for true or false where nothing else makes sense."""
    for key in sorted(find_keys("switch") & source.fields.keys()):
        field = source.fields[key]
        if field.text and field.text.lower() not in SWITCH_WORDS:
            yield field.line, f"« {key}: {field.text} » : écrivez true (oui) ou false (non)."


def check_numbers(source: PostFile) -> Faults:
    """Ask for a number where paragraphs or images are counted."""
    for key in sorted(find_keys("number") & source.fields.keys()):
        field = source.fields[key]
        if field.text and not re.fullmatch("[0-9]{1,3}", field.text):
            foreign = find_foreign(key)
            other = f" ; un texte va dans « {foreign.ours} »" if foreign else ""
            yield (
                field.line,
                f"« {key}: {field.text} » : écrivez un nombre, par exemple 1{other}.",
            )


def check_format(source: PostFile) -> Faults:
    """Ask for one of the formats of WordPress."""
    field = source.fields.get("format")
    if field and field.text and field.text not in FORMATS:
        formats = ", ".join(FORMATS)
        yield field.line, f"« format: {field.text} » : écrivez l’un de ceux-ci : {formats}."


def check_featured(source: PostFile) -> Faults:
    """Ask for the picture that words are said to be of."""
    field = source.fields.get("featured_alt")
    if field and "featured_image" not in source.fields:
        message = "ajoutez « featured_image: mon-billet/photo.jpg », ou retirez cette ligne."
        yield field.line, f"« featured_alt » décrit une image qui manque : {message}"


def check_dates(source: PostFile) -> Faults:
    """Ask for days that exist and EDTF dates that can be read."""
    for key, field in source.fields.items():
        read = _READERS.get(FIELDS[key].kind) if key in FIELDS else None
        if read and field.text:
            try:
                read(field.text)
            except DateError as error:
                yield field.line, str(error)


def check_year(source: PostFile, known: Known) -> Faults:
    """Refuse a date of long ago or far ahead: it is a slip of the pen."""
    for key in sorted(find_keys("day") & source.fields.keys()):
        field = source.fields[key]
        try:
            day = read_day(field.text).date()
        except DateError:
            continue
        if not FIRST_YEAR <= day.year < LAST_YEAR:
            yield field.line, f"« {key}: {day} » est hors du temps des blogs : vérifiez l’année."
        elif known.today and day - known.today > FAR_AHEAD:
            yield field.line, f"« {key}: {day} » est dans plus d’un an : vérifiez l’année."


def check_folder_year(source: PostFile) -> Faults:
    """Refuse a date of another year than that of the folder: it is the slip of January."""
    year = source.docname.split("/")[1]
    day = source.day
    if day and is_year(str(day.year)) and is_year(year) and int(year) != day.year:
        place = f"docs/{POSTS}/{day.year}/"
        message = f"corrigez la date, ou rangez ce billet dans {place}."
        line = source.fields["date"].line
        yield line, f"« date: {day} » n’est pas de {year}, l’année du dossier : {message}"


def check_known_day(source: PostFile, known: Known) -> Faults:
    """Refuse a post that may be ahead where nothing tells which day it is."""
    day = source.day
    if known.today is None and day and day > known.newest and not is_on(source.fields.get("draft")):
        told = (
            f"ce billet du {spell_day(day)} est peut-être à venir, et rien ne dit quel jour on est"
        )
        yield source.fields["date"].line, f"{told} : {tell_way_out(known.docs)}."


def check_date_agrees(source: PostFile) -> Faults:
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


def check_addresses(source: PostFile) -> Faults:
    """Refuse an outside address that is not one."""
    for key in sorted(find_keys("address") & source.fields.keys()):
        field = source.fields[key]
        parts = split_address(field.text)
        host = parts.netloc if parts and parts.scheme in {"http", "https"} else ""
        # `https://service-public.fr@exemple.fr/` is at exemple.fr.
        if field.text and (not host or "@" in host):
            yield field.line, f"« {key} » attend une adresse complète, qui commence par https://."


HEADER_RULES: tuple[OwnRule, ...] = (
    check_known_keys, check_required_keys, check_shapes, *LABEL_RULES,
    check_switches, check_numbers, check_format, check_featured, check_dates, check_folder_year, check_date_agrees,
    check_addresses,
)  # fmt: skip
HEADER_RULES_AROUND: tuple[Rule, ...] = (
    check_year, check_known_day, *LABEL_RULES_AROUND,
)  # fmt: skip
