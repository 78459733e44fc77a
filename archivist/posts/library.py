"""Categories within others: those that hold a post, or one that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.site.sphinx.ablog import Label, Register


@dataclass(frozen=True, slots=True)
class Family:
    """A category, how many posts are in it, and the categories that are part of it."""

    label: Label
    count: int
    members: tuple[Family, ...] = ()


def _find_shown(register: Register) -> dict[str, Label]:
    """Return the categories that have a post, and all that they are part of, by slug."""
    shown = {}
    for used in register.catalogues["category"]:
        label: Label | None = used
        while label and label.slug not in shown:
            shown[label.slug] = label
            label = register.parents.get(label.slug)
    return dict(sorted(shown.items()))


def find_families(register: Register) -> tuple[Family, ...]:
    """Return the categories that are part of no other, each with those that are part of it."""
    shown, catalogue = _find_shown(register), register.catalogues["category"]

    def gather(parent: str) -> Iterator[Family]:
        for slug, label in shown.items():
            above = register.parents.get(slug)
            if (above.slug if above else "") == parent:
                yield Family(label, len(catalogue.get(label, ())), tuple(gather(slug)))

    return tuple(gather(""))


def find_family(families: tuple[Family, ...], slug: str) -> Family | None:
    """Return the category *slug* among *families* and all that is part of them."""
    for family in families:
        found = family if family.label.slug == slug else find_family(family.members, slug)
        if found:
            return found
    return None
