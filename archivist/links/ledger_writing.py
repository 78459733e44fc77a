"""Write the ledger of links: one line a fact, always in the same order, never half."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING

from archivist.links.entry import Entry
from archivist.links.ledger import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_HEAD = """\
# Les liens vers d’autres sites : ce qu’ils sont devenus, et où en est une copie.
# `make links` écrit ce fichier. On peut y corriger une copie (copy, copy_date), ou faire
# laisser un lien tranquille : ignore: true, avec reason: la raison. Toute autre remarque se perd.
"""
# What YAML reads back as it is.
_PLAIN = re.compile(r"[A-Za-z0-9][\w’./?=&%+~;$!()*@-]*(?:[:,][\w’./?=&%+~;$!()*@-]+)*")
# YAML admits no longer key on a line.
_LONGEST_KEY = 1000


def write_ledger(docs: Path, entries: Iterable[Entry]) -> None:
    """Put *entries* in the ledger of the folder *docs*; a reader sees the old one or the new."""
    path = docs / NAME
    part = path.with_name(f".{NAME}.part")
    part.write_text(spell_ledger(entries), encoding="utf-8")
    part.replace(path)


def spell_ledger(entries: Iterable[Entry]) -> str:
    """Return the text of a ledger: *entries* by host, whatever their order."""
    told = (each for each in entries if each != Entry(address=each.address))
    ordered = sorted(told, key=lambda each: (each.address.partition("://")[2], each.address))
    return _HEAD + "".join(f"{line}\n" for entry in ordered for line in _spell_entry(entry))


def _spell_entry(entry: Entry) -> Iterator[str]:
    yield ""
    address = _quote(entry.address)
    yield from [f"{address}:"] if len(address) < _LONGEST_KEY else [f"? {address}", ":"]
    values = {each.name: getattr(entry, each.name) for each in fields(Entry)}
    del values["address"]
    yield from _spell_values(values)


def _spell_values(values: Mapping[str, object]) -> Iterator[str]:
    for key, value in values.items():
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
