"""Boxes, and what follows a link between braces, as other tools open and write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archivist.mends.text.blocks import is_box, open_box
from archivist.mends.text.edits import (
    Edit,
    apply_edits,
    close_holes,
    find_opening,
    read_once,
    take_out_line,
)
from archivist.syntax.allowed import ATTRIBUTES
from archivist.syntax.foreign import hide_code

# ::: warning Titre, :::tip[Titre], ::: {.callout-note title="x"}, and the colons that end it
_COLONS = re.compile(r"^(?P<indent>[ \t]*)(?P<colons>:{3,})(?P<rest>[^\n]*)$", re.MULTILINE)
_KIND = re.compile(
    r"\s*(?:\{[^{}]*?\.?(?:callout-)?(?P<class>[A-Za-z][\w-]*)(?P<more>[^{}]*)\}|(?P<name>[A-Za-z][\w-]*))"
    r"\s*(?:\[(?P<title>[^\[\]]*)\]|(?P<words>[^\[{][^\n]*))?\s*"
)
_TITLE = re.compile(r"title=\"([^\"]*)\"")
# What has a title of its own in other tools, whatever it is called there.
_TITLED = frozenset({"details", "spoiler", "quote", "example", "abstract", "summary", "question"})
# How layouts call what they put side by side, or apart: it says nothing.
_FRAMES = frozenset((
    "aside", "card", "cards", "center", "centre", "col", "colonne", "colonnes", "column", "columns",
    "container", "div", "figure", "grid", "landscape", "left", "margin", "panel", "right", "row",
    "section", "tab", "tabs", "wrapper",
))  # fmt: skip
# ){target=_blank}, ){ width=50% .center }
_BRACES = re.compile(r"(?<=[)\]`])\{(?P<said>[^{}\n]*)\}")
_SAID = re.compile(
    r"(?P<class>\.[\w-]+)|(?P<key>[\w-]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"]+))"
)


def mend_boxes(text: str) -> str:
    """Return the body *text* with the boxes of other tools as ours, or without their frame."""
    hidden = _hide_code_alone(text)
    opened: list[tuple[str, Edit | None]] = []
    edits = list[Edit]()
    for line in _COLONS.finditer(hidden):
        rest = text[line.start("rest") : line.end("rest")].strip()
        if rest:
            edit = _open(text, line, rest)
            opened.append((line["colons"], edit))
            edits += [edit] if edit else []
        elif opened:
            _, edit = opened.pop()
            if edit is not None and not edit.text:
                edits.append(take_out_line(text, line.start(), line.end()))
    return close_holes(apply_edits(text, edits), text) if edits else text


def _hide_code_alone(text: str) -> str:
    """Return *text* without its code; what stands in a box that nobody knows is text."""
    body = read_once(text)
    lines = text.split("\n")
    code = [each for each in body.code if not lines[each.first - 1].lstrip("> \t").startswith(":")]
    return hide_code(text, code, 1)


def _open(text: str, line: re.Match[str], rest: str) -> Edit | None:
    """Return what the line that opens a box becomes, empty for a frame, None if it is right."""
    if re.match(r"\{[a-z-]+\}", rest):
        return None
    found = _KIND.fullmatch(rest)
    kind = (found["name"] or found["class"]) if found else ""
    # What no layout is called is a word, that began or ended with colons.
    is_frame = found and (found["class"] or kind.lower() in _FRAMES)
    titles = [found["title"], found["words"]] if found else [rest]
    title = next(filter(None, titles), "").strip()
    if not found or (not is_box(kind) and kind.lower() not in _TITLED):
        if is_frame and not title:
            return take_out_line(text, line.start(), line.end())
        return Edit(start=line.start(), end=line.end(), text=f"{line['indent']}{rest}")
    quoted = _TITLE.search(found["more"] or "")
    title = quoted[1] if quoted else title
    shown = f"{line['indent']}{line['colons']}{open_box(kind, title)}"
    return Edit(start=line.start(), end=line.end(), text=shown)


def mend_attributes(text: str) -> str:
    """Return the body *text* with no more between braces than may be there."""
    body = read_once(text)
    if not body.attributes:
        return text
    hidden = hide_code(text, body.code, 1)
    edits = []
    for braces in _BRACES.finditer(hidden):
        kept = " ".join(_keep(braces["said"], _find_owner(hidden, braces.start())))
        if kept != braces["said"].strip():
            shown = f"{{{kept}}}" if kept else ""
            edits.append(Edit(start=braces.start(), end=braces.end(), text=shown))
    return apply_edits(text, edits)


def _find_owner(text: str, at: int) -> str:
    """Return the type of the part of a text that braces at *at* say something of."""
    if text[at - 1] == ")":
        opening = find_opening(text, text.rfind("](", 0, at))
        return "image" if text[opening - 1 : opening] == "!" else "link_open"
    return "span_open" if text[at - 1] == "]" else "code_inline"


def _keep(said: str, owner: str) -> Iterator[str]:
    """Yield what may stay of what stands between the braces of *owner*."""
    known = ATTRIBUTES[owner]
    for word in _SAID.finditer(said):
        key = "class" if word["class"] else word["key"]
        value = word["class"][1:] if word["class"] else word["quoted"] or word["bare"] or ""
        if key in known and known[key].fullmatch(value):
            yield word[0]
