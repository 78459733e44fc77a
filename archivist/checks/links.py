"""Rules for the text of a post or of a standing page: title, headings, links, images."""

from __future__ import annotations

import posixpath
import re
import warnings
from typing import TYPE_CHECKING

from markdown_it.common.normalize_url import normalizeLinkText
from PIL import Image

from archivist.addresses.web import find_address_fault, find_scheme, resolve_path
from archivist.checks.html import check_html
from archivist.checks.svg import find_danger
from archivist.posts.blocks import Located
from archivist.posts.file import PostFile
from archivist.problems import find_nearest
from archivist.syntax.allowed import COMPANIONS, IMAGES, PICTURES, SCHEMES, SVG
from archivist.syntax.characters import find_leftovers, strip_invisible
from archivist.syntax.limits import LARGEST_IMAGE, LARGEST_PICTURE, LONGEST_TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archivist.checks.context import Known
    from archivist.posts.archive import Page
    from archivist.problems import Faults

_TOO_LARGE = (Image.DecompressionBombWarning, Image.DecompressionBombError)
# The widest image, in pixels, that the site does not lighten.
SHOWN_AS_IT_IS = 480
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._/-]+")


def check_title(source: PostFile | Page, _: Known) -> Faults:
    """Ask for one title, before anything else."""
    body, title = source.body, source.body.title
    fault = _check_first_heading(source)
    if fault:
        yield title.line, fault
    if body.title_level and body.before_title:
        yield body.before_title, "rien ne doit précéder le titre : placez ce texte dessous."
    for other in body.headings[1:]:
        if other.level == 1:
            yield other.line, f"un seul titre « # » : écrivez « ## {other.text} » pour une partie."


def _check_first_heading(source: PostFile | Page) -> str:
    """Return what keeps the first heading from being a title, or nothing."""
    body = source.body
    if not body.title_level:
        return _ask_for_title(source)
    text = body.headings[0].text
    if not strip_invisible(text) or not strip_invisible(body.title.text):
        return "le titre est vide : écrivez-le après « # »."
    if body.headings[0].inside:
        return f"ce titre n’est pas seul sur sa ligne : écrivez « # {text} »."
    if body.title_level != 1:
        return f"le premier titre doit être celui de la page : « # {text} »."
    if len(text) > LONGEST_TITLE:
        return f"titre de {len(text)} signes, {LONGEST_TITLE} au plus : coupez-le."
    return ""


def _ask_for_title(source: PostFile | Page) -> str:
    first = source.body.texts[0].text if source.body.texts else ""
    if re.match("#[^#]", first):
        return f"espace manquante après « # » : écrivez « # {first.lstrip('#')} »."
    return "il manque le titre : écrivez « # Titre » en tête du texte."


def check_headings(source: PostFile | Page, _: Known) -> Faults:
    """Refuse a level of heading that is skipped: it tells who listens that a part is missing."""
    before = 1
    for heading in source.body.headings[1:]:
        if not strip_invisible(heading.text):
            yield heading.line, "titre de partie vide : écrivez-le, ou retirez la ligne."
        if not heading.inside:
            if heading.level > before + 1:
                mark = "#" * (before + 1)
                yield (
                    heading.line,
                    f"un niveau de titre est sauté : écrivez « {mark} {heading.text} ».",
                )
            before = heading.level


def check_links(source: PostFile | Page, known: Known) -> Faults:
    """Refuse a link that leads nowhere, or out of what posts may reach."""
    anchors = source.body.anchors
    for link in source.body.links:
        if find_scheme(link.text):
            yield from _check_address(link)
        elif not link.text.startswith("#"):
            yield from _check_path(source, link, known)
        elif normalizeLinkText(link.text)[1:] not in anchors:
            yield link.line, f"aucune partie « {link.text} » : {_propose_part(anchors)}"


def check_link_texts(source: PostFile | Page, _: Known) -> Faults:
    """Refuse a link that nobody can read, nor hear."""
    for link in source.body.empty_links:
        yield link.line, f"lien sans texte « {link.text} » : écrivez [ce qu’on y trouve](…)."


def _check_address(link: Located) -> Faults:
    """Refuse an outside address that is none, or that other readers cannot open."""
    fault = find_address_fault(link.text, SCHEMES)
    if fault:
        yield link.line, fault


def _check_path(source: PostFile | Page, link: Located, known: Known) -> Faults:
    """Refuse a link to a page or a file of the archive that is not there, or not for readers."""
    path, _, part = normalizeLinkText(link.text).partition("#")
    target = resolve_path(source.docname, path)
    docname = target.removesuffix(".md")
    if target in known.files:
        if not _goes_with(source, target):
            yield (
                link.line,
                f"« {link.text} » n’est pas à ce billet : copiez le fichier à côté de lui.",
            )
    elif docname not in known.docnames or docname == target:
        advice = _propose(source, target, known.docnames)
        yield link.line, f"lien mort « {link.text} » : {advice}"
    elif docname in known.hidden - {source.docname} and source.docname not in known.hidden:
        message = "mène à un billet qui n’est pas publié : retirez ce lien pour l’instant."
        yield link.line, f"« {link.text} » {message}"
    elif part and part not in known.anchors[docname]:
        advice = _propose_part(known.anchors[docname])
        yield link.line, f"aucune partie « #{part} » dans {docname}.md : {advice}"


