"""Worlds to build hostile constructs in: a project, what lies around it, and a watched build."""

import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.constructs import CANARIES, Script, Symlink, draw, stub, write

ROOT = Path(__file__).parent.parent.parent

PEACEFUL = """\
---
date: 2018-06-21
author: amoor
category: Innovation publique
tags: [Paisible]
---

# Un billet paisible

Une phrase paisible, avec [un voisin](voisin.md), {ref}`une étiquette <tag-paisible>`,
{ref}`lui-même <billet>`, {term}`CNFPT` et un indice{sub}`2`.

![Une photo](billet/photo.png)
"""
POSTS = {
    "2018/billet.md": PEACEFUL,
    "2018/billet/photo.png": draw("paisible"),
    "2018/voisin.md": write("Du texte.", header="date: 2018-06-20", title="Un voisin"),
}


@dataclass(frozen=True)
class Outcome:
    """What a build left: *changed* are paths of its world that are not as they were before."""

    name: str
    folder: Path
    code: int
    said: str
    events: list[list[str]]
    changed: list[str]
    hits: list[str] = field(default_factory=list)

    @property
    def site(self):
        """The folder of the site, built or not."""
        return self.folder / "html"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.hits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"a,b\n")

    def log_message(self, *_):
        """Say nothing: what is asked is kept."""


@contextmanager
def _serving():
    """Yield the address of a server, and the list of what it is asked."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.hits = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", server.hits
        finally:
            server.shutdown()
            thread.join()


def _write_file(path, content, places):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if isinstance(content, Symlink):
        path.symlink_to(content.target)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content.text if isinstance(content, Script) else content
        for name, place in places.items():
            text = text.replace(f"@{name}@", place)
        path.write_text(text, encoding="utf-8", newline="")
        path.chmod(0o755 if isinstance(content, Script) else 0o644)


def _surround(folder, places):
    """Lay around the project what a build must leave alone."""
    secret = CANARIES["abroad"]
    config = f'[remote "origin"]\n\turl = https://x:{CANARIES["git"]}@exemple.org/x.git\n'
    files = {
        "abroad/secret.txt": f"{secret}\n",
        "abroad/secret.csv": f"a,{secret}\n",
        "abroad/secret.md": f"---\ndate: 2018-06-22\nauthor: amoor\n---\n\n# Secret\n\n{secret}\n",
        "abroad/photo.png": draw(secret),
        "project/secret.env": f"TOKEN={CANARIES['root']}\n",
        "project/.git/config": config,
        # Pillow knows one program: this one stands in its place.
        "bin/gs": Script("#!/bin/sh\ntouch @MARK@\n"),
    }
    for name, content in files.items():
        _write_file(folder / name, content, places)
    for name in ("home", "tmp"):
        (folder / name).mkdir()


def lay(folder, construct, write_docs, host):
    """Make in *folder* a world where *construct* is laid over the archive of *write_docs*."""
    places = {
        "ABROAD": str(folder / "abroad"),
        "MARK": str(folder / "mark"),
        "HOST": f"{host}/{folder.name}",
    }
    _surround(folder, places)
    docs = write_docs(folder / "project", POSTS)
    settings = docs / "conf.py"
    text = settings.read_text(encoding="utf-8")
    if CANARIES["settings"] not in text:
        settings.write_text(f"# {CANARIES['settings']}\n{text}", encoding="utf-8")
    # The menu lists other pages in any case: one more changes nothing else.
    (docs / "voisine.md").write_text(stub("Voisine"), encoding="utf-8")
    for name, content in construct.files.items():
        _write_file(folder / "project" / name, content, places)


def _digest(path):
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


# Where a build may write: the site, what the next build goes on from, what is thrown away.
_OWN_FOLDERS = frozenset({"html", ".html-work", "doctrees", "tmp", "home"})


def take_stock(folder):
    """Return what each file of a world holds, but the site and the notes of the watch."""
    found = {}
    for place, folders, files in os.walk(folder):
        if Path(place) == folder:
            folders[:] = [name for name in folders if name not in _OWN_FOLDERS]
        for name in (*files, *folders):
            path = Path(place, name)
            found[path.relative_to(folder).as_posix()] = _digest(path)
    for name in ("said.txt", "events.json"):
        found.pop(name, None)
    return found


def _run(side, folders):
    """Run the watched builds of *side* in an environment that holds nothing of ours."""
    environment = {
        "CANARY": CANARIES["environment"],
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, Path(__file__).parent / "watched.py", side]
    worlds = json.dumps([str(folder) for folder in folders])
    subprocess.run(command, check=True, input=worlds, text=True, env=environment, cwd=folders[0])


def _read(folder, before):
    """Return what the watched build of the world *folder* left."""
    after = take_stock(folder)
    names = sorted(before.keys() | after.keys())
    notes = folder / "events.json"
    code, *events = json.loads(notes.read_text(encoding="utf-8")) if notes.exists() else [-1]
    return Outcome(
        name=folder.name,
        folder=folder,
        code=code,
        said=(folder / "said.txt").read_bytes().decode("utf-8", "replace"),
        events=events,
        changed=[name for name in names if before.get(name) != after.get(name)],
    )


def build_worlds(side, folder, constructs, write_docs):
    """Yield what each of *constructs* leaves of a build of *side*; its world is then gone."""
    shutil.rmtree(folder, ignore_errors=True)
    with _serving() as (host, hits):
        worlds = {construct.name: folder / construct.name for construct in constructs}
        for construct in constructs:
            lay(worlds[construct.name], construct, write_docs, host)
        before = {name: take_stock(world) for name, world in worlds.items()}
        _run(side, list(worlds.values()))
        for name, world in worlds.items():
            outcome = _read(world, before[name])
            outcome.hits.extend(hit for hit in hits if hit.startswith(f"/{name}"))
            yield outcome
            shutil.rmtree(world)
