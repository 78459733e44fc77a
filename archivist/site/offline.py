"""A site as a ZIP file: unpacked, it reads from its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from archivist.addresses import owned
from archivist.files import CHECKSUMS, list_files
from archivist.formats.zip import write_parcel

# What hosts and builds read, and what answers on the web alone.
_LEFT_OUT = (
    f"{owned.NOT_FOUND}.html", *owned.HOST_FILES, owned.ROBOTS, owned.BUILD, ".nojekyll",
    "objects.inv",
)  # fmt: skip


def list_copy(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the *site* that are read from a folder, and last their checksums."""
    lines = ""
    for name in sorted(name for name, _ in list_files(site)):
        if name not in _LEFT_OUT and not name.startswith("_static/search/"):
            data = (site / name).read_bytes()
            lines += f"{hashlib.sha256(data).hexdigest()}  {name}\n"
            yield name, data
    yield CHECKSUMS, lines.encode()


def write_copy(site: Path, path: Path, folder: str) -> None:
    """Write the *site*, as a *folder* of that name, into the ZIP file *path*."""
    write_parcel(path, ((f"{folder}/{name}", data) for name, data in list_copy(site)))
