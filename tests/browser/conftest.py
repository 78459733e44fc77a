"""A real browser over a built site, served as a static host would."""

import functools
import http.server
import threading
from pathlib import Path

import pytest


class Handler(http.server.SimpleHTTPRequestHandler):
    """A static host: nothing logged, 404.html for what is not there."""

    def log_message(self, *args):
        pass

    def send_error(self, code, message=None, explain=None):
        body = Path(self.translate_path("/404.html")).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


def serve(folder):
    """Yield the address of the site in *folder*, while it is served."""
    handler = functools.partial(Handler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def live_address(live_site):
    yield from serve(live_site.folder)


@pytest.fixture(scope="session")
def sink_address(sink_site):
    yield from serve(sink_site.folder)


def watch(page, address):
    """Note what *page* complains of, and what it asks another host for."""
    page.faults = []

    def on_console(message):
        if message.type == "error" and "404" not in message.text:
            page.faults.append(message.text)

    def on_request(request):
        if not request.url.startswith((address, "data:")):
            page.faults.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", on_request)


def opener(browser, address):
    """Yield a function that opens an address of a site, on a phone if asked.

    No page may complain in the console nor ask another host for anything.
    """
    opened = []

    def open_(path, *, phone=False, **options):
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        page = browser.new_page(viewport=size, **options)
        watch(page, address)
        page.goto(address + path)
        opened.append(page)
        return page

    yield open_
    faults = [fault for page in opened for fault in page.faults]
    for page in opened:
        page.close()
    assert faults == []


@pytest.fixture
def open_page(browser, live_address):
    """Return a function that opens a page of the archive itself."""
    yield from opener(browser, live_address)


@pytest.fixture
def open_sink(browser, sink_address):
    """Return a function that opens a page of the site with all that a post can contain."""
    yield from opener(browser, sink_address)
