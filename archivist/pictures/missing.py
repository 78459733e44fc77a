"""What stands in for a picture that an import did not find: it says where the picture was."""

from __future__ import annotations

import io
from pathlib import Path, PurePosixPath

from PIL import Image, ImageDraw

from archivist.addresses.web import find_address_fault, find_host
from archivist.syntax.allowed import IMAGES

_WIDTH, _HEIGHT = 320, 180
# Stands after the end of the picture, where nothing that shows it looks; an address follows.
_MARK = b"\narchivist: "
_LARGEST = 40_000  # bytes, drawing and address


def draw_missing(name: str, address: str) -> bytes:
    """Return a picture that says that the one at *address* is missing, of the kind of *name*.

    Of an address that nobody else can open, it has the name of the file alone.
    """
    is_nowhere = find_host(address).endswith(".invalid")  # A folder has no address of its own.
    if is_nowhere or find_address_fault(address, ("http", "https")):
        address = PurePosixPath(address).name
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "#e8e8ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _WIDTH - 1, _HEIGHT - 1), outline="#8a8a99", width=2)
    draw.line((0, 0, _WIDTH, _HEIGHT), fill="#c4c4cf", width=2)
    draw.line((0, _HEIGHT, _WIDTH, 0), fill="#c4c4cf", width=2)
    draw.rectangle((84, 76, 236, 104), fill="#e8e8ee")
    draw.text((_WIDTH // 2, _HEIGHT // 2), "image manquante", fill="#555566", anchor="mm")
    file = io.BytesIO()
    image.save(file, IMAGES[PurePosixPath(name).suffix.lower()])
    return file.getvalue() + _MARK + address.encode("utf-8", "replace")


def read_missing(path: Path) -> str:
    """Return the address of the picture that the one in *path* stands in for, if it does."""
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return ""
    _, mark, address = path.read_bytes().rpartition(_MARK)
    return address.decode("utf-8", "replace") if mark else ""
