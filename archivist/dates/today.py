"""The day of a build is an input, never the clock: the same sources give the same site."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

from archivist.errors import ArchiveError


def _read_epoch(text: str) -> dt.date:
    try:
        return dt.datetime.fromtimestamp(int(text), tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        fault = f"SOURCE_DATE_EPOCH={text!r} n’est pas un nombre de secondes depuis 1970"
        advice = "corrigez cette variable d’environnement ou retirez-la."
        raise ArchiveError(f"{fault} : {advice}") from error


def _last_commit(folder: Path) -> str:
    # No program of the repository's own, nor a repository among the sources.
    options = ("-c", "safe.bareRepository=explicit", "-c", "log.showSignature=false")
    command = ["git", *options, "log", "-1", "--format=%ct"]
    try:
        result = subprocess.run(  # noqa: S603
            command, cwd=folder, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def find_today(folder: Path) -> dt.date | None:
    """Return the day, in UTC, after which a post counts as future.

    It is SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), else
    the date of the last commit of the repository that holds *folder*, else nothing.
    Raises ArchiveError when that variable is no number.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _last_commit(folder)
    return _read_epoch(seconds) if seconds else None
