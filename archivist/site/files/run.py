"""The one writer of the output: what is the same is left, what nothing explains is deleted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from archivist.files import hash_whole
from archivist.site.files.file import SiteFile
from archivist.site.plan import WrittenFile


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
        self.written: dict[str, WrittenFile] = {}
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
        return self.replace(file.name, made.encode("utf-8") if isinstance(made, str) else made)

    def replace(self, name: str, data: bytes) -> bool:
        """Write the file *name* anew, unless it holds *data*; tell whether it did not."""
        # A text: there are so many files that making a Path of each is felt.
        path = f"{self.folder}/{name}"
        try:
            stamp = _write_new(path, data)
        except FileExistsError:
            with open(path, "rb") as file:  # noqa: PTH123
                if file.read() == data:
                    return False
            os.unlink(path)  # noqa: PTH108
            stamp = _write_new(path, data)
        except FileNotFoundError:
            # Most folders are there: to make each again takes longer than to write.
            os.makedirs(os.path.dirname(path))  # noqa: PTH103, PTH120
            stamp = _write_new(path, data)
        self.written[name] = WrittenFile(stamp, hash_whole(name, data))
        return True

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


def _write_new(path: str, data: bytes) -> tuple[int, int]:
    """Write a new file; return its size, and when it was written."""
    with open(path, "xb", buffering=0) as file:  # noqa: PTH123
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns
