"""Read what runs on within a line of HTML as pieces of text, and what elements say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from lxml import etree, html

from archivist.addresses.web import split_address
from archivist.syntax.elements import BLOCK, DRAWN, LISTS, MARKS, PLAYED, SILENT, SYNONYMS
from archivist.wordpress.html.styles import find_side, mark_style, tell_looks
from archivist.wordpress.notes import Kind, Noter, note_nothing
from archivist.wordpress.players import name_played
from archivist.wordpress.text.parts import LINK, Break, Call, InlinePicture, Marks, Run, TextPart

Element: TypeAlias = etree._Element  # noqa: SLF001 (lxml names the type of an element so)

# The attribute of the call of a footnote, and that of its text.
_GATHERED = "data-archive-gathered"
CALL, NOTE = "data-archive-call", "data-archive-note"
BUTTON = "wp-block-file__button"  # which WordPress shows apart from what it follows
# An image stands by itself in a <picture>, with its other forms.
BLOCKS = BLOCK | {"picture"}
# More than page builders nest, and fewer than Python can go down.
_DEEPEST = 60
_PARTS_OF_TABLES = 4  # a table, its body, a row, a cell
# What stands apart in a line: fields, readings of signs, signs of a formula, words of a drawing.
APART = frozenset((
    "button", "input", "mi", "mn", "mo", "mtext", "optgroup", "option", "rp", "rt", "select", "text",
    "textarea", "tspan",
))  # fmt: skip
_LEAVES = frozenset(("br", "img", "hr", ""))
_ANY_TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>")  # <div class="a">, </b>
_SIZE = re.compile(r"\s*([0-9]{1,4})(?:px)?\s*")  # 300, 300px
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # fr, pt-BR


class Surroundings:
    """What a text refers to: as it stands, nothing that is to be looked up."""

    def lead(self, address: str) -> str:
        """Return where a link of the old blog leads now, or nothing where it can lead nowhere."""
        return address

    def place(self, address: str) -> str:
        """Return where the picture at *address* is now, beside the post."""
        return address

    def describe(self, address: str, classes: str) -> str:
        """Return what is known of a picture that has no words of its own."""
        return ""

    def name(self, anchor: str) -> str:
        """Return the name in the archive of a part of the post, or nothing where none leads."""
        return ""

    def note(self, kind: Kind, text: str) -> None:
        """Note for the report what is lost or doubtful."""


def parse(text: str, note: Noter = note_nothing) -> Element:
    """Return *text*, HTML, as the children of an element, none deeper than people nest them."""
    body, is_whole = _parse(text)
    if not is_whole:
        body, _ = _parse(_ANY_TAG.sub(_drop_tag, text))
    if _flatten(body) or not is_whole:
        note(Kind.FLATTENED, "")
    _gather_points(body)
    return body


def _gather_points(body: Element) -> None:
    """Put the points that stand in no list, which browsers show as points, in lists."""
    for point in list(body.iter("li")):
        before, around = point.getprevious(), tag_of(point.getparent())
        if around in LISTS:
            continue
        if before is None or not before.get(_GATHERED) or (before.tail or "").strip():
            before = html.Element("ul", {_GATHERED: "1"})
            point.addprevious(before)
        before.tail, point.tail = point.tail, None
        before.append(point)


def _parse(text: str) -> tuple[Element, bool]:
    """Return *text* as an element, and whether all of it is there: what is too deep is dropped."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    data = f"<html><body><div>{text}</div></body></html>".encode("utf-8", "replace")
    body = html.document_fromstring(data, parser=parser).find("body")
    is_whole = all(error.level != etree.ErrorLevels.FATAL for error in parser.error_log)
    # What closes the div too early comes after it.
    return (body if body is not None else html.Element("body")), is_whole


def _drop_tag(tag: re.Match[str]) -> str:
    """Return what is left of a tag where there are far too many."""
    name = tag["name"].lower()
    if name in _LEAVES | SILENT:
        return tag[0]
    return "<br>" if name in BLOCKS else ""


