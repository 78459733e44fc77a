"""A ZIP file that is the same whenever, and wherever, it is made of the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# The first date that ZIP knows.
_DATE = (1980, 1, 1, 0, 0, 0)
# A file that all may read, as Unix writes it; the system that wrote it is Unix on all.
_MODE = 0o100644 << 16
_UNIX = 3
# Packed already, and no smaller for being packed again.
_PACKED = (".epub", ".gif", ".gz", ".jpeg", ".jpg", ".mp3", ".mp4", ".png", ".webp", ".zip")


def write_parcel(path: Path, files: Iterable[tuple[str, bytes]], *, bare: str = "") -> None:
    """Write *files*, names and what they hold, into the ZIP file *path* in their order.

    The one named *bare* is not packed.
    """
    with ZipFile(path, "w") as parcel:
        for name, data in files:
            entry = ZipInfo(name, _DATE)
            entry.external_attr, entry.create_system = _MODE, _UNIX
            is_bare = name == bare or name.lower().endswith(_PACKED)
            parcel.writestr(entry, data, ZIP_STORED if is_bare else ZIP_DEFLATED)
