"""CSL-JSON, the input of citeproc: https://docs.citationstyles.org/en/stable/specification.html."""

from __future__ import annotations

import json
from typing import Any

from archivist.dates.edtf import Leaf
from archivist.formats.citation import Citation, Person, to_plain


def _describe_person(person: Person) -> dict[str, str]:
    if person.family:
        return {"family": to_plain(person.family), "given": to_plain(person.given)}
    return {"literal": to_plain(person.name)}


def _find_leaves(citation: Citation) -> list[Leaf]:
    """Return the date, or both ends of a span, where the format can say all that is known."""
    single = citation.date.single
    if single:
        return [] if single.uncertain else [single]
    ends = [citation.date.start, citation.date.end] if citation.date.is_span else []
    sure = [leaf for leaf in ends if leaf and leaf.years == 1 and not leaf.is_doubtful]
    return sure if len(sure) == len(ends) and not any(leaf.season for leaf in sure) else []


def _describe_date(citation: Citation) -> dict[str, Any]:
    leaves = _find_leaves(citation)
    if not leaves:
        return {"literal": to_plain(citation.date_words)}
    first, parts = leaves[0], [list(map(int, leaf.figures)) for leaf in leaves]
    # Spring is 1 here, and 21 in EDTF.
    others = {"season": first.season % 20, "circa": first.approximate}
    return {"date-parts": parts} | {key: value for key, value in others.items() if value}


def _describe(citation: Citation) -> dict[str, Any]:
    return {
        "id": citation.key,
        "type": "post-weblog",
        "author": [_describe_person(person) for person in citation.authors],
        "title": to_plain(citation.title),
        "container-title": to_plain(citation.container),
        "issued": _describe_date(citation),
        "URL": citation.url,
        "language": citation.language,
        "keyword": ", ".join(map(to_plain, citation.keywords)),
        "note": to_plain(citation.note),
    }


def write_csl(citation: Citation) -> str:
    """Return *citation* as a list of one item."""
    filled = {key: value for key, value in _describe(citation).items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=1) + "\n"
