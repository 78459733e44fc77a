"""Rules for the text of a post or of a standing page: title, headings, links, leftovers."""

from __future__ import annotations

import posixpath
import re
from itertools import starmap

from markdown_it.common.normalize_url import normalizeLinkText

from archivist.addresses.web import (
    find_address_fault,
    find_scheme,
    looks_outside,
    point_to,
    resolve_path,
)
from archivist.checks.context import Known
from archivist.checks.html import check_html
from archivist.checks.images import check_alts, goes_with
from archivist.posts.archive import StandingPage
from archivist.posts.blocks import Located
from archivist.posts.body import Body
from archivist.posts.fields import is_on
from archivist.posts.file import PostFile
from archivist.posts.foreign_keys import TITLE, find_foreign
from archivist.posts.labels import LISTED
from archivist.posts.scaffold import TO_BE_WRITTEN
from archivist.problems import Faults
from archivist.syntax.allowed import SCHEMES
from archivist.syntax.characters import find_leftovers, strip_invisible
from archivist.syntax.limits import LONGEST_TITLE
from archivist.syntax.yaml import Field


def check_title(source: PostFile | StandingPage) -> Faults:
    """Ask for one title, before anything else."""
    body = source.body
    fields = source.fields.items() if isinstance(source, PostFile) else ()
    fault = _check_first_heading(body, next(filter(None, starmap(_read_title, fields)), ""))
    if fault:
        yield body.title.line, fault
    if body.title_level == 1 and body.before_title:
        yield body.before_title, "rien ne doit précéder le titre : placez ce texte dessous."
    for other in body.headings[1:]:
        if other.level == 1:
            yield other.line, f"un seul titre « # » : écrivez « ## {other.text} » pour une partie."


def _read_title(key: str, field: Field) -> str:
    """Return the title that another tool has in the header, or nothing."""
    foreign = find_foreign(key)
    return field.text if foreign and foreign.ours == TITLE else ""


def _check_first_heading(body: Body, known: str) -> str:
    """Return what keeps the first heading from being a title, or nothing; it may be *known*."""
    title = f"# {known or 'Titre'}"
    if not body.title_level:
        first = body.texts[0].text if body.texts else ""
        missing = f"il manque le titre : écrivez « {title} » en tête du texte."
        glued = f"espace manquante après « # » : écrivez « # {first.lstrip('#')} »."
        return glued if re.match("#[^#]", first) else missing
    text, levels = body.headings[0].text, [other.level for other in body.headings]
    part = f"{'#' * body.title_level} {text}"
    is_part = bool(known) or min(levels[1:], default=7) <= body.title_level
    faults = (
        (
            not strip_invisible(text) or not strip_invisible(body.title.text),
            "le titre est vide : écrivez-le après « # ».",
        ),
        (body.headings[0].inside, f"ce titre n’est pas seul sur sa ligne : écrivez « # {text} »."),
        (
            body.title_level != 1 and is_part,
            f"il manque le titre : écrivez « {title} » au-dessus de « {part} ».",
        ),
        (
            body.title_level != 1,
            f"le premier titre doit être celui de la page : « # {text} ».",
        ),
        (
            len(text) > LONGEST_TITLE,
            f"titre de {len(text)} signes, {LONGEST_TITLE} au plus : coupez-le.",
        ),
    )
    return next((message for is_wrong, message in faults if is_wrong), "")


def check_headings(source: PostFile | StandingPage) -> Faults:
    """Refuse a level of heading that is skipped: it tells who listens that a part is missing."""
    before = max(1, source.body.title_level)
    for heading in source.body.headings[1:]:
        if not strip_invisible(heading.text):
            yield heading.line, "titre de partie vide : écrivez-le, ou retirez la ligne."
        if not heading.inside:
            if heading.level > before + 1:
                right = f"{'#' * (before + 1)} {heading.text}"
                yield heading.line, f"un niveau de titre est sauté : écrivez « {right} »."
            before = heading.level


