"""Rules for the images of a text: here, whole, described; a drawing in SVG and nothing more."""

from __future__ import annotations

import posixpath
import re
from functools import partial
from pathlib import Path

from markdown_it.common.normalize_url import normalizeLinkText

from archivist.addresses.slugs import to_slug
from archivist.addresses.web import find_scheme, point_to, resolve_path
from archivist.checks.context import Known
from archivist.pictures.fault import PictureError
from archivist.posts.archive import StandingPage
from archivist.posts.blocks import Located
from archivist.posts.file import PostFile
from archivist.problems import Faults, find_nearest
from archivist.syntax.allowed import COMPANIONS, PICTURES
from archivist.syntax.characters import strip_invisible

# mon-billet/photo-1.jpg
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._/-]+")


def goes_with(source: PostFile | StandingPage, target: str) -> bool:
    """Tell whether a file is a document or an image, and beside the post or in its folder."""
    folder = posixpath.dirname(target)
    is_near = folder in {posixpath.dirname(source.docname), source.docname}
    is_known = posixpath.splitext(target)[1].lower() in COMPANIONS
    return is_known and (is_near or not isinstance(source, PostFile))


def check_images(source: PostFile | StandingPage, known: Known) -> Faults:
    """Refuse an image that is not here."""
    for image in _list_images(source):
        target = resolve_path(source.docname, image.text)
        if fault := _find_elsewhere(image.text, posixpath.basename(source.docname)):
            yield image.line, fault
        elif not _PLAIN_NAME.fullmatch(image.text):
            message = f"renommez le fichier, et écrivez « {_name_plainly(image.text)} »."
            told = f"image mal nommée « {image.text} », avec une espace, un accent ou un signe"
            yield image.line, f"{told} : {message}"
        elif target not in known.files:
            advice = _propose(source, target, known)
            yield image.line, f"image absente « {image.text} » : {advice}"
        elif isinstance(source, PostFile) and not goes_with(source, target):
            message = "copiez-la dans le dossier du nom du billet."
            yield image.line, f"l’image « {image.text} » n’est pas à ce billet : {message}"
    yield from _check_pictures(source, known)


def _find_elsewhere(address: str, slug: str) -> str:
    """Return why an image is none of the files here, or nothing."""
    scheme, shown = find_scheme(address).lower(), address[:80]
    place = f"copiez l’image dans le dossier du billet, et écrivez « {slug}/photo.png »."
    if scheme == "data":
        return f"image écrite dans le texte « {address[:30]}… » : enregistrez-la, puis {place}"
    if scheme == "file" or len(scheme) == 1 or "\\" in address or "%5C" in address:
        return f"« {shown} » est un fichier de votre ordinateur : {place}"
    if scheme in {"http", "https"} or address.startswith("//"):
        message = "copiez l’image à côté du billet, dans le dossier de son nom."
        return f"image d’un autre site « {shown} » : {message}"
    return f"« {shown} » n’est pas un fichier du billet : {place}" if scheme else ""


def _name_plainly(path: str) -> str:
    """Return a *path* without a sign that some machine reads otherwise: photo-ete.png."""
    folder, name = posixpath.split(normalizeLinkText(path))
    stem, ending = posixpath.splitext(name)
    plain = [part if part in {"", ".", ".."} else to_slug(part) for part in folder.split("/")]
    return posixpath.join("/".join(plain), f"{to_slug(stem) or 'photo'}{ending.lower()}")


def _propose(source: PostFile | StandingPage, target: str, known: Known) -> str:
    """Name the image of the post that was meant, whatever its folder or its capitals."""
    own = [name for name in known.files if goes_with(source, name) and _is_picture(name)]
    by_name = {posixpath.basename(name): name for name in own}
    nearest = find_nearest(posixpath.basename(target), by_name)
    if not nearest:
        return "vérifiez le nom et le dossier."
    path = point_to(source.docname, by_name[nearest])
    return f"vouliez-vous dire « {path} » ?"


def _list_images(source: PostFile | StandingPage) -> list[Located]:
    """Return where the images of the text are, and the one that its header puts above it."""
    featured = source.fields.get("featured_image") if isinstance(source, PostFile) else None
    above = [Located(text=featured.text, line=featured.line)] if featured and featured.text else []
    return [*above, *(Located(text=image.target, line=image.line) for image in source.body.images)]


def _check_pictures(source: PostFile | StandingPage, known: Known) -> Faults:
    """Refuse what is no picture, shown or linked to; each is looked at once."""
    linked = [link for link in source.body.links if _is_picture(link.text)]
    seen: set[str] = set()
    for place in (*_list_images(source), *linked):
        target = resolve_path(source.docname, normalizeLinkText(place.text).partition("#")[0])
        if target in known.files and target not in seen:
            seen.add(target)
            yield from _check_picture(target, place, known)


def _is_picture(address: str) -> bool:
    path = normalizeLinkText(address).partition("#")[0]
    return not find_scheme(path) and posixpath.splitext(path)[1].lower() in PICTURES


def check_alts(source: PostFile | StandingPage) -> Faults:
    """Ask for words in the place of each image, for who does not see it."""
    for image in source.body.images:
        if not strip_invisible(image.alt) and not image.decorative:
            advice = "![ainsi](…), ou qu’elle ne dit rien, ![](…){.decorative}."
            yield image.line, f"image sans texte : dites ce qu’on y voit, {advice}"


def _check_picture(target: str, place: Located, known: Known) -> Faults:
    """Refuse what is no picture, or more than one."""
    path = known.docs / target
    if path.suffix.lower() not in PICTURES:
        message = "n’est pas une image : enregistrez-la en PNG ou en JPEG."
        yield place.line, f"« {place.text} » {message}"
    elif fault := known.once(target, "picture", partial(_find_fault, path)):
        yield place.line, f"l’image « {place.text} » {fault}"


def _find_fault(path: Path) -> str:
    """Return why a picture cannot be shown, or nothing."""
    # Few texts have one, and it loads all that reads pictures.
    from archivist.pictures.picture import check_picture  # noqa: PLC0415

    try:
        check_picture(path)
    except PictureError as error:
        return str(error)
    return ""
