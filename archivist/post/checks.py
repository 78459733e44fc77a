"""What a post must be to enter the archive: one rule, one generator of (line, message).

A rule takes a post and what is known around it, and yields each mistake it sees: the line,
and in French what is wrong and what to write instead. To add a rule, write it and add it to
``RULES``. ``check_archive`` runs them all and sorts what they say.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from babel.localedata import locale_identifiers

from archivist.post.archive import POSTS
from archivist.post.dates import DateError, read_day, read_edtf
from archivist.post.places import check_places
from archivist.post.post import SWITCH_WORDS, is_on, split_categories, split_list
from archivist.post.problem import Problem, find_nearest, suggest
from archivist.post.slugs import is_slug, to_slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from archivist.post.archive import Archive, Page
    from archivist.post.registers import Registers
    from archivist.post.source import Source

    Faults = Iterator[tuple[int, str]]
    Rule = Callable[["Source", "Known"], Faults]

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
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._/-]+")
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
    hidden: frozenset[str]


def _is_hidden(source: Source, today: dt.date | None) -> bool:
    """Tell whether *source* is a draft, or dated after *today*."""
    try:
        day = read_day(source.fields["date"].text).date()
    except (DateError, KeyError):
        return False
    return is_on(source.fields.get("draft")) or (today is not None and day > today)


def _look_around(archive: Archive, today: dt.date | None) -> Known:
    hidden = (each.docname for each in archive.sources if _is_hidden(each, today))
    return Known(
        registers=archive.registers,
        docnames=archive.docnames(),
        files=archive.files,
        listings=archive.listings(),
        hidden=frozenset(hidden),
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


def split_address(text: str) -> SplitResult | None:
    """Return the parts of an address, or nothing when it has none."""
    try:
        return urlsplit(text)
    except ValueError:
        return None


def check_addresses(source: Source, _: Known) -> Faults:
    """Refuse an outside address that is not one."""
    for key in sorted(ADDRESSES & source.fields.keys()):
        field = source.fields[key]
        parts = split_address(field.text)
        if field.text and not (parts and parts.scheme in {"http", "https"} and parts.netloc):
            yield field.line, f"« {key} » attend une adresse complète, qui commence par https://."


def check_title(source: Source | Page, _: Known) -> Faults:
    """Ask for one title, before anything else."""
    body, title = source.body, source.body.title
    if not title.text:
        yield title.line, "il manque le titre : écrivez « # Titre » en tête du texte."
    elif body.title_level != 1:
        yield title.line, f"le premier titre doit être celui de la page : « # {title.text} »."
    elif body.before_title:
        yield body.before_title, "rien ne doit précéder le titre : placez ce texte dessous."
    for other in body.other_titles:
        yield other.line, f"un seul titre « # » : écrivez « ## {other.text} » pour une partie."


def check_language(source: Source, _: Known) -> Faults:
    """Ask for a language code that browsers know (BCP 47)."""
    for code, line in _filled(source, "language"):
        if code and not (code.isascii() and code.split("-")[0] in locale_identifiers()):
            yield line, f"langue inconnue « {code} » : écrivez un code, comme en (anglais)."


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


def check_links(source: Source | Page, known: Known) -> Faults:
    """Refuse a link to a page or a file of the archive that is not there, or not published."""
    for link in source.body.links:
        target = _resolve_link(source.docname, link.text)
        docname = target.removesuffix(".md")
        if not target or target in known.files:
            continue
        if docname in known.hidden - {source.docname}:
            if source.docname not in known.hidden:
                message = "mène à un billet qui n’est pas publié : retirez ce lien pour l’instant."
                yield link.line, f"« {link.text} » {message}"
        elif docname not in known.docnames or docname == target:
            yield (
                link.line,
                f"lien mort « {link.text} » : {_propose(source, target, known.docnames)}",
            )


def check_images(source: Source | Page, known: Known) -> Faults:
    """Refuse an image that is not here, or says nothing to who does not see it."""
    for image in source.body.images:
        target = _resolve_link(source.docname, image.target)
        if not target:
            message = "copiez l’image à côté du billet, dans le dossier de son nom."
            yield image.line, f"image d’un autre site « {image.target} » : {message}"
        elif not _PLAIN_NAME.fullmatch(image.target):
            message = "ni espace, ni accent, ni signe : renommez le fichier."
            yield image.line, f"image mal nommée « {image.target} » : {message}"
        elif target not in known.files:
            yield image.line, f"image absente « {image.target} » : vérifiez le nom et le dossier."
        if not image.alt and not image.decorative:
            message = (
                "dites ce qu’on y voit, ![ainsi](…), ou qu’elle ne dit rien, ![](…){.decorative}."
            )
            yield image.line, f"image sans texte : {message}"


def check_embeds(source: Source | Page, _: Known) -> Faults:
    """Refuse a frame of another site: it follows readers, and dies before the post."""
    for embed in source.body.embeds:
        yield embed.line, f"<{embed.text}> n’est pas permis : faites un lien, [titre](https://…)."


def check_languages(source: Source | Page, _: Known) -> Faults:
    """Refuse a mark of language that MyST drops without a word."""
    for place in source.body.foreign:
        yield (
            place.line,
            f"{{lang={place.text}}} est sans effet : écrivez {{.language-{place.text}}}.",
        )


def _resolve_link(docname: str, href: str) -> str:
    """Return the file below docs/ that a relative link means, else nothing."""
    parts = split_address(href)
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
    check_language,
    check_file_name,
    check_links,
    check_images,
    check_embeds,
    check_languages,
)

# Those that standing pages must keep too.
PAGE_RULES = (check_title, check_links, check_images, check_embeds, check_languages)


def check_archive(archive: Archive, today: dt.date | None = None) -> list[Problem]:
    """Return every mistake in the archive on the day *today*, in the order of files and lines."""
    known = _look_around(archive, today)
    problems = [*archive.problems, *check_places(archive)]
    for source in archive.sources:
        for rule in RULES:
            problems += _at(source, rule(source, known))
    for page in archive.pages:
        for page_rule in PAGE_RULES:
            problems += _at(page, page_rule(page, known))
    return sorted(set(problems))


def _at(source: Source | Page, faults: Faults) -> list[Problem]:
    return [Problem(path=source.path, line=line, message=text) for line, text in faults]
