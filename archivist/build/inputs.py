"""All that a build reads, told by what it holds and never by its date."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archivist.addresses.owned import POSTS
from archivist.comments.reading import ENDING
from archivist.files import hash_file, list_files, walk
from archivist.links.ledger import NAME as LEDGER

_CODE = Path(__file__).parent.parent
_OWN_CODE = "le code d’archivist"


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What a site is made of."""

    machine: Mapping[str, str]
    """The hash of all but the posts, by what it is of, in French."""
    files: Mapping[str, str]
    """Those of docs/posts/ and the ledger of links, by their path below docs/, hashed."""
    today: dt.date | None
    """The day of the build."""

    @property
    def code(self) -> str:
        """The hash of the machine itself."""
        return self.machine[_OWN_CODE]

    def explain_clean(self, before: Inputs | None) -> str:
        """Return in French why a build does not go on from what it was *before*."""
        if before is None:
            return "première construction avec ce code, ou la précédente n’a pas abouti"
        others = self.machine.items() ^ before.machine.items()
        if others:
            return f"a changé : {', '.join(sorted({name for name, _ in others}))}"
        if self.find_changed_posts(before) is None:
            return "une image, ou un autre fichier de docs/posts/, a changé"
        return "le site publié n’est plus comme il avait été construit"

    def find_differences(self, other: Inputs) -> list[str]:
        """Return what is not the same in *other*, in French, or as files below docs/."""
        ours = self.machine.items() | {(f"docs/{name}", each) for name, each in self.files.items()}
        theirs = other.machine.items() | {
            (f"docs/{name}", each) for name, each in other.files.items()
        }
        return sorted({name for name, _ in ours ^ theirs})

    def find_changed_posts(self, before: Inputs) -> frozenset[str] | None:
        """Return the docnames of the posts that are new or were changed since *before*.

        None when something changed that more than posts depend on: all is to be read again.
        """
        if self.machine != before.machine:
            return None
        changed = {name for name, _ in self.files.items() ^ before.files.items()}
        # A new picture belongs to a post that changed; another may be shown anywhere. Comments
        # and what became of links are part of no document: a page is seen to show others.
        others = {name for name in changed - {LEDGER} if not name.endswith((".md", ENDING))}
        if others & before.files.keys():
            return None
        posts = (name for name in changed if name.endswith(".md") and name in self.files)
        return frozenset(name.removesuffix(".md") for name in posts)


def _describe(path: Path, status: os.stat_result) -> str:
    """Return the hash of a file; what is no file, or cannot be read, is for the checks to tell."""
    if not stat.S_ISREG(status.st_mode):
        return f"{status.st_mode:o} {status.st_ino}"
    try:
        return hash_file(path)
    except OSError:
        return "unreadable"


def _hash_files(folder: Path) -> dict[str, str]:
    files = ((name, status) for name, status in list_files(folder) if "__pycache__" not in name)
    return {name: _describe(folder / name, status) for name, status in files}


def _list_packages(folder: Path) -> list[str]:
    _, names, _ = next(walk(folder), (folder, [], []))
    return [name for name in names if name.endswith(".dist-info")]


def read_inputs(docs: Path, settings: Mapping[str, object], today: dt.date | None) -> Inputs:
    """Return what the site of *docs* is made of under *settings* on the day *today*."""
    files = _hash_files(docs)
    posts = {name: files[name] for name in files if name.startswith(f"{POSTS}/") or name == LEDGER}
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # Each with its version: html5lib-1.1.dist-info
    packages = sorted(name for each in folders for name in _list_packages(Path(each)))
    told = sorted((key, repr(value)) for key, value in settings.items())
    parts: dict[str, object] = {
        "le dossier des sources": str(docs.resolve()),
        "Python": sys.version,
        "les paquets installés": packages,
        _OWN_CODE: sorted(_hash_files(_CODE).items()),
        "les réglages donnés à la commande": told,
        **{f"docs/{name}": digest for name, digest in files.items() if name not in posts},
    }
    machine = {name: hashlib.sha256(repr(parts[name]).encode()).hexdigest() for name in parts}
    return Inputs(machine=machine, files=posts, today=today)
