"""Tell whether an SVG image is a drawing and nothing more.

An SVG is a document: it can run scripts, load files and imitate a page
(https://www.w3.org/TR/SVG2/conform.html#secure-static-mode).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from archivist.syntax.limits import LARGEST_DRAWING, MOST_ATTRIBUTES, MOST_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
_LOADS = re.compile(
    r"url\s*\(\s*(?!['\"]?\s*#)|image-set|@import|expression|javascript:|\\", re.IGNORECASE
)


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
