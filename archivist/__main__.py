"""The command `archivist`: its words, and the module of archivist.commands that each is."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from importlib import import_module

from archivist.errors import ArchiveError, tell_error
from archivist.printing import safe_printing

_COMMANDS = {
    "build": ("build", "check the posts and build the site"),
    "check": ("check", "tell the mistakes in the posts"),
    "fix": ("fix", "mend what has one right answer in the posts"),
    "new": ("new", "begin a post"),
    "rename": ("moves", "rename a post; its old addresses lead to it"),
    "delete": ("moves", "take a post away; its address says why, or leads elsewhere"),
    "live": ("live", "show the site while posts are written"),
    "serve": ("serve", "show the built site as a host would"),
    "import": ("importing", "write the posts of a WordPress export"),
    "epub": ("take_away", "make a book of the posts"),
    "offline": ("take_away", "make a copy that reads from a folder"),
    "deposit": ("take_away", "make what an archive keeps: sources, site as a WARC, book, data"),
    "verify": ("verify", "tell whether a site, or words, are as they were"),
    "links": ("links", "ask what became of links to other sites"),
    "start": ("start", "begin an archive of your own from this one"),
    "tags": ("tags", "list tags and categories, and what might be tidied"),
}


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="archivist", description="Build and check the archive.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (module, told) in _COMMANDS.items():
        command = commands.add_parser(name, help=told)
        # What a command needs takes long to load, and is only there for who wants it.
        if name in arguments:
            loaded = import_module(f"archivist.commands.{module}")
            loaded.add_arguments(command)
            command.set_defaults(run=loaded.run)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 when there is something to correct, which stderr tells."""
    # The threads that NumPy would compare posts with take twice the time of one processor.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with safe_printing():
        options = _parse(sys.argv[1:] if arguments is None else arguments)
        try:
            options.run(options)
            # What cannot be written is told here, not when Python ends.
            print(end="", flush=True)
        except (ArchiveError, OSError) as error:
            print(tell_error(error), file=sys.stderr)
            return 1
    return 0


def run() -> int:
    """Run the command in a process of its own, which ends at once; return as `main` does."""
    status = main()
    # Python would look for garbage among all that a build holds, to no use: half a second.
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(run())
