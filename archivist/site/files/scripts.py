"""Modules of docs/_static/search as one script: a worker asks for all it needs at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archivist.search.files import strip_comments
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.search import FOLDER
from archivist.site.site import Site

# Seen from there, other files are where they are seen from docs/_static/search.
WORKER = f"{FOLDER}/js/worker.js"
# import { Index } from "./index.js";
_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
# export class Index, export async function …
_EXPORT = re.compile(r"^export (?P<kind>(?:async )?\w+\*?) (?P<name>\w+)", re.MULTILINE)


def bundle(folder: Path, name: str) -> str:
    """Return the module *name* of *folder*, after all that it imports, as one script."""
    made: dict[str, str] = {}

    def add(module: str) -> None:
        text = strip_comments((folder / f"{module}.js").read_text(encoding="utf-8"))
        for match in _IMPORT.finditer(text):
            if match["module"] not in made:
                add(match["module"])
        names = ", ".join(match["name"] for match in _EXPORT.finditer(text))
        body = _EXPORT.sub(
            r"\g<kind> \g<name>", _IMPORT.sub(r"const \g<names> = of_\g<module>;\n", text)
        )
        # Each has names of its own.
        made[module] = f"const of_{module} = (() => {{\n{body}return {{ {names} }};\n}})();\n"

    add(name)
    return "".join(made.values())


def list_scripts(site: Site) -> Iterator[SiteFile]:
    """Yield the script of the worker that searches."""
    yield hold(WORKER, bundle(site.docs / "_static" / "search", "worker"))
