"""Rules for the header of a post."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from archivist.addresses.slugs import to_slug
from archivist.addresses.web import split_address
from archivist.checks.context import Known, OwnRule, Rule
from archivist.dates.edtf import FIRST_YEAR, LAST_YEAR, DateError, read_day, read_edtf
from archivist.dates.french import spell_day
from archivist.dates.today import tell_way_out
from archivist.posts.fields import (
    FIELDS,
    FORMATS,
    SWITCH_WORDS,
    find_keys,
    is_on,
    read_series,
    split_categories,
    split_list,
)
from archivist.posts.file import PostFile
from archivist.posts.labels import name_language, spell_language
from archivist.problems import Faults, suggest
from archivist.syntax.allowed import LANGUAGE
from archivist.syntax.limits import LONGEST_LABEL, MOST_LABELS

_LISTS = find_keys("list")
_READERS: dict[str, Callable[[str], object]] = {"day": read_day, "edtf": read_edtf}
FAR_AHEAD = dt.timedelta(days=366)
"""What is later than the day of a build by more has a slip in its year."""
# Signs of YAML, HTML, Markdown or addresses, which no label needs.
_UNWANTED = re.compile(r"[;\[\]{}<>|\\`“”]|(?<! )/|/(?! )")

# Keys that other tools use, and what to do with them here.
_OTHER_KEYS = {
    "title": "le titre s’écrit « # Titre », sous l’en-tête.",
    "myst": "un billet ne change pas les réglages du site : retirez cette clé.",
    "slug": "c’est le nom du fichier qui fait l’adresse : retirez cette clé.",
}


def check_known_keys(source: PostFile) -> Faults:
    """Refuse a key nobody reads: it is a slip of the pen."""
    for key, field in source.fields.items():
        if key not in FIELDS:
            advice = _OTHER_KEYS.get(key) or suggest(key, FIELDS)
            yield field.line, f"clé inconnue « {key} » : {advice}"


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
    for key, field in source.fields.items():
        known = FIELDS.get(key)
        if field.nested is not None or (field.listed and known and known.kind != "list"):
            yield field.line, f"« {key} » attend une seule valeur, sur la même ligne."
        elif not field.listed and not field.text and (known is None or known.is_read):
            yield field.line, f"« {key} » est vide : remplissez la ligne ou retirez-la."


def check_list_items(source: PostFile) -> Faults:
    """Refuse empty, unnameable and too many labels."""
    for key in sorted(_LISTS | {"series"}):
        labels = _filled(source, key)
        if len(labels) > MOST_LABELS:
            yield labels[0][1], f"« {key} » a {len(labels)} valeurs : {MOST_LABELS} au plus."
            continue
        for label, line in labels if key != "redirect" else ():
            fault = _check_label(key, label)
            if fault:
                yield line, fault


def _check_label(key: str, label: str) -> str:
    """Return the mistake in one value of a list, or nothing."""
    if not label:
        return f"« {key} » contient une valeur vide : retirez la virgule en trop."
    if len(label) > LONGEST_LABEL:
        return f"« {label[:20]}… » est trop long : {LONGEST_LABEL} signes au plus."
    if not to_slug(label):
        return f"« {label} » n’a ni lettre latine ni chiffre : changez cette valeur."
    if label.lower() in SWITCH_WORDS:
        return f"« {key}: {label} » ne nomme rien : écrivez {FIELDS[key].example or 'un nom'}."
    sign = _UNWANTED.search(label)
    if sign:
        return f"« {label} » : le signe « {sign[0]} » est interdit ici, retirez-le."
    return ""


def check_commas(source: PostFile) -> Faults:
    """Refuse a comma inside a value: it is two values, or reads as two."""
    for key in ("tags", "location", "author", "language"):
        field = source.fields.get(key)
        for item in field.items if field and field.listed else ():
            if "," in item.text:
                yield (
                    item.line,
                    f"virgule dans « {item.text} » : séparez ces valeurs, ou retirez-la.",
                )


def check_spellings(source: PostFile, known: Known) -> Faults:
    """Refuse a label that others spell otherwise: both would share one address."""
    for key in ("tags", "location", "series"):
        seen: set[str] = set()
        for label, line in _filled(source, key):
            slug, text = to_slug(label), " ".join(label.split())
            usual = known.spellings.get(slug, text)
            if usual != text:
                yield line, f"« {text} » existe déjà, écrit « {usual} » : écrivez-le ainsi."
            elif slug and slug in seen:
                yield line, f"« {text} » est donné deux fois : gardez-en un."
            seen.add(slug)


def _filled(source: PostFile, key: str) -> list[tuple[str, int]]:
    """Return the values of the list *key*, unless check_shapes already complains of it."""
    field = source.fields.get(key)
    if key == "series":
        return [] if field and field.listed else read_series(field)
    return split_list(field) if field and (field.listed or field.text) else []


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
            yield field.line, f"« {key}: {field.text} » : écrivez un nombre, par exemple 1."


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


def check_authors(source: PostFile, known: Known) -> Faults:
    """Refuse a signature that authors.yml does not hold."""
    authors = known.registers.authors
    for key, line in _filled(source, "author"):
        if key and key not in authors:
            yield line, f"auteur inconnu « {key} » : {suggest(key, authors)}"


def check_categories(source: PostFile, known: Known) -> Faults:
    """Refuse a category that categories.yml does not hold."""
    categories = known.registers.categories
    field = source.fields.get("category") if _filled(source, "category") else None
    for name, line in split_categories(field, known.registers):
        found = categories.get(to_slug(name))
        if name and not found:
            names = [category.name for category in categories.values()]
            yield line, f"catégorie inconnue « {name} » : {suggest(name, names)}"
        elif found and found.name != " ".join(name.split()):
            yield line, f"« {name} » existe déjà, écrit « {found.name} » : écrivez-le ainsi."


def check_addresses(source: PostFile) -> Faults:
    """Refuse an outside address that is not one."""
    for key in sorted(find_keys("address") & source.fields.keys()):
        field = source.fields[key]
        parts = split_address(field.text)
        host = parts.netloc if parts and parts.scheme in {"http", "https"} else ""
        # `https://service-public.fr@exemple.fr/` is at exemple.fr.
        if field.text and (not host or "@" in host):
            yield field.line, f"« {key} » attend une adresse complète, qui commence par https://."


def check_language(source: PostFile) -> Faults:
    """Ask for a language code that browsers know (BCP 47)."""
    for code, line in _filled(source, "language"):
        if code and not _is_language(code):
            spelled = spell_language(code)
            advice = f"écrivez {spelled}." if spelled else "écrivez un code, comme en (anglais)."
            yield line, f"langue inconnue « {code} » : {advice}"


def _is_language(code: str) -> bool:
    # Few posts are in another language.
    from babel.localedata import locale_identifiers  # noqa: PLC0415

    is_code = (
        re.fullmatch(LANGUAGE, code) and code.split("-", maxsplit=1)[0] in locale_identifiers()
    )
    return bool(is_code and name_language(code))


HEADER_RULES: tuple[OwnRule, ...] = (
    check_known_keys, check_required_keys, check_shapes, check_list_items, check_commas,
    check_switches, check_numbers, check_format, check_featured, check_dates, check_date_agrees,
    check_addresses, check_language,
)  # fmt: skip
HEADER_RULES_AROUND: tuple[Rule, ...] = (
    check_spellings, check_year, check_known_day, check_authors, check_categories,
)  # fmt: skip
