"""Modules of docs/_static/search as one script: asked for at once, or where modules can't be loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from archivist.site.files.file import SiteFile, hold
from archivist.site.files.minify import squeeze_script
from archivist.site.files.search import FOLDER
from archivist.site.site import Site

# Seen from there, other files are where they are seen from docs/_static/search.
WORKER = f"{FOLDER}/js/worker.js"
# import { Index } from "./index.js";
_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
# export class Index, export async function …, export const …
_EXPORT = re.compile(r"^export (?P<kind>(?:async )?\w+\*?) (?P<name>\w+)", re.MULTILINE)


def bundle(folder: Path, name: str, instead: Mapping[str, str] | None = None) -> str:
    """Return the module *name* of *folder*, after all that it imports, as one script.

    A module that *instead* names is taken from the file that it gives.
    """
    made: dict[str, str] = {}
    given = instead or {}

    def add(module: str) -> None:
        path = folder / f"{given.get(module, module)}.js"
        text = squeeze_script(path.read_text(encoding="utf-8"))
        for match in _IMPORT.finditer(text):
            if match["module"] not in made:
                add(match["module"])
        names = ", ".join(match["name"] for match in _EXPORT.finditer(text))
        body = _EXPORT.sub(
            r"\g<kind> \g<name>", _IMPORT.sub(r"const \g<names> = of_\g<module>;\n", text)
        )
        # Each has names of its own.
        made[module] = f"const of_{module} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();\n"

    add(name)
    return "".join(made.values())


def join_scripts(known: str, *paths: Path) -> str:
    """Return scripts, the first of which may be modules, as one that knows `known`, JSON."""
    texts = (squeeze_script(path.read_text(encoding="utf-8")) for path in paths)
    parts = "\n".join(_EXPORT.sub(r"\g<kind> \g<name>", text) for text in texts)
    return f'"use strict";\n{{\nconst known = {known};\n{parts}\n}}\n'


def list_scripts(site: Site) -> Iterator[SiteFile]:
    """Yield the script of the worker that searches."""
    yield hold(WORKER, bundle(site.docs / "_static" / "search", "worker"))
