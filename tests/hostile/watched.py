"""Build archives, each in a process of its own, and note all that the build touches.

A program, not a module: ``python watched.py ours|stock < worlds.json``. It imports what a build
needs once, forks for each world, and leaves there ``events.json`` and what the build said.
"""

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
import tempfile
import traceback
from pathlib import Path

LONGEST = 60  # seconds
LARGEST = 50_000_000  # bytes of a file

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Events that change files, and which of their arguments say where.
_CHANGES = {
    "os.chmod": slice(1),
    "os.chown": slice(1),
    "os.link": slice(1, 2),
    "os.mkdir": slice(1),
    "os.remove": slice(1),
    "os.rename": slice(2),
    "os.rmdir": slice(1),
    "os.symlink": slice(1, 2),
    "os.truncate": slice(1),
    "os.utime": slice(1),
}
_CALLS = frozenset(
    "os.exec os.fork os.forkpty os.posix_spawn os.spawn os.system pty.spawn subprocess.Popen "
    "socket.bind socket.connect socket.getaddrinfo socket.gethostbyaddr socket.gethostbyname "
    "socket.sendmsg socket.sendto ssl.SSLContext urllib.Request webbrowser.open".split()
)


class Watch:
    """Notes, once it is on, what Python reports of itself: see « Audit events table »."""

    def __init__(self):
        self.is_on = False
        # In the order first seen.
        self.events = {}

    def __call__(self, event, arguments):
        if not self.is_on:
            return
        if event == "open":
            self._note_open(*arguments)
        elif event == "exec":
            self._note("exec", getattr(arguments[0], "co_filename", "?"))
        elif event in _CHANGES:
            folder = self._folder_of(arguments[-1])
            for path in arguments[_CHANGES[event]]:
                self._note("write", _place(path, folder))
        elif event in _CALLS:
            self._note(event, *map(str, arguments[:2]))

    def _note(self, *event):
        self.events[event] = None

    def _note_open(self, path, _, flags):
        if not isinstance(path, int):
            writes = isinstance(flags, int) and flags & _WRITES
            self._note("write" if writes else "read", os.path.realpath(os.fsdecode(path)))

    @staticmethod
    def _folder_of(descriptor):
        """Return the folder that the last argument of an event names, if it does."""
        if isinstance(descriptor, int) and descriptor >= 0:
            with contextlib.suppress(OSError):
                return str(_follow(descriptor))
        return ""


def _follow(descriptor):
    return Path(f"/proc/self/fd/{descriptor}").readlink()


def _place(path, folder):
    """Return where the entry *path* is: a link is the entry, not what it leads to."""
    if isinstance(path, int):
        return str(_follow(path))
    full = Path(folder, os.fsdecode(path))
    return str(full.parent.resolve() / full.name)


def build_ours():
    from archivist.__main__ import main  # noqa: PLC0415 (only the side that is asked for)

    return main(["build", "--docs", "docs", "--output", "../html"])


def build_stock():
    from sphinx.cmd.build import main  # noqa: PLC0415 (only the side that is asked for)

    return main(["-q", "-d", "../doctrees", "docs", "../html"])


SIDES = {"ours": build_ours, "stock": build_stock}
_PACKAGES = {
    "ours": (
        *("archivist.build", "archivist.checks", "archivist.commands", "archivist.mends"),
        *("archivist.mends.text", "archivist.posts", "archivist.search", "archivist.site.files"),
        *("archivist.site.pages", "archivist.site.sphinx", "archivist.site.text"),
    ),
    "stock": ("ablog", "furo", "myst_parser.parsers", "myst_parser.sphinx_ext", "sphinx.cmd.build"),
}


def prepare(side):
    """Import what a build of *side* needs, so that each does not."""
    from sphinx.application import builtin_extensions  # noqa: PLC0415 (the slow part)

    for name in (*_PACKAGES[side], "furo", "ablog", *builtin_extensions):
        package = importlib.import_module(name)
        if name in _PACKAGES[side]:
            for module in pkgutil.iter_modules(getattr(package, "__path__", []), f"{name}."):
                if ".tests" not in module.name:
                    importlib.import_module(module.name)


def _warm_up():
    """Have read what takes as long as the rest of a build: French words, kinds of pictures."""
    from PIL import Image  # noqa: PLC0415 (only our side)

    from archivist.search.inflection import Dictionary  # noqa: PLC0415 (only our side)

    Dictionary().find_lemma("mots")
    Image.init()


def _enter(world):
    """Make *world* all this process knows, its messages included."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    signal.alarm(LONGEST)
    said = os.open(world / "said.txt", os.O_WRONLY | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(said, stream)
    os.environ |= {"HOME": str(world / "home"), "TMPDIR": str(world / "tmp")}
    os.environ["PATH"] = f"{world / 'bin'}{os.pathsep}{os.environ['PATH']}"
    tempfile.tempdir = None
    os.chdir(world / "project")
    # As `python -m` does, which sphinx-autobuild runs.
    sys.path.insert(0, "")


def _run(side):
    """Return the exit code of a build, as Python itself would give it."""
    try:
        return SIDES[side]()
    except SystemExit as error:
        if isinstance(error.code, str):
            print(error.code, file=sys.stderr)
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 (whatever it is, it is told)
        traceback.print_exc()
        return 1


def _build(side, world):
    _enter(world)
    watch = Watch()
    sys.addaudithook(watch)
    watch.is_on = True
    code = _run(side)
    watch.is_on = False
    sys.stdout.flush()
    sys.stderr.flush()
    (world / "events.json").write_text(json.dumps([code, *watch.events]), encoding="utf-8")


def main():
    side = sys.argv[1]
    worlds = [Path(world) for world in json.load(sys.stdin)]
    prepare(side)
    if side == "ours":
        _warm_up()
    # Nothing is thrown away in so short a life, and memory not touched is not copied.
    gc.disable()
    gc.freeze()
    for world in worlds:
        process = os.fork()
        if not process:
            try:
                _build(side, world)
            finally:
                os._exit(0)
        os.waitpid(process, 0)


if __name__ == "__main__":
    main()
