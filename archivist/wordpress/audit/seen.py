"""What a reader finds in a piece of HTML, in order: words and the spaces between, links, pictures.

The export and the built page are both read so, and compared: nothing here knows Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.wordpress.html.blocks import (
    CALL,
    PLAYED,
    SILENT,
    find_played,
    find_source,
    is_button,
    tag_of,
)

if TYPE_CHECKING:
    from archivist.wordpress.html.blocks import Element

_TOKEN = re.compile(r"\w+|[^\w\s]")
_PLAIN_SPACE = re.compile(r"[ \t\n\r\f]+")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "picture",
        "source",
        "input",
        "tbody",
        "thead",
    ]
)
_COUNTED = ("li", "blockquote", "sup", "sub")


@dataclass(slots=True)
class Reading:
    """What was found: *tokens* with the *gaps* before each, links and pictures in order.

    *counts* is how many there are of some elements; *cells* are those that say something.
    """

    tokens: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    breaks: int = 0
    cells: int = 0
    _gap: str = "\n"
    _linked: tuple[str, int] = ("", 0)
    # Lines that end in the block that is being read, or None before its first word.
    _ended: int | None = None

    def say(self, text: str) -> None:
        """Note some text."""
        at = 0
        for found in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
            self._gap += found.string[at : found.start()]
            if self._goes_on(found[0]):
                self.tokens[-1] += found[0]
            else:
                self.tokens.append(found[0])
                self.gaps.append(_PLAIN_SPACE.sub(" ", self._gap))
            self.breaks += self._ended or 0
            self._gap, self._ended, at = "", 0, found.end()
        self._gap += unicodedata.normalize("NFC", text)[at:]

    def _goes_on(self, piece: str) -> bool:
        """Tell whether *piece* goes on with the last word, in another element."""
        is_word = bool(re.match(r"\w", piece))
        return is_word and not self._gap and bool(re.fullmatch(r"\w+", self.tokens[-1]))

    def part(self) -> None:
        """Note the end of a block."""
        self._gap += "\n"
        self._ended, self._linked = None, ("", 0)

    def end_line(self) -> None:
        """Note the end of a line, which is one if a word of the same block follows."""
        self._gap += "\n"
        if self._ended is not None:
            self._ended += 1

    def read(self, element: Element, skipped: frozenset[Element] = frozenset()) -> Reading:
        """Note all that is in *element*, but what is *skipped*."""
        self.say(element.text or "")
        for child in _in_order(element):
            if child not in skipped:
                self._read_child(child, skipped)
            self.say(child.tail or "")
        return self

    def _read_child(self, child: Element, skipped: frozenset[Element]) -> None:
        tag = tag_of(child)
        if tag == "br" and _is_in_code(child):
            self.part()
        elif tag == "br":
            self.end_line()
        elif tag == "img":
            source = find_source(child)
            if source:
                alt = " ".join((child.get("alt") or "").split())
                self.pictures.append((source, alt))
        elif tag in PLAYED:
            self._read_player(child, skipped)
        elif tag and tag not in SILENT and not child.get(CALL):
            self._read_element(child, tag, skipped)

    def _read_player(self, child: Element, skipped: frozenset[Element]) -> None:
        for address in dict.fromkeys(filter(None, find_played(child))):
            self.part()
            self.say(child.get("title") or address)
            self.links.append(address)
            self.part()
        inside = [each for each in child if tag_of(each) in {"a", "p", "span", "img"}]
        for each in inside:
            self._read_child(each, skipped)

    def _read_element(self, child: Element, tag: str, skipped: frozenset[Element]) -> None:
        is_block = tag not in _INLINE
        if is_block:
            self.part()
        if is_button(child):
            self.say(" ")
        if tag == "a" and child.get("href") is not None:
            self._note_link(child.get("href") or "")
        if tag in _COUNTED:
            self.counts[tag] = self.counts.get(tag, 0) + 1
        before = len(self.tokens)
        pictures = len(self.pictures)
        self.read(child, skipped)
        self._note_end(child, tag, before, pictures)
        if is_block:
            self.part()

    def _note_link(self, address: str) -> None:
        """Note a link; one right after another to the same place is the same."""
        if (address, len(self.tokens)) != self._linked:
            self.links.append(address)

    def _note_end(self, child: Element, tag: str, before: int, pictures: int) -> None:
        said = self.tokens[before:]
        if tag == "a":
            self._linked = (child.get("href") or "", len(self.tokens))
        if tag in {"td", "th"} and (said or len(self.pictures) > pictures):
            self.cells += 1
        elif said and (re.fullmatch("h[1-6]", tag) or "rubric" in (child.get("class") or "")):
            self.headings.append(" ".join(said))
        elif (
            tag == "pre" and said and not any(tag_of(each) in {"a", "img"} for each in child.iter())
        ):
            self.codes.append("".join(_code_text(child)).strip("\n"))


def _in_order(element: Element) -> list[Element]:
    """Return the children of *element*, the caption of a table before it as pages have it."""
    if tag_of(element) != "figure" or element.find(".//table") is None:
        return list(element)
    return sorted(element, key=lambda child: tag_of(child) != "figcaption")


def _is_in_code(element: Element) -> bool:
    return next(element.iterancestors("pre"), None) is not None


def _code_text(element: Element) -> list[str]:
    """Return the pieces of text of code, whose lines may end in elements."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\n"] if tag_of(child) == "br" else _code_text(child)
        pieces.append(child.tail or "")
    return pieces


