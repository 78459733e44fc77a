"""The folder docs/ as builds and commands read it: all of it, and all that is wrong in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from archivist.build.inputs import check_docs_folder
from archivist.build.published import Withheld
from archivist.checks.context import find_hidden
from archivist.checks.run import check_archive
from archivist.dates.today import find_today
from archivist.links.ledger import check_ledger
from archivist.posts.archive import Archive, Once, make_anew, read_archive
from archivist.posts.fields import is_on
from archivist.problems import Problem, ProblemsError
from archivist.search.acronyms import check_synonyms
from archivist.site.settings import check_settings


def check_docs(docs: Path) -> tuple[Archive, list[Problem]]:
    """Return what the folder *docs* holds, and the mistakes in it on the day there.

    Raises ArchiveError when it is not the folder of a site.
    """
    check_docs_folder(docs)
    return judge_docs(docs, find_today(docs.resolve()))


def judge_docs(
    docs: Path, today: dt.date | None, once: Once = make_anew
) -> tuple[Archive, list[Problem]]:
    """Return what the folder *docs*, or a copy of it, holds, and the mistakes in it on *today*.

    Raises ArchiveError when it is not the folder of a site.
    """
    check_docs_folder(docs)
    docs = docs.resolve()
    archive = read_archive(docs, once)
    problems = check_archive(archive, today, once)
    return archive, sorted(
        [*problems, *check_ledger(docs), *check_settings(docs), *check_synonyms(docs)]
    )


def leave_ahead(problems: Sequence[Problem]) -> list[Problem]:
    """Return *problems* but those of posts ahead, which who writes sees whatever the day."""
    return [each for each in problems if each.rule != "known_day"]


def read_right(
    docs: Path, today: dt.date | None, once: Once = make_anew, *, is_preview: bool = False
) -> Archive:
    """Return the archive of *docs* without its texts. Raises ProblemsError where any is wrong."""
    archive, problems = judge_docs(docs, today, once)
    told = leave_ahead(problems) if is_preview else problems
    if told:
        raise ProblemsError(told)
    return archive.without_texts()


def sort_out(archive: Archive, today: dt.date | None) -> tuple[frozenset[str], Withheld]:
    """Return the docnames of the posts that are to be seen on the day *today*, and the others."""
    hidden = find_hidden(archive, today)
    kept = [source for source in archive.sources if source.docname in hidden]
    drafts = tuple(each.path for each in kept if is_on(each.fields.get("draft")))
    ahead = ((each.day, each.path) for each in kept if each.day and each.path not in drafts)
    posts = frozenset(source.docname for source in archive.sources) - hidden
    return posts, Withheld(drafts=drafts, ahead=tuple(sorted(ahead)))
