"""The summary of a step of GitHub: every mistake, as a table for each file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from archivist.french import count
from archivist.printing import spell_out
from archivist.problems import Problem

MOST_ANNOTATIONS = 10
"""Those of a step that GitHub shows; of others it says nothing."""
# GitHub takes no summary of more than a mebibyte.
_LARGEST = 900_000  # bytes


def summarise(problems: Sequence[Problem], path: str) -> None:
    """Add *problems* to the summary that GitHub shows of a step, the file *path*, if there is one."""
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(write_summary(problems))


def write_summary(problems: Sequence[Problem]) -> str:
    """Return *problems* as HTML, in which nothing that a post says is more than its signs."""
    written, size, shown = [f"<h3>{count(len(problems), 'erreur')}</h3>\n\n"], 0, 0
    for path, group in groupby(problems, key=lambda problem: problem.path):
        found = list(group)
        table = "".join(_write_table(path, found))
        size += len(table.encode("utf-8", "surrogatepass"))
        if size > _LARGEST:
            break
        written.append(table)
        shown += len(found)
    if shown < len(problems):
        written.append(f"<p>… et {count(len(problems) - shown, 'autre')}.</p>\n\n")
    return "".join(written)


def _write_table(path: str, problems: Sequence[Problem]) -> Iterator[str]:
    yield f"<table><caption>{_show(path)}</caption>\n"
    yield "<tr><th>ligne</th><th>ce qui ne va pas, ce qu’il faut écrire</th></tr>\n"
    for problem in problems:
        yield f"<tr><td>{problem.line}</td><td>{_show(problem.message)}</td></tr>\n"
    yield "</table>\n\n"


def _show(text: str) -> str:
    """Return *text* as HTML without a sign that Markdown, or GitHub, would read."""
    signs = escape(spell_out(text).encode("utf-8", "backslashreplace").decode(), quote=False)
    return "".join(f"&#{ord(sign)};" if sign in _READ else sign for sign in signs)


# @name, #12, :tada:, **, `code`, [x](y), |, an address or a commit.
_READ = frozenset("@#:*_`[](){}|~\\!/.\n\r")
