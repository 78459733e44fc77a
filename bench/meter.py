"""What a command costs, with all processes that it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SAMPLE = 0.03
# Where `stat` of a process says its session, after its name, which may hold anything.
_SESSION = 3


class Used(NamedTuple):
    """Seconds of processor and of the clock, the most megabytes at one time."""

    cpu: float
    wall: float
    peak: float


def run(command: Sequence[str], folder: Path, programs: Path) -> Used:
    """Run *command* in *folder*, those of *programs* first, and return what it used."""
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    # What is installed is compiled; what is measured where it was written is to be so too.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with (folder / "log.txt").open("wb") as log, tempfile.NamedTemporaryFile() as cost:
        # A process begins with the memory of the one that starts it, which has to be a small one.
        meter = [sys.executable, "-I", "-S", __file__, cost.name, *command]
        status = subprocess.call(  # noqa: S603
            meter, cwd=folder, env=environment, stdout=log, stderr=log
        )
        used = Used(*map(float, cost.read().split())) if not status else None
    if used is None:
        print((folder / "log.txt").read_text(encoding="utf-8", errors="replace")[-2000:])
        raise SystemExit(f"{' '.join(command)}: {status}")
    return used


def _find_session(session: int) -> Iterator[Path]:
    """Yield the folders in /proc of the processes of *session*, whoever started them."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if words[_SESSION] == str(session):
            yield process


def _read_memory(process: Path) -> int:
    """Return the kilobytes that *process* uses, its share of those that others use too."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main(cost: str, *command: str) -> int:
    """Run *command*; write what it costs into the file *cost*."""
    began, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603
    while not _has_ended(process):
        peak = max(peak, sum(map(_read_memory, _find_session(process.pid))))
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The largest of them alone may have been larger between two looks.
    peak = max(peak, used.ru_maxrss)
    told = f"{used.ru_utime + used.ru_stime} {wall} {peak / 1024}"
    Path(cost).write_text(told, encoding="utf-8")
    return process.returncode


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_SAMPLE)
    except subprocess.TimeoutExpired:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
