"""The pictures of a book, none larger than a screen to read on can show."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from archivist.pictures.picture import is_drawing, publish_picture, read_picture

_LARGEST = 1600
_QUALITY = 85
# Others may move, or are drawn, or small for what they show.
_SHRUNK = frozenset({"JPEG", "PNG"})


def fit_picture(source: Path) -> bytes:
    """Return the picture in *source* as the site has it, or smaller where no screen is as large."""
    if is_drawing(source):
        return publish_picture(source)
    picture = read_picture(source)
    size = picture.measure()
    if picture.kind not in _SHRUNK or max(size) <= _LARGEST or picture.frames > 1:
        return picture.publish()
    width, height = (max(1, round(side * _LARGEST / max(size))) for side in size)
    small, data = picture.shrink((width, height)), BytesIO()
    profile = small.info.get("icc_profile")
    small.save(data, picture.kind, quality=_QUALITY, optimize=True, icc_profile=profile)
    return data.getvalue()
