"""The archive as data: billets.json and billets.csv, with what their fields mean, and a page."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.dates.parts import write_edtf
from archivist.site.files.feeds import PAGE
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import find_address, find_whole_address, prints_site, summarise
from archivist.site.text.typography import bind_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry
    from archivist.site.sphinx.builder import ArchiveBuilder

# Changes when a field goes or means something else; so does the schema.
VERSION = 1

_JSON, _CSV, _SCHEMA = owned.DATA_FILES
# Parts the values of a list in a cell.
_BETWEEN = "|"


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


def describe_entry(app: Sphinx, entry: Entry) -> dict[str, Any]:
    """Return *entry* as billets.json has it."""
    post = entry.post
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    fragment = builder.find_fragment(post.docname)
    names = {kind: [label.name for label in labels] for kind, labels in entry.labels.items()}
    told = {
        "identifiant": post.docname,
        "titre": entry.title,
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
        "resume": summarise(fragment.excerpt),
        "extrait": post.partial,
        "mots": fragment.length,
        "adresse": find_whole_address(app, post.docname) or find_address(post.docname),
        "adresse_d_origine": post.source or None,
        "licence": post.license or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def write_json(title: str, address: str, billets: Sequence[dict[str, Any]]) -> bytes:
    """Return billets.json."""
    told = {"version": VERSION, "titre": title, "adresse": address, "billets": billets}
    filled = {name: value for name, value in told.items() if value != ""}
    return (json.dumps(filled, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _write_cell(value: object) -> str:
    if isinstance(value, list):
        return _BETWEEN.join(value)
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    return str(value)


def write_csv(billets: Sequence[dict[str, Any]]) -> bytes:
    """Return billets.csv (RFC 4180), in UTF-8 with the mark that spreadsheets know it by."""
    names = [field.name for field in list_fields()]
    written = io.StringIO()
    table = csv.DictWriter(written, names, restval="", lineterminator="\r\n")
    table.writeheader()
    for billet in billets:
        table.writerow({name: _write_cell(value) for name, value in billet.items()})
    return written.getvalue().encode("utf-8-sig")


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page that says what can be taken away, and what the fields mean."""
    if prints_site(app):
        context = {
            "title": "Données et flux",
            "archive_summary": "Suivre ces archives, les citer, les réutiliser.",
            "archive_fields": list_fields(),
            "archive_version": VERSION,
        }
        yield PAGE, context, "data.html"


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the data."""
    if exception or not prints_site(app):
        return
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    billets = [describe_entry(app, entry) for entry in find_register(app).entries]
    address = find_whole_address(app, "index")
    builder.write_file(_JSON, write_json(app.config.project, address, billets))
    builder.write_file(_CSV, write_csv(billets))
    builder.write_file(_SCHEMA, _read_schema().encode("utf-8"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("html-collect-pages", on_html_collect_pages)
    app.connect("build-finished", on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
