"""Connections that go to public machines only, and end in time whatever the other side does.

A name may lead anywhere, and elsewhere the next time: the machine is looked at before anything
is sent there. Through a proxy, which resolves names itself, what they are here is looked at.
No answer is longer than its bounds, and none is unpacked.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import HTTPException, HTTPResponse
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.poolmanager import PoolManager, ProxyManager

from archivist.addresses.machines import is_public
from archivist.addresses.web import SCHEMES, find_host

LARGEST_HEAD = 100_000
"""How many bytes a server may say before what is there."""
# Of those that answer to one name.
_MOST_MACHINES = 4


class PrivateError(ValueError):
    """The machine is not one that everybody can reach."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How far one answer may go."""

    is_admitted: Callable[[str], bool] = is_public
    """Which machines are asked, by their IP address."""
    ends: float
    """When it is cut, by the clock of `time.monotonic`."""
    most: int
    """How many bytes are read after its head."""

    def measure_time(self) -> float:
        """Return the seconds that are left. Raises TimeoutError where there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def resolve(self, name: str) -> list[str]:
        """Return the IP addresses of *name* that may be asked. Raises PrivateError, OSError."""
        machines = _look_up(name)
        admitted = list(filter(self.is_admitted, machines))
        if not admitted:
            raise PrivateError(name)
        return admitted[:_MOST_MACHINES]

    def check_name(self, name: str) -> None:
        """Raise PrivateError where *name* leads to a machine that may not be asked."""
        # A name that is in no register here may be in that of the proxy.
        with suppress(OSError):
            if not all(map(self.is_admitted, _look_up(name))):
                raise PrivateError(name)


def _look_up(name: str) -> list[str]:
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class _BoundedReader(io.RawIOBase):
    """What a socket says, within *bounds*; *left* is how many bytes more it may."""

    def __init__(self, sock: socket.socket, bounds: Bounds) -> None:
        self._sock, self._bounds, self._patience = sock, bounds, sock.gettimeout()
        self._source = sock.makefile("rb", buffering=0)
        self.left = LARGEST_HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        seconds = self._bounds.measure_time()
        self._sock.settimeout(min(seconds, self._patience or seconds))
        count = self._source.readinto(buffer) or 0
        self.left -= count
        if self.left < 0:
            raise HTTPException("more than an answer may hold")
        return int(count)

    def close(self) -> None:
        self._source.close()
        super().close()


class _BoundedAnswer(HTTPResponse):
    """An answer within *bounds*, the head of which is short."""

    bounds: Bounds

    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(sock, *arguments, **options)
        self.fp.close()
        self._reader = _BoundedReader(sock, self.bounds)
        self.fp = io.BufferedReader(self._reader)

    def begin(self) -> None:
        super().begin()
        # Twice: what comes in pieces says how long each is.
        self._reader.left = LARGEST_HEAD + 2 * self.bounds.most


class _Guarded(HTTPConnection):
    """A connection to a machine that is admitted."""

    bounds: Bounds

    def _new_conn(self) -> socket.socket:
        """Connect. Raises PrivateError where the name leads to no public machine."""
        name = self._dns_host
        try:
            machines = self.bounds.resolve(name)
        except socket.gaierror:
            # It asks again, and says what is wrong as urllib3 does.
            return super()._new_conn()
        for machine in machines[:-1]:
            try:
                return self._connect_to(machine, name)
            except (ConnectTimeoutError, NewConnectionError):
                continue
        return self._connect_to(machines[-1], name)

    def _connect_to(self, machine: str, name: str) -> socket.socket:
        seconds = self.bounds.measure_time()
        self._dns_host, self.timeout = machine, min(seconds, self.timeout or seconds)
        try:
            return super()._new_conn()
        finally:
            self._dns_host = name


class _BoundedAdapter(HTTPAdapter):
    """What a session connects with, within *bounds*."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        """Use connections of ours."""
        super().init_poolmanager(*arguments, **options)
        _guard(self.poolmanager, self._bounds)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:  # noqa: ANN401
        """Use them with a proxy too, which may well be a machine that only we can reach."""
        manager = super().proxy_manager_for(proxy, **options)
        if isinstance(manager, ProxyManager):
            _guard(manager, replace(self._bounds, is_admitted=lambda _: True))
        return manager


def _guard(manager: PoolManager, bounds: Bounds) -> None:
    """Have *manager* connect within *bounds*."""
    answer = type("Answer", (_BoundedAnswer,), {"bounds": bounds})
    rules = {"bounds": bounds, "response_class": answer}
    plain = type("Guarded", (_Guarded,), rules)
    secure = type("GuardedTLS", (_Guarded, HTTPSConnection), rules)
    manager.pool_classes_by_scheme = {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("PoolTLS", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


class _Session(requests.Session):
    """One that follows nothing: it would read all that a redirection says besides."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return nothing, whatever the answer."""


def open_session(agent: str, authorities: str = "") -> requests.Session:
    """Return a session of *agent*.

    *authorities* is a file of those whose certificates are trusted, else all usual ones.
    """
    session = _Session()
    # No name nor password of this machine's goes anywhere.
    session.trust_env = False
    session.verify = authorities or True
    # As it lies there: nothing is unpacked, and a part of what is packed would mean nothing.
    headers = {"User-Agent": agent, "Accept-Encoding": "identity", "Connection": "close"}
    session.headers.update(headers)
    return session


def ask_server(
    session: requests.Session, method: str, address: str, timeout: float, bounds: Bounds
) -> requests.Response:
    """Return what is answered at *address*, of which only the head was read."""
    proxies = get_environ_proxies(address)
    if select_proxy(address, proxies):
        bounds.check_name(find_host(address))
    for scheme in SCHEMES:
        # A connection of its own: one that waits may be cut meanwhile.
        session.mount(f"{scheme}://", _BoundedAdapter(bounds))
    return session.request(
        method, address, timeout=timeout, allow_redirects=False, stream=True, proxies=proxies
    )
