"""The keys of a post's header, each once: what it takes, and how its value is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archivist.addresses.slugs import to_slug
from archivist.posts.people import Registers
from archivist.syntax.yaml import Field

_TRUE = frozenset({"true", "yes", "on", "oui", "vrai"})
_FALSE = frozenset({"false", "no", "off", "non", "faux"})
SWITCH_WORDS = _TRUE | _FALSE
# WordPress's own: what a post is, more than what it says.
FORMATS = ("aside", "audio", "chat", "gallery", "image", "link", "quote", "status", "video")


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What a key of the header takes."""

    kind: Literal["text", "list", "switch", "number", "day", "edtf", "address"]
    is_required: bool = False
    is_read: bool = True
    """Whether it has any effect; ABlog's own are accepted and have none."""
    example: str = ""
    """What to write, for a message."""


FIELDS: Mapping[str, Key] = {
    "date": Key(kind="day", is_required=True, example="date: 2018-06-22"),
    "author": Key(kind="list", is_required=True, example="author: une clé d’authors.yml"),
    "date_edtf": Key(kind="edtf"),
    **dict.fromkeys(("updated", "copied"), Key(kind="day")),
    "tags": Key(kind="list", example="tags: [CNFPT, Formation]"),
    **dict.fromkeys(("category", "location", "language", "redirect"), Key(kind="list")),
    **dict.fromkeys(("series", "blog", "summary", "license", "format"), Key(kind="text")),
    **dict.fromkeys(("featured_image", "featured_alt"), Key(kind="text")),
    **dict.fromkeys(("source", "external_link", "canonical_link"), Key(kind="address")),
    **dict.fromkeys(("partial", "draft", "sticky"), Key(kind="switch")),
    **dict.fromkeys(("excerpt", "image"), Key(kind="number")),
    **dict.fromkeys(("blogpost", "nocomments"), Key(kind="switch", is_read=False)),
}
"""A new key is added here, read in to_post, and explained in docs/ecrire-un-billet.md."""


def find_keys(kind: str) -> frozenset[str]:
    """Return the keys of one kind."""
    return frozenset(name for name, key in FIELDS.items() if key.kind == kind)


def split_list(field: Field | None) -> list[tuple[str, int]]:
    """Return the values of a list, or of a string with commas, each with its line."""
    if field is None:
        return []
    if field.listed or not field.items:
        return [(item.text, item.line) for item in field.items]
    only = field.items[0]
    return [(part.strip(), only.line) for part in only.text.split(",")]


def split_categories(field: Field | None, registers: Registers) -> list[tuple[str, int]]:
    """Return the categories named; a name that itself holds a comma is kept whole."""
    if field and not field.listed and to_slug(field.text) in registers.categories:
        return [(field.text, field.items[0].line)]
    return split_list(field)


def read_one(field: Field | None) -> list[tuple[str, int]]:
    """Return the series or the blog named, as a list of one; a comma is part of its name."""
    return [(field.text, field.line)] if field and field.text else []


def is_on(field: Field | None) -> bool:
    """Tell whether a switch is on."""
    return field is not None and field.text.lower() in _TRUE
