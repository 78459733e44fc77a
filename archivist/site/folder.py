"""A site to read from a folder, without a host: its search, and a file that says how to begin.

Browsers refuse modules and all reading of files but scripts to a page opened from a folder. So
there the modules of the search are one plain script, and each file of its index is one too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from archivist.posts.library import count_posts, spell_years
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.search import FOLDER, list_search
from archivist.site.site import Site

_FIRST, _FETCHING, _IN_FOLDER = "page.js", "fetching.js", "in-folder.js"
# import { make } from "./nodes.js"; export async function…
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_READ_ME = "LISEZ-MOI.txt"


def _join_modules(folder: Path, name: str, joined: set[str]) -> Iterator[str]:
    """Yield the module *name* of *folder* as a plain script, after those it imports."""
    joined.add(name)
    text = (folder / (_IN_FOLDER if name == _FETCHING else name)).read_text(encoding="utf-8")
    for match in _IMPORT.finditer(text):
        if match[2] not in joined:
            yield from _join_modules(folder, match[2], joined)
    names = ", ".join(match[2] for match in _EXPORT.finditer(text))
    text = _EXPORT.sub(r"\1", _IMPORT.sub(r'const \1 = modules["\2"];', text))
    text = text.replace("import.meta.url", f'new URL("../_static/search/{name}", place)')
    yield f'modules["{name}"] = (() => {{\n{text}\nreturn {{ {names} }};\n}})();\n'


def _write_script(folder: Path) -> str:
    modules = "".join(_join_modules(folder, _FIRST, set()))
    return (
        '"use strict";\n{\nconst modules = {}, place = document.currentScript.src;\n'
        f"{modules}}}\n"
    )


def _hand_over(make: Callable[[], bytes | str]) -> str:
    """Return a script that hands over the text that *make* makes."""
    made = make()
    text = made if isinstance(made, str) else made.decode()
    return f"handOver({json.dumps(text, ensure_ascii=False)});\n"


def list_folder_files(site: Site) -> Iterator[SiteFile]:
    """Yield the search as scripts, and what to read first."""
    posts = site.library.posts
    yield hold(f"{FOLDER}/search.js", _write_script(site.docs / "_static" / "search"))
    for file in list_search(site):
        yield SiteFile(f"{file.name}.js", partial(_hand_over, file.make))
    context = {
        "archive_name": site.name,
        "archive_address": site.base_url,
        "archive_posts": f"{count_posts(posts)} {spell_years(posts)}" if posts else "",
    }
    yield hold(_READ_ME, site.find_template(_READ_ME).render(context))
