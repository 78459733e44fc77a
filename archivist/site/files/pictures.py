"""Pictures of the site: originals, and lighter variants, made once for the same original."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import PIL
from PIL import Image, ImageOps, features

from archivist.files import hash_file
from archivist.site.files.file import SiteFile, keep
from archivist.site.site import Site
from archivist.site.text.images import FORMATS, name_variant, plan_widths

QUALITY = 80


def draw_variant(source: Path, width: int) -> bytes:
    """Return *source*, turned as its camera says, as a WebP *width* wide."""
    with Image.open(source, formats=FORMATS) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode.startswith("I;16"):
            # Pillow would cut what is over 255 to white.
            upright = upright.point(lambda value: value / 256).convert("L")
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        height = max(1, round(upright.height * width / upright.width))
        small = upright.convert(mode).resize((width, height), Image.Resampling.LANCZOS)
        written = io.BytesIO()
        small.save(written, "WEBP", quality=QUALITY, method=6)
        return written.getvalue()


def list_pictures(site: Site) -> Iterator[SiteFile]:
    """Yield the images of all documents, and their variants; a build knows none that changed."""
    folder = site.plan.cache / "pictures" if site.plan.cache else None
    # Names change with the original, and with all that draws its variant.
    made_by = "-".join(map(str, (PIL.__version__, features.version("webp"), QUALITY)))
    used = set()
    for uri, name in site.images.items():
        source = site.docs / uri
        yield SiteFile(f"_images/{name}", source.read_bytes, is_fixed=True)
        for width in plan_widths(source):
            kept = folder / f"{hash_file(source)}-{width}-{made_by}.webp" if folder else None
            used.add(kept)
            make = partial(keep, kept, partial(draw_variant, source, width))
            yield SiteFile(f"_images/{name_variant(name, width)}", make, is_fixed=True)
    for path in folder.iterdir() if folder and folder.exists() else ():
        if path not in used:
            path.unlink()
