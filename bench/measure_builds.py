"""What building a blog costs: ours beside the stack as installed and other systems, in one run.

Run by ``make bench``; `python bench/measure_builds.py 250 1000 4000` names the sizes. Prints a
table, and writes it with a chart into bench/results/.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from blog import make_blog
from systems import OURS, STOCK, SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blog import BlogPost
    from systems import System

RESULTS = Path(__file__).parent / "results"
SIZES = (250, 1000, 4000)
CASES = ("clean", "no-op", "one edit", "one new post")
# The share of the stock build that ours may take, and the growth it may have.
BUDGET_RATIO, BUDGET_GROWTH, BUDGET_MEMORY = 0.35, 1.05, 400
# A process begins with the memory of the one that starts it, which has to be a small one.
# Linux tells the most that a process itself has used; Pagefind, which it may start, uses as much
# for all systems.
_METER = """
import resource, subprocess, sys, time
process, peak = subprocess.Popen(sys.argv[2:]), 0
while process.poll() is None:
    time.sleep(0.02)
    try:
        lines = open(f"/proc/{process.pid}/status").read().splitlines()
    except OSError:
        continue
    peak = max([peak, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    print(used.ru_utime + used.ru_stime, (peak or used.ru_maxrss) / 1024, file=file)
sys.exit(process.returncode)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a build costs: seconds of processor and of the clock, megabytes of memory and disk.

    Memory is that of the builder itself, without the indexer it or the next command starts.
    """

    cpu: float
    wall: float
    peak: float
    output: float


def run(command: Sequence[str], folder: Path, programs: Path) -> tuple[float, float]:
    """Return the seconds of processor, and the most megabytes that the process itself used."""
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    with (folder / "log.txt").open("wb") as log, tempfile.NamedTemporaryFile() as cost:
        meter = [sys.executable, "-I", "-S", "-c", _METER, cost.name, *command]
        status = subprocess.call(  # noqa: S603
            meter, cwd=folder, env=environment, stdout=log, stderr=log
        )
        used = [float(word) for word in cost.read().split()]
    if status:
        print((folder / "log.txt").read_text(encoding="utf-8", errors="replace")[-2000:])
        raise SystemExit(f"{' '.join(command)}: {status}")
    return used[0], used[1]


def _weigh(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def measure_build(system: System, folder: Path, programs: Path) -> Cost:
    """Build once, and return what it costs."""
    began = time.perf_counter()
    runs = [run(command, folder, programs) for command in system.commands]
    wall = time.perf_counter() - began
    return Cost(
        cpu=sum(cpu for cpu, _ in runs),
        wall=wall,
        peak=runs[0][1],
        output=_weigh(folder / system.output),
    )


def _edit(post: BlogPost) -> BlogPost:
    (title, text), *rest = post.sections
    return replace(post, sections=((title, f"{text} Une phrase de plus."), *rest))


def measure(system: System, posts: Sequence[BlogPost], folder: Path) -> Iterator[tuple[str, Cost]]:
    """Yield each case with what it costs: *posts*, the last of which is new at the end."""
    programs = system.install()
    system.prepare(folder)
    *first, last = posts
    for post in first:
        system.write(post, folder)
    yield "clean", measure_build(system, folder, programs)
    # The second one links what it can go on from, which it does once.
    measure_build(system, folder, programs)
    yield "no-op", measure_build(system, folder, programs)
    for number in (1, 2):
        system.write(_edit(first[len(first) // 2 + number]), folder)
        cost = measure_build(system, folder, programs)
    yield "one edit", cost
    system.write(last, folder)
    yield "one new post", measure_build(system, folder, programs)


Costs = dict[tuple[str, int, str], Cost]


def measure_all(sizes: Sequence[int]) -> Costs:
    """Return what each case of each system and size costs."""
    costs: Costs = {}
    for size in sizes:
        posts = make_blog(size + 1)
        for system in SYSTEMS:
            with tempfile.TemporaryDirectory(prefix="bench-") as name:
                for case, cost in measure(system, posts, Path(name, "blog")):
                    costs[system.name, size, case] = cost
                    print(f"{size:5} {system.name:36} {case:12} {_tell(cost)}", flush=True)
    return costs


def _tell(cost: Cost) -> str:
    return (
        f"{cost.cpu:7.1f} s CPU {cost.wall:7.1f} s wall {cost.peak:6.0f} MB, {cost.output:.0f} MB"
    )


def find_growth(costs: Costs, name: str, sizes: Sequence[int]) -> float:
    """Return the exponent by which the clean build of the two largest *sizes* grows."""
    small, large = (costs[name, size, "clean"].cpu for size in sizes[-2:])
    return math.log(large / small) / math.log(sizes[-1] / sizes[-2])


def write_table(costs: Costs, sizes: Sequence[int]) -> str:
    """Return the costs as a table in Markdown."""
    heads = [
        "system",
        "posts",
        *(f"{case}: CPU / wall, s" for case in CASES),
        "peak, MB",
        "site, MB",
    ]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for size in sizes:
        for system in SYSTEMS:
            found = [costs[system.name, size, case] for case in CASES]
            cells = [f"{cost.cpu:.1f} / {cost.wall:.1f}" for cost in found]
            tail = [f"{found[0].peak:.0f}", f"{found[0].output:.0f}"]
            lines.append(f"| {' | '.join([system.name, str(size), *cells, *tail])} |")
    return "\n".join(lines) + "\n"


def draw_chart(costs: Costs, size: int) -> str:
    """Return an SVG of what a clean build and an edit of *size* posts cost, in seconds of CPU."""
    most = max(costs[system.name, size, "clean"].cpu for system in SYSTEMS)
    rows = []
    for number, system in enumerate(SYSTEMS):
        top = 40 + number * 46
        clean, edit = (costs[system.name, size, case].cpu for case in ("clean", "one edit"))
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


def main(sizes: Sequence[int]) -> int:
    """Measure, print and write; return 1 where ours is over its budget."""
    costs = measure_all(sizes)
    middle = sizes[len(sizes) // 2]
    ratio = costs[OURS.name, middle, "clean"].cpu / costs[STOCK.name, middle, "clean"].cpu
    peak = costs[OURS.name, sizes[-1], "clean"].peak
    growth = find_growth(costs, OURS.name, sizes) if len(sizes) > 1 else 1.0
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "builds.md").write_text(write_table(costs, sizes), encoding="utf-8")
    (RESULTS / "builds.svg").write_text(draw_chart(costs, middle), encoding="utf-8")
    print(f"{middle} posts, clean: {ratio:.2f} of the stock stack (budget {BUDGET_RATIO})")
    print(f"growth exponent {growth:.2f} (budget {BUDGET_GROWTH})")
    print(f"{sizes[-1]} posts: {peak:.0f} MB (budget {BUDGET_MEMORY})")
    return int(ratio > BUDGET_RATIO or growth > BUDGET_GROWTH or peak > BUDGET_MEMORY)


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]] or SIZES))
