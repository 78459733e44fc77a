"""What a mend may look up beyond the text it mends: where pages and files of the archive are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from archivist.addresses.old import AddressError, fold_address, normalise_address
from archivist.addresses.slugs import to_slug
from archivist.addresses.web import point_to
from archivist.posts.tree import split_day

_PAGE = re.compile(r"\.(?:md|markdown|html?)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """Where things are, seen from the document *docname*, the name of a file below docs/ without ``.md``."""

    docname: str
    docnames: frozenset[str] = frozenset()
    """Pages and posts."""
    files: frozenset[str] = frozenset()
    """Other files below docs/."""
    old: Mapping[str, str] = field(default_factory=dict)
    """The docname that each old address leads to, by `fold_address`."""
    slugs: Mapping[str, str] = field(default_factory=dict)
    """The docname that has a slug alone, or none."""
    placed: Mapping[str, str] = field(default_factory=dict)
    """Where files are that were put beside the text, by what it calls them."""
    source: str = ""
    """The first address of the text, where it is known."""

    def find_page(self, name: str) -> str:
        """Return the path to the page that *name* means, by its file, slug or old address, or nothing."""
        docname = self._find_docname(unquote(name).strip())
        return f"{self.point_to(docname)}.md" if docname else ""

    def _find_docname(self, name: str) -> str:
        folder = "" if name.startswith("/") else posixpath.dirname(self.docname)
        path = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
        for each in (_PAGE.sub("", path), _PAGE.sub("", name.strip("/"))):
            if each in self.docnames:
                return each
        try:
            if found := self.old.get(
                fold_address(normalise_address(name.partition("?")[0] or name))
            ):
                return found
        except AddressError:
            pass
        last = _PAGE.sub("", name.rstrip("/").rpartition("/")[2])
        return self.slugs.get(to_slug(split_day(last)[1]), "")

    def find_file(self, name: str) -> str:
        """Return the file below docs/ that *name* means, whatever its capitals, or nothing."""
        name = unquote(name)
        folder = posixpath.dirname(self.docname)
        wanted = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
        places = (wanted, posixpath.join(self.docname, posixpath.basename(name)))
        for place in places:
            if place in self.files:
                return place
        return self._find_alike(posixpath.basename(name))

    def _find_alike(self, name: str) -> str:
        """Return the one file that is called nearly so, beside the document first."""
        wanted = _fold(name)
        alike = [each for each in self.files if _fold(posixpath.basename(each)) == wanted]
        near = [each for each in alike if posixpath.dirname(each) == self.docname]
        found = near or alike
        return found[0] if len(found) == 1 else ""

    def point_to(self, name: str) -> str:
        """Return the path to *name*, below docs/, from the document."""
        return point_to(self.docname, name)


def _fold(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{to_slug(stem)}{dot}{ending.lower()}"
