"""A header of another tool, or of a hurried hand, as one of ours; one that is right stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archivist.addresses.slugs import to_slug
from archivist.mends.reading import KeyValue, mean, read_header
from archivist.mends.values import HeaderFacts, Meanings, find_day
from archivist.posts.fields import FIELDS
from archivist.posts.foreign_keys import TITLE, find_foreign
from archivist.posts.scaffold import escape_title
from archivist.problems import shorten_quotes
from archivist.syntax.limits import MOST_LINES
from archivist.syntax.yaml import write_list, write_value

_HEADING = re.compile(r"#[ \t]+(?P<text>.+?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_MANY = frozenset({"tags", "redirect"})


def mend_header(text: str, given: HeaderFacts) -> tuple[str, list[str]]:
    """Return *text* with a header of ours and its title above it; and what is told, in French.

    What is right stays as it is, to the sign; what goes is told with its value.
    """
    header = read_header(text)
    # Fences around nothing are no header; what is below them may be one.
    while not (header.is_ours or header.pairs) and len(header.body) < len(text):
        text = header.body
        header = read_header(text)
    if len(header.pairs) > MOST_LINES:
        return text, []
    mender = _Mender(given)
    for pair in header.pairs:
        mender.take(pair)
    mender.complete()
    body = _give_title(header.body, mender.title) if mender.title else header.body
    if not mender.title and given.title and not _has_title(body):
        body = _give_title(body, given.title)
    if header.is_ours and body == header.body and mender.is_right:
        return text, []
    if not (mender.rows or header.pairs):
        return body, []
    gap = "" if header.is_ours else "\n"
    body = body if header.is_ours else body.lstrip("\n")
    return f"---\n{mender.write()}---\n{gap}{body}", mender.told


def _list_titles(body: str) -> Iterator[str]:
    """Yield the headings of the first level, code left out."""
    is_code, before = False, ""
    for line in body.split("\n"):
        is_code ^= bool(_FENCE.match(line))
        if not is_code and (found := _HEADING.fullmatch(line)):
            yield found["text"]
        elif not is_code and before.strip() and re.fullmatch(r" {0,3}=+[ \t]*", line):
            yield before
        before = line


def _has_title(body: str) -> bool:
    """Tell whether *body* has a title of its own: of several, one that nothing stands above."""
    titles = list(_list_titles(body))
    first = body.lstrip("\n").partition("\n")[0].lstrip("# ").rstrip("# ")
    return bool(titles) and (len(titles) == 1 or titles[0] == first)


def _give_title(body: str, title: str) -> str:
    """Return *body* with *title* above, unless it is there."""
    if to_slug(title) in map(to_slug, _list_titles(body)):
        return body
    return f"\n# {escape_title(title)}\n\n" + body.lstrip("\n")


@dataclass
class _Row:
    """A key of ours and its values; *lines* is how it stood, if nothing changes."""

    key: str
    values: list[str]
    lines: str = ""
    remark: str = ""

    def write(self) -> str:
        if self.lines or not self.key:
            return f"{self.lines}\n"
        one = len(self.values) == 1 and self.key not in _MANY
        value = write_value(self.values[0]) if one else write_list(self.values)
        # A day, a number or « true » needs no quotes.
        plain = FIELDS[self.key].kind not in {"text", "list", "address"}
        value = self.values[0] if plain else value
        return f"{self.key}: {value}{' ' if self.remark else ''}{self.remark}\n"


@dataclass
class _Mender:
    """Makes rows of the keys of a header, in their order."""

    given: HeaderFacts
    rows: list[_Row] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    title: str = ""
    is_right: bool = True

    def __post_init__(self) -> None:
        self.meanings = Meanings(self.given)

    def take(self, pair: KeyValue) -> None:
        """Make of *pair* what it means here, or tell that it goes."""
        if not pair.key:
            self.rows.append(_Row("", [], lines=pair.lines))
            return
        if pair.key.lower() in self.given.settled:
            self.is_right = False
            return
        key = mean(pair)
        foreign = None if key == pair.key else find_foreign(pair.key)
        if key == TITLE:
            self._take_title(pair)
        elif foreign and foreign.hides is not None:
            self._take_state(pair, foreign.hides)
        elif not key or _says_french(key, pair) or not (values := self._mend(key, pair)):
            self._leave(pair, key)
        else:
            self._put(key, values, pair)

    def _take_title(self, pair: KeyValue) -> None:
        self.is_right = False
        text = f"{pair.text} {pair.eaten}".strip()
        if self.title and text:
            self._leave(pair)
        self.title = self.title or text

    def _take_state(self, pair: KeyValue, hides: frozenset[str]) -> None:
        day = find_day(pair.text)
        if pair.text.lower() in hides:
            self._put("draft", ["true"], pair)
        elif day:
            self._put("date", [day], pair)
        else:
            self._leave(pair)

    def _leave(self, pair: KeyValue, key: str = "") -> None:
        """Do without *pair*; one of ours that says nothing and may, or must, stays."""
        is_required = bool(key) and FIELDS[key].is_required
        stays = not self._knows(key) if is_required else pair.is_listed and not pair.values
        if key == pair.key and pair.lines and stays:
            self.rows.append(_Row(key, [], lines=pair.lines))
            return
        self.is_right = False
        told = f"{pair.key}: {pair.text} {pair.eaten}".strip()
        reason = "d’un autre outil, retirée." if pair.text or pair.eaten else "vide, retirée."
        self.told.append(shorten_quotes(f"clé « {told} » {reason}"))

    def _knows(self, key: str) -> bool:
        return bool(self.given.day if key == "date" else self.given.authors)

    def _put(self, key: str, values: list[str], pair: KeyValue) -> None:
        """Give *values* to a key of ours; to what it has already, only those of a list."""
        before = next((row for row in self.rows if row.key == key), None)
        if before is None:
            same = key == pair.key and pair.lines and values == self.meanings.read_as_is(key, pair)
            self.is_right &= bool(same)
            self.rows.append(_Row(key, values, pair.lines if same else "", pair.remark))
            return
        self.is_right &= not pair.key
        is_list, is_hidden = FIELDS[key].kind == "list", key == "draft" and "true" in values
        joined = list(dict.fromkeys([*before.values, *values])) if is_list else values
        if joined != before.values and (is_list or is_hidden):
            self.is_right, before.values, before.lines = False, joined, ""
        elif joined != before.values:
            self._leave(pair)

    def _mend(self, key: str, pair: KeyValue) -> list[str]:
        """Return what *pair* gives to *key*, as the check wants it."""
        read = self.meanings.read(key, pair)
        mended = [new for _, new in read if new]
        if mended and (lost := tuple(text for text, new in read if not new)):
            self._leave(KeyValue(key=pair.key, values=lost))
        return list(dict.fromkeys(mended))

    def complete(self) -> None:
        """Add what the header does not say, and is known otherwise."""
        given = self.given
        there = {row.key for row in self.rows}
        known = {"date": [given.day], "author": [*given.authors]}
        known |= {"language": [given.language], "source": [given.source], "blog": [given.blog]}
        for key, values in known.items():
            if key not in there and any(values):
                day = next((at for at, row in enumerate(self.rows, 1) if row.key == "date"), 0)
                at = day if FIELDS[key].is_required else len(self.rows)
                self.rows.insert(at, _Row(key, values))
                self.is_right = False
        if given.categories:
            self._put("category", list(given.categories), KeyValue(key=""))
        if old := [each for each in given.redirects if self.meanings.find_address(each)]:
            self._put("redirect", old, KeyValue(key=""))
        if "featured_alt" in there and "featured_image" not in there:
            alone = next(row for row in self.rows if row.key == "featured_alt")
            self.rows.remove(alone)
            self._leave(KeyValue(key=alone.key, values=tuple(alone.values)))

    def write(self) -> str:
        """Return the lines of the header."""
        return "".join(row.write() for row in self.rows)


def _says_french(key: str, pair: KeyValue) -> bool:
    """Tell whether a key of another tool says what goes without saying."""
    return key == "language" and pair.key != key and pair.text.lower()[:2] == "fr"
