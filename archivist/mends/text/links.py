"""Links and pictures whose address is not what it should be, where the right one is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from markdown_it.common.normalize_url import normalizeLinkText

from archivist.addresses.slugs import to_slug
from archivist.addresses.web import find_address_fault, find_scheme, looks_outside, name_picture
from archivist.mends.text.around import Around
from archivist.mends.text.edits import Edit, apply_edits, find_opening, read_once, take_out_line
from archivist.mends.text.mending import write_target
from archivist.posts.body import Body
from archivist.posts.labels import LISTED
from archivist.syntax.allowed import COMPANIONS, SCHEMES
from archivist.syntax.foreign import hide_code

# What stands after the words of a link: ](adresse), ](<adresse> "titre")
_TARGET = re.compile(
    r"\]\([ \t]*(?P<target><[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*|[^()<>\n\"]*?)"
    r"(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
# [nom]: adresse
_NAMED = re.compile(
    r"^ {0,3}\[(?!\^)(?P<name>[^\[\]\n]+)\]:[ \t]*(?P<target><[^<>\n]*>|[^\s<>]+)", re.MULTILINE
)
# ![ce qu’on y voit][nom], [mots][nom], [nom]
_BY_NAME = re.compile(
    r"(?P<sign>!?)\[(?P<text>[^\[\]\n]*)\](?:\[(?P<name>[^\[\]\n]*)\]|(?![(:\[]))"
)
_BRACES = re.compile(r"\{[^{}\n]*\}")
# :::{figure} adresse, :target: adresse
_BLOCK = re.compile(
    r"^[ \t>]*(?:(?::{3,}|`{3,})\{(?:figure|image)\}|:target:)[ \t]+(?P<target>\S+)[ \t]*$",
    re.MULTILINE,
)
_GONE = object()


def mend_links(text: str, around: Around) -> str:
    """Return the body *text* with its links and pictures leading where they can."""
    text = _expand_pictures(text) if "![" in text else text
    body = read_once(text)
    hidden = hide_code(text, [each for each in body.code if not _is_figure(text, each.first)], 1)
    edits = [*_mend_inline(text, hidden, body, around)]
    for pattern in (_NAMED, _BLOCK):
        for found in pattern.finditer(hidden):
            is_picture = pattern is _BLOCK and ":target:" not in found[0]
            new = _lead(found["target"].strip('<>"'), body, around, is_picture=is_picture)
            if isinstance(new, str):
                start, end = found.span("target")
                edits.append(Edit(start=start, end=end, text=write_target(new)))
    return apply_edits(text, edits)


def _is_figure(text: str, line: int) -> bool:
    return bool(_BLOCK.match(text.split("\n")[line - 1]))


def _mend_inline(text: str, hidden: str, body: Body, around: Around) -> Iterator[Edit]:
    for found in _TARGET.finditer(hidden):
        opening = find_opening(hidden, found.start())
        if opening < 0:
            continue
        is_picture = hidden[opening - 1 : opening] == "!"
        words, target = text[opening + 1 : found.start()], found["target"].strip("<>")
        new = _lead(target, body, around, is_picture=is_picture)
        if not is_picture and not words.strip():
            # Nobody sees it, nor hears it.
            yield Edit(start=opening, end=found.end(), text="")
        elif new is _GONE and is_picture:
            yield _link_to_picture(text, opening - 1, found, words.strip() or name_picture(target))
        elif new is _GONE:
            yield Edit(start=opening, end=opening + 1, text="")
            yield Edit(start=found.start(), end=found.end(), text="")
        elif isinstance(new, str):
            start, end = found.span("target")
            yield Edit(start=start, end=end, text=write_target(new))
        if is_picture and new is not _GONE and not words.strip():
            yield from _describe(hidden, opening, found, target)


def _link_to_picture(text: str, start: int, found: re.Match[str], words: str) -> Edit:
    """Return the edit that makes a picture of another site a link to it, or words of a link."""
    braces = _BRACES.match(text, found.end())
    end = braces.end() if braces else found.end()
    is_in_link = text[start - 1 : start] == "[" and text.startswith(("](", "]["), end)
    target = write_target(found["target"].strip("<>"))
    link = f"[{words}]({target}{found['title'] or ''})"
    return Edit(start=start, end=end, text=words if is_in_link else link)


def _expand_pictures(text: str) -> str:
    """Return *text* with pictures that are named as `![x][nom]` having their address beside them."""
    hidden = hide_code(text, read_once(text).code, 1)
    named = {found["name"].casefold(): found for found in _NAMED.finditer(hidden)}
    edits, used = list[Edit](), set[str]()
    for found in _BY_NAME.finditer(hidden):
        name = (found["name"] or found["text"]).casefold()
        if name in named and found["sign"]:
            used.add(name)
            target = named[name]["target"]
            words = text[found.start("text") : found.end("text")]
            edits.append(Edit(start=found.start(), end=found.end(), text=f"![{words}]({target})"))
    for found in _BY_NAME.finditer(hidden):
        if not found["sign"]:
            used.discard((found["name"] or found["text"]).casefold())
    edits += [take_out_line(text, *named[name].span()) for name in used]
    return apply_edits(text, edits)


def _describe(hidden: str, opening: int, found: re.Match[str], target: str) -> Iterator[Edit]:
    """Give a picture without words those of its name, where there are any."""
    named = name_picture(target)
    is_decorative = hidden[found.end() :].startswith("{.decorative}")
    if not is_decorative and re.search(r"[^\W\d_]{4}", named) and not _is_number(named):
        yield Edit(start=opening + 1, end=found.start(), text=named)


def _is_number(name: str) -> bool:
    """Tell whether *name* is what a machine gives: « IMG 2034 », « capture d ecran 2018 »."""
    return bool(
        re.match(
            r"(?i)(?:img|dsc|dscn|pxl|image|photo|capture|screenshot|screen|untitled|unnamed)\b",
            name,
        )
        or re.fullmatch(r"[0-9a-f ]{8,}", name)
    )


def _lead(target: str, body: Body, around: Around, *, is_picture: bool) -> str | object | None:
    """Return where *target* should lead, `_GONE` where nowhere can be right, None if it is right."""
    target = normalizeLinkText(target.strip())
    if is_picture:
        return _lead_picture(target, around)
    if target.startswith("#"):
        return _lead_inside(target[1:], body.anchors)
    if target.startswith("//"):
        return f"https:{target}"
    if find_scheme(target):
        return _GONE if find_address_fault(target, SCHEMES) else None
    return _lead_to_page(target, around)


def _lead_picture(target: str, around: Around) -> str | object | None:
    if placed := around.placed.get(target):
        return placed if placed != target else None
    if find_scheme(target) or target.startswith("//"):
        return _GONE
    # A file of the archive has no size to ask for: vue.jpg?w=300
    typed, target = target, target.partition("?")[0]
    found = around.find_file(target)
    path = around.point_to(found) if found else target
    return path if path != typed else None


def _lead_inside(part: str, anchors: frozenset[str]) -> str | object | None:
    if part in anchors or LISTED.fullmatch(f"#{part}"):
        return None
    alike = sorted(each for each in anchors if to_slug(each) == to_slug(part))
    return f"#{alike[0]}" if alike else _GONE


def _lead_to_page(target: str, around: Around) -> str | object | None:
    path, sign, part = target.partition("#")
    ending = path[path.rfind(".") :].lower() if "." in path else ""
    if placed := around.placed.get(path):
        return placed if placed != path else None
    if page := around.find_page(path) if path else "":
        return None if page == path else page + sign + part
    if ending in COMPANIONS and (file := around.find_file(path)):
        return None if around.point_to(file) == path else around.point_to(file)
    if looks_outside(path) and ending not in COMPANIONS:
        return f"https://{target}"
    if target.startswith("/"):
        return urljoin(around.source, target) if around.source else _GONE
    return None
