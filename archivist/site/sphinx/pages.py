"""A page on its way to its file: what its template is given, and what tells it from the last."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from archivist.site.pages.page import Page

_LENGTH = 8  # bytes of a digest
_REASONS = {
    "archive_text": "texte",
    "archive_post": "en-tête du billet",
    "archive_provenance": "provenance",
    "archive_citation": "référence",
    "archive_series": "série",
    "archive_sections": "sommaire",
    "archive_featured": "image à la une",
    "archive_canonical": "adresse",
    "archive_sharing": "partage",
    "archive_json_ld": "partage",
    "archive_card": "partage",
    "archive_feeds": "flux",
    "archive_names": "noms",
    "archive_older": "pages voisines",
    "archive_newer": "pages voisines",
    "archive_heading": "titre",
    "body": "texte",
    "archive_entries": "liste",
    "archive_menu": "menu",
    "archive_pages": "menu",
    "archive_cited_by": "« Cité par »",
    "archive_related": "« À lire aussi »",
    "archive_previous": "billet précédent",
    "archive_next": "billet suivant",
    "archive_stylesheets": "feuille de style",
    "archive_comments": "commentaires",
    "archive_words": "mots",
    "archive_links": "liste",
    "archive_years": "liste",
    "archive_title": "titre",
    "archive_summary": "résumé",
    "title": "titre",
}
"""What readers see of each value that a template is given, in French."""


class Context(dict[str, Any]):
    """What a template is given; Sphinx spells it out at each event, for a log nobody reads."""

    def __repr__(self) -> str:
        return "Context(…)"

    def __or__(self, other: Mapping[str, Any]) -> Context:  # type: ignore[override]
        return Context({**self, **other})


@dataclass(frozen=True, kw_only=True)
class ForeignPage(Page):
    """A page of an extension that is not ours."""

    given: Mapping[str, Any] = field(default_factory=dict)
    name: str = "page.html"

    @classmethod
    def make(cls, docname: str, given: Mapping[str, Any], template: str) -> ForeignPage:
        """Return the page *docname* of what *template* is *given*."""
        title = str(given.get("title", ""))
        return cls(docname=docname, title=title, given=given, name=template)

    @property
    def template_name(self) -> str:
        """The file of its template."""
        return self.name

    def show(self) -> dict[str, Any]:
        """Return what the template is given."""
        shown = {"archive_title": self.title, "archive_summary": self.summary}
        return shown | {"title": self.title} | dict(self.given)


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What a page shows, in short: a digest of each value that its template is given."""

    template: str
    names: tuple[str, ...]
    digests: bytes

    def explain(self, before: PageRecord | None) -> str:
        """Return in French why the page is written, where *before* is what it was."""
        if before is None:
            return "nouvelle page"
        if before.template != self.template:
            return "autre gabarit"
        old, new = before.by_name(), self.by_name()
        changed = [name for name in self.names if old.get(name) != new[name]]
        said = dict.fromkeys(_REASONS.get(name, name.removeprefix("archive_")) for name in changed)
        return f"a changé : {', '.join(said)}" if said else "n’avait pas sa place"

    def by_name(self) -> dict[str, bytes]:
        """Return the digest of each value."""
        starts = range(0, len(self.digests), _LENGTH)
        parts = (self.digests[start : start + _LENGTH] for start in starts)
        return dict(zip(self.names, parts, strict=True))


def _digest(value: object) -> bytes:
    data = repr(value).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_LENGTH).digest()


def record_page(template: str, shown: Mapping[str, Any], constant: Container[str]) -> PageRecord:
    """Return what tells a page from one that shows something else; *constant* is on all alike."""
    names = tuple(
        name
        for name, value in sorted(shown.items())
        if name not in constant and not callable(value)
    )
    return PageRecord(template, names, b"".join(_digest(shown[name]) for name in names))