def check_template(source: PostFile) -> Faults:
    """Refuse what a new post says before its writer does; a draft may keep it."""
    if not is_on(source.fields.get("draft")):
        for place in source.body.texts:
            if place.text.strip() in TO_BE_WRITTEN:
                yield place.line, f"« {place.text.strip()} » : écrivez votre texte à cette place."


def check_links(source: PostFile | StandingPage, known: Known) -> Faults:
    """Refuse a link that leads nowhere, or out of what posts may reach."""
    anchors = source.body.anchors
    for link in source.body.links:
        if find_scheme(link.text):
            fault = find_address_fault(link.text, SCHEMES)
            if fault:
                yield link.line, fault
        elif not link.text.startswith("#"):
            yield from _check_path(source, link, known)
        elif (name := normalizeLinkText(link.text)[1:]) not in anchors and not (
            LISTED.fullmatch(link.text) and name in known.list_labels
        ):
            yield link.line, f"aucune partie « {link.text} » : {_propose_part(anchors)}"


def check_link_texts(source: PostFile | StandingPage) -> Faults:
    """Refuse a link that nobody can read, nor hear."""
    for link in source.body.empty_links:
        yield link.line, f"lien sans texte « {link.text} » : écrivez [ce qu’on y trouve](…)."


def _check_path(source: PostFile | StandingPage, link: Located, known: Known) -> Faults:
    """Refuse a link to a page or a file of the archive that is not there, or not for readers."""
    path, _, part = normalizeLinkText(link.text).partition("#")
    target = resolve_path(source.docname, path)
    docname = target.removesuffix(".md")
    if link.text.startswith("//"):
        is_ours = target in known.files or docname in known.docnames
        right = f"/{target}" if is_ours else f"https:{link.text}"
        yield link.line, f"« {link.text} » mène à un autre site : écrivez « {right} »."
    elif target in known.files:
        if not goes_with(source, target):
            message = f"« {link.text} » n’est pas à ce billet : copiez le fichier à côté de lui."
            yield link.line, message
    elif docname not in known.docnames or docname == target:
        advice = _propose(source, target, known)
        yield link.line, f"lien mort « {link.text} » : {advice}"
    elif docname in known.hidden - {source.docname} and source.docname not in known.hidden:
        message = "mène à un billet qui n’est pas publié : retirez ce lien pour l’instant."
        yield link.line, f"« {link.text} » {message}"
    elif part and part not in known.anchors[docname]:
        advice = _propose_part(known.anchors[docname])
        yield link.line, f"aucune partie « #{part} » dans {docname}.md : {advice}"


def check_leftovers(source: PostFile | StandingPage) -> Faults:
    """Refuse what other tools leave in a text: broken accents, WordPress's own codes."""
    alts = (Located(text=image.alt, line=image.line) for image in source.body.images)
    for place in (*source.body.texts, *alts):
        for message in find_leftovers(place.text):
            yield place.line, message


def check_foreign(source: PostFile) -> Faults:
    """Tell what is another tool's, and readers would see as it was typed."""
    yield from source.foreign


def _propose_part(anchors: frozenset[str]) -> str:
    if not anchors:
        return "cette page n’a pas de parties."
    return f"écrivez l’une de celles-ci : {', '.join(f'#{each}' for each in sorted(anchors)[:8])}."


def _propose(source: PostFile | StandingPage, target: str, known: Known) -> str:
    """Name the page with the nearest file name, in whatever folder."""
    typed = target.removeprefix(f"{posixpath.dirname(source.docname)}/")
    if looks_outside(typed):
        return f"s’il mène à un autre site, écrivez « https://{typed} »."
    nearest = known.near_pages.find_nearest(posixpath.basename(target).partition(".")[0])
    is_itself = bool(nearest) and known.pages[nearest] == source.docname != target.partition(".")[0]
    if not nearest or is_itself:
        return "aucun fichier de ce nom, vérifiez le chemin."
    path = point_to(source.docname, known.pages[nearest])
    return f"vouliez-vous dire « {path}.md » ?"


BODY_RULES = (check_title, check_headings, check_link_texts, check_alts, check_html)
