"""What docs/conf.py says in so many words, read without running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from archivist.errors import FileError
from archivist.files import read_text

CONF = "conf.py"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a name is given last in conf.py: the line, and the value where that is written there."""

    line: int
    value: object
    is_computed: bool
    """Whether only running it tells the value."""
    is_used: bool
    """Whether conf.py itself goes on with it: then it may be no setting at all."""


def read_written(docs: Path) -> dict[str, Setting]:
    """Return the settings of *docs* by name; none where conf.py is no Python, which Sphinx tells."""
    try:
        tree = ast.parse(read_text(docs / CONF))
    except (FileError, SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    found = {}
    for statement in tree.body:
        # `exclude_patterns += […]` goes on from what it was.
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        for target in getattr(statement, "targets", [getattr(statement, "target", None)]):
            if isinstance(target, ast.Name):
                name = target.id
                found[name] = Setting(statement.lineno, *_evaluate(value), name in used)
    return found


def _evaluate(value: ast.expr | None) -> tuple[object, bool]:
    """Return what an expression is, and whether only running it would tell."""
    try:
        return (None, True) if value is None else (ast.literal_eval(value), False)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None, True
