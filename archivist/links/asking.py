"""Ask what is at an address: slowly, briefly, and never a machine that only we can reach."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TypeVar

import requests

from archivist import __version__
from archivist.addresses.machines import is_public
from archivist.addresses.web import SCHEMES, find_scheme, find_server
from archivist.links.answers import (
    FAILURES,
    LATER,
    SURPRISE,
    Answer,
    lead_on,
    name_trouble,
    read_body,
    read_retry_after,
)
from archivist.links.connection import Bounds, ask_server, open_session

_Found = TypeVar("_Found")

WORKERS = 8
AGENT = f"ArchivesInnovationPublique/{__version__} (link checker; a few requests a month)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_ERRORS = 400


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
    """For the whole of it, where its redirections lead included."""
    longest_wait: float = 60.0
    """A host that asks to wait longer is left alone."""
    backoff: float = 5.0
    """Before the first retry, where the host does not say; then twice as much each time."""
    patience: float = 600.0
    """A host that was waited for so long in a row, in vain, is left alone."""
    attempts: int = 3
    redirects: int = 8


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
    agent: str = AGENT
    """Who asks."""

    def __post_init__(self) -> None:
        self.rate_limit = RateLimit(self.politeness.interval)
        # The seconds that each host was waited for since it last answered.
        self._lost: dict[str, float] = {}

    def look_at(self, address: str) -> Answer:
        """Return what is at *address*, of which no more than the head is asked for if that will do."""
        answer = self.ask("HEAD", address)
        is_final = answer.status and answer.status < _ERRORS
        if is_final or answer.trouble in {LATER, "address", "name", "private", "tls"}:
            return answer
        # Many servers answer a HEAD wrongly, or not at all.
        return self.ask("GET", address)

    def ask(
        self, method: str, address: str, headers: Mapping[str, str] | None = None, most: int = 0
    ) -> Answer:
        """Return the answer at the end of all redirections; ask again where told to wait.

        *most* is how many bytes are read of what is there.
        """
        server, began = find_server(address), time.monotonic()
        lost = self._lost.get(server, 0.0)
        if lost > self.politeness.patience:
            return Answer(address=address, trouble=LATER)
        answer = self._insist(method, address, headers or {}, most)
        is_lost = answer.trouble in {"network", "timeout"}
        self._lost[server] = lost + time.monotonic() - began if is_lost else 0.0
        return answer

    def _insist(self, method: str, address: str, headers: Mapping[str, str], most: int) -> Answer:
        answer = Answer(address=address)
        for attempt in range(self.politeness.attempts):
            with open_session(self.agent, self.authorities) as session:
                session.headers.update(headers)
                answer = self._survive(session, method, address, most)
            backoff = self.politeness.backoff * 2**attempt
            wait = read_retry_after(answer.status, answer.headers, backoff)
            if wait is None:
                break
            server = find_server(answer.address)
            if wait > self.politeness.longest_wait:
                self.rate_limit.closed.add(server)
                return replace(answer, status=0, trouble=LATER)
            self.rate_limit.delay(server, wait)
        return answer

    def _survive(self, session: requests.Session, method: str, address: str, most: int) -> Answer:
        """Follow; whatever a stranger's server brings about, the others are still to be asked."""
        try:
            return self._follow(session, method, address, most)
        except StoppedError:
            raise
        except Exception as error:  # noqa: BLE001
            return Answer(address=address, trouble=SURPRISE, surprise=type(error).__name__)

    def _follow(self, session: requests.Session, method: str, address: str, most: int) -> Answer:
        is_permanent, left = True, self.politeness.deadline
        seen: set[str] = set()
        while address not in seen and len(seen) <= self.politeness.redirects:
            seen.add(address)
            trouble = self._wait_for(address)
            if trouble:
                return Answer(address=address, trouble=trouble)
            began = time.monotonic()
            bounds = Bounds(is_admitted=self.is_admitted, ends=began + left, most=most)
            answer, location = self._ask_once(session, method, address, bounds)
            left -= time.monotonic() - began
            if not location:
                return replace(answer, is_permanent=is_permanent and len(seen) > 1)
            is_permanent = is_permanent and answer.status in _PERMANENT
            address = lead_on(address, location)
        return Answer(address=address, trouble="loop")

    def _wait_for(self, address: str) -> str:
        """Return when it is the turn of *address*, with the trouble of one that has none."""
        server = find_server(address)
        if find_scheme(address).lower() not in SCHEMES or not server:
            return "address"
        if server in self.rate_limit.closed:
            return LATER
        self.rate_limit.wait(server)
        return ""

    def _ask_once(
        self, session: requests.Session, method: str, address: str, bounds: Bounds
    ) -> tuple[Answer, str]:
        """Return one answer, and where it sends to, if it does."""
        try:
            response = ask_server(session, method, address, self.politeness.timeout, bounds)
        except FAILURES as error:
            return Answer(address=address, trouble=name_trouble(error)), ""
        with closing(session), closing(response):
            status, headers = response.status_code, response.headers
            answer = Answer(address=address, status=status, headers=headers)
            location = headers.get("Location", "") if status in _REDIRECTS else ""
            if location or not bounds.most or not response.ok:
                return answer, location
            body, trouble = read_body(response, bounds.most)
            return replace(answer, body=body, trouble=trouble), ""


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
        by_host.setdefault(find_server(address), []).append(address)
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
