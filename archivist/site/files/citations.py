"""What reference managers read of posts: a file of each format beside each, and one of all."""

from __future__ import annotations

from collections.abc import Iterator

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.formats.bibtex import write_bibtex, write_library
from archivist.formats.citation import Citation, Person, make_key
from archivist.formats.csl import write_csl
from archivist.formats.ris import write_ris
from archivist.posts.post import Post
from archivist.site.files.file import SiteFile, hold
from archivist.site.site import Site
from archivist.site.text.typography import bind_spaces

# What each file beside a post is called, how its name ends, and who writes it.
FORMATS = (
    ("BibTeX", owned.BIBTEX, write_bibtex), ("RIS", owned.RIS, write_ris),
    ("CSL-JSON", owned.CSL, write_csl),
)  # fmt: skip


def describe_citations(site: Site) -> dict[str, Citation]:
    """Return how each post is cited, by docname, in the order of posts."""
    return {post.docname: _describe(site, post) for post in site.library.posts}


def _describe(site: Site, post: Post) -> Citation:
    signed = [site.archive.registers.authors[key] for key in post.authors]
    return Citation(
        key=make_key(post.docname),
        title=post.title,
        authors=tuple(Person(each.name, each.family, each.given) for each in signed),
        date=post.shown_date,
        date_words=bind_spaces(spell_date(post.shown_date)),
        container=site.name,
        address=site.find_address(post.docname),
        origin=post.source or post.canonical_link,
        language=post.language or "fr",
        partial=post.partial,
        keywords=tuple(label.name for label in post.labels["tag"]),
    )


def list_citations(site: Site) -> Iterator[SiteFile]:
    """Yield the files of each post, and the one of all."""
    citations = site.once(describe_citations)
    for docname, citation in citations.items():
        for _, ending, write in FORMATS:
            yield hold(f"{docname}{ending}", write(citation))
    yield hold(owned.LIBRARY, write_library(citations.values()))
