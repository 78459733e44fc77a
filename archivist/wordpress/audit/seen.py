"""What a reader finds in a piece of HTML, in order: words, how each is set, links, pictures, lists.

The export and the built page are both read so, and compared: nothing here knows Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archivist.syntax.allowed import WHOLE_PICTURE
from archivist.syntax.elements import BLOCK, CELLS, HEADINGS, LISTS, PLAYED, SILENT, SYNONYMS
from archivist.wordpress.html.inline import (
    APART,
    BUTTON,
    CALL,
    Element,
    find_played,
    find_source,
    one_line,
    tag_of,
)
from archivist.wordpress.html.styles import mark_style
from archivist.wordpress.players import name_played

_TOKEN = re.compile(r"\w+|[^\w\s]")  # A word, or a sign: « l », « ’ », « innovation »
_PLAIN_SPACE = re.compile(r"[ \t\n\r\f]+")
_WITHIN_TABLES = frozenset(("tbody", "tfoot", "thead"))  # whose rows part it, not they
# The class of the words of a picture that is not there.
MISSING = "missing-picture"
_SET = {
    "strong": "gras", "em": "italique", "s": "barré", "del": "barré", "u": "souligné",
    "ins": "souligné", "sup": "exposant", "sub": "indice", "code": "code",
}  # fmt: skip
# Those that a style may say too.
_STYLED = {mark: _SET[mark] for mark in ("strong", "em", "s", "u", "sup", "sub")}
# How docutils says how a list is numbered.
_KINDS = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_NUMBER = re.compile(r"\s*(-?[0-9]{1,9})\s*")
_BESIDE = ".//text()[normalize-space()][not(ancestor::figcaption)]"  # words beside a picture
_VERSE = "wp-block-verse"


@dataclass(slots=True)
class Seen:
    """What was found, in order; *lead* and *place* say where links lead and which pictures are."""

    lead: Callable[[str], str] = str
    place: Callable[[str, str], tuple[str, str]] = lambda address, alt: (address, alt)
    tokens: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)  # the spaces before each token, \n for a new line
    marks: list[frozenset[str]] = field(default_factory=list)  # how each token is set
    maybe: list[frozenset[str]] = field(default_factory=list)  # and how it may be
    targets: list[str] = field(default_factory=list)  # where each token leads
    links: list[str] = field(default_factory=list)  # what follows one another and leads there once
    pictures: list[tuple[str, str, str]] = field(default_factory=list)  # file, words, target
    headings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    verses: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)  # what stands before each point of a list
    quotes: int = 0
    cells: int = 0  # that say something
    _gap: str = "\n"
    _marks: frozenset[str] = frozenset()
    _maybe: frozenset[str] = frozenset()
    _target: str = ""
    _before: str = ""  # where what was said last leads
    _numbers: dict[Element, int] = field(default_factory=dict)  # of the next point of each list

    def say(self, text: str) -> None:
        """Note some text."""
        at, text = 0, unicodedata.normalize("NFC", text)
        for found in _TOKEN.finditer(text):
            self._gap += _PLAIN_SPACE.sub(" ", text[at : found.start()])
            is_word = bool(re.match(r"\w", found[0]))
            # A word may go on in another element.
            if is_word and not self._gap and re.fullmatch(r"\w+", self.tokens[-1]):
                self.tokens[-1] += found[0]
                self.marks[-1] |= self._marks
                self.maybe[-1] |= self._maybe
                self.targets[-1] = self.targets[-1] or self._target
            else:
                self.tokens.append(found[0])
                self.gaps.append(self._gap)
                self.marks.append(self._marks)
                self.maybe.append(self._maybe)
                self.targets.append(self._target)
            self._follow()
            self._gap, at = "", found.end()
        self._gap += _PLAIN_SPACE.sub(" ", text[at:])

    def _follow(self) -> None:
        if self._target and self._target != self._before:
            self.links.append(self._target)
        self._before = self._target

    def part(self) -> None:
        """Note the end of a block."""
        self._gap += "\n"

    def read(self, element: Element, skipped: frozenset[Element] = frozenset()) -> Seen:
        """Note all that is in *element*, but what is *skipped*."""
        self.say(element.text or "")
        for child in _in_order(element):
            if child not in skipped:
                self._read_child(child, skipped)
            self.say(child.tail or "")
        return self

    def _read_child(self, child: Element, skipped: frozenset[Element]) -> None:
        tag = tag_of(child)
        if tag == "br":
            # A line of code is no line of its own.
            self._gap += " " if next(child.iterancestors("pre"), None) is not None else "\n"
        elif tag in {"img", "image"}:
            self._read_picture(find_source(child), one_line(child.get("alt")))
        elif MISSING in child.classes:
            self._read_picture(MISSING, one_line(child.text_content()))
        elif tag in PLAYED:
            self._read_player(child, skipped)
        elif tag and tag not in SILENT and not child.get(CALL):
            self._read_element(child, tag, skipped)

    def _read_picture(self, source: str, alt: str) -> None:
        if source:
            found, alt = self.place(source, alt)
            self.pictures.append((found, alt, self._target))
            self._follow()

    def _read_player(self, child: Element, skipped: frozenset[Element]) -> None:
        around = self._target
        for address in find_played(child):
            if target := self.lead(address):
                self.part()
                self._target = target
                self.say(child.get("data-archive-name") or name_played(child, address))
                self._target = around
                self.part()
        for each in child:
            if tag_of(each) not in {"embed", "param", "source", "track", "object"}:
                self._read_child(each, skipped)
            self.say(each.tail or "")

    def _read_element(self, child: Element, tag: str, skipped: frozenset[Element]) -> None:
        is_block = tag in BLOCK and tag not in _WITHIN_TABLES
        around = self._marks, self._maybe, self._target
        if is_block:
            self.part()
        is_apart = BUTTON in child.classes or tag in APART
        self._gap += " " * is_apart
        if tag == "a" and child.get("href") is not None and not _is_of_page(child):
            # A link in a link is none.
            target = self.lead(child.get("href") or "")
            self._target = self._target or target
        self._set(child, tag)
        # Pictures side by side are no list.
        if tag == "li" and not (child.find(".//img") is not None and not child.xpath(_BESIDE)):
            self.points.append(self._number(child))
        before, pictures = len(self.tokens), len(self.pictures)
        self.read(child, skipped)
        self._note_end(child, tag, before, pictures)
        self._marks, self._maybe, self._target = around
        self._gap += " " * (tag in APART)
        if is_block:
            self.part()

    def _set(self, child: Element, tag: str) -> None:
        """Note how the words in *child* are set, by its name or its style."""
        if tag == "pre":
            self._maybe = frozenset(_SET.values())
        elif name := _SET.get(SYNONYMS.get(tag, tag)):
            self._marks |= {name}
        if child.get("style"):
            held = tuple(mark for mark, name in _STYLED.items() if name in self._marks)
            marks = mark_style(tag, child.attrib, held)
            unstyled = self._marks - {*_STYLED.values()}
            self._marks = unstyled | {_STYLED[mark] for mark in marks}

    def _number(self, child: Element) -> str:
        """Return what stands before a point of a list: • or, with what tells its kind, a number."""
        around = next(child.iterancestors(*LISTS), None)
        if around is None or tag_of(around) != "ol":
            return "•"
        is_reversed = around.get("reversed") is not None
        points = sum(tag_of(each) == "li" for each in around)
        first = _NUMBER.fullmatch(around.get("start") or "")
        number = int(first[1]) if first else points if is_reversed else 1
        own = _NUMBER.fullmatch(child.get("value") or "")
        number = int(own[1]) if own else self._numbers.get(around, number)
        self._numbers[around] = number + (-1 if is_reversed else 1)
        named = (_KINDS[each] for each in around.classes if each in _KINDS)
        kind = child.get("type") or around.get("type") or next(named, "")
        return f"{number}{kind if kind in _KINDS.values() else ''}."

    def _note_end(self, child: Element, tag: str, before: int, pictures: int) -> None:
        said = self.tokens[before:]
        self.quotes += tag == "blockquote"
        if tag in CELLS and (said or len(self.pictures) > pictures):
            self.cells += 1
        elif said and (tag in HEADINGS or "rubric" in (child.get("class") or "")):
            self.headings.append(" ".join(said))
        elif tag == "pre" and said and not {"a", "img"} & {tag_of(each) for each in child.iter()}:
            codes = self.verses if _VERSE in child.classes else self.codes
            codes.append("".join(_code_text(child)).strip("\n"))


def squeeze(text: str) -> str:
    """Return *text* without spaces, and signs that show nothing or stand for one that is lost."""
    signs = (sign for sign in unicodedata.normalize("NFC", text) if not sign.isspace())
    return "".join(each for each in signs if unicodedata.category(each)[0] != "C" and each != "�")


def _is_of_page(link: Element) -> bool:
    """Tell whether a link is no author's: one to the file of the picture in it."""
    own = [link.get("href")] if WHOLE_PICTURE in link.classes else []
    return own == [each.get("src") for each in link.iter("img")] != []


def _in_order(element: Element) -> list[Element]:
    """Return the children of *element*, the caption of a table before it as pages have it."""
    if tag_of(element) != "figure" or element.find(".//table") is None:
        return list(element)
    return sorted(element, key=lambda child: tag_of(child) != "figcaption")


def _code_text(element: Element) -> Iterator[str]:
    """Yield the pieces of text of code, whose lines may end in elements."""
    yield element.text or ""
    for child in element:
        yield from ["\n"] if tag_of(child) == "br" else _code_text(child)
        yield child.tail or ""
