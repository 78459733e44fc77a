"""The search: its index and lexicon, made of what the documents say."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sphinx.errors import SphinxError

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.posts.post import Post
from archivist.search.files import write_search
from archivist.search.pagefind import IndexedPage, IndexingError
from archivist.site.site import Site

SEARCH = owned.SEARCH
FOLDER = owned.SEARCH_FOLDER


def _describe_post(post: Post) -> dict[str, Any]:
    labels = {kind: [label.name for label in found] for kind, found in post.labels.items()}
    return {
        "shown": {"date": spell_date(post.shown_date), "category": ", ".join(labels["category"])},
        "facets": {
            "annee": [str(post.date.year)],
            "categorie": labels["category"],
            "etiquette": labels["tag"],
            "auteur": labels["author"],
        },
    }


def _read_pages(site: Site) -> Iterator[IndexedPage]:
    """Yield the pages to index: standing pages, then posts by date, which readers look for first."""
    # A page that answers nobody's question.
    standing = sorted(site.titles.keys() - {site.config.root_doc, owned.NOT_FOUND})
    told: dict[str, dict[str, Any]] = {docname: {"weight": 0.05} for docname in standing}
    told |= {post.docname: _describe_post(post) for post in site.library.posts}
    for docname, fields in told.items():
        reading = site.find_reading(docname)
        if reading.title:
            yield IndexedPage(url=f"{docname}.html", reading=reading, **fields)


class SearchIndex:
    """The index of a site, made beside its pages: Pagefind is a program of its own."""

    def __init__(self, site: Site, output: Path) -> None:
        """Begin to index, in *output*, what the documents say."""
        self._output = output / FOLDER
        self._work = Path(tempfile.mkdtemp(prefix=".search-", dir=output))
        pool, made = ThreadPoolExecutor(1), self._work / FOLDER
        pages = list(_read_pages(site))
        self._made = pool.submit(write_search, pages, site.dictionary, made, self._output)
        pool.shutdown(wait=False)

    def finish(self, *, is_wanted: bool) -> None:
        """Put the index in its place, or leave it if it is not wanted any more."""
        try:
            self._made.result()
            if is_wanted:
                shutil.rmtree(self._output, ignore_errors=True)
                (self._work / FOLDER).rename(self._output)
        except IndexingError as error:
            raise SphinxError(f"les pages n’ont pas pu être indexées : {error}") from error
        finally:
            shutil.rmtree(self._work, ignore_errors=True)
