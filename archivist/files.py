"""Files: read as text, listed, hashed; texts in less room."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from archivist.errors import FileError

CHECKSUMS = "SHA256SUMS"
"""The list of a site’s files with their checksums, in its own folder."""


def compress(text: str) -> bytes:
    """Return *text* packed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def decompress(packed: bytes) -> str:
    """Return what was packed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def read_text(path: Path) -> str:
    """Return the text of a file, whatever its line ends.

    Raises FileError, with a French message, when it is not text in UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = "ce fichier ne peut pas être lu : vérifiez qu’il existe et ses droits."
        raise FileError(1, message) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"octet 0x{data[error.start]:02X} illisible : enregistrez ce fichier en UTF-8."
        raise FileError(line, message) from error


def split_words(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each line that has any, numbered from 1; `#` starts a comment."""
    for number, line in enumerate(text.split("\n"), start=1):
        words = re.sub(r"(?:^|\s)#.*", "", line).split()
        if words:
            yield number, words


def is_safe(path: Path) -> bool:
    """Tell whether *path* is a plain file: no link, no pipe, no device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def list_files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the name below *folder* of each file, and its status; the list itself left out.

    Links are not followed; a folder that cannot be read counts for empty.
    """
    waiting = [""]
    while waiting:
        parent = waiting.pop()
        with suppress(OSError), os.scandir(folder / parent) as entries:
            for entry in entries:
                name = f"{parent}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif name != CHECKSUMS:
                    yield name, entry.stat(follow_symlinks=False)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal figures."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
