"""What the head of a page tells reference managers and scholarly indexes.

Highwire's names as Google Scholar explains them
(https://scholar.google.com/intl/fr/scholar/inclusion.html#indexing), and Dublin Core. Zotero
reads both (https://www.zotero.org/support/dev/exposing_metadata): of dates the first, else
that of Dublin Core, which therefore alone says one that is in doubt. By DC.type it knows a
post of a blog, by PRISM's name the blog.
"""

from __future__ import annotations

from collections.abc import Iterator

from archivist.dates.edtf import write_edtf
from archivist.formats.citation import Citation, to_plain

# Zotero's word for it.
_TYPE = "blogPost"


def _list_all(citation: Citation) -> Iterator[tuple[str, str]]:
    leaf, year = citation.date.single, citation.date.year
    names = [person.inverted for person in citation.authors]
    yield "citation_title", citation.title
    yield from (("citation_author", name) for name in names)
    # « 2018/06/22 », « 2018/06 » or « 2018 », in doubt the year alone.
    if leaf and not (leaf.is_doubtful or leaf.season):
        yield "citation_publication_date", "/".join(leaf.figures)
    else:
        yield "citation_year", f"{year:04}" if year else ""
    yield "citation_language", citation.language
    yield "citation_keywords", "; ".join(citation.keywords)
    yield "citation_public_url", citation.address
    yield "DC.title", citation.title
    yield from (("DC.creator", name) for name in names)
    yield "DC.date", write_edtf(citation.date)
    yield "DC.language", citation.language
    yield "DC.identifier", citation.address
    yield "DC.type", _TYPE
    yield "prism.publicationName", citation.container


def list_tags(citation: Citation) -> list[tuple[str, str]]:
    """Return the name and content of each tag."""
    found = ((name, to_plain(value)) for name, value in _list_all(citation))
    return [(name, value) for name, value in found if value]
