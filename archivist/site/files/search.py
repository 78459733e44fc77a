"""The search: its index and lexicon, made of what the documents say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.posts.post import Post
from archivist.search.acronyms import find_synonyms
from archivist.search.files import IndexedPage, make_search
from archivist.search.lexicon import QueryMeanings
from archivist.search.reading import Reading
from archivist.search.tables import Tables
from archivist.site.files.file import SiteFile
from archivist.site.files.meanings import label_posts, list_lists
from archivist.site.site import Site

SEARCH = owned.SEARCH
FOLDER = owned.SEARCH_FOLDER


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """What the documents say: standing pages, then posts by date."""

    docnames: tuple[str, ...]
    first_post: int
    """The number of the oldest."""
    readings: tuple[Reading, ...]
    tables: Tables


def gather_corpus(site: Site) -> Corpus:
    """Return what all documents say, but those that answer nobody's question."""
    names = sorted(site.titles.keys() - {site.config.root_doc, owned.NOT_FOUND})
    standing = [name for name in names if site.find_reading(name).title]
    docnames = (*standing, *(post.docname for post in site.library.posts))
    labelled = label_posts(site)
    readings = tuple(labelled.get(name) or site.find_reading(name) for name in docnames)
    return Corpus(
        docnames=docnames,
        first_post=len(standing),
        readings=readings,
        tables=Tables(readings, site.lexis),
    )


def _describe_post(post: Post) -> dict[str, Any]:
    labels = {kind: [label.name for label in found] for kind, found in post.labels.items()}
    return {
        "shown": {"date": spell_date(post.shown_date), "category": ", ".join(labels["category"])},
        "facets": {
            "annee": [str(post.date.year)],
            "blog": [each.name for each in post.labels["blog"] if each.is_telling],
            "categorie": labels["category"],
            "etiquette": labels["tag"],
            "auteur": labels["author"],
        },
    }


def _list_pages(site: Site, corpus: Corpus) -> Iterator[IndexedPage]:
    told: list[dict[str, Any]] = [{}] * corpus.first_post + [
        _describe_post(post) for post in site.library.posts
    ]
    for name, reading, fields in zip(corpus.docnames, corpus.readings, told, strict=True):
        yield IndexedPage(url=f"{name}.html", reading=reading, **fields)


def list_search(site: Site) -> Iterator[SiteFile]:
    """Yield all that a search loads."""
    corpus = site.once(gather_corpus)
    pages = list(_list_pages(site, corpus))
    meanings = QueryMeanings(list_lists(site.library), find_synonyms(site.docs))
    files = make_search(pages, corpus.first_post, corpus.tables, site.dictionary, meanings)
    for name, make, is_fixed in files:
        yield SiteFile(f"{FOLDER}/{name}", make, is_fixed)
