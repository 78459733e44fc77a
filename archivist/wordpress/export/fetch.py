"""Fetch the files of a blog that a copy of its uploads lacks: on demand, politely, resumably."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TextIO
from urllib.parse import quote, unquote

from archivist.addresses.machines import is_public
from archivist.addresses.web import split_address
from archivist.links.answers import LARGE, LATER, SURPRISE, Answer
from archivist.links.asking import Politeness, Web
from archivist.links.ledger import TROUBLES
from archivist.printing import draw
from archivist.syntax.allowed import COMPANIONS
from archivist.syntax.limits import LARGEST_FILE
from archivist.wordpress.export.media import UPLOADS

_TIMEOUT, _DEADLINE, _LONGEST_WAIT = 20, 600, 60  # seconds
_TRIES = 3
_BETWEEN = 0.2  # seconds, between two requests
_AGENT = "archivist (import of a blog)"
_WHOLE, _PARTIAL, _COMPLETE = frozenset({200, 203}), 206, 416
# What asking again may mend.
_PASSING: frozenset[int | str] = frozenset({500, 502, 504, "answer", "network", "timeout"})
_TOLD = {
    LARGE: f"plus de {LARGEST_FILE // 1_000_000} Mo",
    LATER: "le site demande d’attendre, ou ne répond à rien",
    **TROUBLES,
}
_LONGEST_NAME = 240  # bytes, as systems admit it, and some more for a name of ours
# Which machines are asked.
is_admitted = is_public


def name_file(address: str) -> PurePosixPath | None:
    """Return where the file at *address* goes below the folder of media; None if nowhere."""
    whole = split_address(address)
    path = unquote(whole.path) if whole else ""
    if whole is None or not path:
        return None
    name = path.partition(UPLOADS)[2] or f"{whole.hostname}/{path.strip('/')}"
    parts = PurePosixPath(name).parts
    if not parts or any(part in {"", ".", ".."} or "\0" in part or "\\" in part for part in parts):
        return None
    if any(len(part.encode(errors="replace")) > _LONGEST_NAME for part in parts):
        return None
    # What a name means to a system is not for a stranger's file to decide.
    if PurePosixPath(name).is_absolute() or PurePosixPath(name).suffix.lower() not in COMPANIONS:
        return None
    return PurePosixPath(name)


def _open_web() -> Web:
    politeness = Politeness(
        interval=_BETWEEN,
        timeout=_TIMEOUT,
        deadline=_DEADLINE,
        longest_wait=_LONGEST_WAIT,
        backoff=_BETWEEN,
        attempts=_TRIES,
    )
    return Web(politeness, is_admitted=is_admitted, agent=_AGENT)


def fetch_files(addresses: Iterable[str], folder: Path, stream: TextIO) -> dict[str, str]:
    """Fetch what is at *addresses* into *folder*; return why each that could not be was not.

    A file that is there is not asked for again; one cut short is gone on with.
    """
    wanted, web = list(dict.fromkeys(addresses)), _open_web()
    failed: dict[str, str] = {}
    for number, address in enumerate(wanted, start=1):
        reason = _fetch(web, address, folder)
        if reason:
            failed[address] = reason
        if stream.isatty():
            full = 24 * number // len(wanted)
            line = f"{'█' * full:░<24} médias {number}/{len(wanted)}, {len(failed)} échecs"
            draw(stream, f"\r{line}\x1b[K")
    if stream.isatty():
        draw(stream, "\r\x1b[K")
    for address, reason in failed.items():
        print(f"{address} : {reason}", file=stream)
    return failed


def _fetch(web: Web, address: str, folder: Path) -> str:
    """Have the file at *address* in *folder*, or return why it is not there."""
    name = name_file(address)
    if name is None:
        return "nom de fichier refusé"
    reason = ""
    try:
        for _ in range(0 if (folder / name).exists() else _TRIES):
            reason, may_pass = _fetch_once(web, address, folder / name)
            if not may_pass:
                break
    except OSError as error:
        # A folder is there already, or a file where a folder should be.
        return f"impossible d’écrire « {name} » ({error.strerror or type(error).__name__})"
    return reason


def _fetch_once(web: Web, address: str, target: Path) -> tuple[str, bool]:
    """Fetch what is at *address*; return why it could not be, and whether that may pass."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    begun = part.stat().st_size if part.exists() else 0
    if begun >= LARGEST_FILE:
        part.unlink()
        begun = 0
    # A file may be there at once where another has to be waited for.
    web.rate_limit.closed.clear()
    headers = {"Range": f"bytes={begun}-"} if begun else {}
    plain = quote(address, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")
    answer = web.ask("GET", plain, headers, LARGEST_FILE)
    if answer.status == _COMPLETE and begun:
        return _keep_whole(part, target, answer.headers.get("Content-Range", ""), begun)
    is_rest = _is_rest(answer, begun)
    reason = _find_fault(answer, begun if is_rest else 0, is_rest=is_rest)
    if reason == _TOLD[LARGE]:
        part.unlink(missing_ok=True)
    elif answer.body and (is_rest or answer.status in _WHOLE):
        with part.open("ab" if is_rest else "wb") as file:
            file.write(answer.body)
    if not reason:
        part.replace(target)
    return reason, bool(reason) and not _PASSING.isdisjoint({answer.status, answer.trouble})


def _keep_whole(part: Path, target: Path, said: str, begun: int) -> tuple[str, bool]:
    """Keep *part*, after which there is nothing more, unless the whole is *said* to be another."""
    # `bytes */25600`
    if said and not said.endswith(f"*/{begun}"):
        part.unlink()
        # It begins anew.
        return f"réponse {_COMPLETE}", True
    part.replace(target)
    return "", False


def _is_rest(answer: Answer, begun: int) -> bool:
    """Tell whether an answer goes on where the *begun* bytes end."""
    said = answer.headers.get("Content-Range", f"bytes {begun}-")
    return bool(begun) and answer.status == _PARTIAL and said.startswith(f"bytes {begun}-")


def _find_fault(answer: Answer, begun: int, *, is_rest: bool) -> str:
    """Return why the *begun* bytes and what came after them are not a whole file, or nothing."""
    if answer.trouble == SURPRISE:
        return f"erreur inattendue {answer.surprise}"
    if answer.trouble or begun + len(answer.body) > LARGEST_FILE:
        return _TOLD[answer.trouble or LARGE]
    if not (is_rest or answer.status in _WHOLE):
        return f"réponse {answer.status}"
    return "" if answer.body else "réponse vide"
