"""Write a document as Markdown for MyST, each block proved by reading it back.

https://myst-parser.readthedocs.io/en/latest/syntax/typography.html; what our posts may hold is
in archivist/syntax/allowed.py.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as escape_html

from archivist.wordpress.text.document import (
    LINK,
    Break,
    Call,
    Code,
    Definitions,
    Figure,
    Heading,
    List,
    More,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Table,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.wordpress.text.document import Block, Blocks, Cell, Part, Parts

_ENTITY = re.compile(r"&(?=#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])|(?<=_)_")
# What begins a block, where a line begins with it.
_LINE_STARTS = (
    (re.compile(r"(?=#{1,6}(?:\s|$))"), ""),
    (re.compile(r"(?=[-+](?:\s|$))"), ""),
    (re.compile(r"([0-9]{1,9})(?=[.)](?:\s|$))"), r"\1"),
    (re.compile(r"(?=>)"), ""),
    (re.compile(r"(?=(?:=+|-+)\s*$)"), ""),
    (re.compile(r"(?=-(?:\s*-){2,}\s*$)"), ""),
    (re.compile(r"(?=:(?::|\s|$|-))"), ""),
    (re.compile(r"(?=~(?:~|\s|$))"), ""),
    (re.compile(r"(?=%)"), ""),
    (re.compile(r"(?=\+\+\+)"), ""),
    (re.compile(r"(?=\(.*\)=\s*$)"), ""),
    (re.compile(r"(?=\|)"), ""),
)
_TRAILING_HASHES = re.compile(r"(?<=[ \t])#+$|^#+$")
_PLAIN = re.compile(r"[\w +–’'.,-]+")
# What is around the inside of a mark that was just opened: signs, but no end of another mark.
_OPENED = ("(", ")")
_LONGEST_RUN = re.compile(r"`+")
_COLONS = re.compile(r"^\s*(:{3,})", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How pieces of text are written: in HTML where Markdown's own signs fail, on one line."""

    as_html: bool = False
    one_line: bool = False
    in_table: bool = False
    plain: bool = False
    in_link: bool = False


