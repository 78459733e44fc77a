"""Spoil pictures by the thousand: each is refused by name, or published whole, and says nothing.

`make fuzz` runs this: `pictures.py [HOW_MANY] [FIRST]`. What is found is printed with its number,
which gives the same mutant again.
"""

from __future__ import annotations

import io
import os
import random
import resource
import sys
import tempfile
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from PIL import Image

from archivist.pictures.fault import PictureError
from archivist.pictures.picture import check_picture, publish_picture
from archivist.pictures.strip import strip
from archivist.site.book.pictures import fit_picture
from archivist.site.files.pictures import draw_variant
from archivist.site.text.images import find_shape
from archivist.syntax.allowed import IMAGES, SVG
from tests.checks.test_svg import INKSCAPE
from tests.pictures import photos

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 250
MOST_MEMORY = 300_000  # kB, of a process that makes one picture after another
LONGEST = 10  # seconds
# What a profile of colours, a size and a film need.
ADMITTED = {
    *("icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform"),
    *("version", "background", "duration", "loop", "timestamp", "extension", "transparency", "dpi"),
    *("progressive", "progression", "gamma", "srgb", "chromaticity", "interlace", "aspect", "bbox"),
    *("disposal", "blend", "default_image"),
}  # fmt: skip
# Numbers at which readers stumble.
_ODD = (b"\0", b"\xff", b"\x7f", b"\x80", b"\0\0", b"\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff",
        b"\0\0\0\0", b"\0\x01", b"\x01\0", b"\x40\0", b"\xff\xd8", b"\xff\xd9", b"\xff\xda", b"!\xfe",
        b"IDAT", b"fcTL", b"acTL", b"iCCP", b"eXIf", b"ANMF", b"VP8L", b"ICCP", b"Exif\0\0", b"<g>",
        b"</g>", b"<script>", b"<!--", b"]]>", b"&#0;", b'"', b"url(#a)")  # fmt: skip


@cache
def list_seeds() -> tuple[tuple[str, bytes], ...]:
    """Return the pictures that mutants descend from, each with the ending of its name."""
    size = (500, 12)
    small, moves = photos.draw(size), {"save_all": True, "append_images": [photos.draw(size)] * 2}
    seeds = [(".jpg", photos.make_jpeg(turn, small)) for turn in range(1, 9)]
    seeds += [(".jpg", photos.make_jpeg(1, photos.draw(size, mode))) for mode in ("L", "CMYK")]
    seeds += [(".jpg", photos.make_jpeg(turn, small, progressive=True)) for turn in (1, 6)]
    seeds += [
        (".png", photos.make_png(turn, photos.draw(size, mode)))
        for turn, mode in ((1, "RGB"), (6, "P"), (8, "RGBA"), (3, "L"), (5, "1"), (2, "LA"))
    ]
    seeds += [(".png", photos.make_png(1, Image.new("I;16", size, 999)))]
    seeds += [(".webp", photos.make_webp(turn, small)) for turn in (1, 6)]
    seeds += [(".webp", photos.make_webp(1, small, lossless=True))]
    seeds += [(".png", photos.make_png(1, small, **moves)), (".gif", photos.make_gif())]
    seeds += [(".webp", photos.make_webp(1, small, **moves)), (SVG, INKSCAPE.encode())]
    return tuple(seeds)


def make_mutant(seed: int) -> tuple[str, bytes]:
    """Return the mutant of a number: the ending of its name, and its bytes."""
    chance = random.Random(seed)
    ending, data = chance.choice(list_seeds())
    spoiled = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        _spoil(chance, spoiled)
    return ending, bytes(spoiled)


def _spoil(chance: random.Random, data: bytearray) -> None:
    # Most of what means something is at the beginning.
    end = len(data) if chance.random() < 0.4 else min(len(data), 400)
    at = chance.randrange(end + 1)
    length = chance.choice((1, 2, 4, chance.randrange(1, 200)))
    kind = chance.randrange(7)
    if kind == 0:
        data[at : at + 1] = bytes([chance.randrange(256)])
    elif kind == 1:
        odd = chance.choice(_ODD)
        data[at : at + len(odd)] = odd
    elif kind == 2:
        data[at:at] = chance.choice(_ODD)
    elif kind == 3:
        del data[at : at + length]
    elif kind == 4:
        data[at:at] = data[at : at + length]
    elif kind == 5 and chance.random() < 0.3:
        del data[at:]
    else:
        other = chance.choice(list_seeds())[1]
        begin = chance.randrange(len(other))
        data[at : at + length] = other[begin : begin + length]


@dataclass
class Findings:
    """How many mutants were tried and let pass; what is wrong with any; the memory it took."""

    tried: int = 0
    accepted: int = 0
    faults: list[str] = field(default_factory=list)
    memory: int = 0


def try_mutant(path: Path) -> bool:
    """Publish the picture in *path* as a build does, and look at it; tell whether it passed.

    Raises whatever should not happen.
    """
    try:
        check_picture(path)
    except PictureError:
        return False
    published = publish_picture(path)
    for width in find_shape(path).widths:
        draw_variant(path, width)
    fit_picture(path)
    for fault in _look_at(published, path.suffix):
        raise AssertionError(fault)
    return True


def _look_at(data: bytes, ending: str) -> Iterator[str]:
    """Yield what a published picture holds that it should not."""
    if ending == SVG:
        names = {etree.QName(each).localname for each in etree.fromstring(data).iter()}
        yield from names & {"script", "metadata", "foreignObject", "a", "image", "style"}
        return
    again = strip(IMAGES[ending], data)
    if again.removed or again.data != data:
        yield f"more than pixels: {sorted(again.removed)}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            yield from {str(key) for key in image.info} - ADMITTED
            if image.getexif():
                yield "exif"


def try_batch(seeds: range) -> Findings:
    """Return what *seeds* find."""
    found = Findings(tried=len(seeds))
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            ending, data = make_mutant(seed)
            path = Path(folder, f"x{ending}")
            path.write_bytes(data)
            begun, before = time.process_time(), _measure_memory()
            try:
                found.accepted += try_mutant(path)
            except Exception as error:  # noqa: BLE001 (that is what is looked for)
                found.faults.append(f"{seed} {ending}: {type(error).__name__}: {error}")
            if time.process_time() - begun > LONGEST:
                found.faults.append(f"{seed} {ending}: {time.process_time() - begun:.0f} s")
            if before < MOST_MEMORY < _measure_memory():
                found.faults.append(f"{seed} {ending}: {_measure_memory() // 1000} MB")
    found.memory = _measure_memory()
    return found


def _measure_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(how_many: int, first: int) -> int:
    """Try mutants, tell how far it is, and return 1 if any does what it should not."""
    total = Findings()
    starts = range(first, first + how_many, BATCH)
    batches = [range(start, min(start + BATCH, first + how_many)) for start in starts]
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for found in pool.map(try_batch, batches):
            total.tried, total.accepted = total.tried + found.tried, total.accepted + found.accepted
            total.faults, total.memory = (
                total.faults + found.faults,
                max(total.memory, found.memory),
            )
            print(*found.faults, sep="\n", end="\n" if found.faults else "")
            print(
                f"{total.tried} pictures, {total.accepted} let pass and published, "
                f"{len(total.faults)} faults, {total.memory // 1000} MB at most",
                flush=True,
            )
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in (*sys.argv[1:], 20_000, 0)[:2])))
