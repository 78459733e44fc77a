"""What building a blog costs: ours beside the stack as installed and other systems, in one run.

Run by ``make bench``; `python bench/measure_builds.py 250 1000 4000` names the sizes, `--ours`
leaves the others out. Prints all, and writes tables with a chart into bench/results/, unless
others were left out. Ends with 1, and names them, when budgets are exceeded.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from blog import make_blog
from budgets import Cost, list_budgets
from changes import COMMON, OWN, warm_up
from meter import run
from systems import HOMELESS, OURS, SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blog import BlogPost
    from budgets import Costs
    from systems import System

RESULTS = Path(__file__).parent / "results"
SIZES = (250, 1000, 4000)


def _weigh(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def measure_build(system: System, folder: Path, programs: Path) -> Cost:
    """Build once, and return what it costs."""
    runs = [run(command, folder, programs) for command in system.commands]
    return Cost(
        cpu=sum(used.cpu for used in runs),
        wall=sum(used.wall for used in runs),
        peak=max(used.peak for used in runs),
        output=_weigh(folder / system.output),
    )


def measure(system: System, posts: Sequence[BlogPost], folder: Path) -> Iterator[tuple[str, Cost]]:
    """Yield each case with what it costs: *posts*, the last of which is new then."""
    programs = system.install()
    system.prepare(folder)
    for post in posts[:-1]:
        system.write(post, folder)
    for case, change in (OWN if system in {OURS, HOMELESS} else COMMON).items():
        if case == "no-op":
            # The first build after a clean one links what all others go on from.
            warm_up(system, posts, folder)
            measure_build(system, folder, programs)
        change(system, posts, folder)
        yield case, measure_build(system, folder, programs)


def measure_all(sizes: Sequence[int], systems: Sequence[System]) -> Costs:
    """Return what each case of each system and size costs."""
    costs: Costs = {}
    blogs = {size: make_blog(size + 1) for size in sizes}
    # All go at the end: where much was deleted a moment ago, Linux takes long to make files.
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for size, system in product(sizes, systems):
            folder = Path(tempfile.mkdtemp(dir=name), "blog")
            for case, cost in measure(system, blogs[size], folder):
                costs[system.name, size, case] = cost
                print(f"{size:5} {system.name:36} {case:26} {_tell(cost)}", flush=True)
    return costs


def _tell(cost: Cost) -> str:
    return (
        f"{cost.cpu:7.2f} s CPU {cost.wall:7.2f} s wall {cost.peak:6.0f} MB, {cost.output:.0f} MB"
    )


def _tell_times(cost: Cost) -> str:
    return f"{cost.cpu:.2f} / {cost.wall:.2f}"


def _write_rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_table(costs: Costs, sizes: Sequence[int]) -> str:
    """Return what all systems cost, as a table in Markdown."""
    heads = ["system", "posts", *(f"{case}: CPU / wall, s" for case in COMMON)]
    rows = []
    for size in sizes:
        for system in SYSTEMS:
            found = [costs[system.name, size, case] for case in COMMON]
            tail = [f"{max(cost.peak for cost in found):.0f}", f"{found[0].output:.0f}"]
            rows.append([system.name, str(size), *map(_tell_times, found), *tail])
    return _write_rows([*heads, "peak, MB", "site, MB"], rows)


def write_own_table(costs: Costs, sizes: Sequence[int]) -> str:
    """Return what each change costs us, with the address of the site and without."""
    names = {OURS.name: "with address", HOMELESS.name: "without"}
    heads = ["posts", "change"]
    heads += [f"{told}: {what}" for told in names.values() for what in ("CPU / wall, s", "MB")]
    rows = []
    for size in sizes:
        for case in OWN:
            found = [costs[name, size, case] for name in names]
            cells = [cell for cost in found for cell in (_tell_times(cost), f"{cost.peak:.0f}")]
            rows.append([str(size), case, *cells])
    return _write_rows(heads, rows)


def draw_chart(costs: Costs, size: int) -> str:
    """Return an SVG of what a clean build and an edit of *size* posts cost, in seconds of CPU."""
    most = max(costs[system.name, size, "clean"].cpu for system in SYSTEMS)
    rows = []
    for number, system in enumerate(SYSTEMS):
        top = 40 + number * 46
        clean, edit = (costs[system.name, size, case].cpu for case in ("clean", "body of a post"))
        rows.append(f'<text x="0" y="{top + 12}">{system.name}</text>')
        for offset, value, kind in ((18, clean, "clean"), (28, edit, "edit")):
            width = max(1, round(420 * value / most))
            rows.append(
                f'<rect class="{kind}" x="0" y="{top + offset}" width="{width}" height="8"/>'
                f'<text class="value" x="{width + 6}" y="{top + offset + 8}">{value:.1f}</text>'
            )
    style = (
        "text{font:13px sans-serif;fill:#444}.value{font-size:10px}"
        ".clean{fill:#1f6feb}.edit{fill:#e0823d}"
        "@media(prefers-color-scheme:dark){text{fill:#ccc}}"
    )
    title = f"{size} posts: seconds of processor, clean (blue) and after one edit (orange)"
    height = 40 + len(SYSTEMS) * 46
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 {height}" role="img" '
        f'aria-label="{title}"><style>{style}</style><text x="0" y="18">{title}</text>'
        f"{''.join(rows)}</svg>\n"
    )


def write_results(costs: Costs, sizes: Sequence[int]) -> None:
    """Write the tables and the chart into bench/results/."""
    RESULTS.mkdir(exist_ok=True)
    text = (
        "All with their search and the address of the site, as each does it.\n\n"
        f"{write_table(costs, sizes)}\nOurs, after each change:\n\n{write_own_table(costs, sizes)}"
    )
    (RESULTS / "builds.md").write_text(text, encoding="utf-8")
    chart = draw_chart(costs, sizes[len(sizes) // 2])
    (RESULTS / "builds.svg").write_text(chart, encoding="utf-8")


def main() -> int:
    """Measure, print and write; return 1 where ours is over its budgets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--ours", action="store_true", help="leave other systems out")
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    systems = (OURS, HOMELESS) if options.ours else (*SYSTEMS[:1], HOMELESS, *SYSTEMS[1:])
    costs = measure_all(sizes, systems)
    if not options.ours:
        write_results(costs, sizes)
    budgets = list(list_budgets(costs, sizes))
    print(*budgets, sep="\n")
    return int(any(budget.is_exceeded for budget in budgets))


if __name__ == "__main__":
    sys.exit(main())