_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def _escape(text: str, style: Style) -> str:
    """Return *text* so that nothing in it is a sign of Markdown's."""
    if style.plain:
        return _SIGNS.sub(r"\\\1", text)
    text = re.sub(r"([\\`*\[])", r"\\\1", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub(r"\\&", text)
    text = _TAG_START.sub(r"\\<", text)
    if style.in_link:
        text = text.replace("]", r"\]")
    return text.replace("|", r"\|") if style.in_table else text


def _is_open(sign: str) -> bool:
    """Tell whether *sign* is what Markdown takes for a space or a sign beside `*`."""
    return not sign or sign.isspace() or unicodedata.category(sign)[0] in "PS"


def _can_star(before: str, inside: str, after: str) -> bool:
    """Tell whether `*` around *inside* would be read as emphasis."""
    if not inside or inside[0].isspace() or inside[-1].isspace() or before.endswith("*"):
        return False
    # Stars inside are of one piece with those outside.
    first, last = inside.lstrip("*")[:1], inside[-1:]
    if last == "*" and not inside.endswith("\\*"):
        last = inside.rstrip("*")[-1:]
    opens = not _is_open(first) or _is_open(before[-1:])
    closes = not _is_open(last) or _is_open(after)
    return opens and closes


def write_parts(
    parts: Sequence[Part], style: Style, depth: int = 0, before: str = "", after: str = ""
) -> str:
    """Return *parts* as Markdown, those under the same mark together.

    *before* is what was written already, *after* the sign that comes next.
    """
    written = ""
    groups = [
        (mark, list(found)) for mark, found in groupby(parts, lambda part: _mark_at(part, depth))
    ]
    for number, (mark, group) in enumerate(groups):
        following = _first_sign(*groups[number + 1]) if number + 1 < len(groups) else after
        if (mark.startswith(LINK) or isinstance(group[0], Call)) and written.endswith("!"):
            # « ! » before a link would make an image of it.
            written = f"{written[:-1]}\\!"
        so_far = before + written
        if mark:
            written += _wrap(mark, group, style, depth, (so_far, following))
        else:
            for part in group:
                written += _write_part(part, style, before + written)
    return written


def _mark_at(part: Part, depth: int) -> str:
    return part.marks[depth] if len(part.marks) > depth else ""


def _first_sign(mark: str, group: list[Part]) -> str:
    """Return what stands for the first sign of *group*: marks begin with a sign."""
    part = group[0]
    if mark or isinstance(part, (Picture, Call)):
        return "["
    return part.text[:1] if isinstance(part, Run) else ""


def _write_part(part: Part, style: Style, before: str) -> str:
    if isinstance(part, Run):
        text = _escape(part.text, style)
        # Braces right after a link or code would be its attributes.
        return f"\\{text}" if text.startswith("{") and before[-1:] in {")", "`", "]"} else text
    if isinstance(part, Break):
        return "<br>" if style.one_line else "\\\n"
    if isinstance(part, Call):
        return f"[^{part.label}]"
    return _write_picture(part, style)


def _write_picture(picture: Picture, style: Style) -> str:
    alt = _escape(picture.alt, replace(style, in_link=True))
    size = f"{{width={picture.width}px}}" if picture.width else ""
    return f"![{alt}]({write_address(picture.target)}){size}"


def write_address(address: str) -> str:
    """Return where a link leads, such that Markdown reads all of it and nothing else."""
    address = re.sub(
        r"[\s<>\\]", lambda sign: "".join(f"%{each:02X}" for each in sign[0].encode()), address
    )
    address = _ENTITY.sub("&amp;", address).replace("|", "%7C")
    return f"<{address}>" if re.search(r"[()]", address) else address


def _wrap(mark: str, group: list[Part], style: Style, depth: int, around: tuple[str, str]) -> str:
    """Return the parts of *group*, all under *mark*; *around* is what stands beside them."""
    before, _ = around
    if style.plain:
        return write_parts(group, style, depth + 1, *around)
    if mark.startswith(LINK):
        return _write_link(mark.removeprefix(LINK), group, style, depth, before)
    name, _, value = mark.partition(":")
    if name == "code":
        return _write_code(group, style, depth, before)
    if name in {"sub", "sup", "abbr"} and not style.as_html and not before.endswith(("}", "`")):
        role = _write_role(name, value, group, depth)
        if role:
            return role
    inside = write_parts(group, style, depth + 1, *_OPENED)
    stars = "" if style.as_html else {"strong": "**", "em": "*"}.get(name, "")
    if stars and _can_star(before, inside, around[1]):
        return f"{stars}{inside}{stars}"
    return _write_element(name, value, inside)


def _write_role(name: str, value: str, group: list[Part], depth: int) -> str:
    """Return a role of MyST, or nothing where *group* is more than it can hold."""
    if not _is_plain(group, depth) or not _PLAIN.fullmatch(value or "x"):
        return ""
    text = group[0].text  # type: ignore[union-attr]
    return f"{{{name}}}`{text} ({value})`" if value else f"{{{name}}}`{text}`"


def _write_element(name: str, value: str, inside: str) -> str:
    if name == "lang":
        return f'<span lang="{value}">{inside}</span>'
    value = re.sub(r'["<>&]', "", value)
    title = f' title="{value}"' if value else ""
    return f"<{name}{title}>{inside}</{name}>"


def _is_plain(group: list[Part], depth: int) -> bool:
    """Tell whether *group* is one piece of simple text."""
    only = group[0]
    return (
        len(group) == 1
        and isinstance(only, Run)
        and len(only.marks) == depth + 1
        and bool(_PLAIN.fullmatch(only.text))
    )


def _write_code(group: list[Part], style: Style, depth: int, before: str) -> str:
    is_text = all(isinstance(part, Run) and len(part.marks) == depth + 1 for part in group)
    if not is_text or style.as_html or before.endswith(("}", "`")):
        return f"<code>{write_parts(group, style, depth + 1, *_OPENED)}</code>"
    text = "".join(part.text for part in group if isinstance(part, Run))
    fence = "`" * (1 + max((len(run) for run in _LONGEST_RUN.findall(text)), default=0))
    while fence in _LONGEST_RUN.findall(text):
        fence += "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    text = text.replace("|", r"\|") if style.in_table else text
    return f"{fence}{pad}{text}{pad}{fence}"


def _write_link(target: str, group: list[Part], style: Style, depth: int, before: str) -> str:
    shown = "".join(part.text if isinstance(part, Run) else "\n" for part in group)
    is_bare = all(isinstance(part, Run) and len(part.marks) == depth + 1 for part in group)
    if (
        is_bare
        and shown == target
        and re.fullmatch(r"https?://[^\s<>\\`*_\[\]&|]+|https?://[^\s<>\\|]+", target)
    ):
        return f"<{target}>"
    role = _write_reference(target, group, depth)
    if role and not before.endswith(("}", "`")):
        return role
    inside = write_parts(group, replace(style, in_link=True), depth + 1, "[", "]")
    return f"[{inside}]({write_address(target)})"


REFERENCE = "ref:"


def _write_reference(target: str, group: list[Part], depth: int) -> str:
    """Return a reference to a list of the site, whose words are plain."""
    if not target.startswith(REFERENCE) or not _is_plain(group, depth):
        return ""
    text = group[0].text  # type: ignore[union-attr]
    return f"{{ref}}`{text} <{target.removeprefix(REFERENCE)}>`"


_EDGES = {"\u00a0": "&nbsp;"}


def _guard_edges(text: str) -> str:
    """Return *text* with spaces at its ends, which Markdown drops, written as entities."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if not text.strip():
        start, end = len(text), len(text)
    head, body, tail = text[:start], text[start:end], text[end:]
    return _name_spaces(head) + body + _name_spaces(tail)


def _name_spaces(spaces: str) -> str:
    return "".join(_EDGES.get(each, each if each == "\n" else f"&#{ord(each)};") for each in spaces)


def _guard_line(line: str) -> str:
    for start, kept in _LINE_STARTS:
        found = start.match(line)
        if found:
            return f"{kept and found[1]}\\{line[found.end() :]}"
    return line


def write_text(parts: Parts, style: Style) -> str:
    """Return *parts* as the lines of a paragraph."""
    kept = list(parts)
    # A break at the ends would be a sign of its own.
    head = ""
    while kept and isinstance(kept[0], Break):
        head, kept = f"{head}<br>", kept[1:]
    tail = ""
    while kept and isinstance(kept[-1], Break):
        tail, kept = f"{tail}<br>", kept[:-1]
    text = _guard_edges(write_parts(kept, style))
    if style.one_line:
        return f"{head}{_TRAILING_HASHES.sub(_escape_hashes, text)}{tail}"
    lines = text.split("\n")
    return head + "\n".join(map(_guard_line, lines)) + tail


def _escape_hashes(found: re.Match[str]) -> str:
    return "\\" + found[0]


def indent(text: str, first: str, rest: str) -> str:
    """Return the lines of *text* behind *first*, then *rest*; empty lines stay empty."""
    lines = text.split("\n")
    head = f"{first}{lines[0]}".rstrip(" ") if not lines[0] else f"{first}{lines[0]}"
    return "\n".join([head, *(f"{rest}{line}" if line else rest.rstrip(" ") for line in lines[1:])])


class Writer:
    """Writes blocks; *style_of* tells how the text of each is to be written."""

    def style_of(self, parts: Parts, *, one_line: bool = False, in_table: bool = False) -> Style:
        """Return how *parts* are written."""
        return Style(one_line=one_line, in_table=in_table)

    def write_all(self, blocks: Blocks) -> str:
        """Return *blocks*, an empty line between two."""
        written: list[str] = []
        alternate = False
        for before, block in zip((None, *blocks), blocks, strict=False):
            # A list right after another would go on with it.
            alternate = _follows(before, block) and not alternate
            written.append(self.write(block, alternate=alternate))
        return "\n\n".join(written)

    def write(self, block: Block, *, alternate: bool = False) -> str:
        """Return *block* as Markdown; *alternate* asks for the other sign of a list."""
        if isinstance(block, Paragraph):
            return write_text(block.parts, self.style_of(block.parts))
        if isinstance(block, Heading):
            text = write_text(block.parts, self.style_of(block.parts, one_line=True))
            return f"{'#' * block.level} {text}"
        if isinstance(block, Quote):
            return indent(self.write_all(block.blocks), "> ", "> ")
        if isinstance(block, List):
            return self._write_list(block, alternate=alternate)
        if isinstance(block, (Code, Rule, More, Target)):
            return _write_plain(block)
        return self._write_rich(block)

    def _write_rich(self, block: Table | Figure | Definitions | Note) -> str:
        if isinstance(block, Table):
            return self._write_table(block)
        if isinstance(block, Figure):
            return self._write_figure(block)
        if isinstance(block, Note):
            return indent(self.write_all(block.blocks), f"[^{block.label}]: ", "    ")
        return "\n\n".join(self._write_definition(term, found) for term, found in block.items)

    def _write_definition(self, term: Parts, found: tuple[Blocks, ...]) -> str:
        head = write_text(term, self.style_of(term, one_line=True))
        head = _guard_line(head)
        meanings = (indent(self.write_all(blocks), ": ", "  ") for blocks in found)
        return "\n".join([head, *meanings])

    def _write_list(self, block: List, *, alternate: bool) -> str:
        is_tight = all(_is_tight(item) for item in block.items)
        written = []
        for number, item in enumerate(block.items):
            if block.start is None:
                sign = "* " if alternate else "- "
            else:
                sign = f"{block.start + number}{')' if alternate else '.'} "
            written.append(indent(self._write_item(item), sign, " " * len(sign)))
        return ("\n" if is_tight else "\n\n").join(written)

    def _write_item(self, item: Blocks) -> str:
        if _is_tight(item) and len(item) > 1:
            return "\n".join(self.write(block) for block in item)
        return self.write_all(item)

    def _write_table(self, table: Table) -> str:
        if not is_grid(table):
            return self._write_html_table(table)
        if _fits_lines(table):
            text = self._write_pipes(table)
            if not table.caption:
                return text
            caption = write_text(table.caption, self.style_of(table.caption, one_line=True))
            return _fence(f"{{table}} {caption}", [], text)
        return self._write_list_table(table)

    def _write_pipes(self, table: Table) -> str:
        rows = [[self._write_cell(cell) for cell in row] for row in table.rows]
        rows.insert(1, ["---"] * len(rows[0]))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _write_cell(self, cell: Cell) -> str:
        parts = cell.blocks[0].parts if cell.blocks else ()  # type: ignore[union-attr]
        return write_text(parts, self.style_of(parts, one_line=True, in_table=True))

    def _write_list_table(self, table: Table) -> str:
        rows = []
        for row in table.rows:
            cells = [indent(self.write_all(cell.blocks), "- ", "  ") for cell in row]
            rows.append(indent("\n".join(cells), "* ", "  "))
        stubs = _count_stubs(table)
        options = [f":header-rows: {table.head}"] if 0 < table.head < len(table.rows) else []
        options += [f":stub-columns: {stubs}"] if stubs else []
        caption = write_text(table.caption, self.style_of(table.caption, one_line=True))
        return _fence(f"{{list-table}} {caption}".strip(), options, "\n".join(rows))

    def _write_html_table(self, table: Table) -> str:
        rows = "\n".join(
            f"<tr>{''.join(_write_html_cell(cell) for cell in row)}</tr>" for row in table.rows
        )
        caption = f"\n<caption>{_write_html(table.caption)}</caption>" if table.caption else ""
        return f"<table>{caption}\n{rows}\n</table>"

    def _write_figure(self, figure: Figure) -> str:
        options = [f":alt: {_quote(figure.picture.alt)}"] if figure.picture.alt else []
        options += [f":width: {figure.picture.width}px"] if figure.picture.width else []
        options += [f":align: {figure.align}"] if figure.align else []
        options += [f":target: {_quote(figure.link)}"] if figure.link else []
        return _fence(
            f"{{figure}} {figure.picture.target}", options, self.write_all(figure.caption)
        )


def _follows(before: Block | None, block: Block) -> bool:
    if not isinstance(before, List) or not isinstance(block, List):
        return False
    return (before.start is None) == (block.start is None)


def _is_tight(item: Blocks) -> bool:
    """Tell whether an item is a line of text, with at most lists below it."""
    rest = item[1:] if item and isinstance(item[0], Paragraph) else item
    lists = [block for block in rest if isinstance(block, List)]
    # Neither a list that begins at 3 nor one that begins with nothing can follow a line.
    follow = all(one.start in {None, 1} and one.items[0] for one in lists)
    inside = all(_is_tight(each) for one in lists for each in one.items)
    return len(lists) == len(rest) <= 1 and follow and inside


def _write_plain(block: Code | Rule | More | Target) -> str:
    if isinstance(block, Code):
        return _write_fence(block)
    if isinstance(block, Target):
        return f"({block.name})="
    return "---" if isinstance(block, Rule) else "<!-- more -->"


def _write_fence(code: Code) -> str:
    longest = max((len(run) for run in _LONGEST_RUN.findall(code.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{code.language}\n{code.text}\n{fence}"


def _fence(opening: str, options: list[str], content: str) -> str:
    """Return a block of MyST's around *content*."""
    longest = max((len(run) for run in _COLONS.findall(content)), default=2)
    fence = ":" * max(3, longest + 1)
    head = "\n".join([f"{fence}{opening}", *options])
    body = f"\n{content}" if content and not options else f"\n\n{content}" if content else ""
    return f"{head}{body}\n{fence}"


def _quote(text: str) -> str:
    """Return the value of an option, between quotes where YAML would read it otherwise."""
    if re.fullmatch(r"[\w(«“][^:#\"'\\\n]*", text) and not text.endswith(" "):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_grid(table: Table) -> bool:
    """Tell whether each row has as many cells, none over several places."""
    cells = [cell for row in table.rows for cell in row]
    widths = {len(row) for row in table.rows}
    return len(widths) == 1 and all(cell.columns == cell.rows == 1 for cell in cells)


def _fits_lines(table: Table) -> bool:
    """Tell whether a table is one row of heads over rows of simple cells."""
    if table.head != 1 or len(table.rows) < 2 or _count_stubs(table):  # noqa: PLR2004
        return False
    cells = [cell for row in table.rows for cell in row]
    return all(
        not cell.blocks or (len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph))
        for cell in cells
    )


