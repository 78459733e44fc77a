"""What a post must be to enter the archive: one rule, one generator of (line, message).

A rule takes a post and what is known around it, and yields each mistake it sees: the line,
and in French what is wrong and what to write instead. To add a rule, write it and add it to
``RULES``. ``check_archive`` runs them all and sorts what they say.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archivist.post.archive import POSTS
from archivist.post.dates import DateError, read_day, read_edtf
from archivist.post.post import SWITCH_WORDS, is_on, split_categories, split_list
from archivist.post.problem import Problem, find_nearest, suggest
from archivist.post.redirects import resolve_redirects
from archivist.post.slugs import is_slug, to_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archivist.post.archive import Archive, Page
    from archivist.post.registers import Registers
    from archivist.post.source import Source

    Faults = Iterator[tuple[int, str]]
    Rule = Callable[["Source", "Known"], Faults]

REQUIRED = {
    "date": "date: 2018-06-22",
    "author": "author: une clé de authors.yml",
}
SWITCHES = frozenset({"partial", "draft", "blogpost", "nocomments"})
LISTS = frozenset({"author", "category", "tags", "location", "language", "redirect"})
TEXTS = frozenset({"date", "date_edtf", "updated", "summary", "source"})
NUMBERS = frozenset({"excerpt", "image"})
ADDRESSES = frozenset({"source", "external_link", "canonical_link"})
KEYS = SWITCHES | LISTS | TEXTS | NUMBERS | ADDRESSES

# Keys that other tools use, and what to do with them here.
_OTHER_KEYS = {
    "title": "le titre s’écrit « # Titre », sous l’en-tête.",
    "myst": "un billet ne change pas les réglages du site : retirez cette clé.",
    "slug": "c’est le nom du fichier qui fait l’adresse : retirez cette clé.",
}
# Names that Sphinx or the site itself answers at.
_RESERVED_SLUGS = frozenset({"genindex", "modindex", "search", "index", "404"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a rule may look up beyond its post.

    *docnames* gives the file of each page and post, *listings* what each address lists;
    *files* are those of docs/ that are no pages.
    """

    registers: Registers
    docnames: Mapping[str, str]
    files: frozenset[str]
    listings: Mapping[str, str]
    drafts: frozenset[str]


def _look_around(archive: Archive) -> Known:
    drafts = (each.docname for each in archive.sources if is_on(each.fields.get("draft")))
    return Known(
        registers=archive.registers,
        docnames=archive.docnames(),
        files=archive.files,
        listings=archive.listings(),
        drafts=frozenset(drafts),
    )


def check_known_keys(source: Source, _: Known) -> Faults:
    """Refuse a key nobody reads: it is a slip of the pen."""
    for key, field in source.fields.items():
        if key not in KEYS:
            advice = _OTHER_KEYS.get(key) or suggest(key, KEYS)
            yield field.line, f"clé inconnue « {key} » : {advice}"


def check_required_keys(source: Source, _: Known) -> Faults:
    """Ask for the keys without which a post can be neither filed nor signed."""
    for key, example in REQUIRED.items():
        if key not in source.fields:
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
            elif not to_slug(label):
                yield line, f"« {label} » n’a ni lettre ni chiffre : changez cette valeur."


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
        if field.text and not (field.text.isascii() and field.text.isdigit()):
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
        parts = urlsplit(field.text) if "[" not in field.text else None
        if field.text and not (parts and parts.scheme in {"http", "https"} and parts.netloc):
            yield field.line, f"« {key} » attend une adresse complète, qui commence par https://."


def check_title(source: Source, _: Known) -> Faults:
    """Ask for a title, written as the first heading."""
    title = source.body.title
    if not title.text:
        yield title.line, "il manque le titre : écrivez « # Titre » sous l’en-tête."
    elif source.body.title_level != 1:
        yield title.line, f"le premier titre doit être celui du billet : « # {title.text} »."


