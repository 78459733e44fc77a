"""Ask what is at an address: slowly, briefly, and never a machine that only we can reach."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import urljoin

import requests
import urllib3
from markdown_it.common.normalize_url import normalizeLink
from requests.structures import CaseInsensitiveDict
from requests.utils import get_environ_proxies
from urllib3.util import Retry

from archivist import __version__
from archivist.addresses.web import SCHEMES, find_host, find_scheme
from archivist.links.connection import PrivateError, is_public, open_session

_Found = TypeVar("_Found")

WORKERS = 8
AGENT = f"ArchivesInnovationPublique/{__version__} (link checker; a few requests a month)"
LATER = "later"
"""The trouble of an address whose host wants to be left alone for now."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_ERRORS = 400
_BUSY = frozenset({429, 503})
_UNKNOWN_NAMES = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_TROUBLES: tuple[tuple[type[BaseException], str], ...] = (
    (PrivateError, "private"),
    (requests.exceptions.SSLError, "tls"),
    (requests.exceptions.Timeout, "timeout"),
    (TimeoutError, "timeout"),
    (requests.exceptions.TooManyRedirects, "loop"),
)
# PrivateError is a ValueError.
_FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)


class StoppedError(Exception):
    """The work is to end now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Politeness:
    """How hosts are treated; times are in seconds."""

    interval: float = 1.0
    """Between two requests to one host."""
    timeout: float = 15.0
    """For each step of an answer."""
    deadline: float = 45.0
    """For the whole of it."""
    longest_wait: float = 60.0
    """A host that asks to wait longer is left alone."""
    backoff: float = 5.0
    """Before the first retry, where the host does not say; then twice as much each time."""
    attempts: int = 3
    redirects: int = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came of asking: the status of what is there in the end, or the trouble."""

    address: str
    """Where the redirections led."""
    status: int = 0
    trouble: str = ""
    """One of TROUBLES, or LATER."""
    is_permanent: bool = False
    """Whether each server on the way said that it moved for good."""
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict)


class RateLimit:
    """Keeps requests to a host *interval* seconds apart, whichever thread makes them."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._stop = threading.Event()
        self.closed: set[str] = set()
        """The hosts that want to be left alone."""

    def wait(self, host: str) -> None:
        """Return when it is the turn of one more request to *host*. Raises StoppedError."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._interval
        if self._stop.wait(max(0.0, turn - now)):
            raise StoppedError

    def delay(self, host: str, seconds: float) -> None:
        """Ask nothing of *host* for some seconds."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stop.set()


@dataclass
class Web:
    """The web, asked with *politeness*."""

    politeness: Politeness = field(default_factory=Politeness)
    is_admitted: Callable[[str], bool] = is_public
    """Which machines are asked, by their IP address."""
    authorities: str = ""
    """A file of those whose certificates are trusted, else all usual ones."""

    def __post_init__(self) -> None:
        self.rate_limit = RateLimit(self.politeness.interval)

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
        for attempt in range(self.politeness.attempts):
            with open_session(
                AGENT, self.is_admitted, self.politeness.deadline, self.authorities
            ) as session:
                session.headers.update({"Connection": "close", **(headers or {})})
                answer = self._follow(session, method, address)
            backoff = self.politeness.backoff * 2**attempt
            wait = read_retry_after(answer.status, answer.headers, backoff)
            if wait is None:
                break
            host = find_host(answer.address)
            if wait > self.politeness.longest_wait:
                self.rate_limit.closed.add(host)
                return replace(answer, status=0, trouble=LATER)
            self.rate_limit.delay(host, wait)
        return answer

    def _follow(self, session: requests.Session, method: str, address: str) -> Answer:
        is_permanent = True
        seen: set[str] = set()
        while address not in seen and len(seen) <= self.politeness.redirects:
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
        if host in self.rate_limit.closed:
            return Answer(address=address, trouble=LATER), ""
        self.rate_limit.wait(host)
        try:
            response = session.request(
                method,
                address,
                timeout=self.politeness.timeout,
                allow_redirects=False,
                # What is there is not read.
                stream=True,
                proxies=get_environ_proxies(address),
            )
        except _FAILURES as error:
            return Answer(address=address, trouble=name_trouble(error)), ""
        with closing(session), closing(response):
            # Each request has a connection of its own: one that waits may be cut meanwhile.
            target = session.get_redirect_target(response) or ""
            status = response.status_code
            found = Answer(address=address, status=status, headers=response.headers)
            return found, target if status in _REDIRECTS else ""


def read_retry_after(status: int, headers: Mapping[str, str], backoff: float) -> float | None:
    """Return the seconds to wait before a retry, *backoff* if the server says none.

    None where the answer is one. What `Retry-After` says: RFC 9110, 10.2.3.
    """
    if status not in _BUSY:
        return None
    try:
        # `120`, `Wed, 21 Oct 2015 07:28:00 GMT`
        return Retry(retry_after_max=999_999_999).parse_retry_after(headers.get("Retry-After", ""))
    except (urllib3.exceptions.InvalidHeader, ValueError):
        return backoff


def name_trouble(error: BaseException) -> str:
    """Return which of TROUBLES kept a server from answering."""
    causes = list(_list_causes(error))
    for kind, trouble in _TROUBLES:
        if any(isinstance(cause, kind) for cause in causes):
            return trouble
    if any(isinstance(each, socket.gaierror) and each.errno in _UNKNOWN_NAMES for each in causes):
        return "name"
    return "address" if any(isinstance(cause, ValueError) for cause in causes) else "network"


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


def ask_all(
    addresses: Iterable[str], ask: Callable[[str], _Found], rate_limit: RateLimit
) -> Iterator[tuple[str, _Found]]:
    """Yield each of *addresses* with what *ask* finds there, in the order of the answers.

    Several hosts are asked at a time, each by one worker. Whoever stops listening, for whatever
    reason, stops the asking.
    """
    answers: queue.SimpleQueue[tuple[str, _Found] | Exception | None] = queue.SimpleQueue()

    def work(group: list[str]) -> None:
        try:
            for address in group:
                answers.put((address, ask(address)))
        except StoppedError:
            pass
        except Exception as error:  # noqa: BLE001 (raised again where it is heard)
            answers.put(error)
        answers.put(None)

    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(find_host(address), []).append(address)
    with ThreadPoolExecutor(WORKERS) as pool:
        # Those with most to ask first: they take longest.
        for group in sorted(by_host.values(), key=len, reverse=True):
            pool.submit(work, group)
        try:
            yield from _listen(answers, len(by_host))
        finally:
            rate_limit.stop()
            pool.shutdown(wait=False, cancel_futures=True)


def _listen(
    answers: queue.SimpleQueue[tuple[str, _Found] | Exception | None], waiting: int
) -> Iterator[tuple[str, _Found]]:
    """Yield *answers* until *waiting* groups said None; raise what kept one from it."""
    while waiting:
        answer = answers.get()
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            waiting -= 1
        else:
            yield answer
