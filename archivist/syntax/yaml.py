"""Read a YAML mapping as text, with the line of each value; write values that read back the same.

YAML's own typing is left aside on purpose: ``no``, ``2018-13-40`` or ``1e3`` are words a
writer typed, and a wrong one must be told with its line, not turned into something else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import yaml

from archivist.errors import FileError

# LibYAML's loader reads the same language ten times faster, where it is built in.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""What reads YAML, all of it as text."""
# A register has entries, an entry has keys; nothing here goes deeper.
_DEEPEST = 2
_ENDLESS = float("inf")
# What YAML calls nothing is an empty value, never a word.
_NOTHING = frozenset({"null", "Null", "NULL", "~"})


# Without slots, which make unpickling so many take thrice as long.
@dataclass(frozen=True, kw_only=True)
class Scalar:
    """A value as typed, in NFC, and the line it stands on."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Field:
    """A name's line and values; *listed* when YAML's list syntax was used."""

    line: int
    items: tuple[Scalar, ...] = ()
    listed: bool = False
    nested: dict[str, Field] | None = None

    @property
    def text(self) -> str:
        """The only value, or an empty string."""
        return self.items[0].text if self.items and not self.listed else ""


def _to_item(node: yaml.Node, first_line: int) -> Scalar:
    if not isinstance(node, yaml.ScalarNode):
        message = "une valeur simple est attendue ici, sur une seule ligne, sans crochets."
        raise FileError(node.start_mark.line + first_line, message)
    bare = not node.style and node.value in _NOTHING
    text = "" if bare else unicodedata.normalize("NFC", node.value.strip())
    return Scalar(text=text, line=node.start_mark.line + first_line)


def _to_field(node: yaml.Node, line: int, first_line: int, depth: int) -> Field:
    if isinstance(node, yaml.MappingNode):
        return Field(line=line, nested=_to_fields(node, first_line, depth + 1))
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_to_item(child, first_line) for child in node.value)
        return Field(line=line, items=items, listed=True)
    return Field(line=line, items=(_to_item(node, first_line),))


def _to_fields(node: yaml.MappingNode, first_line: int, depth: int = 1) -> dict[str, Field]:
    if depth > _DEEPEST:
        raise FileError(node.start_mark.line + first_line, "trop de retraits : aplatissez.")
    fields: dict[str, Field] = {}
    for name_node, value_node in node.value:
        name = _to_item(name_node, first_line)
        if name.text in fields:
            first = fields[name.text].line
            message = f"la clé « {name.text} » est déjà donnée ligne {first} : gardez-en une."
            raise FileError(name.line, message)
        fields[name.text] = _to_field(value_node, name.line, first_line, depth)
    return fields


def _check_events(text: str, first_line: int, deepest: int) -> None:
    """Refuse what lets YAML repeat, retype or nest: no file needs it, and it can run wild."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = (event.start_mark.line if event.start_mark else 0) + first_line
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > deepest:
            raise FileError(line, "trop de retraits ou de crochets : aplatissez.")
        if getattr(event, "anchor", None):
            raise FileError(line, "« & » et « * » ont un sens en YAML : ajoutez des guillemets.")
        if getattr(event, "tag", None):
            raise FileError(line, "« ! » a un sens en YAML : ajoutez des guillemets.")


_ADVICE = "vérifiez les guillemets, les crochets et l’espace après chaque deux-points."


def compose(
    text: str,
    *,
    first_line: int = 1,
    deepest: int = _DEEPEST + 1,
    name: str = "en-tête",
    advice: str = _ADVICE,
) -> yaml.Node | None:
    """Return what the YAML *text* holds, nothing of it typed, no deeper than *deepest* levels.

    Raises FileError when it cannot be read, with a French message that calls it *name* and
    says what to look at, the *advice*.
    """
    try:
        _check_events(text, first_line, deepest)
        return yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        message = f"{name} illisible à partir d’ici : {advice}"
        # What to mend is where an unclosed quote, bracket or name begins.
        opened = any(word in (error.context or "") for word in ("quoted", "flow", "simple key"))
        mark = error.context_mark if opened else error.problem_mark
        # Where the text stops too soon, the fault is in its last line.
        line = min(mark.line if mark else 0, text.rstrip().count("\n"))
        raise FileError(line + first_line, message) from error
    except (yaml.YAMLError, RecursionError) as error:
        message = f"{name} illisible : il contient un caractère ou une imbrication interdits."
        raise FileError(first_line, message) from error


def read_fields(text: str, *, first_line: int = 1, name: str = "en-tête") -> dict[str, Field]:
    """Return the fields of the YAML *text*, whose first line is *first_line* of its file.

    Raises FileError, with a French message that calls it *name*, when it cannot be read.
    """
    node = compose(text, first_line=first_line, name=name)
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        message = f"{name} illisible : chaque ligne doit s’écrire « clé: valeur »."
        raise FileError(max(1, first_line - 1), message)
    return _to_fields(node, first_line)


def write_value(value: str) -> str:
    """Return *value* as YAML that reads back as that text, on one line."""
    text: str = yaml.safe_dump(value, allow_unicode=True, width=_ENDLESS)
    text = text.removesuffix("\n").removesuffix("\n...")
    if "\n" in text:
        text = yaml.safe_dump(value, allow_unicode=True, width=_ENDLESS, default_style='"').strip()
    return text


def write_list(values: list[str]) -> str:
    """Return *values* as a YAML list on one line."""
    text: str = yaml.safe_dump(values, allow_unicode=True, width=_ENDLESS, default_flow_style=True)
    return text.strip()
