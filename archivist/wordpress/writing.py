"""Files of docs/ written in one step, or linked: none is written over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

from archivist.files import is_safe, replace_file, walk
from archivist.syntax.limits import DEEPEST_FOLDER


def read_if_there(path: Path) -> str:
    """Return the text of a file, or nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def replace_text(path: Path, text: str) -> None:
    """Have *text* in a file, in one step, unless it is there."""
    if read_if_there(path) != text:
        replace_file(path, text.encode())


def append_lines(path: Path, lines: Iterable[str]) -> None:
    """Add *lines* to a file."""
    if added := "".join(f"{line}\n" for line in lines):
        before = read_if_there(path)
        gap = "" if not before or before.endswith("\n") else "\n"
        replace_text(path, before + gap + added)


def link_docs(docs: Path, copy: Path, left_out: Container[str] = ()) -> None:
    """Have *copy* hold what the folder *docs* does, as deep as posts and their pictures lie.

    Folders of *docs* that are called as those *left_out* are not gone into.
    """
    for here, folders, names in walk(docs):
        place = here.relative_to(docs)
        if len(place.parts) >= DEEPEST_FOLDER:
            folders.clear()
        if here == docs:
            folders[:] = [name for name in folders if name not in left_out]
        (copy / place).mkdir(parents=True)
        for path in (here / name for name in names):
            if path.is_symlink():
                (copy / place / path.name).symlink_to(path.readlink())
            elif is_safe(path):
                link_file(path, copy / place / path.name)


def link_file(source: str | Path, target: str | Path) -> None:
    """Have the file *source* at *target* too; as a copy, where a disk has no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)
