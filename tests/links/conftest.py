"""A web of our own: sites that answer as others do, and a service that keeps copies."""

import datetime as dt
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from archivist.links.asking import Politeness, Web
from archivist.links.checker import Checker, Options
from archivist.links.finding import find_links
from archivist.links.ledger import read_ledger
from archivist.posts.archive import read_archive
from tests.conftest import write_docs

TODAY = dt.date(2026, 11, 25)
HASTY = Politeness(interval=0, timeout=1.0, deadline=2.0, backoff=0.02, longest_wait=2, redirects=5)
MADE = "Fri, 03 Nov 2017 10:00:00 GMT"


class Handler(BaseHTTPRequestHandler):
    """Answers by the first word of the path; *asked* of the server is what it was asked."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.server.asked.append((self.command, self.headers["Host"].partition(":")[0], self.path))
        self.server.agents.add(self.headers["User-Agent"])
        self.server.moments.append(time.monotonic())
        word = self.path.strip("/").partition("/")[0].partition("-")[0]
        getattr(self, f"answer_{word}", self.answer_absent)()

    do_GET = do_HEAD  # noqa: N815 (the library's own name)

    def send(self, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()

    def answer_here(self):
        self.send()

    def answer_absent(self):
        self.send(404)

    def answer_gone(self):
        self.send(410)

    def answer_moved(self):
        self.send(301, Location="/here/nouveau#partie")

    def answer_aside(self):
        self.send(302, Location="/here/ailleurs")

    def answer_slash(self):
        self.send() if self.path.endswith("/") else self.send(301, Location=f"{self.path}/")

    def answer_getonly(self):
        self.send(200 if self.command == "GET" else 405)

    def answer_forbidden(self):
        self.send(403)

    def answer_broken(self):
        self.send(500)

    def answer_slow(self):
        self.server.release.wait(5)

    def answer_drip(self):
        # Always something, and never an end.
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while not self.server.release.wait(0.1):
                self.wfile.write(b"X-Drop: x\r\n")
        except OSError:
            self.server.was_cut.set()

    def answer_huge(self):
        if self.command == "HEAD":
            self.send(405)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
                self.server.sent += 65536
        except OSError:
            self.server.was_cut.set()

    def answer_loop(self):
        self.send(302, Location="/loop/deux" if self.path == "/loop" else "/loop")

    def answer_long(self):
        self.send(302, Location=f"/long/{len(self.path)}/{self.path[-40:]}x")

    def answer_file(self):
        self.send(302, Location="file:///etc/hostname")

    def answer_busy(self):
        """Ask to wait once, then be there."""
        before = [path for _, _, path in self.server.asked].count(self.path)
        self.send(429, Retry_After="1") if before == 1 else self.send()

    def answer_tired(self):
        self.send(503, Retry_After="86400")

    def answer_counted(self):
        time.sleep(0.03)
        self.send()

    # -- A Memento service (RFC 7089): /gate/<address>, /copy/<address> -------------------------

    def answer_gate(self):
        self.server.days.append(self.headers["Accept-Datetime"])
        if "gone" in self.path or "gateless" in self.path:
            self.send(302, Location=self.path.replace("/gate/", "/copy/"), Vary="accept-datetime")
        elif "failing" in self.path:
            self.send(503, Retry_After="9999")
        else:
            self.send(404)

    def answer_copy(self):
        self.send(404 if "gateless" in self.path else 200, Memento_Datetime=MADE)


@pytest.fixture
def make_docs(tmp_path):
    """Return a function from files to the docs/ folder of an archive without links of its own."""

    def make(files):
        for page in write_docs(tmp_path, {}).glob("*.md"):
            if "http" in page.read_text(encoding="utf-8"):
                page.write_text("# Une page\n", encoding="utf-8")
        return write_docs(tmp_path, files)

    return make


@pytest.fixture
def hosts(monkeypatch):
    """Names: those of exemple.test are this machine, others are in no register."""
    resolve = socket.getaddrinfo

    def look_up(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name.endswith(".exemple.test"):
            return resolve("127.0.0.1", *arguments, **options)
        if name == "127.0.0.1":
            return resolve(name, *arguments, **options)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Who asks may leave in the middle."""


def start_server():
    server = Server(("127.0.0.1", 0), Handler)
    server.asked, server.days, server.agents, server.moments = [], [], set(), []
    server.sent, server.was_cut, server.release = 0, threading.Event(), threading.Event()
    server.url = f"http://site.exemple.test:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture
def server(hosts):
    """The sites."""
    server = start_server()
    yield server
    server.release.set()
    server.shutdown()
    server.server_close()


def make_web(politeness=HASTY, **options):
    """Return the web, this machine included."""
    return Web(politeness, is_admitted=lambda _: True, **options)


@pytest.fixture
def look(server):
    """Return a function from a path to the answer there."""
    return lambda path, **options: make_web(**options).look_at(f"{server.url}/{path}")


@pytest.fixture
def run_links(make_docs, make_post, server):
    """Return a function that sees to links to *paths*, on a day, and returns the ledger by path."""

    def run(*paths, today=TODAY, docs=None, **options):
        links = "\n".join(f"[{path}]({server.url}/{path})" for path in paths)
        docs = docs or make_docs({"2018/billet.md": make_post(body=links)})
        archive = read_archive(docs)
        options = {"timegate": f"http://service.exemple.test:{server.server_port}/gate/"} | options
        checker = Checker(
            docs=docs,
            links=find_links(archive),
            ledger=read_ledger(docs)[0],
            options=Options(today=today, **options),
            make_web=make_web,
        )
        checker.run()
        ledger, problems = read_ledger(docs)
        assert problems == []
        assert ledger == checker.ledger
        return {address.removeprefix(f"{server.url}/"): each for address, each in ledger.items()}

    return run