def check_file_name(source: Source, _: Known) -> Faults:
    """Ask for a place and a name that make a lasting address."""
    folders = source.docname.split("/")[1:-1]
    if len(folders) != 1 or not (folders[0].isascii() and folders[0].isdigit()):
        yield 1, f"rangez ce billet dans docs/{POSTS}/<année>/, sans autre dossier."
    if not is_slug(source.slug):
        proposal = to_slug(source.slug) or "mon-billet"
        yield 1, f"nom de fichier à changer, il sert d’adresse : « {proposal}.md »."
    elif source.slug in _RESERVED_SLUGS:
        yield 1, f"le nom « {source.slug} » est réservé au site : changez le nom du fichier."


def check_slug_is_free(source: Source, known: Known) -> Faults:
    """Refuse a file name whose address a listing already has."""
    taken = known.listings.get(f"{source.slug}/")
    if taken:
        yield 1, f"l’adresse /{source.slug}/ est celle de {taken} : changez le nom du fichier."


def check_links(source: Source | Page, known: Known) -> Faults:
    """Refuse a link to a page or a file of the archive that is not there, or not published."""
    for link in source.body.links:
        target = _resolve_link(source.docname, link.text)
        docname = target.removesuffix(".md")
        if not target or target in known.files:
            continue
        if docname in known.drafts - {source.docname}:
            if source.docname not in known.drafts:
                yield (
                    link.line,
                    f"« {link.text} » mène à un brouillon : publiez-le ou retirez le lien.",
                )
        elif docname not in known.docnames or docname == target:
            yield (
                link.line,
                f"lien mort « {link.text} » : {_propose(source, target, known.docnames)}",
            )


def check_images(source: Source | Page, known: Known) -> Faults:
    """Refuse an image that is not there."""
    for image in source.body.images:
        target = _resolve_link(source.docname, image.text)
        if target and target not in known.files:
            yield image.line, f"image absente « {image.text} » : vérifiez le nom et le dossier."


def _resolve_link(docname: str, href: str) -> str:
    """Return the file below docs/ that a relative link means, else nothing."""
    parts = urlsplit(href) if "[" not in href else None
    if parts is None or parts.scheme or parts.netloc or not parts.path:
        return ""
    folder = "" if parts.path.startswith("/") else posixpath.dirname(docname)
    return posixpath.normpath(posixpath.join(folder, unquote(parts.path).lstrip("/")))


def _propose(source: Source | Page, target: str, docnames: Mapping[str, str]) -> str:
    """Name the page with the nearest file name, in whatever folder."""
    by_name = {posixpath.basename(docname): docname for docname in sorted(docnames)}
    nearest = find_nearest(posixpath.basename(target).partition(".")[0], by_name)
    if not nearest:
        return "aucun fichier de ce nom, vérifiez le chemin."
    path = posixpath.relpath(by_name[nearest], posixpath.dirname(source.docname) or ".")
    return f"vouliez-vous dire « {path}.md » ?"


RULES: tuple[Rule, ...] = (
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
    check_title,
    check_file_name,
    check_slug_is_free,
    check_links,
    check_images,
)


def _check_redirects(archive: Archive) -> Iterator[Problem]:
    """Refuse loops, doubles, dead ends, and old addresses that a page already has."""
    addresses = archive.addresses()
    targets, problems = resolve_redirects(archive.redirects, addresses)
    yield from problems
    owners = archive.listings() | {f"{each.slug}/": each.path for each in archive.sources}
    owners |= {addresses[docname]: path for docname, path in archive.docnames().items()}
    for redirect in archive.redirects:
        owner = owners.get(redirect.old)
        if owner and owner != owners.get(targets.get(redirect.old, "")):
            message = f"l’adresse « /{redirect.old} » est déjà celle de {owner} : retirez-la."
            yield Problem(path=redirect.path, line=redirect.line, message=message)


def check_archive(archive: Archive) -> list[Problem]:
    """Return every mistake in the archive, in the order of files and lines."""
    known = _look_around(archive)
    problems = [*archive.problems, *_check_redirects(archive)]
    for source in archive.sources:
        for rule in RULES:
            problems += _at(source, rule(source, known))
    for page in archive.pages:
        problems += [*_at(page, check_links(page, known)), *_at(page, check_images(page, known))]
    return sorted(set(problems))


def _at(source: Source | Page, faults: Faults) -> list[Problem]:
    return [Problem(path=source.path, line=line, message=text) for line, text in faults]
