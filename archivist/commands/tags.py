"""`archivist tags`: the labels in use, how often, which are nearly the same or used once."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from archivist.addresses.slugs import to_slug
from archivist.build.docs import check_docs
from archivist.commands.build import add_docs
from archivist.posts.archive import Archive
from archivist.posts.fields import split_categories, split_list

# Slugs that are this much alike may be one word spelled twice.
_ALIKE = 0.85
add_arguments = add_docs


def run(options: argparse.Namespace) -> None:
    """Print the labels. Raises ArchiveError."""
    archive, _ = check_docs(options.docs)
    print(*describe_labels(archive), sep="\n")


def count_tags(archive: Archive) -> Counter[str]:
    """Return how many posts bear each tag, as it is most often spelled."""
    return _count(
        {" ".join(label.split()) for label, _ in split_list(source.fields.get("tags"))}
        for source in archive.sources
    )


def count_categories(archive: Archive) -> Counter[str]:
    """Return how many posts are in each category of the register, empty ones too."""
    registers = archive.registers
    counts = _count(
        {label for label, _ in split_categories(source.fields.get("category"), registers)}
        for source in archive.sources
    )
    counts.update({category.name: 0 for category in registers.categories.values()})
    return counts


def _count(labels: Iterator[set[str]]) -> Counter[str]:
    return Counter(label for each in labels for label in each if label)


def find_near(labels: Counter[str]) -> list[tuple[str, str]]:
    """Return the pairs of labels that may be one, the commoner first."""
    by_slug = {to_slug(label): label for label in sorted(labels)}
    pairs = set()
    for slug, label in by_slug.items():
        for other in get_close_matches(slug, by_slug, n=4, cutoff=_ALIKE):
            if other != slug:
                pair = sorted((label, by_slug[other]), key=lambda each: (-labels[each], each))
                pairs.add((pair[0], pair[1]))
    return sorted(pairs)


def describe_labels(archive: Archive) -> Iterator[str]:
    """Yield, in French, a line for each label, then what might be tidied."""
    tags = count_tags(archive)
    for heading, labels in (("Catégories", count_categories(archive)), ("Étiquettes", tags)):
        yield f"{heading} ({len(labels)})"
        for label, uses in sorted(labels.items(), key=lambda item: (-item[1], to_slug(item[0]))):
            yield f"{uses:6}  {label}"
    near = find_near(tags)
    if near:
        yield f"Presque les mêmes ({len(near)})"
        yield from (f"        {other}  →  {one} ?" for one, other in near)
    once = sorted((label for label, uses in tags.items() if uses == 1), key=to_slug)
    if once:
        yield f"Employées une seule fois ({len(once)})"
        yield from (f"        {label}" for label in once)
