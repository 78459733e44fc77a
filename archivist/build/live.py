"""Show the site while posts are written: check, build what changed, reload the page.

sphinx-autobuild watches and tells the browser.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.client import HTTP_PORT
from pathlib import Path

import uvicorn
import watchfiles
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from archivist.addresses.owned import POSTS, SEARCH, WORDS
from archivist.addresses.ports import HERE, refuse_port
from archivist.build.preview import PROBLEM, Preview
from archivist.french import count
from archivist.reports import Row, write_page, write_table

# What a browser may call this machine; the port goes unsaid where it is that of all sites.
_NAMES = frozenset({HERE, "localhost", "[::1]"})
_FILES = Path(__file__).parent / "live_page"
_SCRIPT = '<script src="/_live/live.js" data-version="{}" data-kind="{}"></script></body>'
PROBLEMS = "/_live/erreurs"
# What is made of all posts at once, and so by no preview.
_LEFT_OUT = re.compile(rf"{SEARCH}\.html|{WORDS}(?:/.*)?")


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


def report(problems: Sequence[str]) -> None:
    """Print where the posts stand."""
    lines = [*problems, f"{tell_count(problems)}."]
    print(*lines, sep="\n", file=sys.stderr, flush=True)


class Pages(StaticFiles):
    """The files of the site, each page with the script that reloads it and shows problems."""

    def __init__(self, preview: Preview) -> None:
        preview.output.mkdir(parents=True, exist_ok=True)
        super().__init__(directory=preview.output, html=True)
        self._preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; a page of mistakes in the place of one that waits for their mending."""
        if _LEFT_OUT.fullmatch(path):
            return self._send(_tell_left_out(), "other")
        if path.removesuffix(".html") in self._preview.waiting or not self._preview.is_built:
            return self.send_problems()
        response = await super().get_response(path, scope)
        name = str(getattr(response, "path", ""))
        if not name.endswith(".html"):
            return response
        return self._send(Path(name).read_text(encoding="utf-8"), "page", response.status_code)

    def send_problems(self) -> Response:
        """Return the page of all mistakes."""
        return self._send(write_problems(self._preview.problems), "problems")

    def _send(self, html: str, kind: str, status: int = 200) -> Response:
        script = _SCRIPT.format(self._preview.version, kind)
        return HTMLResponse(html.replace("</body>", script), status)


def _tell_left_out() -> str:
    lines = (
        "La recherche et l’index des mots se font de tous les billets à la fois.",
        "L’aperçu s’en passe ; make serve les montre.",
    )
    return write_page("Pas dans l’aperçu", lines, ())


def write_problems(problems: Sequence[str]) -> str:
    """Return a page of *problems*, by file and line."""
    by_file: dict[str, list[Row]] = {}
    for problem in problems:
        found = PROBLEM.fullmatch(problem)
        path, line, message = found.groups() if found else ("", "", problem)
        by_file.setdefault(path, []).append(Row(cells=(line, message)))
    columns = ("Ligne", "Que corriger")
    parts = [(path or "Le site", write_table(columns, by_file[path])) for path in by_file]
    waiting = "Cette page se met à jour d’elle-même à chaque correction."
    return write_page(tell_count(problems), [waiting if problems else "Le site est à jour."], parts)


def tell_count(problems: Sequence[str]) -> str:
    """Return in French how many *problems* there are."""
    return f"{count(len(problems), 'erreur')} à corriger" if problems else "Aucune erreur"


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
    server, pages = Server(preview), Pages(preview)

    async def tell_problems(_: Request) -> JSONResponse:
        return JSONResponse({"version": str(preview.version), "problems": preview.problems})

    async def show_problems(_: Request) -> Response:
        return pages.send_problems()

    return Starlette(
        routes=[
            WebSocketRoute("/_live/reload", server),
            Route("/_live/problems.json", tell_problems),
            Route(PROBLEMS, show_problems),
            Mount("/_live", StaticFiles(directory=_FILES)),
            Mount("/", pages),
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
        return socket.create_server((HERE, port))
    except (OSError, OverflowError) as error:
        raise refuse_port(error, port, "live") from error


def show_site(docs: Path, work: Path, port: int, *, opens_browser: bool = True) -> None:
    """Serve the site of *docs* on this machine, kept up to date in *work*, until Ctrl+C.

    Raises ArchiveError when *docs* is not the folder of a site, or *port* is taken.
    """
    with _listen(port) as listener:
        preview = Preview(docs, work)
        preview.build()
        report(preview.problems)
        address = f"http://{HERE}:{port}/{find_newest_post(preview.docs)}"
        print(f"{address} (Ctrl+C pour arrêter)", file=sys.stderr, flush=True)
        if opens_browser:
            webbrowser.open(address)
        settings = uvicorn.Config(make_app(preview), log_level="warning", use_colors=False)
        # It says in English what is said here in French.
        logging.getLogger("watchfiles").setLevel(logging.WARNING)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(settings).run(sockets=[listener])
