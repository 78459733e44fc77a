"""The pictures of a book, in formats that all readers show, none larger than their screens."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from archivist.pictures.picture import (
    LARGEST_SHOWN,
    Raster,
    is_drawing,
    publish_picture,
    read_picture,
)

_QUALITY = 85
# Others may move, or are drawn, or small for what they show.
_SHRUNK = frozenset({"JPEG", "PNG"})
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png"}


def _choose_format(picture: Raster) -> str:
    """Return the format of a picture in a book: not all readers show WebP."""
    if picture.kind != "WEBP":
        return picture.kind
    with picture.open() as image:
        is_exact = image.has_transparency_data or b"VP8L" in picture.data
    return "PNG" if is_exact else "JPEG"


def fit_name(name: str, source: Path) -> str:
    """Return how the picture in *source*, *name* on the site, is called in a book."""
    if source.suffix.lower() != ".webp":
        return name
    return name + _ENDINGS[_choose_format(read_picture(source))]


def fit_picture(source: Path) -> bytes:
    """Return the picture in *source* as the site has it, or smaller where no screen is as large."""
    if is_drawing(source):
        return publish_picture(source)
    picture = read_picture(source)
    size = picture.measure()
    kind, scale = _choose_format(picture), min(1, LARGEST_SHOWN / max(size))
    if kind == picture.kind and (kind not in _SHRUNK or scale == 1 or picture.frames > 1):
        return picture.publish()
    width, height = (max(1, round(side * scale)) for side in size)
    small, data = picture.shrink((width, height)), BytesIO()
    profile = small.info.get("icc_profile")
    small.save(data, kind, quality=_QUALITY, optimize=True, icc_profile=profile)
    return data.getvalue()