def _flatten(body: Element) -> bool:
    """Take away, but for what is in them, elements that are too deep; tell whether there are any.

    What stood by itself is on lines of its own.
    """
    deep, depth, cut = list[Element](), 0, 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        tag = tag_of(element)
        if event == "end":
            cut = cut if depth >= cut else 0
            continue
        # Of a table all goes: what is in it, and in no cell, nobody reads.
        if not cut and depth > (_DEEPEST - _PARTS_OF_TABLES if tag == "table" else _DEEPEST):
            cut = depth
        if cut and tag not in _LEAVES:
            deep.append(element)
    for element in deep:
        if tag_of(element) in BLOCKS:
            element.insert(0, html.Element("br"))
            element.append(html.Element("br"))
        element.drop_tag()
    return bool(deep)


def tag_of(element: Element | None) -> str:
    """Return the name of an element, or nothing where it is a comment."""
    return element.tag.lower() if element is not None and isinstance(element.tag, str) else ""


def one_line(text: str | None) -> str:
    """Return *text*, all white space in it as single spaces."""
    return " ".join((text or "").split())


def find_source(element: Element) -> str:
    """Return the address of an image; scripts that load it late keep it elsewhere."""
    source = (element.get("src") or "").strip()
    late = (element.get(name) for name in ("data-src", "data-lazy-src", "data-original"))
    own = "" if source.startswith("data:") else source
    found = (each.strip() for each in (own, *late) if each)
    return next((each for each in found if split_address(each)), "")


def find_played(element: Element) -> list[str]:
    """Return the addresses of what a player plays, each once."""
    found = [element.get("src") or element.get("data") or ""]
    for child in element.iter("source", "embed", "param", "iframe", "object"):
        if tag_of(child) != "param":
            found.append(child.get("src") or child.get("data") or "")
        elif (child.get("name") or "").lower() in {"movie", "src", "url"}:
            found.append(child.get("value") or "")
    return list(dict.fromkeys(filter(None, map(str.strip, found))))


def is_block(element: Element) -> bool:
    """Tell whether *element* stands by itself, or has something in it that does."""
    tag = tag_of(element)
    if tag in BLOCKS or not tag or tag in SILENT | PLAYED:
        return tag in BLOCKS
    return any(tag_of(child) in BLOCKS for child in element.iter())


