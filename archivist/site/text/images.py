"""Images as light as the reader's screen allows: sized, lazy, in WebP with the original behind."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import PIL
from docutils import nodes
from markupsafe import Markup
from PIL import Image, ImageOps, features
from sphinx.util.images import get_image_size
from sphinx.writers.html5 import HTML5Translator

from archivist.checks.images import SHOWN_AS_IT_IS
from archivist.site.sphinx.templates import prints_site
from archivist.syntax.allowed import DECORATIVE, IMAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# Widths of a phone, of a wide screen, and of a wide screen with fine pixels.
WIDTHS = (SHOWN_AS_IT_IS, 960, 1600)
QUALITY = 80
_LIGHTENED = frozenset({".jpg", ".jpeg", ".png"})
# Never a format that Pillow has another program read.
_FORMATS = sorted(set(IMAGES.values()))
# The longest side that WebP can hold.
_LARGEST = 16383
# The text is as wide as the window up to its measure (variables.css).
_SIZES = "(min-width: 46rem) 42rem, 100vw"
_PIXELS = re.compile("([0-9]+)(?:px)?")


def choose_widths(width: int) -> list[int]:
    """Return the widths to make of an image that is *width* wide, never a larger one."""
    return sorted({min(each, width) for each in WIDTHS})


def plan_widths(source: Path) -> list[int]:
    """Return the widths to make of the image in *source*.

    None of one that is small already, or that WebP would spoil.
    """
    if source.suffix.lower() not in _LIGHTENED:
        return []
    with Image.open(source, formats=_FORMATS) as image:
        spoiled = getattr(image, "is_animated", False) or max(image.size) > _LARGEST
    size = get_image_size(str(source))
    if spoiled or size is None or size[0] <= SHOWN_AS_IT_IS:
        return []
    return choose_widths(size[0])


def name_variant(name: str, width: int) -> str:
    """Return the file name of the *width* wide variant of the image *name*."""
    return f"{name}-{width}.webp"


def write_variant(source: Path, target: Path, width: int) -> None:
    """Write *source*, turned as its camera says, as a WebP *width* wide."""
    with Image.open(source, formats=_FORMATS) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode.startswith("I;16"):
            # Pillow would cut what is over 255 to white.
            upright = upright.point(lambda value: value / 256).convert("L")
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        height = max(1, round(upright.height * width / upright.width))
        small = upright.convert(mode).resize((width, height), Image.Resampling.LANCZOS)
        small.save(target, "WEBP", quality=QUALITY, method=6)


def _write_tag(node: nodes.image, address: str, size: tuple[int, int] | None) -> Markup:
    alt = "" if DECORATIVE in node["classes"] else node.get("alt", "")
    numbers = Markup(' width="{}" height="{}"').format(*size) if size else ""
    template = Markup('<img src="{}" alt="{}"{} loading="lazy" decoding="async">')
    return template.format(address, alt, numbers)


def _write_sources(folder: str, name: str, widths: list[int], shown: str) -> Markup:
    variants = ((name_variant(name, each), each) for each in widths)
    srcset = ", ".join(f"{folder}/{quote(variant)} {each}w" for variant, each in variants)
    return Markup('<source type="image/webp" srcset="{}" sizes="{}">').format(srcset, shown)


def _write_sizes(width: int) -> str:
    """Return how wide an image is that is never wider than *width*, nor than the text."""
    return f"min({width}px, 42rem, 100vw)"


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


def visit_image(translator: HTML5Translator, node: nodes.image) -> None:
    """Write an image of the archive; any other was refused before."""
    builder, uri = translator.builder, node["uri"]
    name = builder.images.get(uri, "")
    whole = get_image_size(str(builder.srcdir / uri))
    size = whole and shrink(whole, _read_pixels(node, "width"), _read_pixels(node, "height"))
    tag = _write_tag(node, f"{builder.imgpath}/{quote(name)}", size)
    widths = plan_widths(Path(builder.srcdir / uri))
    if widths:
        shown = _SIZES if size == whole or not size else _write_sizes(size[0])
        sources = _write_sources(builder.imgpath, name, widths, shown)
        tag = Markup("<picture>{}{}</picture>").format(sources, tag)
    translator.body.append(str(tag))


def visit_figure(translator: HTML5Translator, node: nodes.figure) -> None:
    """Open a figure that bears its caption as a name (RGAA 1.9)."""
    # A width would be a style in the page, which its policy refuses.
    node.attributes.pop("width", None)
    HTML5Translator.visit_figure(translator, node)
    caption = next(iter(node.findall(nodes.caption)), None)
    if caption:
        name = Markup('<figure role="figure" aria-label="{}"').format(caption.astext())
        translator.body[-1] = translator.body[-1].replace("<figure", name, 1)


def _skip(_: HTML5Translator, __: nodes.Node) -> None:
    """Do nothing: an image has no end to write."""


def find_variants(app: Sphinx) -> Iterator[tuple[Path, str, int]]:
    """Yield source, file name and width of each variant that pages may ask for."""
    for uri, (_, name) in app.env.images.items():
        source = Path(app.srcdir, uri)
        for width in plan_widths(source):
            yield source, name_variant(name, width), width


class Pictures:
    """The pictures of a site: originals, and variants, each made once for the same original.

    *cache* keeps variants from build to build, under the hash of the original and all that
    decides what is made of it; nothing is kept without it.
    """

    def __init__(self, output: Path, cache: Path | None) -> None:
        self._output, self._cache = output / "_images", cache
        self._used: set[str] = set()

    def write_original(self, source: Path, name: str) -> None:
        """Put *source* among the images of the site."""
        self._place(name, lambda target: shutil.copyfile(source, target))

    def write_variant(self, source: Path, name: str, width: int) -> None:
        """Put the *width* wide variant of *source* among them."""
        if self._cache is None:
            self._place(name, lambda target: write_variant(source, target, width))
            return
        kept = self._cache / _name_cached(source, width)
        self._used.add(kept.name)
        if not kept.exists():
            self._cache.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(".part")
            write_variant(source, part, width)
            part.replace(kept)
        self._place(name, lambda target: shutil.copyfile(kept, target))

    def _place(self, name: str, write: Callable[[Path], object]) -> None:
        target = self._output / name
        # That of the last site, in which no picture has changed.
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write(target)

    def forget_unused(self) -> None:
        """Remove the variants that nothing asked for."""
        for path in self._cache.iterdir() if self._cache and self._cache.exists() else ():
            if path.name not in self._used:
                path.unlink()


def _name_cached(source: Path, width: int) -> str:
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    made_by = (PIL.__version__, features.version("webp"), QUALITY)
    return f"{digest}-{width}-{'-'.join(map(str, made_by))}.webp"


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the images of all documents, and their variants."""
    if exception or not prints_site(app):
        return
    pictures = Pictures(Path(app.outdir), app.config.archive_pictures)
    for uri, (_, name) in app.env.images.items():
        pictures.write_original(Path(app.srcdir, uri), name)
    for source, name, width in find_variants(app):
        pictures.write_variant(source, name, width)
    pictures.forget_unused()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.add_node(nodes.image, override=True, html=(visit_image, _skip))
    app.add_node(nodes.figure, override=True, html=(visit_figure, HTML5Translator.depart_figure))
    # A folder where variants are kept from build to build.
    app.add_config_value("archive_pictures", None, "")
    app.connect("build-finished", on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
