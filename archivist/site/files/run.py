"""The one writer of the output: what is the same is left, what nothing explains is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from archivist.site.files.file import SiteFile


class Output:
    """The folder of a site; the files there may be those of another site too, by hard links."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: set[str] = set()
        """What was written, or is the same as it would be."""

    def write(self, file: SiteFile) -> None:
        """Write *file*, unless one that is the same is there."""
        path = self.folder / file.name
        self.names.add(file.name)
        if file.is_fixed and path.exists():
            return
        data = file.make()
        if not path.exists() or path.read_bytes() != data:
            self.replace(file.name, data)

    def replace(self, name: str, data: bytes) -> None:
        """Write the file *name* anew; what may be written already is for others to say."""
        path = self.folder / name
        self.names.add(name)
        try:
            path.unlink(missing_ok=True)
            path.write_bytes(data)
        except FileNotFoundError:
            # Most folders are there: to make each again takes longer than to write.
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

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
