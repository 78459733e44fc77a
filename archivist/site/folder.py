"""A site to read from a folder, without a host: its search, and a file that says how to begin.

Browsers refuse modules and all reading of files to a page opened from a folder, so what the
search knows is in one plain script.
"""

from __future__ import annotations

from collections.abc import Iterator

from archivist.dates.french import spell_date
from archivist.posts.library import count_posts, spell_years
from archivist.posts.post import Post
from archivist.search.files import write_script
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.search import FOLDER
from archivist.site.site import Site
from archivist.site.text.excerpts import shorten

_SCRIPT = f"{FOLDER}/search.js"
_PARTS = ("words.js", "nodes.js", "in-folder.js")
_READ_ME = "LISEZ-MOI.txt"


def _describe(site: Site, post: Post) -> dict[str, str]:
    return {
        "title": post.title,
        "url": f"{post.docname}.html",
        "date": spell_date(post.shown_date),
        "opening": shorten(site.fragments[post.docname].opening),
    }


def _write_search(site: Site) -> str:
    posts, folder = site.library.posts, site.docs / "_static" / "search"
    return write_script(
        [_describe(site, post) for post in posts],
        [site.find_reading(post.docname).words for post in posts],
        site.dictionary,
        [(folder / name).read_text(encoding="utf-8") for name in _PARTS],
    )


def _write_read_me(site: Site) -> str:
    posts = site.library.posts
    context = {
        "archive_name": site.name,
        "archive_address": site.base_url,
        "archive_posts": f"{count_posts(posts)} {spell_years(posts)}" if posts else "",
    }
    return site.render(_READ_ME, context)


def list_folder_files(site: Site) -> Iterator[SiteFile]:
    """Yield the script of the search, and what to read first."""
    yield hold(_SCRIPT, _write_search(site))
    yield hold(_READ_ME, _write_read_me(site))
