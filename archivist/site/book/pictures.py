"""The pictures of a book, none larger than a screen to read on can show."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from archivist.pictures.picture import LARGEST_SHOWN, is_drawing, publish_picture, read_picture

_QUALITY = 85
# Others may move, or are drawn, or small for what they show.
_SHRUNK = frozenset({"JPEG", "PNG"})


def fit_picture(source: Path) -> bytes:
    """Return the picture in *source* as the site has it, or smaller where no screen is as large."""
    if is_drawing(source):
        return publish_picture(source)
    picture = read_picture(source)
    size = picture.measure()
    if picture.kind not in _SHRUNK or max(size) <= LARGEST_SHOWN or picture.frames > 1:
        return picture.publish()
    width, height = (max(1, round(side * LARGEST_SHOWN / max(size))) for side in size)
    small, data = picture.shrink((width, height)), BytesIO()
    profile = small.info.get("icc_profile")
    small.save(data, picture.kind, quality=_QUALITY, optimize=True, icc_profile=profile)
    return data.getvalue()
