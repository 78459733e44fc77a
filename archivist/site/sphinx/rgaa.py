"""The accessibility page: our self-assessment (`{rgaa} 2026-11-23`)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from archivist.dates.edtf import DateError, read_day
from archivist.dates.french import mark_up_day
from archivist.errors import FileError
from archivist.files import read_text
from archivist.site.text.typography import bind_spaces
from archivist.syntax.yaml import read_fields

# How one and many of each verdict of rgaa.yml read, in the order they are counted.
VERDICTS = {
    "C": ("conforme", "conformes"),
    "NC": ("non conforme", "non conformes"),
    "AV": ("à vérifier", "à vérifier"),
    "NA": ("non applicable", "non applicables"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """A criterion of the RGAA 4.1.2, our verdict on it, and why if that is to be said."""

    number: str
    title: str
    verdict: str
    note: str


def read_criteria(text: str) -> Iterator[Criterion]:
    """Yield the criteria of *text*, in the form of docs/rgaa.yml.

    Raises FileError on what is not in that form.
    """
    for number, field in read_fields(text).items():
        values = {key: each.text for key, each in (field.nested or {}).items()}
        if values.get("verdict") not in VERDICTS or not values.get("title"):
            known = ", ".join(VERDICTS)
            raise FileError(field.line, f"« {number} » attend title et verdict ({known}).")
        note = values.get("note", "")
        yield Criterion(number=number, title=values["title"], verdict=values["verdict"], note=note)


def summarise(criteria: list[Criterion], day: dt.date) -> str:
    """Return one sentence that dates and counts the verdicts."""
    counts = Counter(criterion.verdict for criterion in criteria)
    parts = ", ".join(
        f"{counts[verdict]} {many if counts[verdict] > 1 else one}"
        for verdict, (one, many) in VERDICTS.items()
    )
    date = mark_up_day(day).striptags()
    return f"Au {date}, sur {len(criteria)} critères : {parts}."


def _write_row(*texts: str, kind: type[nodes.Element] = nodes.entry) -> nodes.row:
    row = nodes.row()
    row += [kind("", nodes.paragraph("", bind_spaces(text))) for text in texts]
    return row


def _write_table(criteria: list[Criterion]) -> nodes.table:
    group = nodes.tgroup(cols=3)
    group += [nodes.colspec(colwidth=width) for width in (10, 60, 30)]
    group += nodes.thead("", _write_row("Critère", "Intitulé", "Résultat"))
    body = nodes.tbody()
    for criterion in criteria:
        result = VERDICTS[criterion.verdict][0].capitalize()
        note = f". {criterion.note}" if criterion.note else ""
        body += _write_row(criterion.number, criterion.title, result + note)
    group += body
    return nodes.table("", nodes.title("", "Les critères du RGAA 4.1.2"), group, classes=["rgaa"])


class Rgaa(SphinxDirective):
    """The assessment in rgaa.yml; its argument is the day it was made, AAAA-MM-JJ."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a summary and the table."""
        path = Path(self.env.srcdir, "rgaa.yml")
        self.env.note_dependency(path)
        try:
            day = read_day(self.arguments[0]).date()
            criteria = list(read_criteria(read_text(path)))
        except DateError as error:
            raise self.error(str(error)) from error
        except FileError as error:
            raise self.error(f"rgaa.yml:{error.line}: {error.message}") from error
        return [nodes.paragraph("", summarise(criteria, day)), _write_table(criteria)]
