"""A picture: judged by what decoding it takes, published as it is shown, without what is not."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, JpegImagePlugin

from archivist.pictures.fault import PictureError
from archivist.pictures.jpeg import JPEG_END
from archivist.pictures.parts import EXIF, UNREADABLE
from archivist.pictures.strip import strip
from archivist.pictures.svg import rewrite_drawing
from archivist.syntax.allowed import IMAGES, SVG
from archivist.syntax.limits import (
    LARGEST_DECODED,
    LARGEST_FILM,
    LARGEST_IMAGE,
    LARGEST_PICTURE,
    LONGEST_SIDE,
    MOST_FRAMES,
    MOST_SCANS,
)

LARGEST_SHOWN = 1600
"""The width, in pixels, of a wide screen with fine pixels: no variant is wider."""
SHOWN_AS_IT_IS = 480
"""The widest picture, in pixels, that the site does not lighten."""
_ORIENTATION = 0x0112
_TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""What puts a picture upright, by what its camera says: the place of the first row and column."""
_ON_ITS_SIDE = frozenset(_TURNS[number] for number in (5, 6, 7, 8))
# Bytes that Pillow takes for a pixel while it decodes a picture that moves; twice as many for a
# WebP, which only checks decode, before a build has loaded what it needs.
_FOR_FRAMES, _FOR_WEBP = 16, 8
# Colours that are numbers in a list, or black and white, are not mixed.
_LISTED = frozenset({"1", "P", "PA"})
# Of one byte a pixel.
_SMALL = frozenset({"1", "P", "L"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Raster:
    """A picture of pixels without what is not drawn; *data* is not turned yet."""

    kind: str
    """Its format, as Pillow calls it."""
    data: bytes
    frames: int
    turn: Image.Transpose | None
    """What puts it upright, if it is not."""

    @contextmanager
    def open(self) -> Iterator[Image.Image]:
        """Give the picture as Pillow reads it, not turned. Raises PictureError for what is none."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(self.data), formats=[self.kind]) as image:
                    yield image
        except PictureError:
            raise
        except Exception as error:
            # Decoders raise whatever their hostile input brings them to.
            raise PictureError(UNREADABLE) from error

    @property
    def is_on_its_side(self) -> bool:
        """Whether it is shown as wide as it is high here."""
        return self.turn in _ON_ITS_SIDE

    def measure(self) -> tuple[int, int]:
        """Return its width and height as it is shown."""
        with self.open() as image:
            return image.size[::-1] if self.is_on_its_side else image.size

    def shrink(self, size: tuple[int, int]) -> Image.Image:
        """Return it as it is shown, as large as *size*."""
        with self.open() as image:
            width, height = size[::-1] if self.is_on_its_side else size
            # A JPEG is decoded no larger than it need be.
            image.draft(None, (max(width, LARGEST_SHOWN), height))
            drawn = image
            if drawn.mode.startswith("I;16"):
                # Pillow would cut what is over 255 to white.
                drawn = drawn.point(lambda value: value / 256).convert("L")
            if drawn.mode in _LISTED or "transparency" in drawn.info:
                drawn = drawn.convert("RGBA" if drawn.has_transparency_data else "RGB")
            small = drawn.resize((width, height), Image.Resampling.LANCZOS)
            return small if self.turn is None else small.transpose(self.turn)

    def publish(self) -> bytes:
        """Return the file to publish: turned, when it has to be, else with the pixels it had."""
        if self.turn is None:
            # The end may be missing where all else is there.
            is_open = self.kind == "JPEG" and not self.data.endswith(JPEG_END)
            return self.data + JPEG_END * is_open
        with self.open() as image:
            options: dict[str, object] = {"icc_profile": image.info.get("icc_profile")}
            if isinstance(image, JpegImagePlugin.JpegImageFile):
                # With its own tables, turned too, hardly anything is lost, and it grows no heavier.
                options["qtables"] = self._turn_tables(image.quantization)
                options["subsampling"] = JpegImagePlugin.get_sampling(image)
            elif self.kind == "WEBP":
                options |= {"lossless": b"VP8L" in self.data, "quality": 90}
            upright, written = image.transpose(self.turn), io.BytesIO()
            image.close()
            upright.save(written, self.kind, **options)
            return written.getvalue()

    def _turn_tables(self, tables: Mapping[int, Sequence[int]]) -> list[Sequence[int]]:
        found = [tables[number] for number in sorted(tables)]
        if self.is_on_its_side:
            found = [[each[8 * (at % 8) + at // 8] for at in range(64)] for each in found]
        return found

    def check(self) -> None:
        """Decode it whole. Raises PictureError where it is damaged, or too large."""
        with self.open() as image:
            self._check_size(image)
            if max(image.size) <= SHOWN_AS_IT_IS and self.turn is None:
                # A small one that is cut short is shown as it is, as browsers forgive.
                self._decode(image, "truncated")
            else:
                self._decode(image, "")

    def _decode(self, image: Image.Image, forgiven: str) -> None:
        # A JPEG is read to its end, but most of its pixels need not be drawn.
        image.draft(None, (1, 1))
        try:
            for number in range(max(1, self.frames)):
                image.seek(number)
                image.load()
        except EOFError as error:
            if not number:
                raise PictureError(UNREADABLE) from error
        except OSError as error:
            if not forgiven or forgiven not in str(error):
                raise

    def _check_size(self, image: Image.Image) -> None:
        pixels, side = image.width * image.height, max(image.size)
        if side > LONGEST_SIDE:
            raise PictureError(f"a {side} pixels de côté, {LONGEST_SIDE} au plus : réduisez-la.")
        if self.frames > MOST_FRAMES or (self.frames > 1 and pixels * self.frames > LARGEST_FILM):
            raise PictureError(
                f"a {self.frames} vues, trop pour une image animée : réduisez-la, ou mettez une vidéo."
            )
        if self.frames > 1 and self.turn is not None:
            raise PictureError(
                "est animée, et à tourner : enregistrez-la telle qu’on doit la voir."
            )
        largest = min(LARGEST_PICTURE, int(LARGEST_DECODED / self._weigh(image)))
        if pixels > largest:
            told = f"{pixels / 1e6:.1f}".replace(".", ",")
            raise PictureError(f"a {told} mégapixels, {largest // 10**6} au plus : réduisez-la.")

    def _weigh(self, image: Image.Image) -> float:
        """Return the bytes that a pixel takes while the picture is decoded and made smaller."""
        is_turned = self.turn is not None
        if self.frames > 1:
            return _FOR_FRAMES
        if self.kind == "WEBP":
            return _FOR_WEBP * (1 + is_turned)
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            # All of a progressive one is kept until its end, two bytes for each sample.
            waits = 2 * _count_samples(image) if "progression" in image.info else 0
            return max(waits + 4, 8) if is_turned else waits + _weigh_draft(image.width)
        whole = (1 if image.mode in _SMALL else 4) + 4 * (image.mode in _LISTED)
        return whole + 4 * (image.has_transparency_data or is_turned) + _weigh_half(image.width)


def _weigh_half(width: int) -> float:
    """Return the bytes for each pixel of a picture that is made narrower, and not yet lower."""
    return 4 * min(1, LARGEST_SHOWN / width)


def _weigh_draft(width: int) -> float:
    """Return the bytes for each pixel of a JPEG, decoded at a half or a quarter where that does."""
    scale = {0: 1, 1: 1, 2: 2, 3: 2}.get(width // LARGEST_SHOWN, 4)
    return (4 + _weigh_half(width // scale)) / scale**2


def _count_samples(image: JpegImagePlugin.JpegImageFile) -> float:
    """Return how many samples a JPEG has for each pixel: three, or half as many."""
    sizes = [across * down for _, across, down, _ in image.layer]
    return sum(sizes) / max(*sizes, 1)


def read_picture(path: Path, kind: str = "") -> Raster:
    """Return the picture in *path*, of the *kind* that its name says if no other is given.

    Raises PictureError where there is none.
    """
    data = _read(path, LARGEST_IMAGE)
    if not kind:
        kind = IMAGES[path.suffix.lower()]
        _refuse_other(kind, find_format(data), path)
    found = strip(kind, data)
    if found.scans > MOST_SCANS:
        raise PictureError(UNREADABLE)
    turn = find_turn(b"".join(found.removed.get(EXIF, ())[:1]))
    return Raster(kind=kind, data=found.data, frames=found.frames, turn=turn)


def _read(path: Path, largest: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        told = f"{path.stat().st_size / 1e6:.1f}".replace(".", ",")
        raise PictureError(f"pèse {told} Mo, {largest // 10**6} au plus : allégez-la.")
    return data


# What files of each format begin with; after eight bytes, those of a kind of film.
_BEGINNINGS: Mapping[str, re.Pattern[bytes]] = {
    "JPEG": re.compile(rb"\xff\xd8\xff"), "PNG": re.compile(rb"\x89PNG"), "GIF": re.compile(rb"GIF8"),
    "WEBP": re.compile(rb"RIFF(?s:.{4})WEBP"), "HEIC": re.compile(rb"(?s:.{4})ftyp(?:hei|hev|mif1)"),
    "AVIF": re.compile(rb"(?s:.{4})ftypavi"), "TIFF": re.compile(rb"II\*\x00|MM\x00\*"),
    "BMP": re.compile(rb"BM(?s:.{4})\x00\x00\x00\x00"), "PDF": re.compile(rb"%PDF"),
    "SVG": re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<svg"),
}  # fmt: skip
ENDINGS = {"GIF": ".gif", "JPEG": ".jpg", "PNG": ".png", "SVG": SVG, "WEBP": ".webp"}
"""What the name of a picture of each format ends in."""


def find_format(data: bytes) -> str:
    """Return the format in which a picture says it is, if it is known, whatever its name."""
    return next((name for name, begins in _BEGINNINGS.items() if begins.match(data)), "")


def _refuse_other(kind: str, found: str, path: Path) -> None:
    """Raise PictureError for a picture that its name says to be of another format."""
    if found in {"", kind}:
        return
    right = f"renommez le fichier « {path.stem}{ENDINGS[found]} »" if found in ENDINGS else ""
    advice = right or "enregistrez-la en JPEG ou en PNG"
    raise PictureError(f"est en {found}, et son nom finit en « {path.suffix} » : {advice}.")


def find_turn(exif: bytes) -> Image.Transpose | None:
    """Return what puts a picture upright, of which a camera says *exif*, if it is not."""
    found = load_exif(exif).get(_ORIENTATION)
    return _TURNS.get(found) if isinstance(found, int) else None


def load_exif(data: bytes) -> Image.Exif:
    """Return what a camera says of a picture; nothing where that is damaged."""
    exif = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif.load(data)
            # All of it is read now, while damage is forgiven.
            dict(exif)
    except Exception:  # noqa: BLE001 (whatever a damaged one brings Pillow to)
        return Image.Exif()
    return exif


def is_drawing(path: Path) -> bool:
    """Tell whether *path* is an SVG."""
    return path.suffix.lower() == SVG


def check_picture(path: Path) -> None:
    """Raise PictureError where the picture in *path* cannot be published."""
    if is_drawing(path):
        publish_picture(path)
    else:
        read_picture(path).check()


def publish_picture(path: Path) -> bytes:
    """Return the picture in *path*, a drawing or not, as it is published.

    Raises PictureError where it cannot be.
    """
    if is_drawing(path):
        return rewrite_drawing(_read(path, LARGEST_IMAGE))
    return read_picture(path).publish()
