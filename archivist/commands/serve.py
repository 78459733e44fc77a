"""`archivist serve`: the built site on this machine, with the headers that hosts are told to send."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path
from urllib.parse import urlsplit

from archivist.addresses.owned import NETLIFY_HEADERS
from archivist.addresses.ports import HERE, refuse_port
from archivist.commands.build import OUTPUT
from archivist.errors import ArchiveError
from archivist.site.hosts.reading import find_headers

_TYPE = "Content-Type"


class Handler(SimpleHTTPRequestHandler):
    """Sends the files of a folder, each with the headers that its file `_headers` tells hosts."""

    def guess_type(self, path: str | PathLike[str]) -> str:
        """Return the media type of a file."""
        return self._find_headers().get(_TYPE) or super().guess_type(path)

    def end_headers(self) -> None:
        """End the head of an answer."""
        for name, value in self._find_headers().items():
            if name != _TYPE:
                self.send_header(name, value)
        super().end_headers()

    def _find_headers(self) -> dict[str, str]:
        with suppress(OSError):
            text = Path(self.directory, NETLIFY_HEADERS).read_text(encoding="utf-8")
            return find_headers(text, urlsplit(self.path).path)
        return {}


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of *folder*, not running yet.

    Raises ArchiveError where there is no site, or something answers at *port* already.
    """
    if not (folder / "index.html").is_file():
        raise ArchiveError(f"{folder} : aucun site ici, construisez-le avec make html.")
    try:
        return ThreadingHTTPServer((HERE, port), partial(Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise refuse_port(error, port, "serve") from error


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    parser.add_argument("folder", type=Path, nargs="?", default=OUTPUT, metavar="DIR")
    parser.add_argument("--port", type=int, default=8000, help="where it answers")


def run(options: argparse.Namespace) -> None:
    """Serve the site until Ctrl+C. Raises ArchiveError."""
    with open_server(options.folder, options.port) as server, suppress(KeyboardInterrupt):
        print(f"http://{HERE}:{server.server_port}/ (Ctrl+C pour finir)", file=sys.stderr)
        server.serve_forever()
