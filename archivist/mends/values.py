"""What the values of a header mean here: labels as others write them, keys of authors, days, addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from archivist.addresses.old import AddressError, normalise_address
from archivist.addresses.slugs import to_slug
from archivist.addresses.web import find_scheme, split_address
from archivist.dates.edtf import DateError, read_day
from archivist.dates.reading import read_any_day
from archivist.mends.reading import KeyValue
from archivist.posts.fields import FIELDS, FORMATS, SWITCH_WORDS
from archivist.posts.labels import name_label, spell_language
from archivist.posts.people import Registers
from archivist.syntax.allowed import PICTURES

_TOGETHER = re.compile(r",\s*|\s+(?:et|and|&)\s+")
_LABELS = frozenset({"category", "tags"})
# Keys whose words Jekyll takes one by one.
_SPACED = frozenset({"tags", "categories"})


@dataclass(frozen=True, kw_only=True, slots=True)
class HeaderFacts:
    """What is known around a text: who may sign, which labels there are, how each is written.

    *day*, *authors* (keys), *title*, *source*, *blog* (a key) and *language* are what is known of the text
    otherwise, for a header that does not say; *categories* and *redirects* go with what it says.
    *slug* is the last part of its address.
    *signatures* gives the keys of authors by what a header may call them, *pictures* where those
    lie that it may name: nowhere, for nothing. *settled* are keys, in small letters, that who
    asks reads by itself, *unwanted* the slugs of labels that are none. *is_spaced* is true where
    spaces part tags, as in Jekyll.
    """

    registers: Registers
    spellings: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    authors: tuple[str, ...] = ()
    title: str = ""
    slug: str = ""
    source: str = ""
    blog: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    signatures: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()
    pictures: Mapping[str, str] = field(default_factory=dict)
    is_spaced: bool = False


@dataclass(frozen=True)
class Meanings:
    """What values mean, among what is *given*."""

    given: HeaderFacts

    def read(self, key: str, pair: KeyValue) -> list[tuple[str, str]]:
        """Return each value that *pair* gives to *key*, and what it becomes: nothing if it can't be."""
        texts = self._split(key, pair)
        mend = self._by_key.get(key) or self._by_kind.get(FIELDS[key].kind)
        kept = pair.key == key
        if kept and key == "redirect":
            mend = self._find_own_address
        kept = kept and not (key == "featured_image" and pair.text in self.given.pictures)
        found = [(text, (mend(text) or (text if kept else "")) if mend else text) for text in texts]
        others = pair.values[1:] if key == "series" else ()
        return [*found, *((text, "") for text in others)]

    def read_as_is(self, key: str, pair: KeyValue) -> list[str]:
        """Return the values that the archive reads in *pair* as it stands."""
        if FIELDS[key].kind != "list":
            return [] if pair.is_listed else [" ".join(value.split()) for value in pair.values]
        if pair.is_listed or to_slug(pair.text) in self.given.registers.categories:
            return list(pair.values)
        return [part.strip() for part in pair.text.split(",")]

    def _split(self, key: str, pair: KeyValue) -> list[str]:
        """Return the values of *pair*, one by one where *key* takes several."""
        eats = FIELDS[key].kind in {"text", "list"} and pair.eaten
        text = f"{pair.text} {pair.eaten}".strip() if eats else pair.text
        if key == "series" and pair.is_listed:
            return list(pair.values[:1])
        if FIELDS[key].kind != "list":
            return [text] if text else []
        values = [*pair.values, *([pair.eaten] if eats else [])] if pair.is_listed else [text]
        found = [part for value in values for part in self._split_value(key, value, pair)]
        unwanted = self.given.unwanted if key in _LABELS else frozenset()
        return [part.strip() for part in found if part.strip() and to_slug(part) not in unwanted]

    def _split_value(self, key: str, value: str, pair: KeyValue) -> list[str]:
        if key == "redirect":
            return [value] if pair.is_listed else value.split()
        if key in _LABELS:
            return self._split_label(key, value, pair)
        names = {to_slug(each.name) for each in self.given.registers.authors.values()}
        names |= set(map(to_slug, self.given.signatures))
        together = _TOGETHER.split(value)
        if key == "author" and all(to_slug(each) in names for each in together):
            return together
        return [value] if pair.is_listed else value.split(",")

    def _split_label(self, key: str, value: str, pair: KeyValue) -> list[str]:
        known = self.given.registers.categories if key == "category" else self.given.spellings
        words = value.split()
        if to_slug(value) in known or (pair.is_listed and key != "tags"):
            return [value]
        are_known = all(to_slug(word) in known for word in words)
        is_spaced = are_known or (self.given.is_spaced and pair.key.lower() in _SPACED)
        if is_spaced and "," not in value and not pair.is_listed:
            return words
        # « CNFPT #territoires »
        return re.split(r",|\s+(?=#\w)", value) if key == "tags" else value.split(",")

    @cached_property
    def _by_key(self) -> Mapping[str, Callable[[str], str]]:
        return {
            "author": self._find_author,
            "category": self._spell_category,
            "redirect": self.find_address,
            "language": lambda text: spell_language(text) or text,
            "series": lambda text: self.given.spellings.get(to_slug(text), text),
            "featured_image": self._find_picture,
            "format": lambda text: text if text in FORMATS else "",
            **dict.fromkeys(("tags", "location"), self._spell),
        }

    @property
    def _by_kind(self) -> Mapping[str, Callable[[str], str]]:
        return {"day": find_day, "address": _find_outside, "switch": _find_switch}

    def _spell(self, label: str) -> str:
        label = name_label(label.lstrip("#"))
        # The post that spells it may be this one.
        return name_label(self.given.spellings.get(to_slug(label), label))

    def _spell_category(self, label: str) -> str:
        known, named = self.given.registers.categories, name_label(label)
        found = known.get(to_slug(label)) or known.get(to_slug(named))
        return found.name if found else named

    def _find_author(self, name: str) -> str:
        """Return the key of who has that name, or the name."""
        authors = self.given.registers.authors
        if name in authors or name in self.given.signatures:
            return self.given.signatures.get(name, name)
        bare = {to_slug(name), to_slug(re.sub(r"<[^<>]*>|\([^()]*\)", "", name))}
        found = [key for key, each in authors.items() if bare & {to_slug(each.name), to_slug(key)}]
        return found[0] if len(found) == 1 else name

    def _find_own_address(self, text: str) -> str:
        """Return an old address of ours, which may be that of one host alone."""
        return text if "://" in text else self.find_address(text)

    def find_address(self, text: str) -> str:
        """Return an old address as posts give theirs; nothing for that which its name gives it."""
        parts = split_address(text)
        path = parts.path if parts and parts.scheme in {"http", "https"} else text
        try:
            old = normalise_address(path)
        except AddressError:
            return ""
        return "" if old == f"{self.given.slug}/" else path

    def _find_picture(self, text: str) -> str:
        if text in self.given.pictures:
            return self.given.pictures[text]
        is_picture = posixpath.splitext(text)[1].lower() in PICTURES
        return "" if find_scheme(text) or text.startswith("//") or not is_picture else text


def find_day(text: str) -> str:
    """Return *text* if the archive reads it as a day, or the one that it means, or nothing."""
    try:
        read_day(text)
    except DateError:
        day = read_any_day(text)
        return day.isoformat() if day else ""
    return text


def _find_outside(text: str) -> str:
    parts = split_address(text)
    return text if parts and parts.scheme in {"http", "https"} and parts.netloc else ""


def _find_switch(text: str) -> str:
    return text if text.lower() in SWITCH_WORDS else ""
