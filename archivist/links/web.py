"""Ask what is at an address: slowly, briefly, and never a machine that only we can reach."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import requests
import urllib3
from markdown_it.common.normalize_url import normalizeLink
from requests.structures import CaseInsensitiveDict
from requests.utils import get_environ_proxies

from archivist import __version__
from archivist.addresses.web import SCHEMES, find_host, find_scheme
from archivist.links.connection import PrivateError, is_public, open_session
from archivist.links.pace import Pace
from archivist.links.retrying import find_wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

AGENT = f"ArchivesInnovationPublique/{__version__} (link checker; a few requests a month)"
LATER = "later"
"""The trouble of an address whose host wants to be left alone for now."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_ERRORS = 400
_UNKNOWN_NAMES = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """How hosts are treated; times are in seconds.

    *between* are two requests to one host, *timeout* is for each step of an answer, *deadline*
    for the whole. A host that asks to wait longer than *longest_wait* is left alone.
    """

    between: float = 1.0
    timeout: float = 15.0
    deadline: float = 45.0
    longest_wait: float = 60.0
    backoff: float = 5.0
    tries: int = 3
    redirects: int = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came of asking: the *status* of what is at *address* in the end, or the *trouble*.

    *is_permanent* says whether each server on the way said that it moved for good.
    """

    address: str
    status: int = 0
    trouble: str = ""
    is_permanent: bool = False
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict)


class Web:
    """The web, with *manners*. Addresses of machines are asked for when *is_admitted*.

    *authorities* is a file of those whose certificates are trusted, else all usual ones.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        is_admitted: Callable[[str], bool] = is_public,
        authorities: str = "",
    ) -> None:
        self.manners = manners or Manners()
        self.pace = Pace(self.manners.between)
        self._is_admitted = is_admitted
        self._authorities = authorities

    def look_at(self, address: str) -> Answer:
        """Return what is at *address*, of which no more than the head is asked for if that will do."""
        answer = self.ask("HEAD", address)
        is_final = answer.status and answer.status < _ERRORS
        if is_final or answer.trouble in {LATER, "address", "name", "private", "tls"}:
            return answer
        # Many servers answer a HEAD wrongly, or not at all.
        return self.ask("GET", address)

    def ask(self, method: str, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer at the end of all redirections; ask again where told to wait."""
        answer = Answer(address=address)
        for attempt in range(self.manners.tries):
            with self._open(headers or {}) as session:
                answer = self._follow(session, method, address)
            wait = find_wait(answer.status, answer.headers, self.manners.backoff * 2**attempt)
            if wait is None:
                break
            host = find_host(answer.address)
            if wait > self.manners.longest_wait:
                self.pace.close(host)
                return replace(answer, status=0, trouble=LATER)
            self.pace.delay(host, wait)
        return answer

    def _open(self, headers: Mapping[str, str]) -> requests.Session:
        session = open_session(AGENT, self._is_admitted, self.manners.deadline, self._authorities)
        session.headers.update({"Connection": "close", **headers})
        return session

    def _follow(self, session: requests.Session, method: str, address: str) -> Answer:
        is_permanent = True
        seen: set[str] = set()
        while address not in seen and len(seen) <= self.manners.redirects:
            seen.add(address)
            answer, target = self._ask_once(session, method, address)
            if not target:
                return replace(answer, is_permanent=is_permanent and len(seen) > 1)
            is_permanent = is_permanent and answer.status in _PERMANENT
            address = normalizeLink(urljoin(address, target).partition("#")[0])
        return Answer(address=address, trouble="loop")

    def _ask_once(self, session: requests.Session, method: str, address: str) -> tuple[Answer, str]:
        """Return one answer, and where it sends to, if it does."""
        host = find_host(address)
        if find_scheme(address).lower() not in SCHEMES or not host:
            return Answer(address=address, trouble="address"), ""
        if self.pace.is_closed(host):
            return Answer(address=address, trouble=LATER), ""
        self.pace.wait(host)
        try:
            response = session.request(
                method,
                address,
                timeout=self.manners.timeout,
                allow_redirects=False,
                # What is there is not read.
                stream=True,
                proxies=get_environ_proxies(address),
            )
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
        ) as error:
            return Answer(address=address, trouble=name_trouble(error)), ""
        with closing(session), closing(response):
            # Each request has a connection of its own: one that waits may be cut meanwhile.
            target = session.get_redirect_target(response) or ""
            status = response.status_code
            found = Answer(address=address, status=status, headers=response.headers)
            return found, target if status in _REDIRECTS else ""


def name_trouble(error: BaseException) -> str:
    """Return which of TROUBLES kept a server from answering."""
    causes = list(_list_causes(error))
    for kind, trouble in _KINDS:
        if any(isinstance(cause, kind) for cause in causes):
            return trouble
    if any(isinstance(each, socket.gaierror) and each.errno in _UNKNOWN_NAMES for each in causes):
        return "name"
    return "address" if any(isinstance(cause, ValueError) for cause in causes) else "network"


_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (PrivateError, "private"),
    (requests.exceptions.SSLError, "tls"),
    (requests.exceptions.Timeout, "timeout"),
    (TimeoutError, "timeout"),
    (requests.exceptions.TooManyRedirects, "loop"),
)


def _list_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield *error*, what it wraps, and what that comes from."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            inner = [getattr(each, "reason", None), each.__cause__, each.__context__, *each.args]
            waiting += [one for one in inner if isinstance(one, BaseException)]
