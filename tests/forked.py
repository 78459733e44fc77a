"""Programs in a process of their own, which takes no time to begin: it is forked from a loaded one."""

import multiprocessing
import os
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.preloaded"])


@dataclass(frozen=True)
class Ended:
    """What a program left, as subprocess tells it."""

    returncode: int
    stdout: str
    stderr: str


def _call(function, arguments, environment, said):
    """Call *function* as a program whose streams are the files *said*."""
    for stream, path in enumerate(said, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    os.environ.clear()
    os.environ.update(environment)
    code = 1
    try:
        code = function(*arguments)
    except SystemExit as error:
        # As Python itself does of a message.
        if isinstance(error.code, str):
            print(error.code, file=sys.stderr)
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except Exception:  # noqa: BLE001 (whatever it is, it is told)
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def run_forked(function, *arguments):
    """Return what came of *function*, which the module of a test has, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        said = [str(Path(folder, name)) for name in ("out", "err")]
        process = _SERVER.Process(target=_call, args=(function, arguments, dict(os.environ), said))
        process.start()
        process.join()
        out, err = (Path(path).read_text(encoding="utf-8") for path in said)
        return Ended(process.exitcode, out, err)


def call_sphinx(*arguments):
    """Do what `python -m sphinx` does; return its code."""
    from sphinx.cmd.build import main  # noqa: PLC0415 (loaded already where this is called)

    return main([str(each) for each in arguments])
