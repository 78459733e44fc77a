"""Exports as they are given: files, a folder of them, or packed, as WordPress.com gives them."""

from __future__ import annotations

import gzip
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from archivist.errors import ArchiveError

_ENDINGS = (".xml", ".xml.gz", ".zip")
# What files of each kind begin with.
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_OTHERS = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"BZh": "bzip2", b"\xfd7zX": "xz"}
_LARGEST, _MOST, _CHUNK = 2_000_000_000, 500, 1 << 20
_DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError)


def list_exports(folder: Path) -> list[Path]:
    """Return what may be an export in *folder*, in the order of its numbers."""
    found = (path for path in folder.iterdir() if path.is_file())
    return sorted(
        (path for path in found if _is_export(path.name)), key=lambda each: _rank(each.name)
    )


def _is_export(name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and not name.startswith((".", "__"))


def _rank(name: str) -> list[tuple[int, str]]:
    """Return what sorts names as people do: `blog-2.xml` before `blog-10.xml`."""
    return [(int(number or 0), word) for word, number in re.findall(r"(\D*)(\d*)", name)]


@contextmanager
def unpack(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Give *paths* with what is packed as files of their own. Raises ArchiveError where it can't be.

    A mistake in one of these is told of where it is packed: `blog.zip/blog.001.xml:3:1: …`
    """
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        named: dict[str, str] = {}
        try:
            yield [each for path in paths for each in _open(path, Path(folder), named)]
        except ArchiveError as error:
            told = str(error)
            for place, name in named.items():
                told = told.replace(place, name)
            raise ArchiveError(told) from error


def _open(path: Path, folder: Path, named: dict[str, str]) -> Sequence[Path]:
    """Return the files that *path* holds, or itself; *named* is told what to call them."""
    if not path.is_file():
        return [path]
    with path.open("rb") as file:
        start = file.read(4)
    if kind := next((kind for mark, kind in _OTHERS.items() if start.startswith(mark)), ""):
        raise ArchiveError(
            f"{path} : archive {kind} : décompressez-la, et donnez ses fichiers .xml."
        )
    if not start.startswith((_ZIP, _GZIP)):
        return [path]
    inside = folder / f"{len(named)}"
    inside.mkdir()
    try:
        if start.startswith(_ZIP):
            return _unzip(path, inside, named)
        target = inside / path.name
        named[str(target)] = str(path)
        with gzip.open(path) as packed:
            _copy(packed, target, path, 0)
    except _DAMAGED as error:
        raise ArchiveError(f"{path} : archive abîmée : téléchargez-la à nouveau.") from error
    return [target]


def _unzip(path: Path, inside: Path, named: dict[str, str]) -> list[Path]:
    total, targets = 0, list[Path]()
    with zipfile.ZipFile(path) as archive:
        infos = [
            info for info in archive.infolist() if _is_export(PurePosixPath(info.filename).name)
        ]
        # Nobody's name of a file is followed: those of folders are for messages alone.
        infos = [info for info in infos if info.filename.lower().endswith(".xml")]
        if not infos or len(infos) > _MOST:
            message = (
                f"{len(infos)} fichiers .xml, {_MOST} au plus" if infos else "aucun fichier .xml"
            )
            raise ArchiveError(f"{path} : {message} : donnez l’archive que WordPress a donnée.")
        for info in sorted(infos, key=lambda each: _rank(each.filename)):
            if info.flag_bits & 1:
                raise ArchiveError(f"{path} : archive chiffrée : décompressez-la vous-même.")
            target = inside / f"{len(targets)}" / PurePosixPath(info.filename).name
            target.parent.mkdir()
            named[str(target)] = f"{path}/{info.filename}"
            with archive.open(info) as packed:
                total = _copy(packed, target, path, total)
            targets.append(target)
    return targets


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, path: Path, total: int) -> int:
    """Copy what is *packed* in *path* to *target*; return how much there is with the *total* before."""
    with target.open("wb") as file:
        while data := packed.read(_CHUNK):
            total += len(data)
            if total > _LARGEST:
                told = f"plus de {_LARGEST // 1_000_000_000} Go une fois ouverte"
                raise ArchiveError(
                    f"{path} : {told} : décompressez-la, et donnez ses fichiers .xml."
                )
            file.write(data)
    return total
