"""A picture as a post may keep it: shown as it is, without what it says of its makers."""

from __future__ import annotations

from pathlib import Path

from archivist.pictures.convert import prepare_picture
from archivist.pictures.private import find_private


def clean_picture(path: Path) -> tuple[str, bytes]:
    """Return the ending and the bytes of the picture in *path*: upright, private, of a known kind.

    Raises PictureError, and whatever a damaged picture brings Pillow to.
    """
    ready = prepare_picture(path)
    raster = ready.raster
    if raster is None or (raster.turn is None and not find_private(ready.data, ready.ending)):
        return ready.ending, ready.data
    return ready.ending, raster.publish()
