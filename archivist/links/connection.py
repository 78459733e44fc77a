"""Connections that go to public machines only, and end in time whatever the other side does.

A name may lead anywhere, and elsewhere the next time: it is the machine that was reached that
is looked at, before anything is asked of it. Through a proxy, that is for the proxy to do.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from archivist.addresses.web import SCHEMES


class PrivateError(ValueError):
    """The machine is not one that everybody can reach."""


def is_public(machine: str) -> bool:
    """Tell whether everybody can reach the *machine* of that IP address."""
    address = ipaddress.ip_address(machine.partition("%")[0])
    return address.is_global and not address.is_multicast


class _Guarded(HTTPConnection):
    """A connection that looks where it led, and is cut after *deadline* seconds."""

    is_admitted: Callable[[str], bool]
    deadline: float
    _timer: threading.Timer | None = None

    def connect(self) -> None:
        """Connect. Raises PrivateError where it led to no public machine."""
        self._timer = threading.Timer(self.deadline, self._cut)
        self._timer.daemon = True
        self._timer.start()
        super().connect()
        if not self.is_admitted(self.sock.getpeername()[0]):
            self.close()
            raise PrivateError(self.host)

    def _cut(self) -> None:
        sock = self.sock
        if sock is not None:
            # It may have ended by itself.
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the connection."""
        if self._timer:
            self._timer.cancel()
        super().close()


class _GuardedAdapter(HTTPAdapter):
    """What a session connects with, to machines that are *is_admitted*."""

    def __init__(self, is_admitted: Callable[[str], bool], deadline: float) -> None:
        self._rules = {"is_admitted": staticmethod(is_admitted), "deadline": deadline}
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        """Use connections of ours."""
        super().init_poolmanager(*arguments, **options)
        plain = type("Guarded", (_Guarded,), self._rules)
        secure = type("GuardedTLS", (_Guarded, HTTPSConnection), self._rules)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("PoolTLS", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }


def open_session(
    agent: str, is_admitted: Callable[[str], bool], deadline: float, authorities: str = ""
) -> requests.Session:
    """Return a session of *agent* with machines that are *is_admitted*, each answer in *deadline*.

    *authorities* is a file of those whose certificates are trusted, else all usual ones.
    """
    session = requests.Session()
    # No name nor password of this machine's goes anywhere.
    session.trust_env = False
    session.verify = authorities or True
    session.headers["User-Agent"] = agent
    for scheme in SCHEMES:
        session.mount(f"{scheme}://", _GuardedAdapter(is_admitted, deadline))
    return session
