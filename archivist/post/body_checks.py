"""Rules for the text of a post or of a standing page."""

from __future__ import annotations

import posixpath
import re
import warnings
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PIL import Image

from archivist.post.addresses import split_address
from archivist.post.problem import find_nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archivist.post.archive import Page
    from archivist.post.known import Faults, Known
    from archivist.post.source import Source

_TOO_LARGE = (Image.DecompressionBombWarning, Image.DecompressionBombError)
# The widest image, in pixels, that the site does not lighten.
SHOWN_AS_IT_IS = 480
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._/-]+")


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
        elif not _can_be_read(known.docs / target):
            yield image.line, f"image illisible ou trop grande « {image.target} » : refaites-la."
        if not image.alt and not image.decorative:
            message = (
                "dites ce qu’on y voit, ![ainsi](…), ou qu’elle ne dit rien, ![](…){.decorative}."
            )
            yield image.line, f"image sans texte : {message}"


def _can_be_read(path: Path) -> bool:
    """Tell whether Pillow finds an image whole in *path*, within its bounds; SVG is text."""
    if path.suffix.lower() == ".svg":
        return True
    try:
        with warnings.catch_warnings(), Image.open(path) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # A small one is shown as it is, as browsers forgive; a large one is made anew.
            if image.width > SHOWN_AS_IT_IS:
                image.load()
    except (OSError, SyntaxError, ValueError, *_TOO_LARGE):
        return False
    return True


def check_embeds(source: Source | Page, _: Known) -> Faults:
    """Refuse a frame of another site: it follows readers, and dies before the post."""
    for embed in source.body.embeds:
        instead = "![ce qu’on y voit](…)" if embed.text == "img" else "un lien, [titre](https://…)"
        yield embed.line, f"<{embed.text}> n’est pas permis : écrivez {instead}."


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


BODY_RULES = (check_title, check_links, check_images, check_embeds, check_languages)
