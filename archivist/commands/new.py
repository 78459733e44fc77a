"""`archivist new`: begin a post, as the command line says or as is answered in a terminal."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping

from archivist.addresses.slugs import to_slug
from archivist.build.docs import check_docs
from archivist.commands.build import add_docs
from archivist.commands.check import check_paths, refuse
from archivist.commands.tags import count_categories, count_tags
from archivist.dates.edtf import DateError, read_day
from archivist.dates.reading import read_any_day
from archivist.dates.today import read_zone
from archivist.errors import ArchiveError
from archivist.posts.archive import Archive
from archivist.posts.scaffold import Draft, write_draft
from archivist.problems import suggest

_MOST_SHOWN = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    parser.add_argument("title", nargs="?", default="", metavar="TITLE")
    add_docs(parser)
    parser.add_argument("--author", default="", metavar="KEY")
    parser.add_argument("--category", default="", metavar="NAME")
    parser.add_argument("--tags", default="", metavar="A,B")
    parser.add_argument("--date", default="", metavar="YYYY-MM-DD")


def run(options: argparse.Namespace) -> None:
    """Write a post; print its path. Raises ArchiveError, also where it has mistakes."""
    archive, _ = check_docs(options.docs)
    date = read_date(options.date) or dt.datetime.now(read_zone(archive.docs)).date()
    print(*list_labels(archive), sep="\n", file=sys.stderr)
    path = write_draft(plan_draft(archive, date, vars(options)), archive)
    print(options.docs / path.relative_to(archive.docs))
    refuse(check_paths([path]).problems)


def read_date(text: str) -> dt.date | None:
    """Return the day that *text* means, if anything. Raises ArchiveError where it is not plain."""
    day = read_any_day(text)
    try:
        return day or (read_day(text).date() if text else None)
    except DateError as error:
        raise ArchiveError(f"--date : {error}") from error


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
        title = ask("Titre du billet", 'donnez un titre : make new TITLE="Mon billet".')
    author = _choose(given["author"], "Auteur", registers.authors, is_asked=is_asked)
    names = [category.name for category in registers.categories.values()]
    category = _choose(given["category"], "Catégorie", names, is_asked=is_asked)
    tags = given["tags"] or (ask("Étiquettes, séparées par des virgules") if is_asked else "")
    labels = tuple(label.strip() for label in tags.split(",") if label.strip())
    return Draft(title=title, date=date, author=author, category=category, tags=labels)


def ask(question: str, missing: str = "") -> str:
    """Return what is typed in answer; raise ArchiveError with *missing* where nobody can type."""
    if not sys.stdin.isatty():
        raise ArchiveError(missing)
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
        given = ask(f"{question} ({', '.join(choices)})")
    if not given:
        return choices[0]
    by_slug = {to_slug(choice): choice for choice in choices}
    if to_slug(given) not in by_slug:
        raise ArchiveError(f"{question.lower()} « {given} » : {suggest(given, choices)}")
    return by_slug[to_slug(given)]
