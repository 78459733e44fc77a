"""What a build keeps for the next: fragments, what the search takes from them, pages in short."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, fields
from pathlib import Path

from archivist.files import load_pickle
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import Reading
from archivist.search.related import Relations
from archivist.site.sphinx.pages import PageRecord
from archivist.site.text.fragments import Fragment


@dataclass(slots=True)
class Memory:
    """What a build leaves to the next."""

    fragments: dict[str, tuple[str | None, Fragment]] = field(default_factory=dict)
    """Documents as HTML, each with what it referred to, by docname."""
    readings: dict[str, Reading] = field(default_factory=dict)
    """What the search takes from them."""
    lexis: Lexis = field(default_factory=Lexis)
    """The words that these number."""
    relations: Relations = field(default_factory=Relations)
    """What posts are about, and those to read next."""
    pages: dict[str, PageRecord] = field(default_factory=dict)
    """What each page shows, in short."""
    files: dict[str, bytes] = field(default_factory=dict)
    """The keys of files that are no pages, by name."""
    references: dict[bytes, tuple[str, ...] | None] = field(default_factory=dict)
    """The templates that each one names, None where that may be any, by the key of its text."""
    dictionary: Dictionary = field(default_factory=Dictionary)


def load_memory(path: Path) -> Memory:
    """Return what the last build left at *path*, if it did."""
    memory = Memory()
    if path.exists():
        with path.open("rb") as file:
            for each in fields(memory):
                setattr(memory, each.name, load_pickle(file))
    return memory


def save_memory(path: Path, memory: Memory) -> None:
    """Leave *memory* at *path*, one thing after the other: pickling notes all that it has met."""
    with path.open("wb") as file:
        for each in fields(memory):
            pickle.dump(getattr(memory, each.name), file)
