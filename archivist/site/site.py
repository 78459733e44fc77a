"""All that pages and files are made of, once Sphinx has read and rendered the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sphinx.config import Config

from archivist.keys import take_key
from archivist.posts.archive import Archive
from archivist.posts.library import Library
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import Reading
from archivist.search.related import Relations
from archivist.site.plan import BuildPlan
from archivist.site.text.dead_links import Marker, read_marker
from archivist.site.text.fragments import Fragment

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Place:
    """What a site is called, and where it is served, if that is known."""

    name: str
    base_url: str

    @cached_property
    def key(self) -> bytes:
        """What tells it from another."""
        return take_key(self.name, self.base_url)

    @property
    def root(self) -> str:
        """Its path on its host, with both slashes."""
        return f"/{urlsplit(self.base_url).path.strip('/')}/".replace("//", "/")

    def find_address(self, docname: str) -> str:
        """Return the lasting address of a page, or nothing when that of the site is not known."""
        return f"{self.base_url.rstrip('/')}/{find_path(docname)}" if self.base_url else ""


@dataclass(frozen=True, slots=True)
class Template:
    """What writes a page or a part of one; its key tells it, and all that it includes."""

    key: bytes
    render: Callable[[dict[str, Any]], str]


@dataclass(frozen=True, kw_only=True)
class Site(Place):
    """What is known of a site before its first page is written."""

    config: Config
    """The settings of conf.py."""
    docs: Path
    plan: BuildPlan
    archive: Archive
    library: Library
    redirects: Mapping[str, str]
    """Where each old address leads, below the root of the site."""
    titles: Mapping[str, str]
    """Of standing pages, by docname."""
    fragments: Mapping[str, Fragment]
    """Each document as HTML, by docname."""
    find_reading: Callable[[str], Reading]
    """What the search takes from a document."""
    lexis: Lexis
    """The words that readings number."""
    relations: Relations
    dictionary: Dictionary
    names: Mapping[str, tuple[str, ...]]
    """The persons and organisations that each post marks, by docname."""
    images: Mapping[str, str]
    """The file name in the site of each image of docs/, by its path there."""
    downloads: Mapping[str, str]
    """The same of what links lead to, in a folder of its own."""
    find_template: Callable[[str], Template]
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def place(self) -> Place:
        """What pages may know of it."""
        return Place(name=self.name, base_url=self.base_url)

    @cached_property
    def marker(self) -> Marker:
        """What marks dead links."""
        return read_marker(self.docs)

    def once(self, make: Callable[[Site], T]) -> T:
        """Return what *make* makes of the site, made once for whoever asks."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]  # type: ignore[no-any-return]


def find_path(docname: str) -> str:
    """Return the address of a page, from the root, as readers should quote it."""
    if docname == "index":
        return ""
    return docname.removesuffix("index") if docname.endswith("/index") else f"{docname}.html"
