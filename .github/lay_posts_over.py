"""Lay the posts of a proposal over the base: nothing else of it enters the work tree.

python .github/lay_posts_over.py BASE HEAD

BASE and HEAD are git revisions; the folder is a checkout of BASE. Afterwards docs/posts/ is
that of HEAD, byte for byte, and the rest is as it was. No hook, filter, attribute or program
of HEAD is run: its files are read as git keeps them.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTS = "docs/posts"
MEGABYTE = 1_000_000
MOST_FILES = 5_000
LARGEST_FILE = 20 * MEGABYTE
LARGEST_SUM = 500 * MEGABYTE

# Only the settings of the repository itself count, and git keeps to what is there.
GIT_ENVIRONMENT = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
}

REGULAR_MODES = ("100644", "100755")
REFUSED_MODES = {
    "120000": "c’est un lien vers un autre fichier : mettez ici le fichier lui-même.",
    "160000": "c’est un lien vers un autre dépôt : mettez ici les fichiers eux-mêmes.",
}
IGNORED = f"ce fichier n’est pas pris en compte dans l’aperçu : seuls ceux de {POSTS}/ le sont."


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A file of the proposal, as git lists it."""

    path: str
    mode: str
    name: str
    size: int


def run_git(*arguments: str, said: str = "") -> bytes:
    """Return what git answers."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    result = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        env=inherited | GIT_ENVIRONMENT,
        input=said.encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return result.stdout


def find_commit(revision: str) -> str:
    """Return the full name of the commit that *revision* means."""
    wanted = f"{revision}^{{commit}}"
    return run_git("rev-parse", "--verify", "--end-of-options", wanted).decode().strip()


def split_paths(answer: bytes) -> list[str]:
    """Return the parts of an answer of git, with marks for bytes that are no UTF-8."""
    return [part.decode("utf-8", "surrogateescape") for part in answer.split(b"\0") if part]


def read_entry(line: str) -> Entry:
    """Return the file that a line of git ls-tree tells of."""
    about, _, path = line.partition("\t")
    mode, _, name, size = about.split()
    return Entry(path=path, mode=mode, name=name, size=0 if size == "-" else int(size))


def list_posts(head: str) -> list[Entry]:
    """Return what there is in docs/posts/ of the commit *head*."""
    answer = run_git("ls-tree", "-r", "-z", "--long", "--full-tree", head, POSTS)
    return [read_entry(line) for line in split_paths(answer)]


def list_ignored(base: str, head: str) -> list[str]:
    """Return the files outside docs/posts/ that *head* changes since it left *base*."""
    fork = run_git("merge-base", base, head).decode().strip()
    options = ("-r", "-z", "--name-only", "--no-ext-diff", "--no-textconv")
    changed = split_paths(run_git("diff-tree", *options, fork, head))
    return [path for path in changed if path != POSTS and not path.startswith(f"{POSTS}/")]


def is_safe_part(part: str) -> bool:
    """Tell whether a part of a path names something right there that is not git's own."""
    folded = unicodedata.normalize("NFC", part).casefold()
    return folded not in {"", ".", "..", ".git"}


def is_inside(path: str) -> bool:
    """Tell whether *path* is that of a file below docs/posts/, whatever the machine."""
    below = path.removeprefix(f"{POSTS}/")
    is_utf8 = not any("\ud800" <= sign <= "\udfff" for sign in path)
    return below != path and is_utf8 and all(map(is_safe_part, below.split("/")))


def find_fault(entry: Entry) -> str:
    """Return why *entry* is not laid over, in French, or nothing."""
    if entry.mode not in REGULAR_MODES:
        return REFUSED_MODES.get(entry.mode, "ce n’est pas un fichier ordinaire.")
    if not is_inside(entry.path):
        return f"ce nom ne peut pas être celui d’un fichier de {POSTS}/ : changez-le."
    if entry.size > LARGEST_FILE:
        most = LARGEST_FILE // MEGABYTE
        return f"ce fichier pèse {entry.size / MEGABYTE:.1f} Mo : {most} Mo au plus."
    return ""


def find_excess(entries: list[Entry]) -> str:
    """Return why *entries* are too much together, in French, or nothing."""
    total = sum(entry.size for entry in entries)
    if len(entries) > MOST_FILES:
        return f"ce dossier aurait {len(entries)} fichiers : {MOST_FILES} au plus."
    if total > LARGEST_SUM:
        most = LARGEST_SUM // MEGABYTE
        return f"ce dossier pèserait {total / MEGABYTE:.0f} Mo : {most} Mo au plus."
    return ""


def read_blobs(entries: list[Entry]) -> Iterator[bytes]:
    """Yield the bytes of each of *entries*, as git keeps them."""
    names = "".join(f"{entry.name}\n" for entry in entries)
    answer = io.BytesIO(run_git("cat-file", "--batch", said=names))
    for entry in entries:
        answer.readline()  # name, type and size, which are known
        yield answer.read(entry.size)
        answer.read(1)


def write_new(path: Path, data: bytes) -> str:
    """Write a file where there is none; return what kept from it, in French, or nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
        path.chmod(0o644)
    except OSError as error:
        return f"impossible d’écrire ce fichier ({error.strerror})."
    return ""


def lay_over(entries: list[Entry]) -> dict[str, str]:
    """Make docs/posts/ of *entries*; return what was refused, and why."""
    faults = {entry.path: fault for entry in entries if (fault := find_fault(entry))}
    accepted = [entry for entry in entries if entry.path not in faults]
    if Path(POSTS).exists():
        shutil.rmtree(POSTS)
    for entry, data in zip(accepted, read_blobs(accepted), strict=True):
        if fault := write_new(Path(entry.path), data):
            faults[entry.path] = fault
    return faults


def escape(text: str) -> str:
    """Return *text* as the message of a workflow command takes it."""
    shown = text.encode("utf-8", "backslashreplace").decode()
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def tell(level: str, path: str, message: str) -> None:
    """Print a line that GitHub shows beside the file *path*."""
    shown = escape(path).replace(":", "%3A").replace(",", "%2C")
    print(f"::{level} file={shown}::{escape(message)}")


def main(base: str, head: str) -> int:
    """Lay the posts of *head* over; return 1 when some were refused."""
    base, head = find_commit(base), find_commit(head)
    entries = list_posts(head)
    excess = find_excess(entries)
    faults = {POSTS: excess} if excess else lay_over(entries)
    for path in list_ignored(base, head):
        tell("notice", path, IGNORED)
    for path, fault in faults.items():
        tell("error", path, fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(*sys.argv[1:]))
