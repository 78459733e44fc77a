"""Rules for what a post is filed under: tags, categories, authors, places, languages, blogs."""

from __future__ import annotations

import re

from archivist.addresses.slugs import to_slug
from archivist.checks.context import Known, OwnRule, Rule
from archivist.posts.fields import (
    FIELDS,
    SWITCH_WORDS,
    find_keys,
    read_one,
    split_categories,
    split_list,
)
from archivist.posts.file import PostFile
from archivist.posts.labels import name_language, spell_language
from archivist.problems import Faults, find_nearest, suggest
from archivist.syntax.allowed import LANGUAGE
from archivist.syntax.limits import LONGEST_LABEL, MOST_LABELS
from archivist.syntax.yaml import write_list

_LISTS = find_keys("list")
# Signs of YAML, HTML, Markdown or addresses, which no label needs.
_UNWANTED = re.compile(r"[;\[\]{}<>|\\`“”]|(?<! )/|/(?! )")


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
        return [] if field and field.listed else read_one(field)
    return split_list(field) if field and (field.listed or field.text) else []


def check_authors(source: PostFile, known: Known) -> Faults:
    """Refuse a signature that authors.yml does not hold."""
    authors = known.registers.authors
    for key, line in _filled(source, "author") if "author" not in known.registers.unread else ():
        if key and key not in authors:
            yield line, f"auteur inconnu « {key} » : {_propose_author(key, known)}"


def _propose_author(given: str, known: Known) -> str:
    """Return the key that was meant, or how to sign so: each author is an entry of a file."""
    authors, slug = known.registers.authors, to_slug(given)
    named = [key for key, each in authors.items() if slug in {to_slug(each.name), key}]
    if slug and named:
        return f"écrivez « author: {named[0]} »."
    nearest = find_nearest(given, authors)
    if nearest and given == slug and abs(len(nearest) - len(given)) <= 1:
        return f"vouliez-vous dire « {nearest} » ?"
    key, name = slug or "votre-cle", "Prénom Nom" if given == slug else given
    block = f"{key}: {{name: {write_list([name])[1:-1]}}}"
    advice = f"ajoutez « {block} » à docs/authors.yml, et écrivez « author: {key} »."
    return f"vouliez-vous dire « {nearest} » ? Sinon, {advice}" if nearest else advice


def check_categories(source: PostFile, known: Known) -> Faults:
    """Refuse a category that categories.yml does not hold."""
    categories = known.registers.categories
    field = source.fields.get("category") if _filled(source, "category") else None
    is_read = "category" not in known.registers.unread
    for name, line in split_categories(field, known.registers) if is_read else ():
        found = categories.get(to_slug(name))
        if name and not found:
            names = [category.name for category in categories.values()]
            yield line, f"catégorie inconnue « {name} » : {suggest(name, names)}"
        elif found and found.name != " ".join(name.split()):
            yield line, f"« {name} » existe déjà, écrit « {found.name} » : écrivez-le ainsi."


def check_blog(source: PostFile, known: Known) -> Faults:
    """Refuse a blog that blogs.yml does not hold."""
    field, blogs = source.fields.get("blog"), known.registers.blogs
    text = field.text if field and not field.listed else ""
    if field and text and text not in blogs and "blog" not in known.registers.unread:
        named = [key for key, blog in blogs.items() if to_slug(blog.name) == to_slug(text)]
        advice = f"écrivez « blog: {named[0]} »." if named else suggest(text, blogs)
        key = to_slug(text) or "cle"
        new = f"ajoutez « {key}: {{name: Nom du blog}} » à docs/blogs.yml : « blog: {key} »."
        yield field.line, f"blog inconnu « {text} » : {advice if blogs else new}"


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


LABEL_RULES: tuple[OwnRule, ...] = (check_list_items, check_commas, check_language)
LABEL_RULES_AROUND: tuple[Rule, ...] = (
    check_spellings, check_authors, check_categories, check_blog,
)  # fmt: skip