def _goes_with(source: PostFile | Page, target: str) -> bool:
    """Tell whether a file is a document or an image, and beside the post or in its folder."""
    folder = posixpath.dirname(target)
    is_near = folder in {posixpath.dirname(source.docname), source.docname}
    is_known = posixpath.splitext(target)[1].lower() in COMPANIONS
    return is_known and (is_near or not isinstance(source, PostFile))


def check_images(source: PostFile | Page, known: Known) -> Faults:
    """Refuse an image that is not here."""
    for image in _list_images(source):
        target = resolve_path(source.docname, image.text)
        if find_scheme(image.text) or image.text.startswith("//"):
            message = "copiez l’image à côté du billet, dans le dossier de son nom."
            yield image.line, f"image d’un autre site « {image.text[:80]} » : {message}"
        elif not _PLAIN_NAME.fullmatch(image.text):
            message = "ni espace, ni accent, ni signe : renommez le fichier."
            yield image.line, f"image mal nommée « {image.text} » : {message}"
        elif target not in known.files:
            yield image.line, f"image absente « {image.text} » : vérifiez le nom et le dossier."
        elif isinstance(source, PostFile) and not _goes_with(source, target):
            message = "copiez-la dans le dossier du nom du billet."
            yield image.line, f"l’image « {image.text} » n’est pas à ce billet : {message}"
    yield from _check_pictures(source, known)


def _list_images(source: PostFile | Page) -> list[Located]:
    """Return where the images of the text are, and the one that its header puts above it."""
    featured = source.fields.get("featured_image") if isinstance(source, PostFile) else None
    above = [Located(text=featured.text, line=featured.line)] if featured and featured.text else []
    return [*above, *(Located(text=image.target, line=image.line) for image in source.body.images)]


def _check_pictures(source: PostFile | Page, known: Known) -> Faults:
    """Refuse what is no picture, shown or linked to; each is looked at once."""
    linked = [link for link in source.body.links if _is_picture(link.text)]
    seen: set[str] = set()
    for place in (*_list_images(source), *linked):
        target = resolve_path(source.docname, normalizeLinkText(place.text).partition("#")[0])
        if target in known.files and target not in seen:
            seen.add(target)
            yield from _check_picture(known.docs / target, place.text, place.line)


def _is_picture(address: str) -> bool:
    path = normalizeLinkText(address).partition("#")[0]
    return not find_scheme(path) and posixpath.splitext(path)[1].lower() in PICTURES


def check_alts(source: PostFile | Page, _: Known) -> Faults:
    """Ask for words in the place of each image, for who does not see it."""
    for image in source.body.images:
        if not image.alt and not image.decorative:
            message = (
                "dites ce qu’on y voit, ![ainsi](…), ou qu’elle ne dit rien, ![](…){.decorative}."
            )
            yield image.line, f"image sans texte : {message}"


def _check_picture(path: Path, target: str, line: int) -> Faults:
    """Refuse what is no picture, or more than one."""
    if path.suffix.lower() == SVG:
        danger = find_danger(path)
        if danger:
            yield line, f"l’image « {target} » contient {danger} : enregistrez-la en PNG."
    elif path.suffix.lower() not in IMAGES:
        yield line, f"« {target} » n’est pas une image : enregistrez-la en PNG ou en JPEG."
    elif not _can_be_read(path):
        yield (
            line,
            f"image illisible, ou de plus de 5 Mo ou 40 mégapixels « {target} » : refaites-la.",
        )


def _can_be_read(path: Path) -> bool:
    """Tell whether Pillow finds in *path* a whole image of the kind its name says."""
    kind = IMAGES[path.suffix.lower()]
    if path.stat().st_size > LARGEST_IMAGE:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[kind]) as image:
                if image.width * image.height > LARGEST_PICTURE:
                    return False
                # A small one is shown as it is, as browsers forgive; a large one is made anew.
                if image.width > SHOWN_AS_IT_IS:
                    image.load()
    except (OSError, SyntaxError, ValueError, *_TOO_LARGE):
        return False
    return True


def check_leftovers(source: PostFile | Page, _: Known) -> Faults:
    """Refuse what other tools leave in a text: broken accents, WordPress's own codes."""
    alts = (Located(text=image.alt, line=image.line) for image in source.body.images)
    for place in (*source.body.texts, *alts):
        for message in find_leftovers(place.text):
            yield place.line, message


def _propose_part(anchors: frozenset[str]) -> str:
    if not anchors:
        return "cette page n’a pas de parties."
    return f"écrivez l’une de celles-ci : {', '.join(f'#{each}' for each in sorted(anchors)[:8])}."


def _propose(source: PostFile | Page, target: str, docnames: Mapping[str, str]) -> str:
    """Name the page with the nearest file name, in whatever folder."""
    by_name = {posixpath.basename(docname): docname for docname in sorted(docnames)}
    nearest = find_nearest(posixpath.basename(target).partition(".")[0], by_name)
    if not nearest:
        return "aucun fichier de ce nom, vérifiez le chemin."
    path = posixpath.relpath(by_name[nearest], posixpath.dirname(source.docname) or ".")
    return f"vouliez-vous dire « {path}.md » ?"


BODY_RULES = (
    check_title,
    check_headings,
    check_links,
    check_link_texts,
    check_images,
    check_alts,
    check_html,
)
