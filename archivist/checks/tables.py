"""Rules for a table in HTML: rows, cells that fit, and no more in a cell than words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from archivist.checks.html import find_faults, is_clean
from archivist.posts.archive import StandingPage
from archivist.posts.blocks import Located
from archivist.posts.file import PostFile
from archivist.problems import Faults
from archivist.syntax.allowed import HTML, LINE_HTML, TABLE_HTML
from archivist.syntax.characters import strip_invisible
from archivist.syntax.html import VOID, Part, cut_html, holds_markdown
from archivist.syntax.limits import DEEPEST_HTML, DEEPEST_TABLE, MOST_COLUMNS

_SHOWN = {**HTML, **TABLE_HTML}
_KNOWN = {"font": LINE_HTML["font"], **_SHOWN}
_CELLS = frozenset({"th", "td"})
_ROWS = frozenset({"table", "thead", "tbody", "tfoot"})
# What may hold each part of a table, and how that is said; all else is in a cell.
_HOLDERS = {
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot"), frozenset({"table"})),
    "tr": _ROWS,
    **dict.fromkeys(_CELLS, frozenset({"tr"})),
    **dict.fromkeys(("ul", "ol"), _CELLS | {"li"}),
    "li": frozenset({"ul", "ol"}),
    "p": _CELLS | {"li"},
}
_PLACES = {
    "table": "un tableau ne va pas dans un autre.",
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot"), "mettez-le dans <table>."),
    "tr": "mettez-le dans <table>, <thead>, <tbody> ou <tfoot>.",
    **dict.fromkeys(_CELLS, "mettez-le dans <tr>."),
    **dict.fromkeys(("ul", "ol"), "mettez-le dans une cellule, ou dans <li>."),
    "li": "mettez-le dans <ul> ou <ol>.",
    "p": "mettez-le dans une cellule, et dans rien d’autre.",
    "a": "mettez-le dans une cellule, et dans aucun autre lien.",
}
_IN_CELLS = "mettez-le dans une cellule, <td> ou <th>."
_ORDER = {"caption": 0, "thead": 1, "tbody": 2, "tr": 2, "tfoot": 3}
_REPEATED = frozenset({"tbody", "tr"})
# What may hold words.
_WORDS = _CELLS | HTML.keys() | {"caption", "li", "a", "p", "font"}
# What a cell spans ends with the part of the table it is in.
_GROUPS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(slots=True)
class _Element:
    """An element that is open: what it holds so far, and whether there is something to read."""

    name: str
    line: int
    held: list[str] = field(default_factory=list)
    speaks: bool = False


def check_tables(source: PostFile | StandingPage) -> Faults:
    """Refuse a table in HTML that browsers would mend, and what no table needs."""
    for table in source.body.tables:
        yield from dict.fromkeys(check_table(table))


def check_table(table: Located) -> Faults:
    """Refuse in one table what browsers would mend, and what no table needs."""
    faults = list(_check_parts(table))
    yield from faults
    if not faults and not is_clean(table.text, _SHOWN):
        yield table.line, "tableau mal formé : écrivez-le en Markdown."


def _check_parts(table: Located) -> Faults:
    parts = list(cut_html(table.text.strip(), table.line))
    faults = [(part.line, fault) for part in parts for fault in find_faults(part, _KNOWN)]
    yield from faults
    if not faults:
        faults = list(_check_structure(parts))
        yield from faults
    misfit = 0 if faults else _find_misfit(parts)
    if misfit:
        message = "cette cellule en couvre une autre, ou sort du tableau"
        yield misfit, f"{message} : corrigez colspan ou rowspan."
    if holds_markdown(table.text):
        message = 'le Markdown n’est pas lu dans un tableau en HTML : <strong>, <a href="…">…'
        yield table.line, message


def _check_structure(parts: list[Part]) -> Faults:
    """Yield the first thing that is not in its place: what follows would be judged wrongly."""
    around = _Element("", 0)
    opened = [around]
    for part in parts:
        fault = _find_fault(part, opened)
        if fault:
            yield part.line, fault
            return
        _follow(part, opened)
    last = opened[-1]
    if last is not around:
        advice = f"ajoutez </{last.name}>. Un tableau en HTML n’a pas de ligne vide."
        yield last.line, f"balise <{last.name}> jamais fermée : {advice}"


def _follow(part: Part, opened: list[_Element]) -> None:
    """Bring *opened*, the elements that are open, behind *part*."""
    if part.kind == "start":
        opened[-1].held.append(part.name)
        if part.name not in VOID:
            opened.append(_Element(part.name, part.line))
    elif part.kind == "end":
        opened.pop()
    elif part.kind == "text" and strip_invisible(unescape(part.text)):
        for element in opened:
            element.speaks = True


def _find_fault(part: Part, opened: list[_Element]) -> str:
    """Return what keeps *part* from standing where it does, or nothing."""
    if part.kind != "end" and len(opened) == 1 and opened[0].held:
        return "" if not part.text.strip() else "rien ne suit </table> : passez une ligne."
    if part.kind == "comment" and part.text.strip() == "more":
        return "« <!-- more --> » est à l’intérieur d’un tableau : placez-le en dehors."
    if part.kind == "start":
        return _check_start(part, opened)
    if part.kind == "end":
        return _check_end(part, opened[-1])
    if part.kind == "text" and part.text.strip() and opened[-1].name not in _WORDS:
        return f"« {part.text.strip()[:30]} » est hors du tableau : {_IN_CELLS}"
    return ""


def _check_start(part: Part, opened: list[_Element]) -> str:
    parent = opened[-1]
    if not _may_hold(opened, part.name):
        return f"<{part.name}> mal placé : {_PLACES.get(part.name, _IN_CELLS)}"
    if parent.name == "table":
        order, last = _ORDER[part.name], max((_ORDER[each] for each in parent.held), default=-1)
        if order < last or (order == last and part.name not in _REPEATED):
            message = "<caption>, <thead>, <tbody>, <tfoot>, dans cet ordre."
            return f"<{part.name}> mal placé : {message}"
    if part.name == "a" and "href" not in dict(part.attributes):
        return 'lien sans adresse : écrivez <a href="https://…">.'
    marks = [each.name for each in opened if each.name in HTML]
    is_mark = part.name in HTML and part.name not in VOID
    if len(opened) > DEEPEST_TABLE or len(marks) + is_mark > DEEPEST_HTML:
        return "trop de niveaux imbriqués : aplatissez ce tableau."
    return ""


def _may_hold(opened: list[_Element], name: str) -> bool:
    """Tell whether the last of the elements *opened* may hold *name*."""
    parent, names = opened[-1].name, {each.name for each in opened}
    if name == "table":
        return not parent
    if name == "a" and ("a" in names or names.isdisjoint(_CELLS)):
        return False
    return parent in _HOLDERS.get(name, _WORDS)


def _check_end(part: Part, last: _Element) -> str:
    if part.name != last.name:
        return f"balise </{part.name}> mal placée : fermez d’abord la dernière ouverte."
    if part.name == "tr" and not last.held:
        return "ligne de tableau sans cellule : ajoutez <td>, ou retirez-la."
    if part.name == "a" and not last.speaks:
        return "lien sans texte : écrivez ce qu’on y trouve."
    return ""


@dataclass(slots=True)
class _Grid:
    """Rows filled cell by cell."""

    row: int = -1
    free: dict[int, int] = field(default_factory=dict)
    """The first row of each column that no cell takes."""
    takers: dict[int, int] = field(default_factory=dict)
    """The line of the cell that first took each column."""
    begun: set[int] = field(default_factory=set)
    """The columns that a cell begins in."""
    tall: list[tuple[int, int]] = field(default_factory=list)
    """The line and the last row of each cell of the group."""
    fault: int = 0
    """The line of the first cell that does not fit, or 0."""

    def end_group(self) -> None:
        """Note the first cell that goes on below the rows there are."""
        beyond = (line for line, last in self.tall if last > self.row)
        self.fault = self.fault or next(beyond, 0)
        self.free.clear()
        self.tall.clear()

    def add(self, columns: int, rows: int, line: int) -> None:
        """Put a cell in the first place that is free in this row."""
        at = 0
        while self.free.get(at, 0) > self.row:
            at += 1
        taken = range(at, at + columns)
        covers = any(self.free.get(each, 0) > self.row for each in taken)
        if covers or taken.stop > MOST_COLUMNS:
            self.fault = self.fault or line
            return
        self.begun.add(at)
        self.tall.append((line, self.row + rows - 1))
        for each in taken:
            self.free[each] = self.row + rows
            self.takers.setdefault(each, line)


def _find_misfit(parts: Iterable[Part]) -> int:
    """Return the line of the first cell that covers another or leaves the table, or 0."""
    grid = _Grid()
    for part in parts:
        if part.kind != "start":
            continue
        if part.name in _GROUPS:
            grid.end_group()
        elif part.name == "tr":
            grid.row += 1
        elif part.name in {"td", "th"}:
            spans = dict(part.attributes)
            grid.add(int(spans.get("colspan", 1)), int(spans.get("rowspan", 1)), part.line)
    grid.end_group()
    # A column that no cell begins in is there for nothing.
    empty = (line for at, line in sorted(grid.takers.items()) if at not in grid.begun)
    return grid.fault or next(empty, 0)
