"""Which mistakes `archivist fix` would mend: those that are gone once it has, in a copy of docs/."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from archivist.build.docs import check_docs
from archivist.mends.plan import Planner
from archivist.mends.writing import write_changes
from archivist.problems import Problem


def mark_mendable(docs: Path, problems: Sequence[Problem]) -> list[Problem]:
    """Return the *problems* of *docs*, those that `archivist fix` mends saying so."""
    mendable = find_mendable(docs, problems)
    return [
        replace(each, message=f"{each.message} (archivist fix)") if each in mendable else each
        for each in problems
    ]


def find_mendable(docs: Path, problems: Sequence[Problem]) -> frozenset[Problem]:
    """Return those of the *problems* of *docs* that have one right answer."""
    if not problems:
        return frozenset()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / docs.name
        shutil.copytree(docs, copy, symlinks=True, copy_function=_link)
        # Posts that lie beside docs/ are not in the copy.
        named = {copy.parent / each.path for each in problems}
        changes = list(Planner(copy).plan(named))
        names = {
            change.path.relative_to(copy.parent).as_posix(): f"{docs.name}/{change.docname}.md"
            for change in changes
        }
        write_changes(copy, changes)
        _, left = check_docs(copy, day_of=docs)
    still = Counter((problem.path, problem.message) for problem in left)
    return frozenset(
        each for each in problems if not still[names.get(each.path, each.path), each.message]
    )


def _link(source: str, target: str) -> None:
    """Have *target* be *source*, as long as neither is written over; nobody does."""
    with suppress(OSError):
        os.link(source, target, follow_symlinks=False)
        return
    shutil.copy2(source, target, follow_symlinks=False)
