"""Tell the mistakes in the files that a writer names, in a terminal or in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.build.build import check_docs
from archivist.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from archivist.problems import Problem


def find_docs(path: Path) -> Path:
    """Return the docs/ folder that *path* is, or is in.

    Raises ArchiveError where there is none.
    """
    if not path.exists():
        raise ArchiveError(f"{path} : ce fichier n’existe pas, vérifiez le nom et le dossier.")
    path = path.resolve()
    for folder in (path, *path.parents):
        if (folder / "conf.py").is_file():
            return folder
    raise ArchiveError(
        f"{path.name} : ce chemin n’est pas dans docs/, indiquez docs/ ou un billet."
    )


def check_paths(paths: Sequence[Path]) -> list[Problem]:
    """Return the mistakes in the files and folders of *paths*; the archive is read around them."""
    named: dict[Path, list[str]] = {}
    for path in paths:
        docs = find_docs(path)
        named.setdefault(docs, []).append(path.resolve().relative_to(docs.parent).as_posix())
    found = []
    for docs, names in sorted(named.items()):
        _, problems = check_docs(docs)
        found += [problem for problem in problems if _is_about(problem, names)]
    return found


def _is_about(problem: Problem, names: Iterable[str]) -> bool:
    return any(problem.path == name or problem.path.startswith(f"{name}/") for name in names)


def annotate(problem: Problem) -> str:
    """Return *problem* as an annotation of GitHub, shown beside the line it is about.

    The format is that of workflow commands:
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    path = _escape(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={problem.line}::{_escape(problem.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS: Mapping[str, Callable[[Problem], str]] = {"text": str, "github": annotate}
"""How a mistake is written, by the name of who reads it."""
