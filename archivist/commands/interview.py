"""What a new post is to be: from the command line, or asked in a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from archivist.addresses.slugs import to_slug
from archivist.commands.tags import count_categories, count_tags
from archivist.errors import ArchiveError
from archivist.posts.scaffold import Draft
from archivist.problems import suggest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from archivist.posts.archive import Archive

_MOST_SHOWN = 30


def list_labels(archive: Archive) -> Iterator[str]:
    """Yield, in French, the authors, categories and tags there are, the commonest first."""
    yield f"Auteurs : {', '.join(archive.registers.authors)}"
    yield f"Catégories : {_join(count_categories(archive))}"
    yield f"Étiquettes : {_join(count_tags(archive))}"


def _join(labels: Mapping[str, int]) -> str:
    names = sorted(labels, key=lambda label: (-labels[label], to_slug(label)))
    more = f"… ({len(names)} en tout : archivist tags)" if len(names) > _MOST_SHOWN else ""
    return ", ".join(names[:_MOST_SHOWN]) + more


def plan_draft(archive: Archive, date: dt.date, given: Mapping[str, str]) -> Draft:
    """Return the post to begin; what *given* leaves empty is asked where someone can answer.

    Raises ArchiveError when there is no title, or the author or category is not known.
    """
    registers = archive.registers
    title, is_asked = given["title"], not given["title"]
    if is_asked:
        title = _ask("Titre du billet")
    author = _choose(given["author"], "Auteur", registers.authors, is_asked=is_asked)
    names = [category.name for category in registers.categories.values()]
    category = _choose(given["category"], "Catégorie", names, is_asked=is_asked)
    tags = given["tags"] or (_ask("Étiquettes, séparées par des virgules") if is_asked else "")
    labels = tuple(label.strip() for label in tags.split(",") if label.strip())
    return Draft(title=title, date=date, author=author, category=category, tags=labels)


def _ask(question: str) -> str:
    """Return what is typed in answer; raise ArchiveError where nobody can type."""
    if not sys.stdin.isatty():
        raise ArchiveError('donnez un titre : make new TITLE="Mon billet".')
    try:
        return input(f"{question} : ").strip()
    except EOFError as error:
        raise ArchiveError("aucune réponse : rien n’a été écrit.") from error


def _choose(given: str, question: str, known: Iterable[str], *, is_asked: bool) -> str:
    """Return the one of *known* that is given or answered; the first, where there is no answer."""
    choices = list(known)
    if not choices:
        return given
    if not given and is_asked and len(choices) > 1:
        given = _ask(f"{question} ({', '.join(choices)})")
    if not given:
        return choices[0]
    by_slug = {to_slug(choice): choice for choice in choices}
    if to_slug(given) not in by_slug:
        raise ArchiveError(f"{question.lower()} « {given} » : {suggest(given, choices)}")
    return by_slug[to_slug(given)]
