"""What a construct that is a block becomes: boxes, lists, tables, headings, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import dedent

from archivist.addresses.slugs import to_slug
from archivist.mends.text.edits import Edit, set_apart
from archivist.mends.text.mending import Mend, Mending, put
from archivist.syntax.allowed import ADMONITIONS, BOXES
from archivist.syntax.foreign import Found
from archivist.wordpress.text.inline import colons_for

# The end of a sentence, above a rule.
_SENTENCE = re.compile(r"[.!?…:;»)”\"][*_]*[ \t]*$")
_HARD_BREAK = re.compile(r"(?:[ ]{2,}|\\)$")
_DEEP = re.compile(r"o\t|[▪◦□‣⁃]")
_CELL = re.compile(r"(?<!\\)\|")


def is_box(kind: str) -> bool:
    """Tell whether other tools call a box *kind* that is one here, whatever its capitals."""
    return kind.lower() in BOXES or kind.lower() in ADMONITIONS


def open_box(kind: str, title: str) -> str:
    """Return the first line of the box that other tools call *kind*, without its colons."""
    name = kind.lower()
    known = name if name in ADMONITIONS else BOXES.get(name, "")
    if title or not known:
        return f"{{admonition}} {title or kind[:1].upper() + kind[1:]}"
    return f"{{{known}}}"


def write_box(kind: str, title: str, content: str) -> str:
    """Return a box: more colons than any box inside it has."""
    colons = colons_for(content)
    return f"{colons}{open_box(kind, title)}\n{content}\n{colons}"


def _take_indented(text: str, start: int, indent: str) -> tuple[str, int]:
    """Return the lines from *start* that are set back from *indent*, and where they end."""
    end = at = start
    while at < len(text):
        after = text.find("\n", at) + 1 or len(text)
        line = text[at:after].rstrip("\n")
        if line.strip() and not re.match(rf"{indent}(?: {{2,}}|\t)", line):
            break
        at = after
        end = at if line.strip() else end
    kept = text[start:end].rstrip("\n")
    return dedent(kept.expandtabs(4)).strip("\n"), start + len(kept)


def _box(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `!!! note "Titre"` and the lines set back below it a box."""
    text, indent = mending.text, found.group("indent")
    content, end = _take_indented(text, found.end + 1, indent)
    title = found.group("title").strip().strip("\"'“”").strip()
    if content:
        block = write_box(found.group("kind"), title, content)
        if indent:
            block = "\n".join(f"{indent}{line}" if line else "" for line in block.split("\n"))
        yield Edit(start=found.start, end=end, text=set_apart(text, found.start, end, block))


def _callout(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `> [!info] Titre` and the quotation it heads a box."""
    text, end = mending.text, found.end
    lines = list[str]()
    while following := re.compile(r"\n[ \t]*>[ \t]?([^\n]*)").match(text, end):
        lines.append(following[1])
        end = following.end()
    content = "\n".join(lines).strip("\n")
    if not found.group("indent"):
        title = found.group("title").strip()
        block = write_box(found.group("kind"), title, content or title)
        yield Edit(start=found.start, end=end, text=set_apart(text, found.start, end, block))


def _tab(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `=== "Titre"` and the lines set back below it paragraphs under a title in bold."""
    text = mending.text
    content, end = _take_indented(text, found.end + 1, "")
    block = f"**{found.group('title')}**\n\n{content}".rstrip("\n")
    yield Edit(start=found.start, end=end, text=set_apart(text, found.start, end, block))


def _list(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make lines that begin with a bullet, or a dash, points."""
    typed = found.typed.strip("\n")
    start = found.start + found.typed.index(typed)
    lines = [_write_point(line) for line in typed.split("\n")]
    block = "\n".join(lines)
    end = start + len(typed)
    yield Edit(start=start, end=end, text=set_apart(mending.text, start, end, block))


def _write_point(line: str) -> str:
    bare = line.lstrip()
    if not bare:
        return ""
    deep = "  " if _DEEP.match(bare) else ""
    words = re.sub(r"^(?:o\t|\S)[ \t\u00a0\u202f]*", "", bare)
    return f"{deep}- {_HARD_BREAK.sub('', words)}"


def _dashes(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make lines that begin with « – » points; those with « — » speak, and keep their lines."""
    if found.typed.startswith("–"):
        yield from _list(found, mending)
        return
    lines = found.typed.split("\n")
    kept = [line if _HARD_BREAK.search(line) else f"{line}\\" for line in lines[:-1]]
    yield put(found, "\n".join([*kept, lines[-1]]))


def _cells(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make lines of cells between tabs, as Excel gives them, a table."""
    typed = found.typed.strip("\n")
    rows = [line.replace("|", "\\|").split("\t") for line in typed.split("\n")]
    block = _write_table([[cell.strip() for cell in row] for row in rows])
    end = found.start + len(typed)
    yield Edit(start=found.start, end=end, text=set_apart(mending.text, found.start, end, block))


def _write_table(rows: list[list[str]]) -> str:
    head, *others = rows
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *others))


def _table(found: Found, mending: Mending) -> Iterator[Edit]:
    """Give a table the line that says that its first one is the head."""
    typed = found.typed.strip("\n")
    rows = [
        [cell.strip() for cell in _CELL.split(line.strip())[1:-1]] for line in typed.split("\n")
    ]
    most = max(map(len, rows))
    rows[0] += [""] * (most - len(rows[0]))
    start = found.start + found.typed.index(typed)
    end = start + len(typed)
    block = _write_table(rows)
    yield Edit(start=start, end=end, text=set_apart(mending.text, start, end, block))


def _above_rule(found: Found, mending: Mending) -> Iterator[Edit]:
    """Part a sentence from the rule below it; what is a title stays one, and says so."""
    above, _, rule = found.typed.rpartition("\n")
    before = mending.text[: found.start]
    is_long = bool(before.strip()) and not before.endswith("\n\n")
    if is_long or _SENTENCE.search(above):
        yield put(found, f"{above}\n\n{rule}")
    else:
        yield put(found, f"## {above.strip()}")


def _paragraph(found: Found, _: Mending) -> Iterator[Edit]:
    """Put a paragraph that was set back where it is read."""
    lines = [re.sub(r"^(?: {4}| {0,3}\t)", "", line) for line in found.typed.split("\n")]
    yield put(found, "\n".join(lines))


def _heading(found: Found, _: Mending) -> Iterator[Edit]:
    yield put(found, f"{found.group('signs')} {found.group('text')}")


def _named_heading(found: Found, mending: Mending) -> Iterator[Edit]:
    """Take the name of a heading away; links to it lead to what its words make."""
    heading, anchor = found.group("text"), to_slug(found.group("text"))
    yield put(found, heading)
    for link in re.finditer(rf"\]\(#{re.escape(found.group('name'))}\)", mending.text):
        yield Edit(start=link.start(), end=link.end(), text=f"](#{anchor})")


BLOCKS: Mapping[str, Mend] = {
    "box": _box,
    "callout": _callout,
    "tab": _tab,
    "bullets": _list,
    "dashes": _dashes,
    "cells": _cells,
    "table-without-rule": _table,
    "line-above-rule": _above_rule,
    "indented-text": _paragraph,
    "glued-heading": _heading,
    "heading-name": _named_heading,
}
"""What mends each construct, by its name in `archivist.syntax.constructs`."""