def compare(wanted: Reading, found: Reading) -> list[str]:
    """Return, in French, how *found* falls short of *wanted*."""
    faults = _compare_tokens(wanted, found)
    if not faults:
        faults += _compare_gaps(wanted, found)
    for name, one, other in (
        ("liens", wanted.links, found.links),
        ("images", wanted.pictures, found.pictures),
        ("titres", wanted.headings, found.headings),
        ("codes", wanted.codes, found.codes),
    ):
        faults += _compare_lists(name, list(map(str, one)), list(map(str, other)))
    for name in _COUNTED:
        if wanted.counts.get(name, 0) != found.counts.get(name, 0):
            faults.append(
                f"<{name}> : {wanted.counts.get(name, 0)} attendus, {found.counts.get(name, 0)} trouvés."
            )
    if found.cells != wanted.cells:
        faults.append(f"cellules : {wanted.cells} attendues, {found.cells} trouvées.")
    if found.breaks < wanted.breaks:
        faults.append(f"retours à la ligne : {wanted.breaks} attendus, {found.breaks} trouvés.")
    return faults


def _compare_tokens(wanted: Reading, found: Reading) -> list[str]:
    if wanted.tokens == found.tokens:
        return []
    at = next(
        (
            number
            for number, (one, other) in enumerate(zip(wanted.tokens, found.tokens, strict=False))
            if one != other
        ),
        min(len(wanted.tokens), len(found.tokens)),
    )
    expected = " ".join(wanted.tokens[max(0, at - 4) : at + 6])
    there = " ".join(found.tokens[max(0, at - 4) : at + 6])
    counts = f"{len(wanted.tokens)} attendus, {len(found.tokens)} trouvés"
    return [f"mots : {counts} ; « {expected} » dans l’export, « {there} » sur le site."]


def _specials(gap: str) -> str:
    """Return the spaces of *gap* that are no plain ones."""
    return "".join(sign for sign in gap if sign not in " \n")


def _compare_gaps(wanted: Reading, found: Reading) -> list[str]:
    for at, (one, other) in enumerate(zip(wanted.gaps, found.gaps, strict=True)):
        special = _specials(one)
        is_kept = _specials(other) == special if special else bool(one) == bool(other)
        if not is_kept:
            place = " ".join(wanted.tokens[max(0, at - 3) : at + 3])
            return [f"espaces : {one!r} dans l’export, {other!r} sur le site, vers « {place} »."]
    return []


def _compare_lists(name: str, wanted: list[str], found: list[str]) -> list[str]:
    if wanted == found:
        return []
    lost = [each for each in wanted if wanted.count(each) > found.count(each)]
    added = [each for each in found if found.count(each) > wanted.count(each)]
    detail = (
        f"manque {lost[0][:120]}"
        if lost
        else f"en trop {added[0][:120]}"
        if added
        else "ordre changé"
    )
    return [f"{name} : {len(wanted)} attendus, {len(found)} trouvés ({detail})."]