def _count_stubs(table: Table) -> int:
    """Return how many columns name the rows."""
    body = table.rows[table.head :]
    if not body:
        return 0
    counts = [
        next((at for at, cell in enumerate(row) if not cell.is_head), len(row)) for row in body
    ]
    return min(*counts, len(body[0]) - 1) if len(counts) > 1 else min(counts[0], len(body[0]) - 1)


def _write_html_cell(cell: Cell) -> str:
    name = "th" if cell.is_head else "td"
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    inside = "".join(_write_html_block(block, number) for number, block in enumerate(cell.blocks))
    return f"<{name}{columns}{rows}>{inside}</{name}>"


def _write_html_block(block: Block, number: int) -> str:
    if isinstance(block, List):
        name = "ul" if block.start is None else "ol"
        items = (
            "".join(_write_html_block(each, at) for at, each in enumerate(item))
            for item in block.items
        )
        return f"<{name}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"
    parts = block.parts if isinstance(block, (Paragraph, Heading)) else ()
    return ("<br><br>" if number else "") + _write_html(parts)


def _write_html(parts: Sequence[Part], depth: int = 0) -> str:
    """Return *parts* as HTML."""
    written = ""
    for mark, group in groupby(parts, lambda part: _mark_at(part, depth)):
        if not mark:
            written += "".join(map(_write_html_part, group))
            continue
        inside = _write_html(list(group), depth + 1)
        name, _, value = mark.partition(":")
        if mark.startswith(LINK):
            address = escape_html(mark.removeprefix(LINK), {'"': "%22"})
            written += f'<a href="{address}">{inside}</a>'
        else:
            written += _write_element(name, value, inside)
    return written


def _write_html_part(part: Part) -> str:
    if isinstance(part, Run):
        return escape_html(part.text)
    return "<br>" if isinstance(part, Break) else ""
