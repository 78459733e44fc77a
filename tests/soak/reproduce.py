"""Build in many surroundings: the site has one hash. `make soak` runs it.

The day is changed by libfaketime (`apt install faketime`).
"""

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.soak.kill import make_docs, write_posts
from tests.soak.soak import ROOT

ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
LOCALES = ("C", "C.UTF-8", "fr_FR.UTF-8")
FOLDERS = ("ici", "un autre dossier, à côté")
SEEDS = ("0", "42")
JOBS = ("1", "2")
DAYS = ("2020-01-01 12:00:00", "2031-12-31 23:59:50")


def build(docs: Path, output: Path, around: tuple[str, ...]) -> str:
    """Return the hash of the list of hashes of the site built with *around* it."""
    zone, locale, seed, jobs, day = around
    surroundings = {
        "TZ": zone,
        "LC_ALL": locale,
        "PYTHONHASHSEED": seed,
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    words = ["build", "--docs", docs, "--output", output, "--jobs", jobs]
    words += ["--base-url", "https://exemple.fr/"]
    subprocess.run(
        ["faketime", "-f", f"@{day}", sys.executable, "-m", "archivist", *words],
        env=os.environ | surroundings,
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return hashlib.sha256((output / "SHA256SUMS").read_bytes()).hexdigest()


def main() -> int:
    """Print the hashes found; return 1 if there are several."""
    if shutil.which("faketime") is None:
        print("The day of a build is changed by libfaketime: apt install faketime")
        return 1
    found: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="reproduce-") as name:
        for folder in FOLDERS:
            docs = make_docs(Path(name, folder))
            write_posts(docs, 1)
        around = itertools.product(ZONES, LOCALES, SEEDS, JOBS, DAYS)
        for number, (folder, values) in enumerate(itertools.product(FOLDERS, around)):
            output = Path(name, folder, f"html-{number}")
            digest = build(Path(name, folder, "docs"), output, values)
            found[digest] = found.get(digest, 0) + 1
    print(*(f"{digest}  {count} builds" for digest, count in found.items()), sep="\n")
    return int(len(found) > 1)


if __name__ == "__main__":
    sys.exit(main())
