"""A real browser over a built site, served as a static host would."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
# The system's browser if there is one, else the one playwright installed: see the Makefile.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(live_site):
    handler = functools.partial(Handler, directory=live_site.folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(browser, address):
    """Return a function that opens an address of the site, on a phone if asked.

    The page must neither complain in the console nor ask another host for anything.
    """
    opened = []

    def open_(path, *, phone=False, **options):
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        page = browser.new_page(viewport=size, **options)
        page.faults = []
        page.on(
            "console",
            lambda message: (
                page.faults.append(message.text)
                if message.type == "error" and "404" not in message.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:"))
                else page.faults.append(request.url)
            ),
        )
        page.goto(address + path)
        opened.append(page)
        return page

    yield open_
    for page in opened:
        faults = page.faults
        page.close()
        assert faults == []
