"""Fetch the files of a blog that a copy of its uploads lacks: on demand, politely, resumably."""

from __future__ import annotations

import http.client
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote, unquote, urlsplit

from archivist.post.markup import COMPANIONS, LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

_TIMEOUT = 20  # seconds
_TRIES = 3
_BETWEEN = 0.2  # seconds, between two requests
_AGENT = "archivist (import of a WordPress blog)"
_PARTIAL = 206
_COMPLETE = 416
_UPLOADS = "wp-content/uploads/"


def name_file(address: str) -> PurePosixPath | None:
    """Return where the file at *address* goes below the folder of media; None if nowhere."""
    path = unquote(urlsplit(address).path)
    name = path.partition(_UPLOADS)[2] or f"{urlsplit(address).hostname}/{path.strip('/')}"
    parts = PurePosixPath(name).parts
    if not parts or any(part in {"", ".", ".."} or "\0" in part or "\\" in part for part in parts):
        return None
    # What a name means to a system is not for a stranger's file to decide.
    if PurePosixPath(name).is_absolute() or PurePosixPath(name).suffix.lower() not in COMPANIONS:
        return None
    return PurePosixPath(name)


def fetch_files(addresses: Iterable[str], folder: Path, stream: TextIO) -> dict[str, str]:
    """Fetch what is at *addresses* into *folder*; return why each that could not be was not.

    A file that is there is not asked for again; one cut short is gone on with.
    """
    wanted = list(dict.fromkeys(addresses))
    failed: dict[str, str] = {}
    for number, address in enumerate(wanted, start=1):
        name = name_file(address)
        if name is None:
            failed[address] = "nom de fichier refusé"
        elif not (folder / name).exists():
            failed |= _fetch(address, folder / name)
            time.sleep(_BETWEEN)
        _show(stream, number, len(wanted), len(failed))
    if stream.isatty():
        print("\r\x1b[K", end="", file=stream, flush=True)
    for address, reason in failed.items():
        print(f"{address} : {reason}", file=stream)
    return failed


def _show(stream: TextIO, done: int, total: int, failed: int) -> None:
    if stream.isatty():
        full = "█" * (24 * done // total) + "░" * (24 - 24 * done // total)
        line = f"{full} médias {done}/{total}, {failed} échecs"
        print(f"\r{line}\x1b[K", end="", file=stream, flush=True)


def _fetch(address: str, target: Path) -> dict[str, str]:
    reason = ""
    for attempt in range(_TRIES):
        try:
            _fetch_once(address, target)
        except urllib.error.HTTPError as error:
            reason = f"réponse {error.code}"
            if error.code not in {429, 500, 502, 503, 504}:
                break
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = str(error) or type(error).__name__
        else:
            return {}
        time.sleep(_BETWEEN * 2**attempt)
    return {address: reason}


def _fetch_once(address: str, target: Path) -> None:
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError("adresse refusée")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    begun = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": _AGENT} | ({"Range": f"bytes={begun}-"} if begun else {})
    request = urllib.request.Request(  # noqa: S310 (the scheme was looked at)
        quote(address, safe="%/:=&?~#+!$,;'@()*[]"), headers=headers
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            is_rest = answer.status == _PARTIAL and begun
            with part.open("ab" if is_rest else "wb") as file:
                _copy(answer, file)
    except urllib.error.HTTPError as error:
        if error.code != _COMPLETE or not begun:
            raise
    part.replace(target)


def _copy(answer: http.client.HTTPResponse, file: object) -> None:
    """Write what is answered, up to the largest file that a post may have."""
    length = answer.headers.get("Content-Length")
    if length and int(length) > LARGEST_FILE:
        raise ValueError(f"plus de {LARGEST_FILE // 1_000_000} Mo")
    shutil.copyfileobj(answer, file)  # type: ignore[arg-type]
    if length and answer.length:
        raise OSError("réponse coupée")
