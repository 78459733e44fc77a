"""Fetch the files of a blog that a copy of its uploads lacks: on demand, politely, resumably."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TextIO
from urllib.parse import quote, unquote, urlsplit

import requests
import urllib3
from requests.utils import get_environ_proxies

from archivist.addresses.web import SCHEMES
from archivist.links.asking import name_trouble, read_retry_after
from archivist.links.connection import PrivateError, is_public, open_session
from archivist.links.ledger import TROUBLES
from archivist.printing import draw
from archivist.syntax.allowed import COMPANIONS
from archivist.syntax.limits import LARGEST_FILE
from archivist.wordpress.export.media import UPLOADS

_TIMEOUT, _DEADLINE, _LONGEST_WAIT = 20, 3600, 60  # seconds
_TRIES = 3
_BETWEEN = 0.2  # seconds, between two requests
_AGENT = "archivist (import of a WordPress blog)"
_PARTIAL, _COMPLETE = 206, 416
_PASSING = frozenset({500, 502, 504})
# Which machines are asked.
is_admitted = is_public


def name_file(address: str) -> PurePosixPath | None:
    """Return where the file at *address* goes below the folder of media; None if nowhere."""
    path = unquote(urlsplit(address).path)
    name = path.partition(UPLOADS)[2] or f"{urlsplit(address).hostname}/{path.strip('/')}"
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
        if stream.isatty():
            full = 24 * number // len(wanted)
            line = f"{'█' * full:░<24} médias {number}/{len(wanted)}, {len(failed)} échecs"
            draw(stream, f"\r{line}\x1b[K")
    if stream.isatty():
        draw(stream, "\r\x1b[K")
    for address, reason in failed.items():
        print(f"{address} : {reason}", file=stream)
    return failed


def _fetch(address: str, target: Path) -> dict[str, str]:
    reason = ""
    for attempt in range(_TRIES):
        usual = _BETWEEN * 2**attempt
        wait: float | None = usual
        try:
            refused = _fetch_once(address, target)
            if refused is None:
                return {}
            status, headers = refused.status_code, refused.headers
            reason = f"réponse {status}"
            # None is where asking again is of no use.
            wait = usual if status in _PASSING else read_retry_after(status, headers, usual)
        except (requests.RequestException, urllib3.exceptions.HTTPError, PrivateError) as error:
            reason = TROUBLES[name_trouble(error)]
        except (OSError, ValueError) as error:
            reason = str(error) or type(error).__name__
        if wait is None or wait > _LONGEST_WAIT:
            break
        time.sleep(wait)
    return {address: reason}


def _fetch_once(address: str, target: Path) -> requests.Response | None:
    """Fetch what is at *address*, or return the answer of a server that will not, or cannot."""
    if urlsplit(address).scheme not in SCHEMES:
        raise ValueError("adresse refusée")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    begun = part.stat().st_size if part.exists() else 0
    # As it lies there: where it is gone on with would mean nothing in a packed one.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begun}-"} if begun else {})
    with (
        open_session(_AGENT, is_admitted, _DEADLINE) as session,
        session.get(
            quote(address, safe="%/:=&?~#+!$,;'@()*[]"),
            headers=headers,
            timeout=_TIMEOUT,
            stream=True,
            proxies=get_environ_proxies(address),
        ) as answer,
    ):
        if answer.status_code != _COMPLETE or not begun:
            if not answer.ok:
                return answer
            is_rest = answer.status_code == _PARTIAL and begun
            with part.open("ab" if is_rest else "wb") as file:
                _copy(answer, file)
    part.replace(target)
    return None


def _copy(answer: requests.Response, file: BinaryIO) -> None:
    """Write what is answered, up to the largest file that a post may have."""
    length = answer.headers.get("Content-Length")
    if length and int(length) > LARGEST_FILE:
        raise ValueError(f"plus de {LARGEST_FILE // 1_000_000} Mo")
    shutil.copyfileobj(answer.raw, file)  # It raises where the answer is cut.
