"""Lay the posts of a proposal over the base, and who signs them: nothing else of it enters.

python .github/lay_posts_over.py BASE HEAD

BASE and HEAD are git revisions; the folder is a checkout of BASE. Afterwards docs/posts/ is
that of HEAD, byte for byte, as are the registers, docs/authors.yml and the like, where it has
them; the rest is as it was. No hook, filter, attribute or program
of HEAD is run: its files are read as git keeps them.
"""

from __future__ import annotations

import io
import os
import re
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
# Who signs and what posts are filed under: data, which the check reads as strictly.
REGISTERS = ("docs/authors.yml", "docs/blogs.yml", "docs/categories.yml")
MEGABYTE = 1_000_000
MOST_FILES = 5_000
LARGEST_FILE = 20 * MEGABYTE
LARGEST_REGISTER = MEGABYTE
MOST_MISPLACED = 200
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
IGNORED = (
    "ce fichier n’est pas pris en compte dans l’aperçu : "
    f"seuls le sont ceux de {POSTS}/, {', '.join(REGISTERS[:-1])} et {REGISTERS[-1]}."
)
# What a post begins with, wherever it lies: ---, then date: 2026-11-20 or the like.
HEADER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:---|\+\+\+)[ \t]*\r?\n(?:(?!---|\+\+\+).*\n){0,60}?"
    rb"[\"']?(?i:date|author|layout)[\"']?[ \t]*[:=]"
)
YEAR = re.compile(r"(?<![0-9])(?:199[0-9]|20[0-9]{2})(?![0-9])")


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


def list_entries(head: str, *paths: str) -> list[Entry]:
    """Return the files that *paths* are in the commit *head*, or hold there."""
    answer = run_git("ls-tree", "-r", "-z", "--long", "--full-tree", head, *paths)
    return [read_entry(line) for line in split_paths(answer)]


def list_ignored(base: str, head: str) -> list[str]:
    """Return the files that *head* changes since it left *base*, and that are not laid over."""
    fork = run_git("merge-base", base, head).decode().strip()
    options = ("-r", "-z", "--name-only", "--no-ext-diff", "--no-textconv")
    changed = split_paths(run_git("diff-tree", *options, fork, head))
    laid = {POSTS, *(entry.path for entry in list_entries(head, *REGISTERS))}
    return [path for path in changed if path not in laid and not path.startswith(f"{POSTS}/")]


def find_misplaced(head: str, paths: list[str]) -> dict[str, str]:
    """Return those of *paths* that are posts, and where each belongs, in French."""
    named = {path for path in paths if path.endswith((".md", ".markdown"))}
    entries = [entry for entry in list_entries(head) if entry.path in named]
    posts = [each for each in entries if each.mode in REGULAR_MODES and each.size < MEGABYTE]
    posts = posts[:MOST_MISPLACED]
    return {
        entry.path: f"ce billet n’est pas à sa place : rangez-le dans {place}, ou il ne paraîtra pas."
        for entry, data in zip(posts, read_blobs(posts), strict=True)
        if (place := name_place(entry.path, data))
    }


def name_place(path: str, data: bytes) -> str:
    """Return the folder where the post *data* belongs, or nothing where it is none."""
    header = HEADER.match(data)
    if header is None:
        return ""
    said = re.search(rb"(?im)^[\"']?date[\"']?[ \t]*[:=](.*)", data[: header.end() + 1_000])
    dated = (said[1] if said else b"").decode("utf-8", "replace")
    year = YEAR.search(dated) or YEAR.search(path)
    return f"{POSTS}/{year[0] if year else '<année>'}/"


def is_safe_part(part: str) -> bool:
    """Tell whether a part of a path names something right there that is not git's own."""
    folded = unicodedata.normalize("NFC", part).casefold()
    return folded not in {"", ".", "..", ".git"}


def is_inside(path: str) -> bool:
    """Tell whether *path* is that of a file below docs/posts/, whatever the machine."""
    if path in REGISTERS:
        return True
    below = path.removeprefix(f"{POSTS}/")
    is_utf8 = not any("\ud800" <= sign <= "\udfff" for sign in path)
    return below != path and is_utf8 and all(map(is_safe_part, below.split("/")))


def find_fault(entry: Entry) -> str:
    """Return why *entry* is not laid over, in French, or nothing."""
    if entry.mode not in REGULAR_MODES:
        return REFUSED_MODES.get(entry.mode, "ce n’est pas un fichier ordinaire.")
    if not is_inside(entry.path):
        return f"ce nom ne peut pas être celui d’un fichier de {POSTS}/ : changez-le."
    largest = LARGEST_REGISTER if entry.path in REGISTERS else LARGEST_FILE
    if entry.size > largest:
        most = largest // MEGABYTE
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
    """Make docs/posts/ and the registers of *entries*; return what was refused, and why."""
    faults = {entry.path: fault for entry in entries if (fault := find_fault(entry))}
    accepted = [entry for entry in entries if entry.path not in faults]
    if Path(POSTS).exists():
        shutil.rmtree(POSTS)
    for entry in accepted:
        if entry.path in REGISTERS:
            Path(entry.path).unlink(missing_ok=True)
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
    entries = list_entries(head, POSTS, *REGISTERS)
    excess = find_excess(entries)
    faults = {POSTS: excess} if excess else lay_over(entries)
    ignored = list_ignored(base, head)
    misplaced = find_misplaced(head, ignored)
    for path in ignored:
        if path not in misplaced:
            tell("notice", path, IGNORED)
    faults |= misplaced
    for path, fault in faults.items():
        tell("error", path, fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(*sys.argv[1:]))
