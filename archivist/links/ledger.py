"""The ledger of links, `docs/links.yml`: read strictly, for people mend it by hand."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from archivist.addresses.canonical import name_address
from archivist.errors import FileError
from archivist.files import read_text
from archivist.links.entry import STATES, TROUBLES, Entry
from archivist.posts.fields import SWITCH_WORDS, is_on
from archivist.problems import Problem, suggest
from archivist.syntax.yaml import Field, read_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Ledger: TypeAlias = dict[str, Entry]

NAME = "links.yml"
_DAYS = frozenset({"checked", "seen", "copy_date", "copy_asked"})
_ADDRESSES = frozenset({"moved_to", "copy"})
_WORDS = {"state": STATES, "trouble": frozenset(TROUBLES)}
KEYS = _DAYS | _ADDRESSES | _WORDS.keys() | {"status", "failures", "ignore", "reason"}


def read_ledger(docs: Path) -> tuple[Ledger, list[Problem]]:
    """Return the ledger of the folder *docs* by address, and what is wrong there.

    It is only right where nothing is wrong; where there is none, nothing is known yet.
    """
    path = docs / NAME
    if not path.exists():
        return {}, []
    shown_as = f"{docs.name}/{NAME}"
    try:
        entries, problems = _parse(read_text(path), shown_as)
    except FileError as error:
        return {}, [Problem(path=shown_as, line=error.line, message=error.message)]
    return {entry.address: entry for entry in entries}, sorted(problems)


# A build asks for the same twice: for the checks, and for the pages.
@lru_cache(maxsize=1)
def _parse(text: str, shown_as: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the entries of a ledger, and what is wrong there. Raises FileError."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for address, field in read_fields(text, name="registre des liens").items():
        faults = list(_check_entry(address, field))
        problems += [Problem(path=shown_as, line=line, message=fault) for line, fault in faults]
        if not faults:
            entries.append(_to_entry(address, field.nested or {}))
    return tuple(entries), tuple(problems)


def check_ledger(docs: Path) -> list[Problem]:
    """Return what is wrong in the ledger of the folder *docs*."""
    return read_ledger(docs)[1]


def _check_entry(address: str, entry: Field) -> Iterator[tuple[int, str]]:
    expected = name_address(address)
    if expected != address:
        advice = f"écrivez « {expected} »." if expected else "écrivez https://exemple.fr/…"
        yield entry.line, f"« {address} » n’est pas une adresse de lien : {advice}"
    if entry.nested is None:
        keys = ", ".join(sorted(KEYS))
        yield entry.line, f"« {address} » attend des lignes en retrait parmi : {keys}."
        return
    for key, field in entry.nested.items():
        try:
            _check_value(key, field)
        except FileError as fault:
            yield fault.line, fault.message
    yield from _check_together(entry.line, entry.nested)


def _check_value(key: str, field: Field) -> None:
    if key not in KEYS:
        raise FileError(field.line, f"clé inconnue « {key} » : {suggest(key, KEYS)}")
    if key != "failures" and not field.text:
        raise FileError(field.line, f"« {key} » est vide : remplissez la ligne ou retirez-la.")
    _READERS.get(key, _read_words)(key, field)


def _check_together(line: int, fields: Mapping[str, Field]) -> Iterator[tuple[int, str]]:
    """Yield what is missing beside what is there."""
    if "ignore" in fields and "reason" not in fields:
        yield fields["ignore"].line, "« ignore » attend une raison : ajoutez « reason: … » dessous."
    for one, other in (("copy", "copy_date"), ("copy_date", "copy")):
        if one in fields and other not in fields:
            example = {"copy": "https://…", "copy_date": "2017-11-03"}[other]
            yield (
                fields[one].line,
                f"« {one} » va avec « {other} » : ajoutez « {other}: {example} ».",
            )
    if fields.get("state", Field(line=line)).text == "moved" and "moved_to" not in fields:
        yield line, "« state: moved » attend « moved_to: https://… » : ajoutez-le."


def _read_words(_: str, field: Field) -> str:
    return field.text


def _read_choice(key: str, field: Field) -> str:
    if field.text not in _WORDS[key]:
        raise FileError(field.line, f"« {key}: {field.text} » : {suggest(field.text, _WORDS[key])}")
    return field.text


def _read_status(key: str, field: Field) -> int:
    if not re.fullmatch("[1-9][0-9]{2}", field.text):
        raise FileError(field.line, f"« {key}: {field.text} » : écrivez trois chiffres, comme 404.")
    return int(field.text)


def _to_day(key: str, text: str, line: int) -> dt.date:
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise FileError(line, f"« {key}: {text} » : écrivez un jour qui existe, AAAA-MM-JJ.")


def _read_day(key: str, field: Field) -> dt.date:
    return _to_day(key, field.text, field.line)


def _read_days(key: str, field: Field) -> tuple[dt.date, ...]:
    if not field.listed:
        raise FileError(field.line, f"« {key} » attend une liste de jours : [2026-01-31].")
    return tuple(_to_day(key, item.text, item.line) for item in field.items)


def _read_address(key: str, field: Field) -> str:
    if not name_address(field.text):
        message = "écrivez une adresse complète, qui commence par https://."
        raise FileError(field.line, f"« {key}: {field.text} » : {message}")
    return field.text


def _read_switch(key: str, field: Field) -> bool:
    if field.text.lower() not in SWITCH_WORDS:
        message = f"« {key}: {field.text} » : écrivez true (oui) ou false (non)."
        raise FileError(field.line, message)
    return is_on(field)


_READERS: Mapping[str, Callable[[str, Field], object]] = {
    **dict.fromkeys(_DAYS, _read_day),
    **dict.fromkeys(_ADDRESSES, _read_address),
    **dict.fromkeys(_WORDS, _read_choice),
    "failures": _read_days,
    "ignore": _read_switch,
    "status": _read_status,
}


def _to_entry(address: str, fields: Mapping[str, Field]) -> Entry:
    values = {key: _READERS.get(key, _read_words)(key, field) for key, field in fields.items()}
    return Entry(address=address, **values)  # type: ignore[arg-type]
