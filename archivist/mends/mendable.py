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
from archivist.files import is_safe, walk
from archivist.mends.plan import Planner, may_be_mended
from archivist.mends.writing import write_changes
from archivist.problems import Problem

_DEEPEST = 8
# Where more posts have mistakes, it is not for one message that they are told.
_MOST = 200


def mark_mendable(docs: Path, problems: Sequence[Problem]) -> list[Problem]:
    """Return the *problems* of *docs*, those that `archivist fix` mends saying so."""
    mendable = find_mendable(docs, problems)
    return [
        replace(each, message=f"{each.message} (archivist fix)") if each in mendable else each
        for each in problems
    ]


def find_mendable(docs: Path, problems: Sequence[Problem]) -> frozenset[Problem]:
    """Return those of the *problems* of *docs* that have one right answer."""
    # The day is no matter of files; what lies beside docs/ is not in the copy.
    within = [
        each
        for each in problems
        if each.rule != "known_day" and each.path.startswith(f"{docs.name}/")
    ]
    named = {each.path for each in within}
    named = (
        named
        if len(named) > _MOST
        else {each for each in named if may_be_mended(docs.parent / each)}
    )
    within = [each for each in within if each.path in named]
    if not within or len(named) > _MOST:
        return frozenset()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / docs.name
        _copy(docs, copy)
        # Posts that lie beside docs/ are not in the copy.
        changes = list(
            Planner(copy, opens_pictures=False).plan({copy.parent / each for each in named})
        )
        names = {
            change.path.relative_to(copy.parent).as_posix(): f"{docs.name}/{change.docname}.md"
            for change in changes
        }
        write_changes(copy, changes)
        _, left = check_docs(copy, day_of=docs)
    still = Counter((problem.path, problem.message) for problem in left)
    return frozenset(
        each for each in within if not still[names.get(each.path, each.path), each.message]
    )


def _copy(docs: Path, copy: Path) -> None:
    """Have *copy* hold what *docs* does, down to where posts and their pictures are."""
    for here, folders, names in walk(docs):
        place = here.relative_to(docs)
        if len(place.parts) >= _DEEPEST:
            folders.clear()
        (copy / place).mkdir(parents=True, exist_ok=True)
        for name in names:
            if is_safe(here / name):
                _link(str(here / name), str(copy / place / name))


def _link(source: str, target: str) -> None:
    """Have *target* be *source*, as long as neither is written over; nobody does."""
    with suppress(OSError):
        os.link(source, target, follow_symlinks=False)
        return
    shutil.copy2(source, target, follow_symlinks=False)
