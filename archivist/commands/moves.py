"""`archivist rename`, `archivist delete`: a post moves or goes, and its addresses answer."""

from __future__ import annotations

import argparse

from archivist.build.inputs import check_docs_folder
from archivist.commands.build import add_docs
from archivist.errors import ArchiveError
from archivist.moving.moves import rename_post, take_away_post


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow either command."""
    parser.add_argument("post", metavar="OLD", help="docs/posts/2018/billet.md, or its name")
    if parser.prog.endswith("rename"):
        parser.add_argument("name", metavar="NEW", help="its new name, after its year if it moves")
    else:
        parser.add_argument("--reason", default="", help="why, in one sentence that readers see")
        parser.add_argument("--redirect", default="", metavar="PAGE", help="where readers are led")
    add_docs(parser)


def run(options: argparse.Namespace) -> None:
    """Move a post, or take it away; print what was done. Raises ArchiveError."""
    check_docs_folder(options.docs)
    docs = options.docs.resolve()
    if options.command == "rename":
        print(*rename_post(docs, options.post, options.name), sep="\n")
        return
    if options.reason and options.redirect:
        raise ArchiveError("--reason ou --redirect : l’un ou l’autre.")
    print(*take_away_post(docs, options.post, options.reason, options.redirect), sep="\n")
