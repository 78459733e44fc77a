"""`archivist check`: the mistakes in the files that a writer names, for a terminal or GitHub."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from archivist.build.docs import judge_docs, sort_out
from archivist.checks.lost import check_lost
from archivist.checks.private import list_private
from archivist.commands.summary import MOST_ANNOTATIONS, summarise
from archivist.dates.today import WRITTEN, find_today
from archivist.errors import ArchiveError
from archivist.french import count
from archivist.posts.archive import Archive
from archivist.posts.tree import tell_place
from archivist.printing import spell_out
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
    message = "ce chemin n’est pas dans docs/, indiquez docs/ ou un billet."
    if path.suffix == ".md":
        message = tell_place(path) or message
    raise ArchiveError(f"{path.name} : {message}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What there is to say of some files: their mistakes, and what is none."""

    problems: list[Problem]
    notes: list[Problem]
    withheld: list[str]
    """How many posts readers see, and which not yet; nothing where they see all."""


def check_paths(paths: Sequence[Path]) -> Checked:
    """Return what there is to say of *paths*, files or folders; the archive is read around them."""
    named: dict[Path, list[str]] = {}
    for path in paths:
        docs = find_docs(path)
        named.setdefault(docs, []).append(path.resolve().relative_to(docs.parent).as_posix())
    found, notes = [], []
    withheld: list[str] = []
    for docs, names in sorted(named.items()):
        today = find_today(docs)
        archive, problems = judge_docs(docs, today)
        # Posts that lie beside it too.
        below = tuple(f"{name}/" if name != docs.name else "" for name in names)
        here = [problem for problem in problems if f"{problem.path}/".startswith(below)]
        lost = (each for each in check_lost(archive, today) if f"{each.path}/".startswith(below))
        found += sorted([*(_mark(docs, here) if here else []), *lost])
        notes += [note for note in list_private(archive) if f"{note.path}/".startswith(below)]
        withheld += _tell_withheld(archive, below, today)
    return Checked(problems=found, notes=notes, withheld=withheld)


def _mark(docs: Path, problems: list[Problem]) -> list[Problem]:
    # What is right needs none of this.
    from archivist.mends.mendable import mark_mendable  # noqa: PLC0415

    return mark_mendable(docs, problems)


def _tell_withheld(
    archive: Archive, below: tuple[str, ...], today: dt.date | None
) -> Iterator[str]:
    """Yield what readers see of the posts whose paths begin with one of *below*, and what not yet."""
    paths = {each.docname: f"{each.path}/" for each in archive.sources}
    others = {docname for docname, path in paths.items() if not path.startswith(below)}
    posts, withheld = sort_out(archive.without(others), today or WRITTEN)
    if told := list(withheld.tell(today)):
        yield count(len(posts), "billet publié", "billets publiés")
        yield from told


def annotate(problem: Problem, level: str = "error") -> str:
    """Return *problem* as an annotation of GitHub, shown beside the line it is about.

    The format is that of workflow commands:
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    path = _escape(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path},line={problem.line}::{_escape(problem.message)}"


def _escape(text: str) -> str:
    return spell_out(text).replace("%", "%25")


FORMATS: Mapping[str, Callable[[Problem], str]] = {"text": str, "github": annotate}
"""How a mistake is written, by the name of who reads it."""
_NOTES: Mapping[str, Callable[[Problem], str]] = {
    "text": str,
    "github": partial(annotate, level="notice"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    parser.add_argument("paths", type=Path, nargs="*", default=[Path("docs")], metavar="PATH")
    add_format(parser)


def add_format(parser: argparse.ArgumentParser) -> None:
    """Let it be said who reads the mistakes."""
    parser.add_argument("--format", choices=FORMATS, default="text", help="for whom it is written")


def run(options: argparse.Namespace) -> None:
    """Check, and tell what else is good to know. Raises ArchiveError where there is a mistake."""
    checked = check_paths(options.paths)
    if checked.notes:
        print(*map(_NOTES[options.format], checked.notes), sep="\n")
        told = count(len(checked.notes), "fichier")
        print(
            f"{told} où se lit par qui, ou en quel lieu, il a été fait : ce n’est pas une erreur."
        )
    if checked.withheld:
        print(*checked.withheld, sep="\n")
    refuse(checked.problems, options.format)


def refuse(problems: Iterable[Problem], form: str = "text") -> None:
    """Raise ArchiveError with *problems*, written in one of FORMATS, if there are any.

    GitHub shows ten annotations of a step: the page of the run then has them all.
    """
    found = list(problems)
    lines = list(map(FORMATS[form], found))
    if form == "github" and len(found) > MOST_ANNOTATIONS:
        others = count(len(found) - MOST_ANNOTATIONS, "autre")
        more = f"… et {others} : le résumé de cette étape les montre toutes."
        # Of notices ten are shown too.
        lines.append(annotate(replace(found[MOST_ANNOTATIONS], message=more), "notice"))
    if form == "github" and found:
        summarise(found, os.environ.get("GITHUB_STEP_SUMMARY", ""))
    if lines:
        raise ArchiveError("\n".join(lines))
