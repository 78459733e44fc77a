"""What ours may cost, beside the stock stack, other systems, and by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systems import HOMELESS, OURS, STOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Shares of what a clean build of the stock stack costs.
SHARES: Mapping[str, float] = {
    "clean": 0.27,
    "no-op": 0.006,
    "body of a post": 0.05,
    "title of a post": 0.05,
    "new post": 0.05,
    "deleted post": 0.05,
    "stylesheet": 0.12,
    "template": 0.12,
}
# Of the clock, after what a writer does.
SECONDS = 1.2
WRITING = ("body of a post", "title of a post", "new post", "deleted post")
GROWTH, MEMORY = 1.02, 400
QUICK, QUICKER = "Pelican + Pagefind", "Hugo + Pagefind"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a build costs: seconds of processor and of the clock, megabytes of memory and disk.

    Memory is that of all processes at once.
    """

    cpu: float
    wall: float
    peak: float
    output: float


# By the name of the system, the number of posts, and what happened before the build.
Costs = dict[tuple[str, int, str], Cost]


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """What was *found*, and the *most* that it may be."""

    name: str
    found: float
    most: float

    @property
    def is_exceeded(self) -> bool:
        """Tell whether it costs too much."""
        return self.found > self.most

    def __str__(self) -> str:
        """Return a line to print."""
        sign = "OVER" if self.is_exceeded else "  ok"
        return f"{sign}  {self.name}: {self.found:.3f} (at most {self.most:.3f})"


def _find_growth(costs: Costs, name: str, sizes: Sequence[int]) -> float:
    """Return the exponent by which the clean build of the two largest *sizes* grows."""
    small, large = (costs[name, size, "clean"].cpu for size in sizes[-2:])
    return math.log(large / small) / math.log(sizes[-1] / sizes[-2])


def _list_own(costs: Costs, name: str, sizes: Sequence[int]) -> Iterator[Budget]:
    """Yield what does not depend on others."""
    middle, last = sizes[len(sizes) // 2], sizes[-1]
    for case in WRITING:
        wall = costs[name, middle, case].wall
        yield Budget(name=f"{name}, {middle}, {case}: seconds", found=wall, most=SECONDS)
    if len(sizes) > 1:
        growth = _find_growth(costs, name, sizes)
        yield Budget(name=f"{name}, growth to {last}: exponent", found=growth, most=GROWTH)
    peak = max(cost.peak for (who, size, _), cost in costs.items() if (who, size) == (name, last))
    yield Budget(name=f"{name}, {last}: megabytes", found=peak, most=MEMORY)


def _list_beside(costs: Costs, name: str, sizes: Sequence[int]) -> Iterator[Budget]:
    """Yield what others in the same run decide."""
    middle, last = sizes[len(sizes) // 2], sizes[-1]
    stock = costs[STOCK.name, middle, "clean"].cpu
    for case, share in SHARES.items():
        found = costs[name, middle, case].cpu / stock
        yield Budget(name=f"{name}, {middle}, {case}: of the stock stack", found=found, most=share)
    quick, own = (costs[who, middle, "clean"].cpu for who in (QUICK, name))
    yield Budget(name=f"{name}, {middle}, clean: of {QUICK}", found=own / quick, most=1)
    edit, whole = costs[name, last, WRITING[0]].wall, costs[QUICKER, last, "clean"].wall
    told = f"{name}, {last}, {WRITING[0]}: of all by {QUICKER}, by the clock"
    yield Budget(name=told, found=edit / whole, most=1)


def list_budgets(costs: Costs, sizes: Sequence[int]) -> Iterator[Budget]:
    """Yield each budget of ours, with the address of the site and without."""
    for name in (OURS.name, HOMELESS.name):
        yield from _list_own(costs, name, sizes)
        if (STOCK.name, sizes[-1], "clean") in costs:
            yield from _list_beside(costs, name, sizes)
