"""What docs/conf.py says in so many words, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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
    return {
        name: Setting(line, *_evaluate(value), name in used)
        for statement in tree.body
        for name, line, value in _list_assigned(statement)
    }


def _list_assigned(statement: ast.stmt) -> Iterator[tuple[str, int, ast.expr | None]]:
    """Yield each name that *statement* gives something, and that where it is there by itself."""
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                is_alone = isinstance(target, ast.Name)
                for node in ast.walk(target):
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        yield node.id, node.lineno, value if is_alone else None
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, statement.lineno, value
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name, statement.lineno, None


def _evaluate(value: ast.expr | None) -> tuple[object, bool]:
    """Return what an expression is, and whether only running it would tell."""
    try:
        return (None, True) if value is None else (ast.literal_eval(value), False)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None, True
