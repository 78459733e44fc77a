"""The archive as data: billets.json and billets.csv, with what their fields mean."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from archivist.addresses import owned
from archivist.dates.edtf import write_edtf
from archivist.dates.french import spell_date
from archivist.keys import take_key
from archivist.posts.post import Post
from archivist.site.files.file import SiteFile, hold
from archivist.site.site import Site, find_path
from archivist.site.text.typography import bind_spaces
from archivist.words.manifest import NAME as CHECKSUMS

# Changes when a field goes or means something else; so does the schema.
VERSION = 1

_JSON, _CSV, _SCHEMA = owned.DATA_FILES
TYPES = {_JSON: "application/json", _CSV: "text/csv", owned.LIBRARY: "application/x-bibtex"}
"""The media types of the files that hold what is known of all posts."""
# Where a cell begins, or may in a spreadsheet that parts cells at semicolons as in France, before
# =1+1, "=1+1", ＝1+1. Before '=1+1 too: so the first apostrophe is always ours.
_FORMULA = re.compile(r"""(^|[;\t\r\n])(?=(?:[^\S\t\r\n]|["\ufeff])*'*[\t\r=+\-@＝＋－＠])""")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class DataField:
    """A field as the page explains it."""

    name: str
    description: str


def _read_schema() -> str:
    return Path(__file__).with_name(_SCHEMA).read_text(encoding="utf-8")


def list_fields() -> list[DataField]:
    """Return the fields of a post, in the order of the columns."""
    fields = json.loads(_read_schema())["$defs"]["billet"]["properties"]
    return [DataField(name, bind_spaces(field["description"])) for name, field in fields.items()]


def describe_billet(site: Site, post: Post) -> dict[str, Any]:
    """Return *post* as billets.json has it."""
    fragment = site.fragments[post.docname]
    names = {kind: [label.name for label in labels] for kind, labels in post.labels.items()}
    told = {
        "identifiant": post.docname,
        "titre": post.title,
        "auteurs": names["author"],
        "date": post.date.date().isoformat(),
        "date_edtf": write_edtf(post.shown_date),
        "date_en_mots": spell_date(post.shown_date),
        "mis_a_jour": post.updated.isoformat() if post.updated else None,
        "categories": names["category"],
        "etiquettes": names["tag"],
        "lieux": names["location"],
        "serie": next(iter(names["series"]), None),
        "langue": post.language or "fr",
        "resume": fragment.summary,
        "extrait": post.partial,
        "mots": fragment.length,
        "adresse": site.find_address(post.docname) or find_path(post.docname),
        "adresse_d_origine": post.source or None,
        "licence": post.license or None,
        "blog": next(iter(names["blog"]), None),
    }
    return {name: value for name, value in told.items() if value is not None}


def describe_billets(site: Site) -> list[dict[str, Any]]:
    """Return all posts as billets.json has them."""
    return [describe_billet(site, post) for post in site.library.posts]


def write_json(site: Site) -> str:
    """Return billets.json."""
    told = {"version": VERSION, "titre": site.name, "adresse": site.find_address("index")}
    filled = {name: value for name, value in told.items() if value != ""}
    billets = {"billets": site.once(describe_billets)}
    return json.dumps(filled | billets, ensure_ascii=False, indent=1) + "\n"


def keep_from_counting(cell: str) -> str:
    """Return *cell* with an apostrophe before each formula that a spreadsheet would take it for.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub(r"\1'", cell)


def write_csv(billets: Sequence[dict[str, Any]]) -> bytes:
    """Return billets.csv (RFC 4180), in UTF-8 with the mark that spreadsheets know it by."""
    names = [field.name for field in list_fields()]
    written = io.StringIO()
    table = csv.DictWriter(written, names, restval="", lineterminator="\r\n")
    table.writeheader()
    for billet in billets:
        told = {name: str(value) for name, value in billet.items()}
        told |= {name: "|".join(each) for name, each in billet.items() if isinstance(each, list)}
        told |= {"extrait": "vrai" if billet["extrait"] else "faux"}
        table.writerow({name: keep_from_counting(cell) for name, cell in told.items()})
    return written.getvalue().encode("utf-8-sig")


def list_data(site: Site) -> Iterator[SiteFile]:
    """Yield the data, and what its fields mean."""
    posts = site.library.posts
    key = take_key(site.place.key, [(each.key, site.fragments[each.docname].key) for each in posts])
    yield SiteFile(_JSON, partial(write_json, site), key=key)
    yield SiteFile(_CSV, lambda: write_csv(site.once(describe_billets)), key=key)
    yield hold(_SCHEMA, _read_schema())


def list_checksums(site: Site) -> Iterator[SiteFile]:
    """Yield the checksums of the words of archived posts, where there are any."""
    if (site.docs / CHECKSUMS).is_file():
        yield hold(CHECKSUMS, (site.docs / CHECKSUMS).read_bytes())
