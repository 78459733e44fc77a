"""A page that tells a maintainer what a command did: one file, opened as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

_MOST_SHOWN = 20
"""So many places of a topic are shown at once; more are folded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[str, ...]
    """Texts; one that is an address of the web is shown as a link."""
    matters: bool = False
    """Whether it is shown in bold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicPlace:
    """A text of which something is told: *texts* says what, and how many times."""

    name: str
    path: str
    source: str
    """Where its source is, seen from the report; nothing where it has none."""
    page: str
    texts: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many times something is told of it."""
        return sum(self.texts.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """One kind of thing that is told: what it means, what to do, and where it is."""

    name: str
    means: str
    remedy: str
    places: Sequence[TopicPlace]
    is_folded: bool = False

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(place.count for place in self.places)


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
    """Return a text as HTML; the address of the web that it begins with is a link."""
    address, space, rest = cell.partition(" ")
    if not address.startswith(("https://", "http://")):
        return escape(cell)
    text = escape(address)
    return f'<a href="{text}" rel="noreferrer">{text}</a>{space}{escape(rest)}'


def _show(text: str) -> str:
    """Return a text as HTML; what stands between ` is for a terminal."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))


def write_list(items: Iterable[str]) -> str:
    """Return a list as HTML, or that it is empty."""
    points = "".join(f"<li>{_show(item)}</li>" for item in items)
    return f"<ul>{points}</ul>" if points else "<p>Aucune.</p>"


def write_topics(groups: Mapping[str, Sequence[Topic]]) -> list[tuple[str, str]]:
    """Return the parts of a page that *groups* of topics are, a list of these first."""
    groups = {heading: topics for heading, topics in groups.items() if topics}
    if not groups:
        return [("Pertes et doutes", "<p>Rien à signaler.</p>")]
    named = [topic.name for topics in groups.values() for topic in topics]
    numbers = {name: f"t{at}" for at, name in enumerate(named, start=1)}
    listed = "".join(
        f"<li>{escape(heading)}<ul>"
        + "".join(
            f'<li><a href="#{numbers[each.name]}">{escape(each.name)}</a> ×{each.count}</li>'
            for each in topics
        )
        + "</ul></li>"
        for heading, topics in groups.items()
    )
    contents = ("Sommaire", f'<nav aria-label="Sommaire"><ul>{listed}</ul></nav>')
    parts = [
        (heading, "".join(_write_topic(each, numbers[each.name]) for each in topics))
        for heading, topics in groups.items()
    ]
    return [contents, *parts]


def _write_topic(topic: Topic, number: str) -> str:
    places = "".join(map(_write_place, topic.places))
    is_open = "" if topic.is_folded or topic.count > _MOST_SHOWN else " open"
    summary = f"<summary>Où ({topic.count})</summary>"
    return (
        f'<section aria-labelledby="{number}"><h3 id="{number}">{escape(topic.name)} '
        f'<span class="count">×{topic.count}</span></h3><p>{_show(topic.means)}</p>'
        f"<p><strong>Que faire :</strong> {_show(topic.remedy)}</p>"
        f"<details{is_open}>{summary}<ul>{places}</ul></details></section>\n"
    )


def _write_place(place: TopicPlace) -> str:
    name = _lead(place.page, place.name)
    source = f" <small>{_lead(place.source, place.path)}</small>" if place.path else ""
    texts = list(_write_texts(place.texts))
    if not place.path:
        return "".join(f"<li>{text}</li>" for text in texts)
    said = "".join(f"<li>{text}</li>" for text in texts if text)
    return f"<li>{name}{source}{f'<ul>{said}</ul>' if said else ''}</li>"


def _write_texts(texts: Mapping[str, int]) -> Iterator[str]:
    for text, count in texts.items():
        times = f' <span class="count">×{count}</span>' if count > 1 else ""
        yield f"{_link(text)}{times}" if text or times else ""


def _lead(target: str, text: str) -> str:
    """Return *text* as a link to a file, if there is one."""
    if not target:
        return escape(text)
    return f'<a href="{escape(quote(target))}">{escape(text)}</a>'


def write_page(title: str, summary: Iterable[str], parts: Iterable[tuple[str, str]]) -> str:
    """Return a page: the lines of the *summary*, then *parts*, each a heading and HTML."""
    lines = [line.strip() for line in summary]
    return _PAGE.format(
        title=escape(title),
        summary=write_list(lines) if len(lines) != 1 else f"<p>{escape(lines[0])}</p>",
        parts="".join(f"<h2>{escape(heading)}</h2>\n{html}\n" for heading, html in parts),
    )


_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; --link: #0b57a4; --quiet: #595959; }}
@media (prefers-color-scheme: dark) {{ :root {{ --link: #8cc4ff; --quiet: #a6a6a6; }} }}
body {{ background: Canvas; color: CanvasText; font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: anywhere; }}
a {{ color: var(--link); }}
code {{ background: #8882; padding: .1em .25em; }}
h1, h2, h3 {{ line-height: 1.25; }}
h2 {{ margin-block: 2.5rem .5rem; border-block-end: 2px solid #8886; }}
h3 {{ margin-block: 1.75rem .25rem; }}
p {{ margin-block: .25rem; max-width: 44rem; }}
ul {{ padding-inline-start: 1.25rem; margin-block: .25rem; }}
small, .count {{ color: var(--quiet); font-weight: 400; }}
summary {{ cursor: pointer; padding-block: .4rem; }}
table {{ border-collapse: collapse; inline-size: 100%; }}
td, th {{ border-block-end: 1px solid #8886; padding: .3rem .6rem; text-align: start;
  vertical-align: top; }}
.doubt td {{ font-weight: 600; }}
</style></head><body><main>
<h1>{title}</h1>
{summary}
{parts}</main></body></html>
"""
