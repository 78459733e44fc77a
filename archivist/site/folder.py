"""A site to read from a folder, without a host: its search, and a file that says how to begin.

Browsers refuse modules and all reading of files to a page opened from a folder, so what the
search knows is in one plain script.
"""

from __future__ import annotations

from collections.abc import Iterator

from archivist.dates.french import spell_date
from archivist.posts.library import count_posts, spell_years
from archivist.search.files import gather_words, write_script
from archivist.search.tables import Tables
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.search import FOLDER
from archivist.site.site import Site
from archivist.site.text.excerpts import shorten

_PARTS = ("words.js", "nodes.js", "in-folder.js")
_READ_ME = "LISEZ-MOI.txt"


def list_folder_files(site: Site) -> Iterator[SiteFile]:
    """Yield the script of the search, and what to read first."""
    posts, folder = site.library.posts, site.docs / "_static" / "search"
    described = [
        {
            "title": post.title,
            "url": f"{post.docname}.html",
            "date": spell_date(post.shown_date),
            "opening": shorten(site.fragments[post.docname].opening),
        }
        for post in posts
    ]
    tables = Tables([site.find_reading(post.docname) for post in posts], site.lexis)
    words = list(gather_words(tables, site.dictionary))
    parts = [(folder / name).read_text(encoding="utf-8") for name in _PARTS]
    yield hold(f"{FOLDER}/search.js", write_script(described, words, parts))
    context = {
        "archive_name": site.name,
        "archive_address": site.base_url,
        "archive_posts": f"{count_posts(posts)} {spell_years(posts)}" if posts else "",
    }
    yield hold(_READ_ME, site.find_template(_READ_ME).render(context))
