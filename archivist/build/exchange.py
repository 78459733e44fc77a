"""Put one folder in the place of another in a single step, that nothing can cut in two."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

# https://man7.org/linux/man-pages/man2/rename.2.html and Apple's rename(2).
_AT_FDCWD = {"linux": -100, "darwin": -2}
_NAMES = {"linux": "renameat2", "darwin": "renameatx_np"}
_EXCHANGE = 2


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders on the same disk; tell whether this system could."""
    swap = getattr(ctypes.CDLL(None, use_errno=True), _NAMES.get(sys.platform, ""), None)
    if swap is None:
        return False
    here = _AT_FDCWD[sys.platform]
    return bool(swap(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0)


def put_in_place(new: Path, place: Path, old: Path) -> None:
    """Make *new* what is at *place*, all on the same disk; what was there is at *new* then.

    Where the system or the disk knows no exchange, it is at *old*, and there is nothing at
    *place* for the instant between two renames.
    """
    if not place.exists():
        new.rename(place)
    elif not _swap(new, place):
        place.rename(old)
        new.rename(place)
