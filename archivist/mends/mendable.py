"""Which mistakes `archivist fix` would mend: those that are gone once it has, in a copy of docs/."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from archivist.build.docs import judge_docs
from archivist.dates.today import find_today
from archivist.mends.plan import Planner, may_be_mended
from archivist.mends.writing import write_changes
from archivist.posts.tree import NO_POSTS
from archivist.problems import Problem
from archivist.wordpress.writing import link_docs

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
    paths = {each.path for each in problems if each.path.startswith(f"{docs.name}/")}
    if len(paths) > _MOST:
        return frozenset()
    named = {path for path in paths if may_be_mended(docs.parent / path)}
    if not named:
        return frozenset()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / docs.name
        # Nothing of these has a say in what is wrong with a post, and they are most of the files.
        link_docs(docs, copy, NO_POSTS)
        # What a picture holds may take long to look at, and is told by itself.
        planner = Planner(copy, opens_pictures=False)
        changes = list(planner.plan({copy.parent / path for path in named}))
        names = {
            change.path.relative_to(copy.parent).as_posix(): f"{docs.name}/{change.docname}.md"
            for change in changes
        }
        write_changes(copy, changes)
        _, left = judge_docs(copy, find_today(docs))
    still = Counter((problem.path, problem.message) for problem in left)
    return frozenset(
        each
        for each in problems
        # Which day it is is no matter of files.
        if each.path in named
        and each.rule != "known_day"
        and not still[names.get(each.path, each.path), each.message]
    )
