"""The texts and files of a blog, found by the names and addresses that its texts use."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from archivist.addresses.web import find_scheme
from archivist.blogs.engine import Engine
from archivist.blogs.texts import BlogText
from archivist.files import is_safe
from archivist.syntax.allowed import COMPANIONS

# Keys of headers that give an address by themselves, not one more.
_OWN_ADDRESS = frozenset({"permalink", "url", "path", "save_as"})
NOWHERE = "https://blog.invalid"
"""Where a blog is that does not say where it was."""


@dataclass
class BlogFiles:
    """Finds what is in the folder of a blog, and nothing outside."""

    engine: Engine
    texts: Mapping[int, BlogText]
    pages: Sequence[BlogText] = ()
    found: dict[str, Path] = field(default_factory=dict)
    """The files that were asked for, by an address that each has alone."""
    _links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root = self.engine.root.resolve()
        for text in (*self.texts.values(), *self.pages):
            link = self.find_own_link(text)
            bare = text.name.removesuffix(PurePosixPath(text.name).suffix)
            names = {bare, bare.removeprefix(f"{self.engine.content}/"), bare.rpartition("/")[2]}
            names |= {name.removesuffix("/index") for name in names}
            names |= {text.dated_name, bare.rpartition("_posts/")[2]}
            for name in names - {"index"}:
                # A name that two have is nobody's, but the whole one.
                is_whole = name == bare
                self._links[name] = link if is_whole or name not in self._links else ""

    @property
    def origin(self) -> str:
        """The host of the blog."""
        parts = urlsplit(self.engine.url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else NOWHERE

    def find_own_link(self, text: BlogText) -> str:
        """Return the address of *text*; where that is not known, one that it has alone."""
        return self.origin + (
            quote(self.engine.find_address(text), safe="/%") or f"/{quote(text.name)}"
        )

    def name(self, text: BlogText) -> str:
        """Return the last part of the address of *text*; where that says nothing, its own name."""
        last = PurePosixPath(self.engine.find_path(text)).name.removesuffix(".html")
        return last if re.search("[a-z]", last) else text.say("slug") or text.stem

    def list_addresses(self, text: BlogText) -> list[str]:
        """Return the addresses that *text* had, its own first."""
        own = self.engine.find_address(text)
        pairs = (pair for pair in text.find("redirect") if pair.key.lower() not in _OWN_ADDRESS)
        others = [value for pair in pairs for value in pair.values]
        folder = posixpath.dirname(own.rstrip("/"))
        base = self.engine.base
        found = (
            f"{base}{each}" if each.startswith("/") else posixpath.join(folder, each)
            for each in others
        )
        return [each for each in dict.fromkeys((own, *found)) if each]

    def find_link(self, name: str, text: BlogText) -> str:
        """Return the address of the text that *name*, in *text*, means, or nothing."""
        bare = unquote(name).strip()
        bare = bare.removesuffix(
            PurePosixPath(bare).suffix if bare.endswith((".md", ".markdown")) else ""
        )
        near = posixpath.normpath(posixpath.join(posixpath.dirname(text.name), bare))
        places = (
            near,
            bare.strip("/"),
            bare.removesuffix("/index").strip("/"),
            bare.rpartition("/")[2],
        )
        return next(filter(None, (self._links.get(place, "") for place in places)), "")

    def find_file(self, target: str, text: BlogText) -> str:
        """Return an address for the file of the blog that *target*, in *text*, means, or nothing."""
        path = unquote(target.partition("#")[0].partition("?")[0])
        if not path or find_scheme(path) or path.startswith("//") or "\0" in path:
            return ""
        for place in self._list_places(path, text):
            name = posixpath.normpath(place)
            whole = self.engine.root / name
            if PurePosixPath(name).suffix.lower() in COMPANIONS and self._is_inside(whole):
                address = f"{self.origin}/{quote(name)}"
                self.found[address] = whole
                return address
        return ""

    def _list_places(self, path: str, text: BlogText) -> list[str]:
        """Return where the file may be, below the folder of the blog."""
        bare = path.removeprefix(self.engine.base).lstrip("/") if path.startswith("/") else path
        served = [posixpath.join(folder, bare.lstrip("./")) for folder in self.engine.statics]
        if path.startswith("/"):
            return [*served, bare]
        # As seen from the page, and as editors show it: from the file.
        page = posixpath.dirname(self.engine.find_path(text)).lstrip("/")
        seen = [posixpath.join(folder, page, path) for folder in self.engine.statics]
        return [posixpath.join(posixpath.dirname(text.name), path), *seen, *served]

    def _is_inside(self, path: Path) -> bool:
        try:
            return is_safe(path) and path.resolve().is_relative_to(self._root)
        except OSError:
            return False
