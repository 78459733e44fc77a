"""`archivist live`: show the site while posts are written."""

from __future__ import annotations

import argparse
from pathlib import Path

from archivist.build.live import show_site
from archivist.commands.build import add_docs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    add_docs(parser)
    parser.add_argument("--work", type=Path, default=Path("build/live"), metavar="DIR")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def run(options: argparse.Namespace) -> None:
    """Show the site until interrupted. Raises ArchiveError."""
    show_site(options.docs, options.work, options.port, opens_browser=not options.no_browser)
