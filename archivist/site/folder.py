"""A site to read from a folder, without a host: its search, and a file that says how to begin.

Browsers refuse modules and all reading of files but scripts to a page opened from a folder. So
there the modules of the search are one plain script, and each file of its index is one too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from archivist.posts.library import count_posts, spell_years
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.scripts import bundle
from archivist.site.files.search import FOLDER, list_search
from archivist.site.site import Site

# What cannot be done there, and what is done instead.
_INSTEAD = {"fetching": "in-folder", "remote": "local"}
_READ_ME = "LISEZ-MOI.txt"


def _write_script(folder: Path) -> str:
    # Other files are where they are seen from docs/_static/search.
    modules = bundle(folder, "page", _INSTEAD).replace("import.meta.url", "place")
    place = 'new URL("../_static/search/", document.currentScript.src)'
    return f'"use strict";\n{{\nconst place = {place};\n{modules}}}\n'


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
