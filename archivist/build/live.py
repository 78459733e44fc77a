"""Show the site while posts are written: check, build what changed, reload the page.

sphinx-autobuild watches and tells the browser.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import webbrowser
from collections.abc import Callable
from http.client import HTTP_PORT
from pathlib import Path

import uvicorn
import watchfiles
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from archivist.addresses.owned import POSTS
from archivist.build.preview import Preview
from archivist.errors import ArchiveError

HOST = "127.0.0.1"
# What a browser may call this machine; the port goes unsaid where it is that of all sites.
_NAMES = frozenset({HOST, "localhost", "[::1]"})
_FILES = Path(__file__).parent / "live_page"
_SCRIPT = b'<script src="/_live/live.js"></script></body>'
_NOT_THERE = b"<!doctype html><html lang=fr><title>En attente</title><body></body></html>"


class Server(RebuildServer):  # type: ignore[misc]
    """Watches the sources; tells the browser when they were checked and built."""

    def __init__(self, preview: Preview) -> None:
        super().__init__([preview.docs], lambda _: False, lambda _: None)
        self.preview = preview
        self._lock = asyncio.Lock()

    async def watch(self) -> None:
        """Follow changes until the server stops."""
        changes = watchfiles.awatch(*self.paths, debounce=200, step=20)
        # Meanwhile, so that the first change need not wait for what is loaded once.
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._build(self.preview.prepare))
            async for _ in changes:
                await self._build(self.preview.build)
                report(self.preview.problems)
                self.flag.set()

    async def _build(self, build: Callable[[], None]) -> None:
        async with self._lock:
            await asyncio.to_thread(build)


def report(problems: list[str]) -> None:
    """Print where the posts stand."""
    print(*problems or ["Aucune erreur."], sep="\n", file=sys.stderr, flush=True)


class Pages(StaticFiles):
    """The files of the site, each page with the script that reloads it and shows problems."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; where there is none yet, a page that waits for it."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException:
            return HTMLResponse(_add_script(_NOT_THERE), status_code=404)
        name = str(getattr(response, "path", ""))
        if not name.endswith(".html"):
            return response
        return HTMLResponse(_add_script(Path(name).read_bytes()), response.status_code)


def _add_script(html: bytes) -> bytes:
    return html.replace(b"</body>", _SCRIPT)


class Guard:
    """Lets nobody ask *app* but this machine, by its own name, and the pages it gave.

    A page of another site may have its own name lead here (DNS rebinding): it would read drafts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is asked, or refuse it."""
        if scope["type"] == "lifespan" or _is_own(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            # It is refused with 403 too, as it was not accepted yet.
            await WebSocketClose()(scope, receive, send)
        else:
            await PlainTextResponse("Adresse refusée.\n", 403)(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    """Tell whether the host that is asked, and that of the page that asks, are this one."""
    headers, port = Headers(scope=scope), scope["server"][1]
    own = {f"{name}:{port}" for name in _NAMES} | (_NAMES if port == HTTP_PORT else set())
    hosts = {host.lower() for host in headers.getlist("host")}
    origins = {f"http://{host}" for host in hosts}
    return len(hosts) == 1 and hosts <= own and {*headers.getlist("origin")} <= origins


def make_app(preview: Preview) -> Starlette:
    """Return what serves *preview* and watches its sources."""
    server = Server(preview)

    async def tell_problems(_: Request) -> JSONResponse:
        return JSONResponse(preview.problems)

    return Starlette(
        routes=[
            WebSocketRoute("/_live/reload", server),
            Route("/_live/problems.json", tell_problems),
            Mount("/_live", StaticFiles(directory=_FILES)),
            Mount("/", Pages(directory=preview.output, html=True)),
        ],
        middleware=[Middleware(Guard)],
        lifespan=server.lifespan,
    )


def find_newest_post(docs: Path) -> str:
    """Return the address of the post that was changed last, or of the home page."""
    paths = (docs / POSTS).glob("*/*.md")
    newest = max(paths, key=lambda path: (path.stat().st_mtime_ns, path), default=None)
    return f"{newest.relative_to(docs).as_posix().removesuffix('.md')}.html" if newest else ""


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        message = f"quelque chose répond déjà ici, essayez make live PORT={port + 1}."
        raise ArchiveError(f"--port {port} : {message}") from error


def show_site(docs: Path, work: Path, port: int, *, opens_browser: bool = True) -> None:
    """Serve the site of *docs* on this machine, kept up to date in *work*, until Ctrl+C.

    Raises ArchiveError when *docs* is not the folder of a site, or *port* is taken.
    """
    with _listen(port) as listener:
        preview = Preview(docs, work)
        preview.build()
        report(preview.problems)
        address = f"http://{HOST}:{port}/{find_newest_post(preview.docs)}"
        print(f"{address} (Ctrl+C pour arrêter)", file=sys.stderr, flush=True)
        if opens_browser:
            webbrowser.open(address)
        settings = uvicorn.Config(make_app(preview), log_level="warning", use_colors=False)
        uvicorn.Server(settings).run(sockets=[listener])
