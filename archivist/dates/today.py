"""The day of a build is an input, never the clock: the same sources give the same site."""

from __future__ import annotations

import datetime as dt
import os
import re
import zoneinfo
from functools import cache
from pathlib import Path

from archivist.errors import ArchiveError
from archivist.git import ask_git
from archivist.problems import find_nearest
from archivist.settings import read_written

ZONE = "archive_timezone"
USUAL_ZONE = "Europe/Paris"
WRITTEN = dt.date(2026, 11, 27)
"""When this program was: whatever runs it, that day has come."""
# What git says of a repository that is another user's, with the way out.
_WAY_OUT = re.compile("git config --global --add safe.directory .+")


def _load_zone(name: str) -> zoneinfo.ZoneInfo | None:
    # `localtime` and `posixrules` are those of a machine.
    try:
        return zoneinfo.ZoneInfo(name) if name[:1].isupper() else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def find_zone_fault(name: str) -> str:
    """Return why *name* is no time zone, in French, or nothing."""
    if _load_zone(name):
        return ""
    cities = {
        zone.rpartition("/")[2]: zone
        for zone in sorted(zoneinfo.available_timezones())
        if zone[0].isupper()
    }
    city = find_nearest(name.rpartition("/")[2], cities)
    advice = (
        f"vouliez-vous dire « {cities[city]} » ?"
        if city
        else "écrivez un nom comme Indian/Reunion."
    )
    return f"fuseau horaire inconnu « {name} » : {advice}"


def read_zone(docs: Path) -> dt.tzinfo:
    """Return the time zone of the archive in *docs*; a setting that is wrong, checks tell.

    Raises ArchiveError where this machine knows of no zone at all.
    """
    said = read_written(docs).get(ZONE)
    name = said.value if said and isinstance(said.value, str) else USUAL_ZONE
    zone = _load_zone(name) or _load_zone(USUAL_ZONE)
    if zone is None:
        raise ArchiveError("ce système ne connaît aucun fuseau horaire : pip install tzdata.")
    return zone


def _read_epoch(text: str, zone: dt.tzinfo) -> dt.date:
    try:
        return dt.datetime.fromtimestamp(int(text), tz=zone).date()
    except (ValueError, OverflowError, OSError) as error:
        fault = f"SOURCE_DATE_EPOCH={text!r} n’est pas un nombre de secondes depuis 1970"
        advice = "corrigez cette variable d’environnement ou retirez-la."
        raise ArchiveError(f"{fault} : {advice}") from error


def _ask_git(folder: Path) -> tuple[str, str]:
    """Return when the last commit was made, in seconds, and what git complains of."""
    told, complaint = ask_git(folder, "log", "-1", "--format=%ct")
    return told.decode().strip(), complaint


def find_today(docs: Path) -> dt.date | None:
    """Return the day, where the archive of *docs* is, after which a post counts as future.

    It is SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), else
    the date of the last commit of the repository that holds *docs*, else nothing.
    Raises ArchiveError when that variable is no number.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _ask_git(docs)[0]
    return _read_epoch(seconds, read_zone(docs)) if seconds else None


@cache
def tell_way_out(docs: Path) -> str:
    """Return in French how the day of a build of *docs* gets known, where nothing tells it."""
    found = _WAY_OUT.search(_ask_git(docs)[1])
    git = f", ou laissez git lire ce dépôt : {found[0]}" if found else ""
    return f"écrivez SOURCE_DATE_EPOCH=$(date +%s) devant la commande{git}"
