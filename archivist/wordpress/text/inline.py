"""Write pieces of text as Markdown for MyST, or as HTML where its own signs fail.

https://myst-parser.readthedocs.io/en/latest/syntax/typography.html; what our posts may hold is
in archivist/syntax/allowed.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archivist.markdown.bare import find_bare_address
from archivist.syntax.limits import LONGEST_LINE
from archivist.wordpress.text.parts import (
    LINK,
    Call,
    InlinePicture,
    Parts,
    Run,
    TextPart,
)
from archivist.wordpress.text.tidy import split_breaks

# What Markdown reads as an entity: &eacute; &#233; &#xE9;
_ENTITY = re.compile(r"&(?=#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")  # <b, </b, <!--, <?php; not « a < b »
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])|(?<=_)_")  # _a_, __a; not a_b
_TILDES = re.compile(r"~(?=~)|(?<=~)~")  # ~~a~~; not ~20 %
# What an address begins with: a backslash after it keeps it text.
_ADDRESS_START = re.compile(r"https?(?=://)|www(?=\.)", re.IGNORECASE)
# What begins a block, where a line begins with it; a backslash goes where the match ends.
_LINE_START = re.compile(
    r"(?=#{1,6}(?:\s|$))"  # ## heading
    r"|(?=[-+](?:\s|$))"  # - point
    r"|[0-9]{1,9}(?=[.)](?:\s|$))"  # 1984. point
    r"|(?=>)"  # > quote
    r"|(?=(?:=+|-+)\s*$)"  # === under a heading
    r"|(?=-(?:\s*-){2,}\s*$)"  # - - - rule
    r"|(?=:(?::|\s|$|-))"  # ::: block, : meaning, :- of a table
    r"|(?=~(?:~|\s|$))"  # ~~~ code
    r"|(?=%)"  # % remark
    r"|(?=\+\+\+)"  # +++ break of MyST's
    r"|(?=\(.*\)=\s*$)"  # (name)=
    r"|(?=\|)"  # | row |
)
_TRAILING_HASHES = re.compile(r"(?<=[ \t])#+$|^#+$")  # A heading ## that ends so: ##
_PLAIN = re.compile(r"[\w +–’'.,-]+")  # What a role may hold: « Direction générale, 3e »
# Each sign of ASCII, which a backslash makes itself: ! " # …
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
_UNSAFE = re.compile(r"[\s<>\\]")  # What an address may not hold as it is: a space, <, >, \
# An address that needs no words: <https://exemple.fr/a?b=c>
_BARE = re.compile(r"https?://[^\s<>\\|]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…]) (?=\w)")  # « fin. Puis »
# What begins a line as the fence of a block does: « ::: »
_COLONS = re.compile(r"^\s*(:{3,})", re.MULTILINE)
_BACKTICKS = re.compile(r"`+")
# What is around the inside of a mark that was just opened: signs, but no end of another mark.
_OPENED = ("(", ")")


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How pieces of text are written."""

    as_html: bool = False  # where Markdown's own signs fail
    one_line: bool = False
    in_table: bool = False
    plain: bool = False  # without marks, each sign with a backslash
    in_link: bool = False


def _escape(text: str, style: Style) -> str:
    """Return *text* so that nothing in it is a sign of Markdown's."""
    if style.plain:
        return _SIGNS.sub(r"\\\1", text)
    text = re.sub(r"([\\`*\[])", r"\\\1", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub(r"\\&", text)
    text = _TAG_START.sub(r"\\<", text)
    text = _TILDES.sub(r"\~", text)
    text = text.replace("]", r"\]") if style.in_link else _keep_addresses(text)
    return text.replace("|", r"\|") if style.in_table else text


def _keep_addresses(text: str) -> str:
    """Return *text* so that the addresses in it are no links, as WordPress has them."""
    if "://" not in text and "www." not in text.lower():
        return text
    return _ADDRESS_START.sub(
        lambda found: (
            found[0] + "\\" * bool(find_bare_address(text[found.start() :], 0, len(text)))
        ),
        text,
    )


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
    parts: Sequence[TextPart], style: Style, depth: int = 0, before: str = "", after: str = ""
) -> str:
    """Return *parts* as Markdown, those under the same mark together.

    *before* is the sign that was written last, *after* the one that comes next.
    """
    written = ""
    groups = group_parts(parts, depth)
    for number, (mark, group) in enumerate(groups):
        following = _first_sign(*groups[number + 1]) if number + 1 < len(groups) else after
        if (mark.startswith(LINK) or isinstance(group[0], Call)) and written.endswith("!"):
            written = f"{written[:-1]}\\!"  # « ! » before a link would make an image of it.
        if mark:
            written += _wrap(mark, group, style, depth, (written[-1:] or before, following))
        else:
            for part in group:
                written += _write_part(part, style, written[-1:] or before)
    return written


def group_parts(parts: Sequence[TextPart], depth: int) -> list[tuple[str, list[TextPart]]]:
    """Return *parts* by the mark at *depth*, or "" where there is none so deep."""
    found = groupby(parts, lambda part: part.marks[depth] if len(part.marks) > depth else "")
    return [(mark, list(group)) for mark, group in found]


def _first_sign(mark: str, group: list[TextPart]) -> str:
    """Return what stands for the first sign of *group*: marks begin with a sign."""
    part = group[0]
    if mark or isinstance(part, (InlinePicture, Call)):
        return "["
    return part.text[:1] if isinstance(part, Run) else ""


