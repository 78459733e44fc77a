"""What a new site would take from the one that readers have: told, or refused."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from pathlib import Path

from archivist.addresses import owned
from archivist.errors import ArchiveError
from archivist.french import count, name_some

_BILLETS, *_ = owned.DATA_FILES
# A site may lose less than one post in so many.
_SHARE = 3


def read_published(site: Path) -> frozenset[str]:
    """Return the posts of *site*, as it tells them; none where there is no site yet."""
    try:
        told = json.loads((site / _BILLETS).read_bytes())
        return frozenset(str(billet["identifiant"]) for billet in told["billets"])
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return frozenset()


def find_gone(published: Set[str], posts: Set[str]) -> list[str]:
    """Return the posts that are *published* and not among *posts*, when these are fewer; in order."""
    return sorted(published - posts) if len(posts) < len(published) else []


def tell_gone(gone: Sequence[str]) -> str:
    """Return in French how many posts are gone, and which."""
    return f"{count(len(gone), 'billet')} en moins sur le site : {name_some(gone)}"


def refuse_loss(gone: Sequence[str], posts: Set[str]) -> None:
    """Raise ArchiveError when a third or more of what was published is *gone*."""
    if gone and len(gone) * _SHARE >= len(gone) + len(posts):
        advice = "remettez-les, ou confirmez avec make html FEWER=1 (archivist build --fewer)."
        raise ArchiveError(f"{tell_gone(gone)} ; {advice}")
