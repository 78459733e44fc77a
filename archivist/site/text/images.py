"""Images as light as the reader's screen allows: sized, lazy, in WebP with the original behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup
from sphinx.writers.html5 import HTML5Translator

from archivist.pictures.picture import (
    LARGEST_SHOWN,
    SHOWN_AS_IT_IS,
    is_drawing,
    publish_picture,
    read_picture,
)
from archivist.pictures.svg import measure_drawing
from archivist.site.text.rendering import summary
from archivist.syntax.allowed import DECORATIVE, WHOLE_PICTURE

# Widths of a phone, of a wide screen, and of a wide screen with fine pixels.
WIDTHS = (SHOWN_AS_IT_IS, 960, LARGEST_SHOWN)
_LIGHTENED = frozenset({"JPEG", "PNG"})
# The longest side that WebP can hold.
_LARGEST = 16383
# The text is as wide as the window up to its measure (variables.css).
_SIZES = "(min-width: 46rem) 42rem, 100vw"
# Half a phone, or a third of the text: posts.css.
_SIZES_IN_GALLERY = "(min-width: 46rem) 19rem, 50vw"
_PIXELS = re.compile("([0-9]+)(?:px)?")
# The room that a page has for a picture, in pixels, and for one that has others or words beside it.
_ROOM, _LESS = 612, 320
_BESIDE = frozenset({"gallery", "columns", "left", "right"})
# Below, what is seen is no more.
_GAIN = 1.2
_LARGER = re.compile(
    r'((?:<picture><source [^<>]*>)?<img)( data-whole) src="([^"]*)" alt="([^"]*)"[^<>]*>(?:</picture>)?'
)


def choose_widths(width: int) -> list[int]:
    """Return the widths to make of an image that is *width* wide, never a larger one."""
    return sorted({min(each, width) for each in WIDTHS})


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """How a picture is shown."""

    size: tuple[int, int] | None
    """Its width and height in pixels, where it says them."""
    widths: tuple[int, ...] = ()
    """The widths to make of it: none of one that is small already, or that WebP would spoil."""
    is_turned: bool = False
    """Whether its pixels have another place than in its file."""


def find_shape(source: Path) -> Shape:
    """Return how the picture in *source* is shown."""
    if is_drawing(source):
        return Shape(size=measure_drawing(publish_picture(source)))
    picture = read_picture(source)
    size = picture.measure()
    is_spoiled = picture.frames > 1 or max(size) > _LARGEST
    is_small = picture.kind not in _LIGHTENED or size[0] <= SHOWN_AS_IT_IS
    widths = [] if is_small or is_spoiled else choose_widths(size[0])
    return Shape(size=size, widths=tuple(widths), is_turned=picture.turn is not None)


def name_variant(name: str, width: int) -> str:
    """Return the file name of the *width* wide variant of the image *name*."""
    return f"{name}-{width}.webp"


def _read_pixels(node: nodes.image, side: str) -> int:
    """Return what the writer asks of a side in pixels, 0 for nothing."""
    found = _PIXELS.fullmatch(str(node.get(side, "")))
    return int(found[1]) if found else 0


def shrink(size: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """Return *size* made smaller, in proportion, as *width* or else *height* asks if not 0."""
    if 0 < width < size[0]:
        return width, max(1, round(size[1] * width / size[0]))
    if not width and 0 < height < size[1]:
        return max(1, round(size[0] * height / size[1])), height
    return size


def _list_around(node: nodes.Element) -> Iterator[nodes.Element]:
    while node is not None:
        yield node
        node = node.parent


def _find_places(node: nodes.image) -> set[str]:
    """Return what a picture, and all around it, says of where it stands."""
    around = _list_around(node)
    return {place for each in around for place in (*each["classes"], each.get("align", ""))}


def _is_larger(node: nodes.image, whole: tuple[int, int], shown: tuple[int, int]) -> bool:
    """Tell whether the file of a picture shows more than a page, where nothing else is opened."""
    if any(isinstance(each, (nodes.reference, summary)) for each in _list_around(node)):
        return False
    room = _ROOM if _BESIDE.isdisjoint(_find_places(node)) else _LESS
    sides = zip(whole, shown, strict=True)
    return any(side > _GAIN * min(seen, room) for side, seen in sides)


def _tell_sizes(node: nodes.image, shape: Shape, shown: tuple[int, int] | None) -> str:
    """Return how wide a picture is on screens, for browsers to choose a file."""
    if "gallery" in _find_places(node):
        return _SIZES_IN_GALLERY
    return f"min({shown[0]}px, 42rem, 100vw)" if shown and shown != shape.size else _SIZES


def lead_to_whole(html: str) -> Markup:
    """Return *html*, in which pictures larger than shown are links to their files.

    Pages alone have them: no list, feed, book or search knows of them.
    """
    return Markup(_LARGER.sub(_link_whole, html))  # noqa: S704


def _link_whole(found: re.Match[str]) -> str:
    image, mark, address, alt = found.groups()
    name = f"Agrandir\u00a0: {alt}" if alt else "Agrandir l’image"
    shown = image + found[0].removeprefix(image + mark)
    return f'<a class="{WHOLE_PICTURE}" href="{address}" aria-label="{name}">{shown}</a>'


def visit_image(translator: HTML5Translator, node: nodes.image) -> None:
    """Write an image of the archive; any other was refused before."""
    builder, uri = translator.builder, node["uri"]
    name = builder.images.get(uri, "")
    shape = find_shape(Path(builder.srcdir / uri))
    whole = shape.size
    size = whole and shrink(whole, _read_pixels(node, "width"), _read_pixels(node, "height"))
    alt = "" if DECORATIVE in node["classes"] else node.get("alt", "")
    numbers = Markup(' width="{}" height="{}"').format(*size) if size else Markup()
    # Only of one in a line: a figure stands where its own option says.
    align = "" if isinstance(node.parent, nodes.figure) else node.get("align", "")
    numbers += Markup(' class="align-{}"').format(align) if align else ""
    mark = " data-whole" if whole and size and _is_larger(node, whole, size) else ""
    template = Markup('<img{} src="{}" alt="{}"{} loading="lazy" decoding="async">')
    tag = template.format(mark, f"{builder.imgpath}/{quote(name)}", alt, numbers)
    if shape.widths:
        shown = _tell_sizes(node, shape, size)
        variants = (f"{quote(name_variant(name, each))} {each}w" for each in shape.widths)
        srcset = ", ".join(f"{builder.imgpath}/{variant}" for variant in variants)
        sources = Markup('<source type="image/webp" srcset="{}" sizes="{}">').format(srcset, shown)
        tag = Markup("<picture>{}{}</picture>").format(sources, tag)
    translator.body.append(str(tag))


def visit_figure(translator: HTML5Translator, node: nodes.figure) -> None:
    """Open a figure that bears its caption as a name (RGAA 1.9)."""
    # A width would be a style in the page, which its policy refuses.
    node.attributes.pop("width", None)
    HTML5Translator.visit_figure(translator, node)
    caption = node.next_node(nodes.caption)
    if caption:
        name = Markup('<figure role="figure" aria-label="{}"').format(caption.astext())
        translator.body[-1] = translator.body[-1].replace("<figure", name, 1)
