"""Cut a list into pages that stay: page 1 is the oldest, and once full never changes.

The newest page is the list's own address, `tag/cnfpt/`; the others are `tag/cnfpt/page/1/`
and so on. `page/<number of the newest>/` sends to the list's address, so that a full page
can name its newer neighbour once and for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PER_PAGE = 10

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list: entries newest first, and the neighbours' docnames if any."""

    docname: str
    number: int
    entries: tuple[T, ...]
    older: str = ""
    newer: str = ""


def name_page(path: str, number: int = 0) -> str:
    """Return the docname of page *number* of the list at *path*; 0 is the newest."""
    parts = (path, f"page/{number}" if number else "", "index")
    return "/".join(filter(None, parts))


def paginate(path: str, oldest_first: Sequence[T]) -> Iterator[ListPage[T]]:
    """Yield the pages of a list, the newest last; there is one even without entries."""
    last = max(1, -(-len(oldest_first) // PER_PAGE))
    for number in range(1, last + 1):
        entries = oldest_first[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield ListPage(
            docname=name_page(path, 0 if number == last else number),
            number=number,
            entries=tuple(reversed(entries)),
            older=name_page(path, number - 1) if number > 1 else "",
            newer=name_page(path, number + 1) if number < last else "",
        )
