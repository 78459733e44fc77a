"""Servers that mean harm, each on a port of this machine: what they say is bytes, not HTTP."""

import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from contextlib import suppress

from tests.conftest import ROOT

LONGEST = 30  # seconds, after which a server is silent whatever happens
BLOCK = b"x" * 65_536
_HEAD = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def make_bomb(layers=1, size=300):
    """Return *size* million zeros, packed, and packed again."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    data = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(size)), packer.flush()])
    for _ in range(layers - 1):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        data = packer.compress(data) + packer.flush()
    return data


def frame(data):
    """Return *data* as the body that its length is told of."""
    return b"Content-Length: %d\r\n\r\n" % len(data) + data


def repeat(start, piece, wait=0.0):
    """Return what says *start*, then *piece* for ever."""

    def speak(say, is_over):
        say(start)
        while not is_over(wait):
            say(piece)

    return speak


def lead_round(say, is_over):
    """Lead to another address, each time after a while."""
    is_over(0.45)
    say(redirect(b"/%d" % time.monotonic_ns()))


def redirect(location, rest=b"Content-Length: 0\r\n\r\n", status=301):
    return b"HTTP/1.1 %d Moved\r\nLocation: %s\r\n%s" % (status, location, rest)


def busy(wait):
    return b"HTTP/1.1 503 Busy\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n" % wait


BOMB = make_bomb()
GOOD = _HEAD + frame(b"")
HARM = {
    # Too much of it.
    "endless-redirect": repeat(redirect(b"/x", _CHUNKED, 302), b"10000\r\n" + BLOCK + b"\r\n"),
    "endless-body": repeat(_HEAD + b"\r\n", BLOCK),
    "endless-chunks": repeat(_HEAD + _CHUNKED, b"10000\r\n" + BLOCK + b"\r\n"),
    "endless-error": repeat(b"HTTP/1.1 500 No\r\n\r\n", BLOCK),
    "endless-headers": repeat(_HEAD, b"X-More: more\r\n"),
    "endless-header": repeat(_HEAD + b"X-More: ", BLOCK),
    "large-headers": repeat(_HEAD, b"Link: <" + BLOCK[:50_000] + b">\r\n"),
    "endless-status": repeat(b"HTTP/1.1 200 ", BLOCK),
    "endless-hints": repeat(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "endless-chunk-size": repeat(_HEAD + _CHUNKED, b"1" * 65_536),
    "endless-trailers": repeat(_HEAD + _CHUNKED + b"1\r\nx\r\n0\r\n", b"X-More: more\r\n"),
    "bomb": _HEAD + b"Content-Encoding: gzip\r\n" + frame(BOMB),
    "bomb-in-redirect": redirect(b"/x", b"Content-Encoding: gzip\r\n" + frame(BOMB)),
    "bomb-in-bomb": redirect(
        b"/x", b"Content-Encoding: gzip, gzip\r\n" + frame(make_bomb(layers=2))
    ),
    # Too slow, or never.
    "silent": lambda say, is_over: is_over(LONGEST),
    "drip-headers": repeat(_HEAD, b"X-Drop: x\r\n", 0.1),
    "drip-header": repeat(_HEAD + b"X-Drop: ", b"x", 0.1),
    "drip-body": repeat(_HEAD + b"Content-Length: 1000\r\n\r\n", b"x", 0.1),
    "drip-chunks": repeat(_HEAD + _CHUNKED, b"1\r\nx\r\n", 0.1),
    "slow-redirects": lead_round,
    "tls-silent": lambda say, is_over: is_over(LONGEST),
    "tls-drip": repeat(b"\x16\x03\x03\x40\x00", b"x", 0.1),
    # What cannot be.
    "year-9999": busy(b"Fri, 31 Dec 9999 23:59:59 -1200"),
    "year-of-20-digits": busy(b"Fri, 31 Dec " + b"9" * 20 + b" 23:59:59 GMT"),
    "wait-of-20-digits": busy(b"9" * 20),
    "wait-before-now": busy(b"-5"),
    "length-of-20-digits": _HEAD + b"Content-Length: " + b"9" * 20 + b"\r\n\r\nx",
    "length-below-zero": _HEAD + b"Content-Length: -5\r\n\r\nx",
    "two-lengths": _HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "length-that-lies": _HEAD + b"Content-Length: 5000\r\n\r\nx",
    "chunk-below-zero": _HEAD + _CHUNKED + b"-1\r\n" + b"x" * 900_000,
    "status-999": b"HTTP/1.1 999 Who knows\r\nContent-Length: 0\r\n\r\n",
    "status-of-letters": b"HTTP/1.1 abc\r\n\r\n",
    "tls-none": b"<html>Hello</html>\r\n",
    "no-http": b"<html>Hello</html>\r\n",
    "nothing": b"",
    "headers-of-bytes": b"HTTP/1.1 404 Non trouv\xe9\r\nX-\xe9: \xff\xfe\x00\r\nX\r\n: y\r\n\r\n",
    # Where nobody can go.
    "location-user": redirect(b"http://u:p@good.exemple.test:%(good)d/here"),
    "location-latin-1": redirect(b"/caf\xe9"),
    "location-bracket": redirect(b"http://[x/"),
    "location-port": redirect(b"http://good.exemple.test:99999/"),
    "location-scheme": redirect(b"javascript:alert(1)"),
    "location-file": redirect(b"file:///etc/hostname"),
    "location-ipv6": redirect(b"http://[::1]:%(good)d/here"),
    "location-idn": redirect(b"http://xn--\xff\xfe.exemple.test/"),
    "location-label": redirect(b"http://" + b"a" * 70 + b".exemple.test/"),
    "location-signs": redirect(b"/a b\x01\x7f\"'<>\\^`{|}\t#x"),
    "location-long": redirect(b"/" + b"x" * 50_000),
    "location-empty": redirect(b""),
    "location-itself": redirect(b"/"),
}
"""What each does to whoever asks it; `good` is the port of one that means no harm."""


class Laboratory:
    """All of them, and one that means no harm; *asked* are the names of those that were asked."""

    def __init__(self, good=GOOD):
        self.asked, self._over = set(), threading.Event()
        self.ports = {}
        for name, harm in (("good", good), *HARM.items()):
            self._listen(name, harm)

    def name_address(self, name, path="/"):
        """Return the address of a server."""
        scheme = "https" if name.startswith("tls-") else "http"
        return f"{scheme}://{name}.exemple.test:{self.ports[name]}{path}"

    def close(self):
        """Have all of them fall silent."""
        self._over.set()

    def _listen(self, name, harm):
        server = socket.create_server(("127.0.0.1", 0))
        server.settimeout(0.2)
        self.ports[name] = server.getsockname()[1]
        if isinstance(harm, bytes):
            harm = harm.replace(b"%(good)d", b"%d" % self.ports["good"])
        threading.Thread(target=self._serve, args=(server, name, harm), daemon=True).start()

    def _serve(self, server, name, harm):
        ends = time.monotonic() + 2 * LONGEST
        with server:
            while not self._over.is_set() and time.monotonic() < ends:
                with suppress(TimeoutError):
                    link, _ = server.accept()
                    self.asked.add(name)
                    threading.Thread(target=self._harm, args=(link, harm), daemon=True).start()

    def _harm(self, link, harm):
        ends = time.monotonic() + LONGEST

        def is_over(wait=0.0):
            return self._over.wait(wait) or time.monotonic() > ends

        with link, suppress(OSError):
            link.settimeout(LONGEST)
            link.recv(65_536)
            if callable(harm):
                harm(link.sendall, is_over)
            else:
                link.sendall(harm)
                link.shutdown(socket.SHUT_WR)
                link.recv(65_536)


# -- Who asks them -----------------------------------------------------------------------------------

MOST_MEMORY = 250_000  # kB

# The servers are this machine, whatever their names; how much it took is told at the end.
RUN = """
import re, socket, sys
from pathlib import Path
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **options: resolve("127.0.0.1", *rest, **options)
from archivist.__main__ import main
from archivist.commands import links
from archivist.wordpress.export import fetch
from tests.links.conftest import make_web
links.Web = make_web
fetch._BETWEEN, fetch._TIMEOUT, fetch._DEADLINE, fetch._TRIES = 0, 0.5, 1, 1
fetch._LONGEST_WAIT, fetch.is_admitted = 1, lambda _: True
try:
    code = main(sys.argv[1:])
finally:
    # What it took at most; what getrusage says is that of whoever started it, if that was more.
    print("memory", *re.findall("VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text()))
sys.exit(code)
"""


def run_apart(*arguments, cwd):
    """Run a command; return its code, what it said, and how much memory it took, in kB."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    memory = int(done.stdout.rpartition("memory ")[2])
    return done.returncode, done.stdout + done.stderr, memory
