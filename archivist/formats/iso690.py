"""A reference to read, after ISO 690 as French uses it."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.formats.citation import Citation, Person
from archivist.french import join


@dataclass(frozen=True, slots=True)
class ReferencePiece:
    """Some words of a reference; *kind* is « title » or « container » for those that are one."""

    text: str
    kind: str = ""


def _name(person: Person) -> str:
    """Return « DURAND, Claire »; who signs otherwise stays as signed."""
    return f"{person.family.upper()}, {person.given}" if person.family else person.name


def _locate(citation: Citation) -> str:
    """Return where the post is, then where it was; no full stop touches an address."""
    here = f" Disponible à l’adresse\u00a0: {citation.address}" if citation.address else ""
    if not citation.origin:
        return here
    start = "\u202f; paru" if here else " Paru"
    return f"{here}{start} d’abord à l’adresse\u00a0: {citation.origin}"


def list_pieces(citation: Citation) -> list[ReferencePiece]:
    """Return the reference as its pieces, in order."""
    excerpt = " (extrait)" if citation.partial else ""
    names = join(map(_name, citation.authors))
    stop = "" if names.endswith(".") else "."
    return [
        ReferencePiece(f"{names}{stop} «\u00a0"),
        ReferencePiece(citation.title, "title"),
        ReferencePiece(f"\u00a0»{excerpt}. "),
        ReferencePiece(citation.container, "container"),
        ReferencePiece(f" [en ligne], {citation.date_words}.{_locate(citation)}"),
    ]
