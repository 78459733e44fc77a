"""A file of the site that is no page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archivist.files import replace_file

_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class SiteFile:
    """Its name below the root of the site, and what it holds."""

    name: str
    make: Callable[[], bytes | str]
    """A text is in UTF-8."""
    is_fixed: bool = False
    """Whether one that is there already is right: its name, or the build, tells."""
    key: bytes = b""
    """What tells it from another where making it takes long."""


def hold(name: str, data: bytes | str) -> SiteFile:
    """Return the file *name* that holds *data*."""
    return SiteFile(name, lambda: data)


def keep(path: Path | None, make: Callable[[], bytes]) -> bytes:
    """Return what *make* makes, made once for as long as *path*, if there is one, keeps it whole."""
    if path is None:
        return make()
    kept = path.read_bytes() if path.exists() else b""
    digest, data = kept[:_DIGEST], kept[_DIGEST:]
    if digest == hashlib.sha256(data).digest():
        return data
    data = make()
    replace_file(path, hashlib.sha256(data).digest() + data)
    return data
