"""What importing a WordPress export costs and keeps: ours beside other systems, in one run.

Run by ``make bench``. All import one of 600 kB; ours alone one of 100 MB, others too with
``--all``: Pelican took gigabytes there. Prints a table, and writes it into bench/results/.
"""

from __future__ import annotations

import math
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from export import Blogger, find_secrets, split_words, write_export
from measure_builds import RESULTS
from meter import run
from systems import OURS, install

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SMALL, LARGE = 600_000, 100_000_000
RUNS = 3
# Pelican converts to Markdown as ours does; Nikola keeps the HTML as it stands.
BUDGETS = {"Pelican": 1.0, "Nikola": 3.0}
BUDGET_GROWTH, BUDGET_MEMORY, BUDGET_SECONDS = 1.05, 300, 5
# What Pelican does not publish, though it writes it.
_DRAFT = re.compile(r"^Status: (?:draft|hidden)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Importer:
    """A way to import an export: *prepare* makes a folder, and *command* runs in it."""

    name: str
    packages: tuple[str, ...]
    prepare: Callable[[Path], None]
    command: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name of its environment."""
        return f"{self.name.lower()}-import"


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """What an import costs, and what it wrote: posts, the share of words kept, leaked posts."""

    items: int
    cpu: float
    wall: float
    peak: float
    posts: int
    public: int
    kept: float
    leaked: int


def _find_pandoc(folder: Path) -> None:
    """Put pandoc, which Pelican runs, beside its programs."""
    folder.mkdir()
    programs = install("pelican-import", PELICAN.packages)
    found = next(programs.parent.rglob("pypandoc/files/pandoc"))
    (programs / "pandoc").unlink(missing_ok=True)
    (programs / "pandoc").symlink_to(found)


ARCHIVIST = Importer(
    name="archivist",
    packages=(),
    prepare=OURS.prepare,
    command=("archivist", "import", "{export}", "--docs", "docs"),
)
NIKOLA = Importer(
    name="Nikola",
    packages=("nikola", "phpserialize"),
    prepare=Path.mkdir,
    command=(
        *("nikola", "import_wordpress", "--no-downloads", "--export-comments"),
        *("-o", "site", "{export}"),
    ),
)
PELICAN = Importer(
    name="Pelican",
    packages=("pelican[markdown]", "beautifulsoup4", "lxml", "pypandoc_binary"),
    prepare=_find_pandoc,
    command=("pelican-import", "--wpfile", "-m", "markdown", "-o", ".", "{export}"),
)
IMPORTERS: Sequence[Importer] = (ARCHIVIST, NIKOLA, PELICAN)


def _find_leaks(folder: Path) -> set[str]:
    """Return the words of unpublished posts in what would be published of *folder*."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "log.txt":
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= set() if _DRAFT.search(text) else find_secrets(text)
    return found


def _compare(folder: Path, items: int) -> tuple[int, int, float]:
    """Return how many public posts are in *folder*, of how many, and the share of words kept."""
    files = {path.stem: path for path in folder.rglob("billet-*.md")}
    posts = public = words = kept = 0
    for post in islice(Blogger().write_posts(), items):
        if post.is_public:
            public += 1
            wanted = Counter(post.list_words())
            words += wanted.total()
            path = files.get(post.slug)
            if path:
                posts += 1
                kept += (wanted & Counter(split_words(path.read_text(encoding="utf-8")))).total()
    return posts, public, kept / words


def measure_import(importer: Importer, export: Path, items: int) -> Import:
    """Import *export*, of *items* posts, once."""
    programs = install(importer.key, importer.packages)
    command = [word.format(export=export) for word in importer.command]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name, "blog")
        importer.prepare(folder)
        used = run(command, folder, programs)
        posts, public, kept = _compare(folder, items)
        leaked = len(_find_leaks(folder))
    return Import(
        items=items,
        cpu=used.cpu,
        wall=used.wall,
        peak=used.peak,
        posts=posts,
        public=public,
        kept=kept,
        leaked=leaked,
    )


Imports = dict[tuple[str, int], Import]


def measure_all(importers: Sequence[Importer], size: int, runs: int) -> Imports:
    """Return the fastest of some imports of an export of *size* bytes by each of *importers*."""
    found: Imports = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        export = Path(name, "export.xml")
        items = write_export(export, size)
        for importer in importers:
            tries = [measure_import(importer, export, items) for _ in range(runs)]
            found[importer.name, size] = min(tries, key=lambda each: each.cpu)
            print(importer.name, size, found[importer.name, size], flush=True)
    return found


def write_table(imports: Imports) -> str:
    """Return what was measured as a table in Markdown."""
    heads = ["importer", "export, MB", "CPU, s", "wall, s", "peak, MB"]
    heads += ["posts written", "words kept", "unpublished posts leaked"]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for (name, size), each in imports.items():
        cells = [name, f"{size / 1e6:.1f}", f"{each.cpu:.1f}", f"{each.wall:.1f}"]
        cells += [f"{each.peak:.0f}", f"{each.posts} of {each.public}", f"{each.kept:.2%}"]
        lines.append(f"| {' | '.join([*cells, str(each.leaked)])} |")
    return "\n".join(lines) + "\n"


def find_faults(imports: Imports) -> Iterator[str]:
    """Yield where ours is over its budget."""
    small, large = (imports[ARCHIVIST.name, size] for size in (SMALL, LARGE))
    for name, budget in BUDGETS.items():
        ratio = small.cpu / imports[name, SMALL].cpu
        print(f"600 kB: {ratio:.2f} of the CPU of {name} (budget {budget})")
        if ratio > budget:
            yield f"slower than {budget} times {name}"
    growth = math.log(large.cpu / small.cpu) / math.log(large.items / small.items)
    print(f"growth exponent {growth:.2f} (budget {BUDGET_GROWTH})")
    print(f"600 kB: {small.wall:.1f} s (wanted {BUDGET_SECONDS})")
    print(f"100 MB: {large.peak:.0f} MB (budget {BUDGET_MEMORY})")
    if growth > BUDGET_GROWTH or large.peak > BUDGET_MEMORY:
        yield "grows too fast"
    for each in (small, large):
        if each.posts < each.public or each.kept < 1 or each.leaked:
            yield f"{each.items} posts: something was lost or leaked"


def main(words: Sequence[str]) -> int:
    """Measure, print and write; return 1 where ours is over its budget."""
    imports = measure_all(IMPORTERS, SMALL, RUNS)
    is_all = "--all" in words
    imports |= measure_all(IMPORTERS if is_all else (ARCHIVIST,), LARGE, 1)
    table = write_table(imports)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "imports.md").write_text(table, encoding="utf-8")
    print(table, end="")
    if not is_all:
        print("100 MB: ours alone; --all imports it with the others too")
    faults = list(find_faults(imports))
    print(*faults, sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
