"""The settings and the data of a blog: YAML, TOML and JSON, and lines such as `NAME = 'text'`.

No code of a blog is ever run, so what only code says is not known.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archivist.errors import FileError
from archivist.files import is_safe, read_text
from archivist.mends.reading import read_header, to_plain
from archivist.syntax.yaml import compose

_LARGEST = 1_000_000  # bytes
_DEEPEST = 12
# SITEURL = 'https://exemple.fr'
_CONSTANT = re.compile(
    r"^(?P<name>[A-Z_]+)\s*=\s*(?P<q>['\"])(?P<value>[^'\"\n]*)(?P=q)", re.MULTILINE
)


def read_settings(path: Path) -> dict[str, Any]:
    """Return what the file *path* says; nothing where it is none, too large, or cannot be read."""
    try:
        if not is_safe(path) or path.stat().st_size > _LARGEST:
            return {}
        read = _parse(path.suffix, read_text(path))
    except (FileError, ValueError, RecursionError, OSError):
        return {}
    return read if isinstance(read, dict) else {}


def _parse(ending: str, text: str) -> Any:  # noqa: ANN401
    if ending == ".toml":
        return tomllib.loads(text)
    if ending == ".json":
        return json.loads(text)
    if ending == ".py":
        return {found["name"]: found["value"] for found in _CONSTANT.finditer(text)}
    try:
        node = compose(text, deepest=_DEEPEST)
    except FileError:
        # One key that is wrong, or more than we read, leaves the others.
        return {pair.key: pair.text for pair in read_header(f"---\n{text}\n---\n").pairs}
    return to_plain(node) if node else {}


def look_up(settings: Mapping[str, Any], *names: str) -> Any:  # noqa: ANN401
    """Return what is under *names*, each in the one before; nothing where there is none."""
    found: Any = settings
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def look_up_text(settings: Mapping[str, Any], *names: str) -> str:
    """Return the text that is under *names*, or nothing."""
    found = look_up(settings, *names)
    return found.strip() if isinstance(found, str) else ""
