"""Kill builds at random moments, fill the disk, build twice at once: the site is old or new.

`make soak` runs it. The disk is a small one in memory, which takes the rights of root.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import write_docs
from tests.soak.soak import ROOT, read_files

_LONGEST = 2.5  # seconds that a build of so few posts takes, and a little more
_POST = "---\ndate: 2018-06-{day:02}\nauthor: amoor\ncategory: Innovation publique\ntags: [{tag}]\n---\n\n# {title}\n\n{text}\n"


def make_docs(folder: Path) -> Path:
    """Return the docs/ of a small archive in *folder*."""
    docs = write_docs(folder, {})
    (docs / "posts/2018").mkdir()
    return docs


def write_posts(docs: Path, version: int) -> None:
    """Write the posts of a *version* of the archive, which differs from the others all over."""
    shutil.rmtree(docs / "posts/2018")
    (docs / "posts/2018").mkdir()
    for day in range(1, 13 + version % 3):
        text = f"Texte {version} du jour {day}."
        post = _POST.format(day=day, tag=f"Étiquette {version}", title=f"Jour {day}", text=text)
        (docs / f"posts/2018/jour-{day}.md").write_text(post, encoding="utf-8")
    if version % 2:
        (docs / "a-propos.md").write_text(f"# À propos\n\n{version}\n", encoding="utf-8")


def start_build(docs: Path, output: Path) -> subprocess.Popen:
    """Start a build in a process of its own."""
    words = ["build", "--docs", str(docs), "--output", str(output)]
    return subprocess.Popen(
        [sys.executable, "-m", "archivist", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def build(docs: Path, output: Path) -> tuple[int, str]:
    """Build, and return the exit code and what was said."""
    process = start_build(docs, output)
    _, said = process.communicate()
    return process.returncode, said


def _build_alone(docs: Path, folder: Path) -> dict[str, bytes]:
    assert build(docs, folder / "alone")[0] == 0
    files = read_files(folder / "alone")
    shutil.rmtree(folder / "alone")
    shutil.rmtree(folder / ".alone-work")
    return files


def try_kills(seed: int, kills: int) -> list[str]:
    """Kill *kills* builds, each of a new version, and return what went wrong."""
    chance = random.Random(seed)
    faults = []
    with tempfile.TemporaryDirectory(prefix="kill-") as name:
        folder = Path(name)
        docs, output = make_docs(folder), folder / "site/html"
        write_posts(docs, 0)
        assert build(docs, output)[0] == 0
        for version in range(1, kills + 1):
            old = read_files(output)
            write_posts(docs, version)
            process = start_build(docs, output)
            time.sleep(chance.uniform(0, _LONGEST))
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            new = _build_alone(docs, folder)
            if read_files(output) not in (old, new):
                faults.append(f"seed {seed}, kill {version}: the site is neither old nor new")
            code, said = build(docs, output)
            if code or read_files(output) != new:
                faults.append(f"seed {seed}, kill {version}: the next build gives {code} {said}")
    return faults


def try_full_disk(size: int) -> list[str]:
    """Build on a disk of *size* kilobytes more than the last site takes."""
    with tempfile.TemporaryDirectory(prefix="full-") as name:
        folder = Path(name)
        docs, disk = make_docs(folder), folder / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=True)
        try:
            return list(_fill(docs, disk, folder, size))
        finally:
            subprocess.run(["umount", str(disk)], check=True)


def _fill(docs: Path, disk: Path, folder: Path, size: int):
    output = disk / "html"
    write_posts(docs, 0)
    assert build(docs, output)[0] == 0
    old = read_files(output)
    free = shutil.disk_usage(disk).free // 1024
    with (disk / "ballast").open("wb") as file:
        file.write(b"x" * 1024 * max(0, free - size))
    write_posts(docs, 1)
    code, said = build(docs, output)
    new = _build_alone(docs, folder)
    expected = old if code else new
    if read_files(output) != expected:
        yield f"{size} kB: the site is not whole"
    if code and ("Traceback" in said or not said.strip()):
        yield f"{size} kB: {said}"
    (disk / "ballast").unlink()
    code, said = build(docs, output)
    if code or read_files(output) != new:
        yield f"{size} kB: the next build gives {code} {said}"


def try_two_at_once(seed: int) -> list[str]:
    """Start two builds of the same sources into the same folder."""
    with tempfile.TemporaryDirectory(prefix="two-") as name:
        folder = Path(name)
        docs, output = make_docs(folder), folder / "site/html"
        write_posts(docs, seed)
        builds = [start_build(docs, output) for _ in range(2)]
        codes = [each.communicate() and each.returncode for each in builds]
        new = _build_alone(docs, folder)
        return [] if codes == [0, 0] and read_files(output) == new else [f"two at once: {codes}"]


def main(kills: int) -> int:
    """Try all, and print what went wrong; return 1 if anything did."""
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        shares = [kills // workers] * workers
        faults = [fault for found in pool.map(try_kills, range(workers), shares) for fault in found]
    print(f"{sum(shares)} kills, {len(faults)} faults")
    sizes = [100 * (number + 1) ** 2 for number in range(20)]
    full = [fault for size in sizes for fault in try_full_disk(size)]
    print(f"{len(sizes)} full disks, {len(full)} faults")
    two = [fault for seed in range(6) for fault in try_two_at_once(seed)]
    print(f"6 pairs of builds, {len(two)} faults")
    print(*faults, *full, *two, sep="\n")
    return int(bool(faults or full or two))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
