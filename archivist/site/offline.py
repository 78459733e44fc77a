"""A site as a ZIP file: unpacked, it reads from its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from archivist.addresses import owned
from archivist.files import CHECKSUMS, list_files
from archivist.formats.zip import write_parcel

# What hosts and builds read, and what answers on the web alone.
_LEFT_OUT = frozenset(
    {
        *(f"{owned.NOT_FOUND}.html", *owned.HOST_FILES, owned.ROBOTS),
        *(owned.BUILD, ".nojekyll", "objects.inv"),
    }
)
_SCRIPTS = "_static/search/"


def _read_files(site: Path) -> Iterator[tuple[str, bytes]]:
    for name in sorted(name for name, _ in list_files(site)):
        if name not in _LEFT_OUT and not name.startswith(_SCRIPTS):
            yield name, (site / name).read_bytes()


def write_copy(site: Path, path: Path, folder: str) -> None:
    """Write the *site*, as a *folder* of that name, into the ZIP file *path*."""
    lines: list[str] = []

    def list_all() -> Iterator[tuple[str, bytes]]:
        for name, data in _read_files(site):
            lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
            yield f"{folder}/{name}", data
        yield f"{folder}/{CHECKSUMS}", "".join(lines).encode()

    write_parcel(path, list_all())
