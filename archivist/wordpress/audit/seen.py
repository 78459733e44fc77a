"""What a reader finds in a piece of HTML, in order: words and the spaces between, links, pictures.

The export and the built page are both read so, and compared: nothing here knows Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from archivist.syntax.elements import CELLS, HEADINGS, INLINE, OLD_INLINE, PLAYED, SILENT
from archivist.wordpress.html.inline import (
    BUTTON,
    CALL,
    Element,
    find_played,
    find_source,
    name_played,
    one_line,
    tag_of,
)

_TOKEN = re.compile(r"\w+|[^\w\s]")  # A word, or a sign: « l », « ’ », « innovation »
_PLAIN_SPACE = re.compile(r"[ \t\n\r\f]+")
# Fields and their labels stand in a line; the parts of a table do not part it, its rows do.
_INLINE = (INLINE | OLD_INLINE | {"input", "label", "tbody", "thead"}) - {"br"}
# The class of the words of a picture that is not there.
MISSING = "missing-picture"
_COUNTED = ("li", "blockquote", "sup", "sub")


@dataclass(slots=True)
class Seen:
    """What was found, in order."""

    tokens: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)  # the spaces before each token
    links: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)  # address, words
    headings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # of some elements
    breaks: int = 0
    cells: int = 0  # that say something
    _gap: str = "\n"
    _linked: tuple[str, int] = ("", 0)
    # Lines that end in the block that is being read, or None before its first word.
    _ended: int | None = None

    def say(self, text: str) -> None:
        """Note some text."""
        at, text = 0, unicodedata.normalize("NFC", text)
        for found in _TOKEN.finditer(text):
            self._gap += text[at : found.start()]
            is_word = bool(re.match(r"\w", found[0]))
            # A word may go on in another element.
            if is_word and not self._gap and re.fullmatch(r"\w+", self.tokens[-1]):
                self.tokens[-1] += found[0]
            else:
                self.tokens.append(found[0])
                self.gaps.append(_PLAIN_SPACE.sub(" ", self._gap))
            self.breaks += self._ended or 0
            self._gap, self._ended, at = "", 0, found.end()
        self._gap += text[at:]

    def part(self) -> None:
        """Note the end of a block."""
        self._gap += "\n"
        self._ended, self._linked = None, ("", 0)

    def end_line(self) -> None:
        """Note the end of a line, which is one if a word of the same block follows."""
        self._gap += "\n"
        if self._ended is not None:
            self._ended += 1

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
            is_code = next(child.iterancestors("pre"), None) is not None
            end = self.part if is_code else self.end_line
            end()
        elif tag == "img":
            if find_source(child):
                self.pictures.append((find_source(child), one_line(child.get("alt"))))
        elif MISSING in child.classes:
            self.pictures.append((MISSING, one_line(child.text_content())))
        elif tag in PLAYED:
            self._read_player(child, skipped)
        elif tag and tag not in SILENT and not child.get(CALL):
            self._read_element(child, tag, skipped)

    def _read_player(self, child: Element, skipped: frozenset[Element]) -> None:
        for address in find_played(child):
            self.part()
            self.say(name_played(child, address))
            self.links.append(address)
            self.part()
        for each in child:
            if tag_of(each) in {"a", "p", "span", "img"}:
                self._read_child(each, skipped)

    def _read_element(self, child: Element, tag: str, skipped: frozenset[Element]) -> None:
        is_block = tag not in _INLINE
        if is_block:
            self.part()
        if BUTTON in child.classes:
            self.say(" ")
        if tag == "a" and child.get("href") is not None:
            address = child.get("href") or ""
            # One right after another to the same place is the same.
            self.links += [address] if (address, len(self.tokens)) != self._linked else []
        if tag in _COUNTED:
            self.counts[tag] += 1
        before, pictures = len(self.tokens), len(self.pictures)
        self.read(child, skipped)
        self._note_end(child, tag, before, pictures)
        if is_block:
            self.part()

    def _note_end(self, child: Element, tag: str, before: int, pictures: int) -> None:
        said = self.tokens[before:]
        if tag == "a":
            self._linked = (child.get("href") or "", len(self.tokens))
        if tag in CELLS and (said or len(self.pictures) > pictures):
            self.cells += 1
        elif said and (tag in HEADINGS or "rubric" in (child.get("class") or "")):
            self.headings.append(" ".join(said))
        elif tag == "pre" and said and not {"a", "img"} & {tag_of(each) for each in child.iter()}:
            self.codes.append("".join(_code_text(child)).strip("\n"))


def _in_order(element: Element) -> list[Element]:
    """Return the children of *element*, the caption of a table before it as pages have it."""
    if tag_of(element) != "figure" or element.find(".//table") is None:
        return list(element)
    return sorted(element, key=lambda child: tag_of(child) != "figcaption")


def _code_text(element: Element) -> list[str]:
    """Return the pieces of text of code, whose lines may end in elements."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\n"] if tag_of(child) == "br" else _code_text(child)
        pieces.append(child.tail or "")
    return pieces


def compare(wanted: Seen, found: Seen) -> list[str]:
    """Return, in French, how *found* falls short of *wanted*."""
    faults = _compare_tokens(wanted, found) or _compare_gaps(wanted, found)
    for name, one, other in (
        ("liens", wanted.links, found.links),
        ("images", wanted.pictures, found.pictures),
        ("titres", wanted.headings, found.headings),
        ("codes", wanted.codes, found.codes),
    ):
        faults += _compare_lists(name, list(map(str, one)), list(map(str, other)))
    for name in _COUNTED:
        needed, there = wanted.counts[name], found.counts[name]
        if needed != there:
            faults.append(f"<{name}> : {needed} attendus, {there} trouvés.")
    if found.cells != wanted.cells:
        faults.append(f"cellules : {wanted.cells} attendues, {found.cells} trouvées.")
    if found.breaks < wanted.breaks:
        faults.append(f"retours à la ligne : {wanted.breaks} attendus, {found.breaks} trouvés.")
    return faults


def _compare_tokens(wanted: Seen, found: Seen) -> list[str]:
    if wanted.tokens == found.tokens:
        return []
    pairs = enumerate(zip(wanted.tokens, found.tokens, strict=False))
    shorter = min(len(wanted.tokens), len(found.tokens))
    at = next((number for number, (one, other) in pairs if one != other), shorter)
    expected = " ".join(wanted.tokens[max(0, at - 4) : at + 6])
    there = " ".join(found.tokens[max(0, at - 4) : at + 6])
    counts = f"{len(wanted.tokens)} attendus, {len(found.tokens)} trouvés"
    return [f"mots : {counts} ; « {expected} » dans l’export, « {there} » sur le site."]


def _specials(gap: str) -> str:
    """Return the spaces of *gap* that are no plain ones."""
    return "".join(sign for sign in gap if sign not in " \n")


def _compare_gaps(wanted: Seen, found: Seen) -> list[str]:
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
    detail = f"en trop {added[0][:120]}" if added else "ordre changé"
    detail = f"manque {lost[0][:120]}" if lost else detail
    return [f"{name} : {len(wanted)} attendus, {len(found)} trouvés ({detail})."]