def _write_part(part: TextPart, style: Style, before: str) -> str:
    if isinstance(part, Run):
        text = _escape(part.text, style)
        # Braces right after a link or code would be its attributes.
        return f"\\{text}" if text.startswith("{") and before[-1:] in {")", "`", "]"} else text
    if isinstance(part, Call):
        return f"[^{part.label}]"
    if isinstance(part, InlinePicture):
        alt = _escape(part.alt, replace(style, in_link=True))
        said = [f"width={part.width}px"] if part.width else []
        said += [f"align={part.align}"] if part.align else []
        shown = f"{{{' '.join(said)}}}" if said else ""
        return f"![{alt}]({_write_address(part.target)}){shown}"
    return "<br>" if style.one_line else "\\\n"


def _write_address(address: str) -> str:
    """Return where a link leads, such that Markdown reads all of it and nothing else."""
    address = _UNSAFE.sub(
        lambda found: "".join(f"%{each:02X}" for each in found[0].encode()), address
    )
    address = _ENTITY.sub("&amp;", address).replace("|", "%7C")
    return f"<{address}>" if re.search(r"[()]", address) else address


def _wrap(
    mark: str, group: list[TextPart], style: Style, depth: int, around: tuple[str, str]
) -> str:
    """Return the parts of *group*, all under *mark*; *around* is what stands beside them."""
    before, after = around
    if style.plain:
        return write_parts(group, style, depth + 1, before, after)
    if mark.startswith(LINK):
        return _write_link(mark.removeprefix(LINK), group, style, depth)
    name, _, value = mark.partition(":")
    if name == "code":
        return _write_code(group, style, depth, before)
    can_be_role = name in {"sub", "sup", "abbr"} and not style.as_html
    if can_be_role and _PLAIN.fullmatch(value or "x"):
        role = _write_role(name, f"({value})" if value else "", group, depth, before)
        if role:
            return role
    inside = write_parts(group, style, depth + 1, *_OPENED)
    stars = "" if style.as_html else {"strong": "**", "em": "*"}.get(name, "")
    if stars and _can_star(before, inside, after):
        return f"{stars}{inside}{stars}"
    return write_element(name, value, inside)


def _write_role(name: str, value: str, group: list[TextPart], depth: int, before: str) -> str:
    """Return a role of MyST, or nothing where *group* is no one piece of simple text.

    Right after braces or code, its own would be their attributes.
    """
    only = group[0]
    if len(group) > 1 or not isinstance(only, Run) or len(only.marks) != depth + 1:
        return ""
    if not _PLAIN.fullmatch(only.text) or before.endswith(("}", "`")):
        return ""
    return f"{{{name}}}`{only.text} {value}`" if value else f"{{{name}}}`{only.text}`"


def write_element(name: str, value: str, inside: str) -> str:
    """Return what a mark makes of *inside* as HTML; *value* is its language or its title."""
    if name == "lang":
        return f'<span lang="{value}">{inside}</span>'
    value = re.sub(r'["<>&]', "", value)
    title = f' title="{value}"' if value else ""
    return f"<{name}{title}>{inside}</{name}>"


def _read_bare(group: list[TextPart], depth: int) -> str | None:
    """Return the text of *group*, or None where there is more, or a mark of its own."""
    runs = [part for part in group if isinstance(part, Run) and len(part.marks) == depth + 1]
    return "".join(run.text for run in runs) if len(runs) == len(group) else None


def _write_code(group: list[TextPart], style: Style, depth: int, before: str) -> str:
    text = _read_bare(group, depth)
    if text is None or style.as_html or before.endswith(("}", "`")):
        return f"<code>{write_parts(group, style, depth + 1, *_OPENED)}</code>"
    fence = fence_for(text, 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    text = text.replace("|", r"\|") if style.in_table else text
    return f"{fence}{pad}{text}{pad}{fence}"


def colons_for(content: str) -> str:
    """Return more colons than any block in *content* begins with."""
    longest = max((len(run) for run in _COLONS.findall(content)), default=2)
    return ":" * max(3, longest + 1)


def fence_for(text: str, least: int) -> str:
    """Return more backticks than *text* has anywhere."""
    return "`" * max(least, *(len(run) + 1 for run in ("", *_BACKTICKS.findall(text))))


def _write_link(target: str, group: list[TextPart], style: Style, depth: int) -> str:
    if _read_bare(group, depth) == target and _BARE.fullmatch(target):
        return f"<{target}>"
    inside = write_parts(group, replace(style, in_link=True), depth + 1, "[", "]")
    return f"[{inside}]({_write_address(target)})"


def _guard_edges(text: str) -> str:
    """Return *text* with spaces at its ends, which Markdown drops, written as entities."""
    body = text.strip()
    head, _, tail = text.partition(body) if body else (text, "", "")
    return _name_spaces(head) + body + _name_spaces(tail)


def _name_spaces(spaces: str) -> str:
    names = {"\u00a0": "&nbsp;", "\n": "\n"}
    return "".join(names.get(each, f"&#{ord(each)};") for each in spaces)


def guard_line(line: str) -> str:
    """Return *line* with a backslash before what would begin a block."""
    found = _LINE_START.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line


def _break_lines(part: TextPart) -> TextPart:
    """Return *part* with the end of a line after each sentence, which reads as a space."""
    if isinstance(part, Run) and "code" not in part.marks:
        return replace(part, text=_SENTENCE_END.sub("\n", part.text))
    return part


def write_text(parts: Parts, style: Style) -> str:
    """Return *parts* as the lines of a paragraph."""
    first, inside, last = split_breaks(parts)  # A break at the ends would be a sign of its own.
    text = _guard_edges(write_parts(inside, style))
    if len(text) > LONGEST_LINE and not style.one_line:
        text = _guard_edges(write_parts(list(map(_break_lines, inside)), style))
    if style.one_line:
        text = _TRAILING_HASHES.sub(r"\\\g<0>", text)
    else:
        text = "\n".join(map(guard_line, text.split("\n")))
    return f"{'<br>' * len(first)}{text}{'<br>' * len(last)}"
