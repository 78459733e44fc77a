"""What the head of a page tells reference managers and scholarly indexes.

Highwire's names as Google Scholar explains them
(https://scholar.google.com/intl/fr/scholar/inclusion.html#indexing), and Dublin Core. Zotero
reads both (https://www.zotero.org/support/dev/exposing_metadata), so that none says what the
other does: Dublin Core has the date that the first cannot say, one that is in doubt, and the
rights. By DC.type it knows a post of a blog, by PRISM's name the blog.
"""

from __future__ import annotations

from collections.abc import Iterator

from archivist.dates.edtf import write_edtf
from archivist.formats.citation import Citation, Person, to_plain

# Zotero's word for it.
_TYPE = "blogPost"


def _write_author(person: Person) -> str:
    """Return « Durand, Claire », « Le Labo & Cie, »: without its comma Zotero would part a name."""
    is_parted = person.is_organisation and " " in person.name and "," not in person.name
    return f"{person.name}," if is_parted else person.inverted


def _list_all(citation: Citation) -> Iterator[tuple[str, str]]:
    leaf, year = citation.date.single, citation.date.year
    yield "citation_title", citation.title
    yield from (("citation_author", _write_author(person)) for person in citation.authors)
    # « 2018/06/22 », « 2018/06 » or « 2018 », in doubt the year alone.
    if leaf and not (leaf.is_doubtful or leaf.season):
        yield "citation_publication_date", "/".join(leaf.figures)
    else:
        yield "citation_year", f"{year:04}" if year else ""
        yield "DC.date", write_edtf(citation.date)
    yield "citation_language", citation.language
    yield "citation_public_url", citation.address
    yield "DC.type", _TYPE
    yield "DC.rights", citation.license
    yield "prism.publicationName", citation.container


def list_tags(citation: Citation) -> list[tuple[str, str]]:
    """Return the name and content of each tag."""
    found = ((name, to_plain(value)) for name, value in _list_all(citation))
    return [(name, value) for name, value in found if value]
