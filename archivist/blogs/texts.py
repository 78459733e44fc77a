"""A text of a blog: what its header and its name say of it, before anything is made of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from archivist.dates.edtf import read_day
from archivist.errors import FileError
from archivist.files import is_safe, read_text
from archivist.mends.reading import KeyValue, flatten, mean, read_header
from archivist.mends.values import find_day
from archivist.posts.fields import SWITCH_WORDS
from archivist.posts.foreign_keys import TITLE, find_foreign
from archivist.posts.tree import LINK

# 2018-06-22-mon-billet, 2018-06-22_mon-billet
_DATED = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[-_ ](?P<rest>.+))?"
)
# billet.fr
_TRANSLATED = re.compile(r"(?P<stem>.+)\.(?P<language>[a-z]{2})(?:-[a-z]{2})?")
DRAFT = "brouillon"
"""Why a text is no post that nobody was to read yet."""
_OFF = frozenset({"false", "no", "off", "non", "faux", "0", "never"})


@dataclass(frozen=True)
class BlogText:
    """A text: *name* is its path below the folder of the blog, *pairs* what its header says.

    What the blog says of all texts in its place is among them, where the header is silent.
    """

    name: str
    text: str
    body: str
    pairs: tuple[KeyValue, ...]

    @cached_property
    def _by_key(self) -> Mapping[str, KeyValue]:
        return {pair.key.lower().removeprefix("extra."): pair for pair in reversed(self.pairs)}

    def say(self, *keys: str) -> str:
        """Return the text of the first of *keys*, as the blog calls them, that is given."""
        return next((self._by_key[key].text for key in keys if key in self._by_key), "")

    def list(self, *keys: str) -> list[str]:
        """Return all values of *keys*, as the blog calls them."""
        return [value for key in keys if key in self._by_key for value in self._by_key[key].values]

    def find(self, key: str) -> Sequence[KeyValue]:
        """Return what says what *key* of ours means."""
        return [pair for pair in self.pairs if mean(pair) == key]

    @property
    def title(self) -> str:
        """Its title, if the header has one."""
        return next((pair.text for pair in self.find(TITLE) if pair.text), "")

    @property
    def is_bundle(self) -> bool:
        """Whether it is a folder, with what goes with it."""
        return PurePosixPath(self._whole_stem).name == "index" and "/" in self.name

    @property
    def _whole_stem(self) -> str:
        stem = PurePosixPath(self.name).stem
        found = _TRANSLATED.fullmatch(stem)
        return found["stem"] if found else stem

    @property
    def language(self) -> str:
        """The code that its name ends in, or nothing: en for billet.en.md."""
        found = _TRANSLATED.fullmatch(PurePosixPath(self.name).stem)
        return found["language"] if found else ""

    @property
    def dated_name(self) -> str:
        """Its name, or that of its folder, without the ending."""
        return PurePosixPath(self.name).parent.name if self.is_bundle else self._whole_stem

    @property
    def _named(self) -> re.Match[str] | None:
        """What its name says of its day; Jekyll reads « 18-06-22 » too."""
        is_short = "_posts/" in self.name and self.dated_name[2:3] == "-"
        return _DATED.fullmatch(f"20{self.dated_name}" if is_short else self.dated_name)

    @property
    def stem(self) -> str:
        """The same without the day that it begins with."""
        found = self._named
        return (found["rest"] or self.dated_name) if found else self.dated_name

    @property
    def folder(self) -> str:
        """The folder it lies in, below that of the blog; of a bundle, the one around."""
        parent = PurePosixPath(self.name).parent
        return (parent.parent if self.is_bundle else parent).as_posix().removeprefix(".")

    @cached_property
    def date(self) -> dt.datetime | None:
        """When it was published: what the header says, else its name."""
        said = [found for pair in self.find("date") if (found := find_day(pair.text))]
        named = self._named
        if not said and named:
            said = [f"{named['year']}-{named['month']:0>2}-{named['day']:0>2}"]
        try:
            return read_day(said[0]) if said else None
        except ValueError:
            return None

    def find_state(self, today: dt.date) -> str:
        """Return in French why nobody could read it on the day *today*, or nothing."""
        if any(map(_hides, self.pairs)) or self.say("eleventyexcludefromcollections") == "true":
            return DRAFT
        if self.say("permalink") == "false" or self.say("_build.render", "build.render") in _OFF:
            return "sans page"
        days = [find_day(self.say(key)) for key in ("publishdate", "expirydate")]
        begins, ends = (read_day(day).date() if day else None for day in days)
        begins = begins or (self.date.date() if self.date else None)
        if begins and begins > today:
            return "daté de plus tard"
        return "périmé" if ends and ends <= today else ""


def _hides(pair: KeyValue) -> bool:
    """Tell whether *pair* keeps a text from readers."""
    found, text = find_foreign(pair.key), pair.text.lower()
    if found and found.hides is not None:
        return text in found.hides
    return pair.key.lower() == "draft" and text in SWITCH_WORDS - _OFF


def read_blog_text(path: Path, name: str, defaults: Mapping[str, Any]) -> BlogText:
    """Return the text in *path*, with *defaults* for what its header does not say.

    Raises FileError, with a French message, when it cannot be read.
    """
    if not is_safe(path):
        raise FileError(1, LINK)
    text = read_text(path)
    header = read_header(text)
    given = {pair.key.lower() for pair in header.pairs}
    others = (
        pair for pair in flatten("", dict(defaults)) if pair.key and pair.key.lower() not in given
    )
    return BlogText(name, text, header.body, (*header.pairs, *others))