@dataclass
class InlineReader:
    """Reads pieces of text."""

    around: Surroundings
    targets: list[str] = field(default_factory=list)  # names that links lead to, of what comes next
    told: set[str] = field(default_factory=set)  # looks that are in the report already

    def read_inline(self, element: Element, marks: Marks) -> Iterator[TextPart]:
        """Yield what *element* is, and what is in it, under *marks*."""
        tag = tag_of(element)
        if tag == "br":
            yield Break(marks=marks)
        elif tag in {"img", "image"}:
            yield from self._read_picture(element, marks)
        elif tag in PLAYED:
            yield from self._read_player(element, marks)
        elif tag in SILENT:
            self.around.note(Kind.SILENT_REMOVED, tag)
        elif isinstance(element, etree._Comment):  # noqa: SLF001
            # <?php … ?>, of which browsers make a comment
            is_program = (element.text or "").startswith("?")
            self.around.note(Kind.REMARK_REMOVED, "du PHP" if is_program else "")
        elif tag:
            if tag in DRAWN:
                said = one_line("".join(element.itertext()))
                self.around.note(Kind.TAKEN_AS_TEXT if said else Kind.SILENT_REMOVED, said or tag)
            yield from self._read_marked(element, marks)

    def _read_marked(self, element: Element, marks: Marks) -> Iterator[TextPart]:
        if label := element.get(CALL):
            yield Call(label=label, marks=marks)
            return
        marks = self.mark(element, marks)
        gap = " " * (BUTTON in element.classes or tag_of(element) in APART)
        yield Run(text=gap + (element.text or ""), marks=marks)
        for child in element:
            self.note_anchor(child)
            yield from self.read_inline(child, marks)
            yield Run(text=child.tail or "", marks=marks)
        yield Run(text=gap)

    def style(self, element: Element, marks: Marks) -> Marks:
        """Return *marks* with those that the style of *element* is; what it is else is told."""
        tag, said = tag_of(element), element.attrib
        for look in tell_looks(tag, said):
            self.tell_look(look, element)
        return mark_style(tag, said, marks)

    def tell_look(self, look: str, element: Element) -> None:
        """Note that the words of *element* have lost a *look*, once in a text."""
        if look not in self.told:
            self.told.add(look)
            self.around.note(
                Kind.LOOK_LEFT, f"{look} {one_line(''.join(element.itertext()))[:60]}".rstrip()
            )

    def mark(self, element: Element, marks: Marks) -> Marks:
        """Return *marks* with those of *element*, if they make any difference to who reads."""
        return self.style(element, self._mark_tag(element, marks))

    def _mark_tag(self, element: Element, marks: Marks) -> Marks:
        tag = tag_of(element)
        if tag == "a" and element.get("href") is not None:
            return self._mark_link(element, marks)
        name = SYNONYMS.get(tag, tag)
        title = one_line(element.get("title")) if name == "abbr" else ""
        language = element.get("lang") or element.get("xml:lang") or ""
        if name in MARKS:
            mark = f"{name}:{title}" if title else name
            return marks if mark in marks else (*marks, mark)
        if tag == "span" and _LANGUAGE.fullmatch(language):
            return (*marks, f"lang:{language}")
        return marks

    def _mark_link(self, element: Element, marks: Marks) -> Marks:
        if any(mark.startswith(LINK) for mark in marks):
            return marks
        target = self.around.lead(element.get("href") or "")
        title = one_line(element.get("title"))
        if title and title not in one_line("".join(element.itertext())):
            self.around.note(Kind.TOOLTIP_REMOVED, title)
        return (*marks, f"{LINK}{target}") if target else marks

    def _read_picture(self, element: Element, marks: Marks) -> Iterator[TextPart]:
        source = find_source(element)
        if not source:
            self.around.note(Kind.IMAGE_WITHOUT_ADDRESS, element.get("alt") or "")
            return
        alt = one_line(element.get("alt"))
        alt = alt or self.around.describe(source, element.get("class") or "")
        size = _SIZE.fullmatch(element.get("width") or "")
        width, target = int(size[1]) if size else 0, self.around.place(source)
        parents = (each for each in element.iterancestors("a", "figure"))
        sides = (find_side(each.attrib) for each in (element, *islice(parents, 2)))
        align = next(filter(None, sides), "")
        yield InlinePicture(target=target, alt=alt, width=width, align=align, marks=marks)

    def _read_player(self, element: Element, marks: Marks) -> Iterator[TextPart]:
        """Yield a link to what would play by itself, then what it says where it can't."""
        for number, address in enumerate(find_played(element)):
            target = self.around.lead(address)
            shown = element.get("data-archive-name") or name_played(element, address)
            if number:
                yield Break(marks=marks)
            if target:
                yield Run(text=shown, marks=(*marks, f"{LINK}{target}"))
            self.around.note(Kind.PLAYER_LINKED, address)
        for left in (element.get("poster"), *(each.get("src") for each in element.iter("track"))):
            if left:
                self.tell_look(f"{tag_of(element)}: {left}", element)
        yield Run(text=" ", marks=marks)
        for child in element:
            if tag_of(child) not in {"embed", "param", "source", "track", "object"}:
                yield from self.read_inline(child, marks)
            yield Run(text=child.tail or "", marks=marks)

    def note_anchor(self, element: Element) -> None:
        """Note that links lead to *element*."""
        tag = tag_of(element)
        names = [element.get("id"), element.get("name") if tag == "a" else None] if tag else []
        for name in filter(None, names):
            target = self.around.name(name)
            if target and target not in self.targets:
                self.targets.append(target)
