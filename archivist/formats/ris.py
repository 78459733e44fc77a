"""RIS, which EndNote, Mendeley, Citavi and Zotero read: a tag and a value a line.

https://en.wikipedia.org/wiki/RIS_(file_format). Its dates are « year/month/day/other words »,
of which each may be missing; a date that is no day, month, season or year is words alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from archivist.dates.edtf import Leaf
from archivist.dates.french import name_season
from archivist.formats.citation import Citation, to_plain


def _write_leaf(leaf: Leaf) -> str:
    year, month, day = [*leaf.figures, "", ""][:3]
    about = " ".join(filter(None, ("vers" if leaf.approximate else "", name_season(leaf))))
    doubt = "date incertaine" if leaf.uncertain else ""
    return f"{year}/{month}/{day}/{' - '.join(filter(None, (about, doubt)))}"


def _list_lines(citation: Citation) -> Iterator[tuple[str, str]]:
    year, leaf = citation.date.year, citation.date.single
    yield "TY", "BLOG"
    yield "ID", citation.key
    for person in citation.authors:
        yield "AU", person.inverted
    yield "TI", citation.title
    yield "T2", citation.container
    yield "PY", f"{year:04}" if year else ""
    yield "DA", _write_leaf(leaf) if leaf else citation.date_words
    yield "UR", citation.url
    yield "LA", citation.language
    for keyword in citation.keywords:
        yield "KW", keyword
    yield "N1", citation.note


def write_ris(citation: Citation) -> str:
    """Return *citation* as one record; its lines end as the format asks."""
    filled = ((tag, to_plain(value)) for tag, value in _list_lines(citation))
    lines = [f"{tag}  - {value}" for tag, value in filled if value]
    return "\r\n".join((*lines, "ER  - ", ""))
