"""A picture from anywhere as one that posts may show: of a kind that is known, no larger than it may be."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from archivist.pictures.fault import PictureError
from archivist.pictures.picture import (
    ENDINGS,
    Raster,
    check_picture,
    find_turn,
    is_drawing,
    read_picture,
)
from archivist.syntax.allowed import IMAGES, SVG

_OTHERS = ("BMP", "TIFF", "AVIF", "HEIF")
PHOTOS = frozenset({".heic", ".heif"})
"""What the names of photos end in that telephones take, and only an additional package reads."""
_LARGEST_SIDE = 2560  # pixels, as WordPress cuts large pictures


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyPicture:
    """A picture that a post may show: what its name ends in, and its bytes."""

    ending: str
    data: bytes
    raster: Raster | None = None
    """The same, read; there is none of a drawing, nor of one that is made anew."""
    is_made_anew: bool = False


def prepare_picture(path: Path) -> ReadyPicture:
    """Return the picture in *path*: as it is where it may be, else of a known kind, and smaller.

    Raises PictureError where a drawing is none, and whatever a damaged picture brings Pillow to.
    """
    if is_drawing(path):
        check_picture(path)
        return ReadyPicture(ending=SVG, data=path.read_bytes())
    if path.suffix.lower() in PHOTOS and not _reads_photos():
        raise PictureError("est une photo HEIC : enregistrez-la en JPEG, ou lancez « make fix ».")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.init()
        known = [*sorted(set(IMAGES.values())), *(each for each in _OTHERS if each in Image.OPEN)]
        with Image.open(path, formats=known) as image:
            # A photo may have another in its file, of the other eye.
            kind = "JPEG" if image.format == "MPO" else image.format or ""
            if ending := ENDINGS.get(kind, ""):
                is_named = IMAGES.get(path.suffix.lower()) == kind
                with suppress(PictureError):
                    raster = read_picture(path, kind)
                    raster.check()
                    ending = path.suffix.lower() if is_named else ending
                    return ReadyPicture(ending=ending, data=path.read_bytes(), raster=raster)
            return _reduce(image)


def _reads_photos() -> bool:
    """Tell whether there is what reads the photos of telephones, and have Pillow use it."""
    try:
        from pillow_heif import register_heif_opener  # noqa: PLC0415
    except ImportError:
        return False
    register_heif_opener()
    return True


def _reduce(image: Image.Image) -> ReadyPicture:
    """Return a picture of another kind, or too large, as one that a post may show."""
    image.draft(None, (2 * _LARGEST_SIDE, 2 * _LARGEST_SIDE))
    is_opaque = not image.has_transparency_data
    small = image.convert("RGB" if is_opaque else "RGBA")
    small.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    turn = find_turn(image.info.get("exif", b""))
    small = small if turn is None else small.transpose(turn)
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    file = io.BytesIO()
    small.save(file, "JPEG" if is_opaque else "WEBP", quality=90, icc_profile=profile)
    ending = ".jpg" if is_opaque else ".webp"
    return ReadyPicture(ending=ending, data=file.getvalue(), is_made_anew=True)
