"""Not too often to one host: when it may be asked again, and whether it wants to be left alone."""

from __future__ import annotations

import threading
import time


class StoppedError(Exception):
    """The work is to end now."""


class Pace:
    """Keeps requests to a host *between* seconds apart, whichever thread makes them."""

    def __init__(self, between: float) -> None:
        self._between = between
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._closed: set[str] = set()
        self._stop = threading.Event()

    def wait(self, host: str) -> None:
        """Return when it is the turn of one more request to *host*. Raises StoppedError."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._between
        if self._stop.wait(max(0.0, turn - now)):
            raise StoppedError

    def delay(self, host: str, seconds: float) -> None:
        """Ask nothing of *host* for some seconds."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)

    def close(self, host: str) -> None:
        """Ask nothing more of *host*."""
        self._closed.add(host)

    def is_closed(self, host: str) -> bool:
        """Tell whether nothing more is to be asked of *host*."""
        return host in self._closed

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stop.set()
