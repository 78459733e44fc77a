"""Rules for the images of a text: here, whole, described; a drawing in SVG and nothing more.

An SVG is a document: it can run scripts, load files and imitate a page
(https://www.w3.org/TR/SVG2/conform.html#secure-static-mode).
"""

from __future__ import annotations

import posixpath
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from markdown_it.common.normalize_url import normalizeLinkText
from PIL import Image

from archivist.addresses.web import find_scheme, resolve_path
from archivist.checks.context import Known
from archivist.posts.archive import StandingPage
from archivist.posts.blocks import Located
from archivist.posts.file import PostFile
from archivist.problems import Faults
from archivist.syntax.allowed import COMPANIONS, IMAGES, PICTURES, SVG
from archivist.syntax.limits import (
    LARGEST_DRAWING,
    LARGEST_IMAGE,
    LARGEST_PICTURE,
    MOST_ATTRIBUTES,
    MOST_ELEMENTS,
)

_TOO_LARGE = (Image.DecompressionBombWarning, Image.DecompressionBombError)
# The widest image, in pixels, that the site does not lighten.
SHOWN_AS_IT_IS = 480
# mon-billet/photo-1.jpg
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._/-]+")
_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    f"{_SVG}{name}"
    for name in (
        "circle", "clipPath", "defs", "desc", "ellipse", "filter", "g", "line", "linearGradient",
        "marker", "mask", "metadata", "path", "pattern", "polygon", "polyline", "radialGradient",
        "rect", "stop", "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use",
        "view", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feFlood",
        "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
        "feMorphology", "feOffset", "feTile", "feTurbulence",
    )
)  # fmt: skip
# What drawing programs keep for themselves, which browsers do not read.
_INERT = re.compile(
    r"\{(?:http://www\.inkscape\.org/|http://sodipodi\.sourceforge\.net/|http://purl\.org/dc/|"
    r"http://creativecommons\.org/ns#|http://web\.resource\.org/cc/|"
    r"http://www\.w3\.org/1999/02/22-rdf-syntax-ns#)[^}]*\}[\w-]+"
)
_LOADS = re.compile(r"(?i)url\s*\(\s*(?!['\"]?\s*#)|image-set|@import|expression|javascript:|\\")


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
        if find_scheme(image.text) or image.text.startswith("//"):
            message = "copiez l’image à côté du billet, dans le dossier de son nom."
            yield image.line, f"image d’un autre site « {image.text[:80]} » : {message}"
        elif not _PLAIN_NAME.fullmatch(image.text):
            message = "ni espace, ni accent, ni signe : renommez le fichier."
            yield image.line, f"image mal nommée « {image.text} » : {message}"
        elif target not in known.files:
            yield image.line, f"image absente « {image.text} » : vérifiez le nom et le dossier."
        elif isinstance(source, PostFile) and not goes_with(source, target):
            message = "copiez-la dans le dossier du nom du billet."
            yield image.line, f"l’image « {image.text} » n’est pas à ce billet : {message}"
    yield from _check_pictures(source, known)


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
            yield from _check_picture(known.docs / target, place.text, place.line)


def _is_picture(address: str) -> bool:
    path = normalizeLinkText(address).partition("#")[0]
    return not find_scheme(path) and posixpath.splitext(path)[1].lower() in PICTURES


def check_alts(source: PostFile | StandingPage, _: Known) -> Faults:
    """Ask for words in the place of each image, for who does not see it."""
    for image in source.body.images:
        if not image.alt and not image.decorative:
            advice = "![ainsi](…), ou qu’elle ne dit rien, ![](…){.decorative}."
            yield image.line, f"image sans texte : dites ce qu’on y voit, {advice}"


def _check_picture(path: Path, target: str, line: int) -> Faults:
    """Refuse what is no picture, or more than one."""
    if path.suffix.lower() == SVG:
        danger = find_danger(path)
        if danger:
            yield line, f"l’image « {target} » contient {danger} : enregistrez-la en PNG."
    elif path.suffix.lower() not in IMAGES:
        yield line, f"« {target} » n’est pas une image : enregistrez-la en PNG ou en JPEG."
    elif not _can_be_read(path):
        fault = "image illisible, ou de plus de 5 Mo ou 40 mégapixels"
        yield line, f"{fault} « {target} » : refaites-la."


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


def find_danger(path: Path) -> str:
    """Return what of the image in *path* is more than a drawing, in French, or nothing."""
    if path.stat().st_size > LARGEST_DRAWING:
        return "plus d’un demi-mégaoctet"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    data = path.read_bytes()
    if data.count(b"=") > MOST_ATTRIBUTES:
        return "trop d’attributs"
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError):
        return "un fichier abîmé"
    if tree.docinfo.internalDTD is not None:
        return "un <!DOCTYPE>"
    return next(_find_dangers(tree), "")


def _find_dangers(tree: etree._ElementTree) -> Iterator[str]:
    root = tree.getroot()
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    for number, element in enumerate((*around, *root.iter())):
        if number > MOST_ELEMENTS:
            yield "trop d’éléments"
        elif isinstance(element, etree._Comment):  # noqa: SLF001 (the class has no public name)
            continue
        elif not isinstance(element.tag, str):
            yield "une instruction de traitement"
        elif element.tag not in _ELEMENTS and not _INERT.fullmatch(element.tag):
            yield f"l’élément <{element.tag.rpartition('}')[2]}>"
        else:
            yield from _find_bad_attributes(element)


def _find_bad_attributes(element: etree._Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        local = name.rpartition("}")[2].lower()
        if local.startswith("on"):
            yield f"l’attribut « {local} »"
        elif (local in {"href", "src", "base"} and not value.startswith("#")) or _LOADS.search(
            value
        ):
            yield f"l’attribut « {local} », qui charge autre chose"
