"""A drawing in SVG, read once and written anew: what is served is what was read.

An SVG is a document: it can run scripts, load files and imitate a page
(https://www.w3.org/TR/SVG2/conform.html#secure-static-mode).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from archivist.pictures.fault import PictureError
from archivist.syntax.limits import LARGEST_DRAWING, MOST_ATTRIBUTES, MOST_DRAWN, MOST_ELEMENTS

_NAMESPACE = "http://www.w3.org/2000/svg"
_SVG = f"{{{_NAMESPACE}}}"
_XLINK = "http://www.w3.org/1999/xlink"
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
# Those whose text means something.
_TEXTUAL = frozenset(f"{_SVG}{name}" for name in ("desc", "text", "textPath", "title", "tspan"))
_ATTRIBUTES = frozenset((
    "alignment-baseline", "amplitude", "azimuth", "baseFrequency", "baseline-shift", "clip",
    "clip-path", "clip-rule", "clipPathUnits", "color", "color-interpolation",
    "color-interpolation-filters", "color-rendering", "cx", "cy", "d", "direction", "display",
    "dominant-baseline", "dx", "dy", "edgeMode", "elevation", "enable-background", "exponent",
    "fill", "fill-opacity", "fill-rule", "filter", "filterUnits", "flood-color", "flood-opacity",
    "font", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight", "fr", "fx",
    "fy", "glyph-orientation-horizontal", "glyph-orientation-vertical", "gradientTransform",
    "gradientUnits", "height", "href", "id", "image-rendering", "in", "in2", "intercept",
    "isolation", "k1", "k2", "k3", "k4", "kerning", "lang", "lengthAdjust", "letter-spacing",
    "lighting-color", "marker", "marker-end", "marker-mid", "marker-start", "markerHeight",
    "markerUnits", "markerWidth", "mask", "mask-type", "maskContentUnits", "maskUnits", "method",
    "mix-blend-mode", "mode", "numOctaves", "offset", "opacity", "operator", "order", "orient",
    "overflow", "paint-order", "path", "pathLength", "patternContentUnits", "patternTransform",
    "patternUnits", "pointer-events", "points", "preserveAspectRatio", "primitiveUnits", "r",
    "radius", "refX", "refY", "requiredExtensions", "requiredFeatures", "result", "rotate", "rx",
    "ry", "scale", "seed", "shape-rendering", "side", "slope", "spacing", "spreadMethod",
    "startOffset", "stdDeviation", "stitchTiles", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-width", "style", "systemLanguage",
    "tableValues", "text-anchor", "text-decoration", "text-orientation", "text-overflow",
    "text-rendering", "textLength", "transform", "transform-box", "transform-origin", "type",
    "unicode-bidi", "values", "vector-effect", "version", "viewBox", "visibility", "white-space",
    "width", "word-spacing", "writing-mode", "x", "x1", "x2", "y", "y1", "y2",
    f"{{{_XLINK}}}href", "{http://www.w3.org/XML/1998/namespace}lang",
    "{http://www.w3.org/XML/1998/namespace}space",
))  # fmt: skip
"""What says how a drawing is drawn: https://www.w3.org/TR/SVG2/attindex.html."""
# What drawing programs keep for themselves, which browsers do not read.
_INERT = re.compile(
    r"\{(?:http://www\.inkscape\.org/|http://sodipodi\.sourceforge\.net/|http://purl\.org/dc/|"
    r"http://creativecommons\.org/ns#|http://web\.resource\.org/cc/|"
    r"http://www\.w3\.org/1999/02/22-rdf-syntax-ns#)[^}]*\}[\w-]+"
)
_LOADS = re.compile(
    r"(?i)url\s*\(\s*(?!['\"]?\s*#)|image-set|@import|expression|javascript:|\\|"
    r"\b(?:src|image|cross-fade)\s*\("
)
_TO_PNG = "enregistrez-la en PNG."
# <?xml version="1.0" encoding="ISO-8859-1"?>
_DECLARED = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([^\"'>]*)")
_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
# `url(#a)`, `url('#a')`
_REFERENCE = re.compile(r"url\(\s*[\"']?\s*#([^\"')\s]+)", re.IGNORECASE)
# An element in another, or one that another shows.
_DEEPEST = 300
# 210mm
_LENGTH = re.compile(r"\s*\+?([0-9]{1,6}(?:\.[0-9]{1,9})?)(px|pt|pc|mm|cm|in)?\s*")
_IN_PIXELS = {"pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


def rewrite_drawing(data: bytes) -> bytes:
    """Return the drawing in *data* written anew, with what is drawn and nothing else, in ASCII.

    Raises PictureError when it is more than a drawing.
    """
    root = _read(data)
    danger = next(_find_dangers(root), "")
    if danger:
        raise PictureError(f"contient {danger} : {_TO_PNG}")
    _Weight(root).measure()
    made = etree.Element(root.tag, _keep(root), nsmap={None: _NAMESPACE, "xlink": _XLINK})
    _copy(root, made)
    etree.cleanup_namespaces(made)
    # ASCII is the same in whatever encoding a browser takes it for.
    return bytes(etree.tostring(made, encoding="ascii"))


def measure_drawing(data: bytes) -> tuple[int, int] | None:
    """Return the width and height, in pixels, that a drawing written anew asks for, if both."""
    root = etree.fromstring(data, _make_parser())
    found = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    sides = [int(float(each[1]) * _IN_PIXELS.get(each[2], 1)) for each in found if each]
    return (sides[0], sides[1]) if len(sides) == len(found) and all(sides) else None


def _make_parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True,
    )  # fmt: skip


def _read(data: bytes) -> etree._Element:
    """Return the root of a drawing, whose bytes are UTF-8 whatever they say."""
    if len(data) > LARGEST_DRAWING:
        raise PictureError(f"contient plus d’un demi-mégaoctet : {_TO_PNG}")
    if data.count(b"=") > MOST_ATTRIBUTES:
        raise PictureError(f"contient trop d’attributs : {_TO_PNG}")
    bare = data.removeprefix(codecs.BOM_UTF8)
    declared = _DECLARED.match(bare)
    name = declared[1].decode("utf-8", "replace") if declared else "utf-8"
    if name.lower() not in _UTF_8:
        message = f"est écrite en « {name[:40]} » : enregistrez-la en UTF-8, ou en PNG."
        raise PictureError(message)
    try:
        root = etree.fromstring(bare.decode().encode(), _make_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PictureError(f"contient un fichier abîmé : {_TO_PNG}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PictureError(f"contient un <!DOCTYPE> : {_TO_PNG}")
    return root


def _find_dangers(root: etree._Element) -> Iterator[str]:
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    if root.tag != f"{_SVG}svg":
        yield f"l’élément <{str(root.tag).rpartition('}')[2]}>"
    for number, element in enumerate((*around, *root.iter())):
        if number > MOST_ELEMENTS:
            yield "trop d’éléments"
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
        elif (local in {"href", "src", "base"} and not value.startswith("#")) or (
            name in _ATTRIBUTES and _LOADS.search(value)
        ):
            yield f"l’attribut « {local} », qui charge autre chose"


class _Weight:
    """How much a drawing draws, with what its parts show again of one another."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._named = {each.get("id"): each for each in root.iter() if each.get("id")}
        self._known: dict[etree._Element, int] = {}

    def measure(self) -> None:
        """Raise PictureError where a few lines draw without end."""
        if self._count(self._root, 0) > MOST_DRAWN:
            raise PictureError(f"contient trop de copies d’elle-même : {_TO_PNG}")

    def _count(self, element: etree._Element, depth: int) -> int:
        if element in self._known:
            return self._known[element]
        if depth > _DEEPEST:
            raise PictureError(f"contient trop d’éléments les uns dans les autres : {_TO_PNG}")
        # Browsers show nothing of what shows itself.
        self._known[element] = 0
        total = 1
        for part in (*element, *self._list_shown(element)):
            total += self._count(part, depth + 1)
        self._known[element] = min(total, MOST_DRAWN + 1)
        return self._known[element]

    def _list_shown(self, element: etree._Element) -> list[etree._Element]:
        """Return what attributes of *element* make it show."""
        names = [name for value in element.attrib.values() for name in _REFERENCE.findall(value)]
        names += [
            value[1:]
            for name, value in element.attrib.items()
            if name.rpartition("}")[2] == "href" and value.startswith("#")
        ]
        return [self._named[name] for name in names if name in self._named]


def _keep(element: etree._Element) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}


def _copy(found: etree._Element, made: etree._Element) -> None:
    """Put into *made* what is drawn of *found*."""
    is_textual = made.tag in _TEXTUAL
    made.text = found.text if is_textual else None
    for part in found:
        if part.tag in _ELEMENTS and part.tag != f"{_SVG}metadata":
            _copy(part, etree.SubElement(made, part.tag, _keep(part)))
        if is_textual and part.tail:
            _add_text(made, part.tail)


def _add_text(made: etree._Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text
