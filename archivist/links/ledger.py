"""The ledger of links, `docs/links.yml`: read strictly, for people mend it by hand."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from archivist.addresses.web import name_address
from archivist.errors import FileError
from archivist.files import read_text, replace_file
from archivist.posts.fields import SWITCH_WORDS, is_on
from archivist.problems import Faults, Problem, suggest
from archivist.syntax.yaml import Field, Scalar, read_fields

Ledger: TypeAlias = dict[str, "LinkRecord"]

NAME = "links.yml"
ALIVE, MOVED, DEAD = "alive", "moved", "dead"
UNREACHABLE, UNKNOWN = "unreachable", "unknown"
STATES = frozenset({ALIVE, MOVED, DEAD, UNREACHABLE, UNKNOWN})

TROUBLES: Mapping[str, str] = {
    "address": "adresse mal formée",
    "answer": "réponse illisible ou sans fin",
    "loop": "redirections sans fin",
    "name": "nom de domaine disparu",
    "network": "connexion refusée ou coupée",
    "private": "adresse d’un réseau privé",
    "timeout": "pas de réponse à temps",
    "tls": "certificat refusé",
}
"""Why no server answered, and the French for each."""

_HEAD = """\
# Les liens vers d’autres sites : ce qu’ils sont devenus, et où en est une copie.
# `make links` écrit ce fichier. On peut y corriger une copie (copy, copy_date), ou faire
# laisser un lien tranquille : ignore: true, avec reason: la raison. Toute autre remarque se perd.
"""
# What YAML reads back as it is: `2017-11-03`, `https://exemple.fr/a,b?c=d`; not `a: b`, `# a`.
_PLAIN = re.compile(r"[A-Za-z0-9][\w’./?=&%+~;$!()*@-]*(?:[:,][\w’./?=&%+~;$!()*@-]+)*")
# YAML admits no longer key on a line.
_LONGEST_KEY = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkRecord:
    """What is known of an address: its state, when that was seen, and where a copy of it is."""

    address: str
    state: str = ""
    """One of STATES; nothing before it was asked for."""
    status: int = 0
    """The status of the last answer, 0 if there was none."""
    trouble: str = ""
    """Why there was none, one of TROUBLES."""
    moved_to: str = ""
    checked: dt.date | None = None
    """The day it was asked for."""
    seen: dt.date | None = None
    """The last day it was there."""
    failures: tuple[dt.date, ...] = ()
    """The days when it was not, but may come back."""
    copy: str = ""
    """The address of an archived copy."""
    copy_date: dt.date | None = None
    """The day that the copy is of."""
    copy_asked: dt.date | None = None
    """The day a copy was asked for."""
    ignore: bool = False
    """Whether a maintainer has it left alone."""
    reason: str = ""
    """Why, in a maintainer’s words."""

    @property
    def is_dead(self) -> bool:
        """Whether readers are to be told that the link is dead."""
        return self.state == DEAD and not self.ignore

    @property
    def cause(self) -> str:
        """Why it is not simply there, in French, or nothing."""
        if self.trouble:
            return TROUBLES[self.trouble]
        return f"réponse {self.status}" if self.status else ""


def _read_choice(key: str, field: Field) -> str:
    choices = {"state": STATES, "trouble": TROUBLES}[key]
    if field.text not in choices:
        raise FileError(field.line, f"« {key}: {field.text} » : {suggest(field.text, choices)}")
    return field.text


def _read_status(key: str, field: Field) -> int:
    if not re.fullmatch("[1-9][0-9]{2}", field.text):
        raise FileError(field.line, f"« {key}: {field.text} » : écrivez trois chiffres, comme 404.")
    return int(field.text)


def _read_address(key: str, field: Field) -> str:
    if not name_address(field.text):
        message = "écrivez une adresse complète, qui commence par https://."
        raise FileError(field.line, f"« {key}: {field.text} » : {message}")
    return field.text


def _read_day(key: str, value: Field | Scalar) -> dt.date:
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value.text):
            return dt.date.fromisoformat(value.text)
    except ValueError:
        pass
    message = f"« {key}: {value.text} » : écrivez un jour qui existe, AAAA-MM-JJ."
    raise FileError(value.line, message)


def _read_days(key: str, field: Field) -> tuple[dt.date, ...]:
    if not field.listed:
        raise FileError(field.line, f"« {key} » attend une liste de jours : [2026-01-31].")
    return tuple(_read_day(key, item) for item in field.items)


def _read_switch(key: str, field: Field) -> bool:
    if field.text.lower() not in SWITCH_WORDS:
        message = f"« {key}: {field.text} » : écrivez true (oui) ou false (non)."
        raise FileError(field.line, message)
    return is_on(field)


KEYS: Mapping[str, Callable[[str, Field], Any]] = {
    "state": _read_choice, "status": _read_status, "trouble": _read_choice,
    "moved_to": _read_address, "checked": _read_day, "seen": _read_day, "failures": _read_days,
    "copy": _read_address, "copy_date": _read_day, "copy_asked": _read_day,
    "ignore": _read_switch, "reason": lambda _, field: field.text,
}  # fmt: skip
"""The keys of a record, in the order they are written, each with what reads it or raises FileError."""


def read_ledger(docs: Path) -> tuple[Ledger, list[Problem]]:
    """Return the ledger of the folder *docs* by address, and what is wrong there.

    It is only right where nothing is wrong; where there is none, nothing is known yet.
    """
    path = docs / NAME
    if not path.exists():
        return {}, []
    shown_as = f"{docs.name}/{NAME}"
    try:
        records, problems = _parse(read_text(path), shown_as)
    except FileError as error:
        return {}, [Problem(path=shown_as, line=error.line, message=error.message)]
    return {record.address: record for record in records}, sorted(problems)


# A build asks for the same twice: for the checks, and for the pages.
@lru_cache(maxsize=1)
def _parse(text: str, shown_as: str) -> tuple[tuple[LinkRecord, ...], tuple[Problem, ...]]:
    records: list[LinkRecord] = []
    problems: list[Problem] = []
    for address, field in read_fields(text, name="registre des liens").items():
        faults = list(_check_record(address, field))
        problems += [Problem(path=shown_as, line=line, message=fault) for line, fault in faults]
        if not faults:
            values = {key: KEYS[key](key, value) for key, value in (field.nested or {}).items()}
            records.append(LinkRecord(address=address, **values))
    return tuple(records), tuple(problems)


def is_readable(record: LinkRecord) -> bool:
    """Tell whether *record*, once written, is read back as it is: a stranger says much of it."""
    try:
        records, problems = _parse.__wrapped__(spell_ledger([record]), NAME)
    except FileError:
        return False
    return not problems and records == (record,)


def check_ledger(docs: Path) -> list[Problem]:
    """Return what is wrong in the ledger of the folder *docs*."""
    return read_ledger(docs)[1]


def _check_record(address: str, record: Field) -> Faults:
    expected = name_address(address)
    if expected != address:
        advice = (
            f"écrivez « {expected} »."
            if expected
            else "écrivez https://exemple.fr/…, ou retirez-le."
        )
        yield record.line, f"« {address} » n’est pas une adresse de lien : {advice}"
    if record.nested is None:
        keys = ", ".join(sorted(KEYS))
        yield record.line, f"« {address} » attend des lignes en retrait parmi : {keys}."
        return
    for key, field in record.nested.items():
        if key not in KEYS:
            yield field.line, f"clé inconnue « {key} » : {suggest(key, KEYS)}"
        elif key != "failures" and not field.text:
            yield field.line, f"« {key} » est vide : remplissez la ligne ou retirez-la."
        else:
            try:
                KEYS[key](key, field)
            except FileError as fault:
                yield fault.line, fault.message
    yield from _check_together(record.line, record.nested)


def _check_together(line: int, fields: Mapping[str, Field]) -> Faults:
    """Yield what is missing beside what is there."""
    if "ignore" in fields and "reason" not in fields:
        yield fields["ignore"].line, "« ignore » attend une raison : ajoutez « reason: … » dessous."
    pairs = (("copy", "copy_date", "2017-11-03"), ("copy_date", "copy", "https://…"))
    for one, other, example in pairs:
        if one in fields and other not in fields:
            advice = f"ajoutez « {other}: {example} »."
            yield fields[one].line, f"« {one} » va avec « {other} » : {advice}"
    if "state" in fields and fields["state"].text == MOVED and "moved_to" not in fields:
        yield line, "« state: moved » attend « moved_to: https://… » : ajoutez-le."


def write_ledger(docs: Path, records: Iterable[LinkRecord]) -> None:
    """Put *records* in the ledger of the folder *docs*; a reader sees the old one or the new."""
    replace_file(docs / NAME, spell_ledger(records).encode())


def spell_ledger(records: Iterable[LinkRecord]) -> str:
    """Return the text of a ledger: *records* by host, one line a fact, whatever their order."""
    told = (each for each in records if each != LinkRecord(address=each.address))
    ordered = sorted(told, key=lambda each: (each.address.partition("://")[2], each.address))
    return _HEAD + "".join(f"{line}\n" for record in ordered for line in _spell_record(record))


def _spell_record(record: LinkRecord) -> Iterator[str]:
    yield ""
    address = _quote(record.address)
    yield from [f"{address}:"] if len(address) < _LONGEST_KEY else [f"? {address}", ":"]
    for key in KEYS:
        value = getattr(record, key)
        if value is True:
            yield f"  {key}: true"
        elif isinstance(value, tuple) and value:
            yield f"  {key}: [{', '.join(map(str, value))}]"
        elif value:
            yield f"  {key}: {_quote(str(value))}"


def _quote(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() != "null":
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # Among them are the ends of lines that YAML alone knows.
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in quoted)
