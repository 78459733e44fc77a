"""Cut a list into pages that stay: page 1 is the oldest, and once full never changes.

The newest page is the list's own address, `tag/cnfpt/`, and has ten to nineteen posts, so that it
is never nearly empty; the others are `tag/cnfpt/page/1/` and so on, of ten each. `page/<number of the newest>/` sends to the list's address, so that a full
page can name its newer neighbour once and for all.

A list that is read from its beginning has its oldest page at its own address, and the others
follow it, `series/mooc/page/2/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PER_PAGE = 10

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list: entries in the order shown, and the neighbours' docnames if any."""

    docname: str
    number: int
    entries: tuple[T, ...]
    older: str = ""
    newer: str = ""

    @property
    def shown_number(self) -> int:
        """The number it goes by; 0 for the page at the list's own address."""
        return self.number if self.docname.endswith(name_page("", self.number)) else 0


def name_page(path: str, number: int = 0) -> str:
    """Return the docname of page *number* of the list at *path*; 0 is the newest."""
    parts = (path, f"page/{number}" if number else "", "index")
    return "/".join(filter(None, parts))


def _cut(oldest_first: Sequence[T]) -> list[tuple[T, ...]]:
    """Return what each page has, the last what remains too; there is one even without entries."""
    count = max(1, len(oldest_first) // PER_PAGE)
    starts = [number * PER_PAGE for number in range(count)]
    ends = [*starts[1:], len(oldest_first)]
    return [tuple(oldest_first[start:end]) for start, end in zip(starts, ends, strict=True)]


def paginate(path: str, oldest_first: Sequence[T]) -> Iterator[ListPage[T]]:
    """Yield the pages of a list, the newest last, their entries newest first."""
    cut = _cut(oldest_first)
    last = len(cut)
    for number, entries in enumerate(cut, start=1):
        yield ListPage(
            docname=name_page(path, 0 if number == last else number),
            number=number,
            entries=tuple(reversed(entries)),
            older=name_page(path, number - 1) if number > 1 else "",
            newer=name_page(path, number + 1) if number < last else "",
        )


def paginate_from_oldest(path: str, oldest_first: Sequence[T]) -> Iterator[ListPage[T]]:
    """Yield the pages of a list that is read from its beginning, entries oldest first."""
    cut = _cut(oldest_first)
    names = [name_page(path, number if number > 1 else 0) for number in range(1, len(cut) + 1)]
    for at, entries in enumerate(cut):
        yield ListPage(
            docname=names[at],
            number=at + 1,
            entries=entries,
            older=names[at - 1] if at else "",
            newer=names[at + 1] if at + 1 < len(cut) else "",
        )
