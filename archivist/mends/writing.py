"""Write changes to posts: what is new first, then the texts, and only then what is no more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from archivist.build.workspace import drop_folders
from archivist.comments.reading import ENDING
from archivist.files import replace_file
from archivist.mends.plan import Change


def write_changes(docs: Path, changes: Iterable[Change]) -> None:
    """Write *changes* into *docs*."""
    for change in changes:
        for file in change.files:
            replace_file(docs / file.target, file.data)
        target = change.target(docs)
        replace_file(target, change.after.encode("utf-8", "surrogateescape"))
        _take_along(docs, change)
        gone = [each.source for each in change.files if each.source]
        gone += [change.path] if change.path != target else []
        written = {target, *(docs / each.target for each in change.files)}
        for path in gone:
            if path not in written:
                path.unlink(missing_ok=True)
                _drop_folders(docs, path)


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
            _drop_folders(docs, old)


def _drop_folders(docs: Path, path: Path) -> None:
    drop_folders(docs.parent, path.relative_to(docs.parent).as_posix())
