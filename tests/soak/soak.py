"""Change an archive at random, build after each change, and compare with a clean build.

`make soak SEQUENCES=300` runs as many sequences of changes, on all processors, and a fifth as many
under a preview.
"""

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from archivist.build.build import build_site
from archivist.build.preview import Preview
from archivist.files import CHECKSUMS
from tests.conftest import write_docs
from tests.soak.edits import EDITS, TEMPLATES, Model, write_files

ROOT = Path(__file__).parent.parent.parent
# So that what names whole addresses is made too.
SETTINGS = {"html_baseurl": "https://exemple.fr/"}
FIRST_POSTS = 8
EDITS_A_SEQUENCE = 5
EDITED = (
    *("glossaire.md", "a-propos.md", "rgaa.yml", "conf.py", "_static/posts.css"),
    *TEMPLATES,
)
CATEGORIES = "Innovation publique:\nEmploi, formation:\n  description: Apprendre.\n"


@dataclass(frozen=True)
class Outcome:
    """How a sequence went: the changes made, and the files that differ after the last."""

    seed: int
    edits: tuple[str, ...]
    different: tuple[str, ...]


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file in *folder*, by name."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _make_docs(folder: Path, chance: random.Random) -> tuple[Path, Model]:
    docs = write_docs(folder, {"/categories.yml": CATEGORIES})
    standing = {name: (docs / name).read_text(encoding="utf-8") for name in EDITED}
    standing["authors.yml"] = "amoor:\n  name: a.m.o.o.r.\nclaire:\n  name: Claire\n"
    model = Model(chance, standing=standing)
    for _ in range(FIRST_POSTS):
        model.add()
    return docs, model


def _compare(one: Path, other: Path) -> tuple[str, ...]:
    first, second = read_files(one), read_files(other)
    names = sorted(first.keys() | second.keys())
    return tuple(name for name in names if first.get(name) != second.get(name))


@contextmanager
def _begin(seed: int) -> Iterator[tuple[Path, Path, Model]]:
    """Give a folder, the docs/ in it, and what these hold; it goes at the end."""
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        docs, model = _make_docs(Path(name), random.Random(seed))
        write_files(model, docs)
        yield Path(name), docs, model


def try_sequence(seed: int) -> Outcome:
    """Make some changes, build after each, and compare the last site with a clean one."""
    made = []
    with _begin(seed) as (folder, docs, model):
        build_site(docs, folder / "html", SETTINGS)
        for _ in range(EDITS_A_SEQUENCE):
            for edit in model.chance.choices(EDITS, k=model.chance.choice([1, 1, 2, 4])):
                edit(model)
                made.append(edit.__name__)
            made.append("/")
            write_files(model, docs)
            build_site(docs, folder / "html", SETTINGS)
        build_site(docs, folder / "clean", SETTINGS)
        return Outcome(seed, tuple(made), _compare(folder / "html", folder / "clean"))


def try_preview(seed: int) -> Outcome:
    """Make some changes under a preview that goes on, and compare it with one begun at the end."""
    made = []
    with _begin(seed) as (folder, docs, model):
        shown, fresh = Preview(docs, folder / "live"), Preview(docs, folder / "fresh")
        shown.build()
        shown.prepare()
        for _ in range(EDITS_A_SEQUENCE):
            edit = model.chance.choice(EDITS)
            edit(model)
            made.append(edit.__name__)
            write_files(model, docs)
            shown.build()
        shown.close()
        fresh.build()
        told = (*shown.problems, *fresh.problems)
        # The list of checksums is that of the first build.
        different = set(_compare(shown.output, fresh.output)) - {CHECKSUMS}
        return Outcome(seed, (*made, "(preview)"), (*told, *sorted(different)))


def main(sequences: int, first: int = 0) -> int:
    """Try *sequences* of them, and print those that differ; return 1 if any does."""
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
    failed = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        seeds = range(first, first + sequences)
        built, shown = pool.map(try_sequence, seeds), pool.map(try_preview, seeds[::5])
        for done, outcome in enumerate(chain(built, shown), 1):
            if outcome.different:
                failed += 1
                print(f"{outcome.seed}: {' '.join(outcome.edits)}\n  {' '.join(outcome.different)}")
            print(f"\r{done}, {failed} differ", end="", file=sys.stderr, flush=True)
    print(f"\n{done - failed} of {done} sequences end as a clean build")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
