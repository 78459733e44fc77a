"""Tell which files a change of the code changes: sites, imports and audits, before and after.

`python bench/compare_checksums.py --record EXPORT.xml …` builds three sites, imports and audits
the exports, and keeps a checksum of each file in build/checksums; without `--record` it does the
same and tells what differs. It is for whoever tidies the code: what should not change, does not.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from blog import make_blog
from systems import OURS

from tests.conftest import ROOT, list_sink_files, write_docs

KEPT = ROOT / "build/checksums"
POSTS = 600
BASE_URL = "https://exemple.fr/archives/"


def run(*words: str | Path) -> str:
    """Run `archivist`; return its exit code and what it says, without what differs by chance."""
    day = {"SOURCE_DATE_EPOCH": "1767225600"}
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "archivist", *map(str, words)],
        cwd=ROOT,
        env=os.environ | day,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.returncode}\n{done.stdout}"


def sum_files(folder: Path) -> dict[str, str]:
    """Return the checksum of each file below *folder*, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def sum_site(docs: Path, work: Path) -> dict[str, str]:
    """Return the checksums of the site of *docs*, and of its book and its copy."""
    output = work / "html"
    said = run("build", "--docs", docs, "--output", output, "--base-url", BASE_URL)
    if not (output / "index.html").exists():
        raise SystemExit(said)
    sums = sum_files(output)
    for command in ("epub", "offline"):
        file = work / f"archive.{command}"
        run(command, "--docs", docs, "--output", file, "--base-url", BASE_URL)
        sums[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return sums


def make_many(folder: Path) -> Path:
    """Make an archive of many posts."""
    OURS.prepare(folder)
    for post in make_blog(POSTS):
        OURS.write(post, folder)
    (folder / "docs/manifest.json").unlink(missing_ok=True)
    return folder / "docs"


def sum_import(export: Path, folder: Path) -> dict[str, str]:
    """Return the checksums of what an import of *export* writes, reports and audits."""
    docs = write_docs(folder, {})
    options = ["--docs", docs, "--report", folder / "report"]
    said = run("import", export, *options)
    built = run("build", "--docs", docs, "--output", folder / "html")
    audited = run("import", export, "--audit", "--output", folder / "html", *options)
    shutil.rmtree(folder / ".html-work", ignore_errors=True)
    (folder / "said.txt").write_text(
        (said + built + audited).replace(str(folder), ""), encoding="utf-8"
    )
    return sum_files(folder)


def gather(exports: list[Path]) -> dict[str, dict[str, str]]:
    """Return all checksums, by what they are of."""
    with tempfile.TemporaryDirectory(prefix="checksums-") as name:
        work = Path(name)
        found = {
            "docs": sum_site(ROOT / "docs", work / "docs"),
            "sink": sum_site(write_docs(work / "sink", list_sink_files()), work / "sink"),
            "many": sum_site(make_many(work / "many"), work / "many"),
        }
        for export in exports:
            found[export.stem] = sum_import(export, work / export.stem)
        return found


def compare(what: str, sums: dict[str, str]) -> list[str]:
    """Return the names of the files of *what* that differ from those recorded."""
    lines = (KEPT / f"{what}.sha256").read_text(encoding="utf-8").splitlines()
    before = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    return [
        f"{what}/{name}: {'gone' if name not in sums else 'new' if name not in before else 'differs'}"
        for name in sorted(before.keys() | sums.keys())
        if before.get(name) != sums.get(name)
    ]


def main() -> int:
    """Record or compare; return 1 when something differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exports", type=Path, nargs="*")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    found = gather([each.resolve() for each in options.exports])
    if options.record:
        KEPT.mkdir(parents=True, exist_ok=True)
        for what, sums in found.items():
            lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
            (KEPT / f"{what}.sha256").write_text(lines, encoding="utf-8")
        return 0
    differing = [line for what, sums in found.items() for line in compare(what, sums)]
    print(*differing, sep="\n")
    print(f"{sum(map(len, found.values()))} files, {len(differing)} differ")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
