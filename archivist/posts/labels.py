"""What posts are filed under: tags, categories, authors, places, languages, series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KINDS: Mapping[str, tuple[str, str]] = {
    "tag": ("Étiquette", "Étiquettes"),
    "category": ("Catégorie", "Catégories"),
    "author": ("Auteur", "Auteurs"),
    "location": ("Lieu", "Lieux"),
    "language": ("Langue", "Langues"),
    "series": ("Série", "Séries"),
}
"""What one label and all of them are called, by kind, which is also their folder of the site."""


@dataclass(frozen=True, slots=True)
class Label:
    """A tag, a category, an author, a place, a language or a series."""

    kind: str
    """One of KINDS."""
    slug: str
    name: str
    description: str = ""
    """Of a category; of an author, the address where readers find them."""

    @property
    def path(self) -> str:
        """Where its list is, below the root of the site."""
        return f"{self.kind}/{self.slug}"
