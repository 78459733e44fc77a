"""The pictures of a book, none larger than a screen to read on can show."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from archivist.syntax.allowed import IMAGES

_LARGEST = 1600
_QUALITY = 85
# Others may move, or are drawn, or small for what they show.
_SHRUNK = frozenset({"JPEG", "PNG"})


def fit_picture(source: Path) -> bytes:
    """Return the picture in *source* as it is, or smaller where it is larger than a screen."""
    kind = IMAGES.get(source.suffix.lower(), "")
    if kind not in _SHRUNK:
        return source.read_bytes()
    with Image.open(source, formats=[kind]) as image:
        if max(image.size) <= _LARGEST or getattr(image, "is_animated", False):
            return source.read_bytes()
        upright = ImageOps.exif_transpose(image)
        # Pillow shrinks neither by mixing colours that are numbers in a list.
        small = upright.convert("RGBA") if upright.mode in {"P", "1"} else upright
        small.thumbnail((_LARGEST, _LARGEST), Image.Resampling.LANCZOS)
        data = BytesIO()
        small.save(data, kind, quality=_QUALITY, optimize=True)
        return data.getvalue()
