"""Files: read as text, listed, hashed; texts in less room."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import pickle
import re
import stat
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from archivist.errors import FileError

CHECKSUMS = "SHA256SUMS"
"""The list of a site’s files with their checksums, in its own folder."""

UNREADABLE = "ce fichier ne peut pas être lu : vérifiez qu’il existe et ses droits."

# What lstat says where there is no file of that name.
_NO_FILE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG})

# What editors, Windows and macOS leave behind: it goes nowhere, and nobody sees it.
_LEFT_BEHIND = re.compile(
    r"\.#.*|\.~lock\..*|#.*#|.*~|\..*\.sw[a-z]|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini"
)


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
        raise FileError(1, UNREADABLE) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"octet 0x{data[error.start]:02X} illisible : enregistrez ce fichier en UTF-8."
        raise FileError(line, message) from error


def replace_file(path: Path, data: bytes) -> None:
    """Have *data* in a file, or what was there, and nothing between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def split_words(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each line that has any, numbered from 1; `#` starts a comment."""
    for number, line in enumerate(text.split("\n"), start=1):
        words = re.sub(r"(?:^|\s)#.*", "", line).split()
        if words:
            yield number, words


def is_safe(path: Path) -> bool:
    """Tell whether *path* is a plain file: no link, no pipe, no device.

    Raises OSError where that cannot be told.
    """
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except ValueError:
        return False
    except OSError as error:
        if error.errno in _NO_FILE:
            return False
        raise


def is_left_behind(name: str) -> bool:
    """Tell whether a file *name* is what a program left there for itself."""
    return bool(_LEFT_BEHIND.fullmatch(name))


def can_be_read(path: Path) -> bool:
    """Tell whether a file can be read by who runs this."""
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Go through *folder*, if it is there: yield each folder, those in it, all else in it.

    The order is fixed; links are never followed; who asks may take out folders not to go into.
    Raises OSError at one that cannot be read: what is in it would be missed in silence.
    """
    waiting = [folder]
    try:
        folder.lstat()
    except FileNotFoundError:
        return
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as entries:
            found = {each.name: each.is_dir(follow_symlinks=False) for each in entries}
        folders = [name for name in sorted(found) if found[name]]
        yield here, folders, [name for name in sorted(found) if not found[name]]
        waiting += [here / name for name in reversed(folders)]


def list_paths(folder: Path) -> list[Path]:
    """Return the plain files in *folder* and below, in a fixed order. Raises OSError."""
    paths = sorted(here / name for here, _, names in walk(folder) for name in names)
    return [path for path in paths if is_safe(path)]


_ELSEWHERE = ("_drafts", "_posts", "content", "posts")
_MOST_STRAYS = 100


def list_strays(docs: Path) -> list[Path]:
    """Return the files beside *docs* that are posts, by where other tools have them."""
    parent = docs.resolve().parent
    found = (path for name in _ELSEWHERE for path in list_paths(parent / name))
    texts = (path for path in found if path.suffix in {".md", ".markdown"} and _has_header(path))
    return list(islice(texts, _MOST_STRAYS))


def _has_header(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(3) in {b"---", b"+++"}
    except OSError:
        return False


def list_files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the name below *folder* of each file, and its status, in no order.

    The list itself is left out. Raises OSError.
    """
    # Of tens of thousands of files, which pathlib would take four times as long for.
    waiting = [""] if folder.exists() else []
    while waiting:
        parent = waiting.pop()
        with os.scandir(f"{folder}/{parent}") as entries:
            for entry in entries:
                name = f"{parent}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif name != CHECKSUMS:
                    yield name, entry.stat(follow_symlinks=False)


def load_pickle(file: BinaryIO) -> Any:  # noqa: ANN401
    """Return what an earlier build of ours left next in *file*.

    Nothing of so much that is new is garbage: to look for it would take twice as long.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return pickle.load(file)  # noqa: S301
    finally:
        if was_enabled:
            gc.enable()


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal figures."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_whole(name: str, data: bytes) -> str:
    """Return the SHA-256 of the file *name* that holds *data*, or nothing for a page cut short."""
    is_whole = not name.endswith(".html") or data.rstrip().endswith(b"</html>")
    return hashlib.sha256(data).hexdigest() if is_whole else ""
