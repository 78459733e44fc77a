"""The table of contents of a site: every kind of page, every kind of file, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archivist.site.files.cards import list_cards
from archivist.site.files.citations import list_citations
from archivist.site.files.data import list_checksums, list_data
from archivist.site.files.feeds import list_feeds
from archivist.site.files.file import SiteFile
from archivist.site.files.pictures import list_pictures
from archivist.site.files.scripts import list_scripts
from archivist.site.files.search import list_search
from archivist.site.files.styles import list_styles
from archivist.site.files.suggestions import list_suggestions
from archivist.site.folder import list_folder_files
from archivist.site.hosts.files import list_host_files, list_redirect_files
from archivist.site.pages.dates import list_archives
from archivist.site.pages.documents import list_documents
from archivist.site.pages.lists import list_lists
from archivist.site.pages.names import list_names_page
from archivist.site.pages.page import Page
from archivist.site.pages.post import list_posts
from archivist.site.pages.redirects import list_redirects
from archivist.site.pages.tools import list_data_page, list_search_page
from archivist.site.pages.words import list_words
from archivist.site.site import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    list_documents,
    list_posts,
    list_lists,
    list_archives,
    list_names_page,
    list_redirects,
    list_data_page,
    list_words,
    list_search_page,
)
FILES: tuple[Callable[[Site], Iterator[SiteFile]], ...] = (
    list_styles,
    list_host_files,
    list_pictures,
    list_cards,
    list_feeds,
    list_citations,
    list_data,
    list_checksums,
    list_redirect_files,
    list_search,
    list_scripts,
    list_suggestions,
    list_folder_files,
)

# What is made of all posts at once takes longer than a writer waits.
_NOT_IN_PREVIEW = frozenset(
    {
        list_redirects,
        list_redirect_files,
        list_words,
        list_search_page,
        list_search,
        list_scripts,
        list_suggestions,
        list_data,
    }
)
# Old addresses answer on the web alone, where a search can read files.
_NOT_IN_FOLDER = frozenset({list_redirects, list_redirect_files, list_search, list_scripts})
_IN_FOLDER_ALONE = frozenset({list_folder_files})


def _leave_out(site: Site) -> frozenset[object]:
    out: set[object] = set(_NOT_IN_FOLDER if site.plan.is_folder else _IN_FOLDER_ALONE)
    return frozenset(out | (_NOT_IN_PREVIEW if site.plan.is_preview else set()))


def list_pages(site: Site) -> Iterator[Page]:
    """Yield all pages of *site*, as its plan wants them."""
    for make in PAGES:
        if make not in _leave_out(site):
            yield from make(site)


def list_files(site: Site) -> Iterator[SiteFile]:
    """Yield all files of *site* that are no pages, but its map."""
    for make in FILES:
        if make not in _leave_out(site):
            yield from make(site)
