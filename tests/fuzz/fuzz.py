"""Check mutants by the thousand, and build all those that the checks let pass.

`make fuzz` runs this: `fuzz.py [HOW_MANY] [FIRST]`. What is found is printed with its number,
which gives the same mutant again.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive
from tests.conftest import ROOT, write_docs, write_post
from tests.fuzz.mutants import make_mutant, name_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 500


@dataclass
class Findings:
    """How many mutants were tried and let pass; what crashed, what broke the build or warned."""

    tried: int = 0
    accepted: int = 0
    faults: list[str] = field(default_factory=list)


def _write(docs: Path, seeds: range) -> dict[str, Path]:
    paths = {}
    for seed in seeds:
        path = docs / f"posts/2018/m{seed:07}.md"
        path.write_text(name_parts(make_mutant(seed), seed), encoding="utf-8", newline="")
        paths[f"docs/posts/2018/{path.name}"] = path
    return paths


def _find_refused(docs: Path) -> set[str]:
    return {problem.path for problem in check_archive(read_archive(docs))}


def _isolate(docs: Path, paths: dict[str, Path]) -> Iterator[str]:
    """Yield each mutant that makes the checks crash, one by one."""
    texts = {name: path.read_bytes() for name, path in paths.items()}
    for path in paths.values():
        path.unlink()
    for name, path in paths.items():
        path.write_bytes(texts[name])
        try:
            check_archive(read_archive(docs))
        except Exception as error:  # noqa: BLE001 (that is what is looked for)
            yield f"{name}: {type(error).__name__}: {error}"
        path.unlink()


def try_batch(seeds: range) -> Findings:
    """Return what *seeds* find."""
    found = Findings(tried=len(seeds))
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "2018/billet.md": write_post(body="## Partie\n\nTexte.", tags="[CNFPT, a, b]"),
            "2018/photo.png": (ROOT / "tests/data/photo.png").read_bytes(),
        }
        docs = write_docs(folder, files)
        paths = _write(docs, seeds)
        try:
            # A refused mutant may be what makes another right: again until all agree.
            while refused := _find_refused(docs):
                for name in refused:
                    paths.pop(name).unlink()
        except Exception:  # noqa: BLE001 (that is what is looked for)
            found.faults += _isolate(docs, paths)
            return found
        found.accepted = len(paths)
        try:
            build_site(docs, Path(folder, "html"), {})
        except ArchiveError as error:
            found.faults += str(error).split("\n")
        except Exception as error:  # noqa: BLE001 (that is what is looked for)
            found.faults.append(f"{seeds}: {type(error).__name__}: {error}")
    return found


def main(how_many: int, first: int) -> int:
    """Try mutants, tell how far it is, and return 1 if any does what it should not."""
    faults = accepted = 0
    for start in range(first, first + how_many, BATCH):
        found = try_batch(range(start, min(start + BATCH, first + how_many)))
        faults, accepted = faults + len(found.faults), accepted + found.accepted
        print(*found.faults, sep="\n", end="\n" if found.faults else "")
        done = start + found.tried - first
        print(f"{done} mutants, {accepted} let pass and built, {faults} faults", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in (*sys.argv[1:], 20_000, 0)[:2])))
