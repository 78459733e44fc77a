"""A static host at the end of a slow line: HTTP/2, text compressed, one line for all answers."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import mimetypes
import tempfile
import threading
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = {".html", ".css", ".js", ".json", ".txt", ".svg", ".xml"}
_PIECE = 4096


class Line:
    """A line of so many bytes a second, shared by all that goes over it; *sent* counts them."""

    def __init__(self, rate: float, delay: float) -> None:
        self.rate, self.delay = rate, delay
        self.sent = 0
        self.requests = 0
        self._free = 0.0

    async def carry(self, size: int) -> None:
        """Return when *size* bytes have gone over the line."""
        self.sent += size
        now = time.monotonic()
        self._free = max(self._free, now) + size / self.rate
        await asyncio.sleep(self._free - now)


@cache
def _read(path: Path) -> tuple[bytes, bool]:
    content = path.read_bytes()
    return (gzip.compress(content, 6), True) if path.suffix in _TEXT else (content, False)


def _app(folder: Path, line: Line) -> Any:  # noqa: ANN401 (ASGI)
    async def answer(scope: dict[str, Any], _: Any, send: Any) -> None:  # noqa: ANN401
        if scope["type"] != "http":
            return
        line.requests += 1
        await asyncio.sleep(line.delay)
        path = folder / scope["path"].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        content, packed = _read(path) if found else (b"", False)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = [(b"content-type", kind.encode()), (b"cache-control", b"max-age=600")]
        headers += [(b"content-encoding", b"gzip")] if packed else []
        await send(
            {"type": "http.response.start", "status": 200 if found else 404, "headers": headers}
        )
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            await line.carry(len(piece))
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return answer


@contextlib.contextmanager
def serve_slowly(folder: Path, rate: float, delay: float) -> Iterator[tuple[str, Line]]:
    """Serve *folder* at *rate* bytes a second, *delay* seconds to the first; yield the address."""
    line = Line(rate, delay)
    with tempfile.TemporaryDirectory() as work:
        certificate = trustme.CA().issue_cert("localhost")
        key, chain = Path(work, "key.pem"), Path(work, "chain.pem")
        certificate.private_key_pem.write_to_path(key)
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(chain, append=True)
        config = Config()
        config.bind = ["localhost:0"]
        config.certfile, config.keyfile = str(chain), str(key)
        config.alpn_protocols = ["h2"]
        config.accesslog = config.errorlog = None
        sockets = config.create_sockets()
        config.create_sockets = lambda: sockets  # type: ignore[method-assign]
        port = sockets.secure_sockets[0].getsockname()[1]
        loop, stop = asyncio.new_event_loop(), asyncio.Event()

        async def wait() -> None:
            await stop.wait()

        thread = threading.Thread(
            target=loop.run_until_complete,
            args=(serve(_app(folder, line), config, shutdown_trigger=wait),),
        )
        thread.start()
        try:
            yield f"https://localhost:{port}/", line
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join()
