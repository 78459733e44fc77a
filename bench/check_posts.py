"""What checking 1,000 posts costs the processor, beside building them. Run by ``make bench``.

Each is a process of its own, the time it takes to start counted.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import make_corpus, write_posts

ROOT = Path(__file__).parent.parent
POSTS = 1000
# The share of the build that the checks may cost.
BUDGET = 0.1


def measure_seconds(*words: str | Path) -> float:
    """Return the seconds of processor that a command of `archivist` takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "archivist", *map(str, words)], check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print both times and their ratio; return 1 over the budget."""
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(folder, "docs")
        shutil.copytree(ROOT / "docs", docs, ignore=shutil.ignore_patterns("posts"))
        write_posts(make_corpus(POSTS), docs / "posts")
        check = measure_seconds("check", docs)
        build = measure_seconds("build", "--docs", docs, "--output", Path(folder, "html"))
    print(f"{POSTS} posts: check {check:.1f} s, build {build:.1f} s, ratio {check / build:.1%}")
    return int(check > build * BUDGET)


if __name__ == "__main__":
    sys.exit(main())
