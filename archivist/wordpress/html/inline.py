"""Read what runs on within a line of HTML as pieces of text, and what elements say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree, html

from archivist.addresses.web import split_address
from archivist.syntax.elements import BLOCK, MARKS, PLAYED, SILENT, SYNONYMS
from archivist.wordpress.notes import Kind, Noter, note_nothing
from archivist.wordpress.text.parts import LINK, Break, Call, InlinePicture, Marks, Run, TextPart

Element: TypeAlias = etree._Element  # noqa: SLF001 (lxml names the type of an element so)

# The attribute of the call of a footnote, and that of its text.
CALL, NOTE = "data-archive-call", "data-archive-note"
BUTTON = "wp-block-file__button"  # which WordPress shows apart from what it follows
# An image stands by itself in a <picture>, with its other forms.
BLOCKS = BLOCK | {"picture"}
# More than page builders nest, and fewer than Python can go down.
_DEEPEST = 60
_PARTS_OF_TABLES = 4  # a table, its body, a row, a cell
_LEAVES = frozenset(("br", "img", "hr", ""))
_ANY_TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>")  # <div class="a">, </b>
_LONGEST_NAME = 80  # signs
# What is done with what plays, by the endings of files, and by what hosts have in their names.
_PLAYED = (
    (
        "Écouter",
        frozenset({"mp3", "m4a", "ogg", "oga", "wav", "wma", "flac", "aac", "opus"}),
        ("soundcloud", "mixcloud", "deezer", "spotify", "bandcamp", "podcast", "ausha", "audio"),
    ),
    (
        "Voir la vidéo",
        frozenset({"mp4", "m4v", "webm", "ogv", "wmv", "flv", "mov", "avi", "mpg", "mpeg"}),
        ("youtube", "youtu.be", "vimeo", "dailymotion", "dai.ly", "wat.tv", "tube.", "video"),
    ),
)
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
    return body


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


def name_played(element: Element, address: str) -> str:
    """Return what to call a link to what *element* plays."""
    return one_line(element.get("title")) or name_player(address)


def name_player(address: str, unknown: str = "") -> str:
    """Return what to call a link to what plays at *address*: « Écouter : entretien.mp3 ».

    Where nothing tells what it is, that is *unknown*, or « Voir » with its host.
    """
    parts = split_address(address)
    name = one_line(unquote(parts.path.rpartition("/")[2])) if parts else ""
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    ending = name.lower().rpartition(".")[2]
    for verb, endings, hosts in _PLAYED:
        if ending in endings and len(name) <= _LONGEST_NAME:
            return f"{verb} : {name}"
        if any(each in host for each in hosts):
            return f"{verb} ({host})"
    return unknown or (f"Voir ({host})" if host else address)


def find_only_picture(element: Element) -> Element | None:
    """Return the one image of a figure, or the link around it; None when there is more."""
    rest = [child for child in element if tag_of(child) not in {"figcaption", ""}]
    texts = [element.text, *(child.tail for child in element)]
    if len(rest) != 1 or any((text or "").strip() for text in texts):
        return None
    only, images = rest[0], list(rest[0].iter("img"))
    said = "".join(only.itertext())
    inside = {tag_of(each) for each in only.iter()} - {"a", "img", "span", "div", ""}
    if len(images) != 1 or not find_source(images[0]) or said.strip() or inside:
        return None
    links = list(only.iter("a"))
    return (links or images)[0] if len(links) <= 1 else None


def is_block(element: Element) -> bool:
    """Tell whether *element* stands by itself, or has something in it that does."""
    tag = tag_of(element)
    if tag in BLOCKS or not tag or tag in SILENT | PLAYED:
        return tag in BLOCKS
    return any(tag_of(child) in BLOCKS for child in element.iter())


def number_in(element: Element, name: str, longest: int) -> int:
    """Return the number in an attribute; 1 when there is none."""
    text = (element.get(name) or "").strip()
    return int(text) if re.fullmatch(f"[0-9]{{1,{longest}}}", text) else 1


@dataclass
class InlineReader:
    """Reads pieces of text."""

    around: Surroundings
    targets: list[str] = field(default_factory=list)  # names that links lead to, of what comes next

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
            self.around.note(Kind.REMARK_REMOVED, "")
        elif tag:
            yield from self._read_marked(element, marks)

    def _read_marked(self, element: Element, marks: Marks) -> Iterator[TextPart]:
        if label := element.get(CALL):
            yield Call(label=label, marks=marks)
            return
        marks = self.mark(element, marks)
        if BUTTON in element.classes:
            yield Run(text=" ")
        yield Run(text=element.text or "", marks=marks)
        for child in element:
            self.note_anchor(child)
            yield from self.read_inline(child, marks)
            yield Run(text=child.tail or "", marks=marks)

    def mark(self, element: Element, marks: Marks) -> Marks:
        """Return *marks* with that of *element*, if it makes any difference to who reads."""
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
        yield InlinePicture(target=target, alt=alt, width=width, marks=marks)

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
