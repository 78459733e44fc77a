"""What an import advises at its end: what to give it, and what is left to do by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from archivist.french import count
from archivist.wordpress.export.media import UPLOADS
from archivist.wordpress.export.plan import Plan
from archivist.wordpress.notes import Kind
from archivist.wordpress.staging import Staging

_CODES = {
    Kind.SHORTCODE_KEPT: "codes courts gardés en texte",
    Kind.SHORTCODE_EMPTY: "codes courts dont le contenu n’est pas dans l’export",
}
_UNKNOWN = frozenset((Kind.GALLERY_UNKNOWN, Kind.FEATURED_UNKNOWN))


def advise(
    plan: Plan, wanted: Sequence[str], notes: Iterable[tuple[str, str, str]], staging: Staging
) -> Iterator[str]:
    """Yield sentences, in French; *notes* are the path, kind and text of each."""
    notes = list(notes)
    is_named = any(UPLOADS in url for url in (*wanted, *staging.used))
    is_named |= any(kind in _UNKNOWN or text.startswith("gallery : ") for _, kind, text in notes)
    if plan.blog.version and not plan.media and is_named:
        yield (
            "Cet export n’a aucun média, et ses textes en montrent : dans WordPress, Outils → Exporter "
            "→ « Tout le contenu », puis importez à nouveau."
        )
    missing = count(len(wanted), "image ou fichier manquant", "images ou fichiers manquants")
    if wanted:
        yield (
            f"{missing} : donnez une copie de {UPLOADS} par --media "
            "DOSSIER ; --fetch --media DOSSIER les demande à l’ancien blog."
        )
    yield from _name_codes(notes)
    yield from _name_empty(notes)
    excuses = Counter(rule for rules in staging.excuses.values() for rule in sorted(rules))
    if excuses:
        yield f"règles dont exceptions.txt excuse des billets : {_count(excuses)}"


def _name_codes(notes: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    for kind, told in _CODES.items():
        names = Counter(text.partition(" : ")[0] for _, each, text in notes if each == kind)
        if names:
            yield f"{told} : {_count(names)}"


def _name_empty(notes: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    empty: dict[str, list[str]] = {}
    for path, each, text in notes:
        if each == Kind.TEXT_EMPTY:
            empty.setdefault(text, []).append(path)
    for reason, paths in empty.items():
        yield f"{Kind.TEXT_EMPTY} ; {reason} : {', '.join(paths)}"


def _count(names: Counter[str]) -> str:
    return ", ".join(f"{name} ({uses})" for name, uses in names.most_common())
