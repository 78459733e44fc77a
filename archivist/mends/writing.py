"""Write changes to posts: what is new first, then the texts, and only then what is no more."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from archivist.comments.reading import ENDING
from archivist.mends.plan import Change


def write_changes(docs: Path, changes: Iterable[Change]) -> None:
    """Write *changes* into *docs*."""
    for change in changes:
        for file in change.files:
            _write(docs / file.target, file.data)
        target = change.target(docs)
        _write(target, change.after.encode("utf-8", "surrogateescape"))
        _take_along(docs, change)
        gone = [each.source for each in change.files if each.source]
        gone += [change.path] if change.path != target else []
        written = {target, *(docs / each.target for each in change.files)}
        for path in gone:
            if path not in written:
                path.unlink(missing_ok=True)
                _remove_empty(path.parent, docs)


def _take_along(docs: Path, change: Change) -> None:
    """Move what lay beside a post that moves: its other files, its comments."""
    target = change.target(docs)
    moves = {path: docs / change.docname / path.name for path in change.goes_along}
    comments = change.path.with_name(change.path.stem + ENDING)
    if target != change.path and comments.is_file():
        moves[comments] = target.with_name(target.stem + ENDING)
    for old, new in moves.items():
        if not new.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
            _remove_empty(old.parent, docs)


def _write(path: Path, data: bytes) -> None:
    """Have *data* in *path*, or what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=".fix-", dir=path.parent)
    with os.fdopen(number, "wb") as file:
        file.write(data)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    Path(name).chmod(mode)
    Path(name).replace(path)


def _remove_empty(folder: Path, docs: Path) -> None:
    with suppress(OSError):
        if folder not in {docs, docs.parent, docs / "posts"}:
            folder.rmdir()
