"""What posts are filed under: tags, categories, authors, places, languages, series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

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


def name_language(code: str) -> str:
    """Return what French calls the language of a *code* of BCP 47, or nothing if none has it."""
    try:
        # « anglais » for en.
        return Locale.parse(code, sep="-").get_display_name("fr") or code
    except (UnknownLocaleError, ValueError):
        return ""


def spell_language(code: str) -> str:
    """Return a *code* as BCP 47 spells what was meant, as en-US for EN_us, or nothing."""
    spelled = code.replace("_", "-")
    try:
        found = str(Locale.parse(spelled, sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError):
        return ""
    # Babel takes some codes for those of other languages.
    return found if found.partition("-")[0] == spelled.partition("-")[0].lower() else ""
