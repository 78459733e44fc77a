"""What a reference says of a post, whatever its form."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.dates.edtf import UncertainDate


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs: *name* as shown; *family* and *given* when it is known which is which."""

    name: str
    family: str = ""
    given: str = ""
    is_organisation: bool = False

    @property
    def inverted(self) -> str:
        """« Durand, Claire », as lists sort; who signs otherwise stays as signed."""
        return f"{self.family}, {self.given}" if self.family else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A post as others cite it."""

    key: str
    """It names the post among all."""
    title: str
    authors: tuple[Person, ...]
    date: UncertainDate
    date_words: str
    """The date as readers see it."""
    container: str
    """The name of the archive."""
    address: str
    """The lasting one in the archive, if known."""
    origin: str
    """Where the post first appeared, if known."""
    language: str
    partial: bool
    keywords: tuple[str, ...]
    license: str = ""
    """In the words of who stated it."""

    @property
    def url(self) -> str:
        """Where the post can be read, in the archive if its address is known."""
        return self.address or self.origin

    @property
    def note(self) -> str:
        """What a reader of the reference must know besides."""
        excerpt = "Extrait du billet." if self.partial else ""
        has_both = self.address and self.origin
        first = f"Paru d’abord à l’adresse : {self.origin}" if has_both else ""
        return " ".join(filter(None, (excerpt, first)))


def make_key(docname: str) -> str:
    """Return the key of the post `posts/2018/slug`: « slug-2018 », which no other post has."""
    _, year, slug = docname.rsplit("/", 2)
    return f"{slug}-{year}"


def to_plain(text: str) -> str:
    """Return *text* on one line, its spaces ordinary ones: programs know no others."""
    return " ".join(text.split())
