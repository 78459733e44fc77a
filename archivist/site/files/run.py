"""The one writer of the output: what is the same is left, what nothing explains is deleted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from archivist.site.files.file import SiteFile


class Output:
    """The folder of a site; the files there may be those of another site too, by hard links.

    *known* are the keys of files that the last build left there, by name.
    """

    def __init__(self, folder: Path, known: Mapping[str, bytes] | None = None) -> None:
        self.folder = folder
        self.names: set[str] = set()
        """What was written, or is the same as it would be."""
        self.keys: dict[str, bytes] = {}
        """Those of the files that have one."""
        self._known = known or {}

    def write(self, file: SiteFile) -> bool:
        """Write *file*, unless one that is the same is there; tell whether it was written."""
        self.names.add(file.name)
        if file.key:
            self.keys[file.name] = file.key
            if self._known.get(file.name) == file.key:
                return False
        if file.is_fixed and os.path.exists(f"{self.folder}/{file.name}"):  # noqa: PTH110
            return False
        made = file.make()
        data = made.encode("utf-8") if isinstance(made, str) else made
        if self._read(file.name) == data:
            return False
        self.replace(file.name, data)
        return True

    # Paths are texts: a site has so many files that making a Path of each is felt.
    def _read(self, name: str) -> bytes | None:
        try:
            with open(f"{self.folder}/{name}", "rb") as file:  # noqa: PTH123
                return file.read()
        except FileNotFoundError:
            return None

    def replace(self, name: str, data: bytes) -> None:
        """Write the file *name* anew; what may be written already is for others to say."""
        self.names.add(name)
        with suppress(FileNotFoundError):
            os.unlink(f"{self.folder}/{name}")  # noqa: PTH108
        try:
            self._write_anew(name, data)
        except FileNotFoundError:
            # Most folders are there: to make each again takes longer than to write.
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            self._write_anew(name, data)

    def _write_anew(self, name: str, data: bytes) -> None:
        with open(f"{self.folder}/{name}", "xb") as file:  # noqa: PTH123
            file.write(data)

    def delete(self, names: Iterable[str]) -> None:
        """Delete files, those that are there, and the folders that are empty then."""
        for name in names:
            path = self.folder / name
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()

    def drop_stale(self, records: Path) -> None:
        """Delete what earlier builds of ours wrote, as the folder *records* tells, and none now."""
        record = records / "archive-files.txt"
        before = record.read_text(encoding="utf-8").split("\n") if record.exists() else []
        self.delete(sorted(set(before) - self.names))
        record.write_text("\n".join(sorted(self.names)), encoding="utf-8")
