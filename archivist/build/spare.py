"""Make a site in the folder of an older one, which already holds most of its pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TypeAlias

from archivist.files import list_files

# How each file of a site is, by name: its size, and when it was written.
Stamps: TypeAlias = Mapping[str, tuple[int, int]]


def read_stamps(folder: Path) -> Stamps:
    """Return the size and date of each file in *folder*."""
    return {name: (status.st_size, status.st_mtime_ns) for name, status in list_files(folder)}


def drop_folders(folder: Path, name: str) -> None:
    """Remove the folders that a file *name* below *folder* has left empty."""
    for parent in list(PurePath(name).parents)[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:
            return


def link_files(site: Path, wanted: Stamps, spare: Path, known: Stamps) -> None:
    """Leave in *spare*, an older site, only files *wanted* of *site*: one file, two places.

    All that is in *spare* goes if it is not as *known*. Whoever writes a file there must first
    take away the one that is there.
    """
    there = read_stamps(spare)
    if there != known:
        shutil.rmtree(spare, ignore_errors=True)
        there = {}
    for name in there.keys() - wanted.keys():
        (spare / name).unlink()
        drop_folders(spare, name)
    for name, stamp in wanted.items():
        if there.get(name) != stamp:
            path = spare / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            os.link(site / name, path)
