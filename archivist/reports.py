"""A page that tells a maintainer what a command did: one file, opened as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[str, ...]
    """Texts; one that is an address of the web is shown as a link."""
    matters: bool = False
    """Whether it is shown in bold."""


def write_table(columns: Iterable[str], rows: Iterable[Row]) -> str:
    """Return a table as HTML, or that there is nothing to tell."""
    body = ""
    for row in rows:
        cells = "".join(f"<td>{_link(cell)}</td>" for cell in row.cells)
        mark = ' class="doubt"' if row.matters else ""
        body += f"<tr{mark}>{cells}</tr>"
    if not body:
        return "<p>Rien à signaler.</p>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _link(cell: str) -> str:
    text = escape(cell)
    is_address = cell.startswith(("https://", "http://")) and " " not in cell
    return f'<a href="{text}" rel="noreferrer">{text}</a>' if is_address else text


def write_list(items: Iterable[str]) -> str:
    """Return a list as HTML, or that it is empty."""
    points = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{points}</ul>" if points else "<p>Aucune.</p>"


def write_page(title: str, summary: Iterable[str], parts: Iterable[tuple[str, str]]) -> str:
    """Return a page: the lines of the *summary*, then *parts*, each a heading and HTML."""
    return _PAGE.format(
        title=escape(title),
        summary=write_list(line.strip() for line in summary),
        parts="".join(f"<h2>{escape(heading)}</h2>\n{html}\n" for heading, html in parts),
    )


_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; inline-size: 100%; }}
td, th {{ border-block-end: 1px solid #8886; padding: .3rem .6rem; text-align: start;
  vertical-align: top; overflow-wrap: anywhere; }}
.doubt td {{ font-weight: 600; }}
:root {{ color-scheme: light dark; }}
</style></head><body><main>
<h1>{title}</h1>
{summary}
{parts}</main></body></html>
"""
