"""`archivist verify --words`: whether archived posts still say what they said, told in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.addresses.owned import POSTS
from archivist.errors import ArchiveError
from archivist.words.verify import record_words, verify_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archivist.problems import Problem


def compare_posts(docs: Path) -> tuple[list[str], list[Problem]]:
    """Return what to tell of the words of the posts in *docs*, and what is wrong with them."""
    verdict = verify_words(docs)
    problems = list(verdict.problems)
    lines = [
        f"{path} : pas encore d’empreinte ; « make record » la prend."
        for path in verdict.unrecorded
    ]
    if not problems:
        lines.append(
            f"{_count(verdict.compared, 'billet')}, {_count(verdict.errata, 'erratum', 'errata')} : "
            "les mots des auteurs sont ceux des empreintes."
        )
    return lines, problems


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number < 2 else many or f'{one}s'}"  # noqa: PLR2004 (French)


def record_posts(docs: Path, paths: Sequence[Path]) -> tuple[list[str], list[Problem]]:
    """Record the words of the posts in the files *paths*, or of all new ones; tell which."""
    docnames = [_find_docname(docs, path) for path in paths]
    recorded, problems = record_words(docs, docnames)
    lines = [f"{docname} : empreinte prise ou retirée." for docname in recorded]
    return lines or ["Aucune empreinte à prendre."], problems


def _find_docname(docs: Path, path: Path) -> str:
    """Return the docname of a post, which may be gone. Raises ArchiveError."""
    posts = docs.resolve() / POSTS
    if path.suffix != ".md" or not path.resolve().is_relative_to(posts):
        raise ArchiveError(
            f"{path} : ce n’est pas un billet, indiquez docs/{POSTS}/<année>/<nom>.md."
        )
    return path.resolve().relative_to(docs.resolve()).as_posix().removesuffix(".md")
