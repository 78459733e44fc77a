"""What an import advises at its end: what to give it, and what is left to do by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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
    is_named = is_named or any(kind in _UNKNOWN for _, kind, _ in notes)
    if plan.blog.version and not plan.media and is_named:
        yield (
            "Cet export n’a aucun média, et ses textes en montrent : dans WordPress, Outils → Exporter "
            "→ « Tout le contenu », puis importez à nouveau."
        )
    if wanted:
        yield (
            f"{len(wanted)} images ou fichiers manquants : donnez une copie de {UPLOADS} par --media "
            "DOSSIER ; --fetch --media DOSSIER les demande à l’ancien blog."
        )
    for kind, told in _CODES.items():
        names = Counter(text.partition(" : ")[0] for _, each, text in notes if each == kind)
        if names:
            yield f"{told} : {_count(names)}"
    empty = [f"{path} ({text})" for path, kind, text in notes if kind == Kind.TEXT_EMPTY]
    if empty:
        yield f"{Kind.TEXT_EMPTY} : {', '.join(empty)}"
    excuses = Counter(rule for rules in staging.excuses.values() for rule in sorted(rules))
    if excuses:
        yield f"règles dont exceptions.txt excuse des billets : {_count(excuses)}"


def _count(names: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in names.most_common())
