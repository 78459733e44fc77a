"""Where texts lie, and where those of posts belong: docs/posts/<year>/<slug>.md."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path

from archivist.addresses.owned import POSTS
from archivist.addresses.slugs import find_free, is_slug, to_slug
from archivist.files import is_left_behind, is_safe, walk
from archivist.posts.tree import split_day
from archivist.syntax.limits import LONGEST_NAME

TEXTS = frozenset({".md", ".markdown", ".mdown", ".mkd"})
"""How the name of a text ends."""
# « 2018 », a year that has no folder of posts around it
_YEAR = re.compile(r"[0-9]{4}")


def find_texts(docs: Path) -> Iterator[Path]:
    """Yield the texts of posts, those that lie in a wrong place too."""
    folders = [docs / POSTS, docs / "_posts", docs / "post", docs.parent / "posts"]
    folders += [
        docs.parent / "_posts",
        *(each for each in docs.iterdir() if _YEAR.fullmatch(each.name)),
    ]
    for folder in folders:
        for here, _, names in walk(folder) if folder.is_dir() else ():
            for name in sorted(names):
                path = here / name
                is_text = path.suffix.lower() in TEXTS and not is_left_behind(name)
                if is_text and is_safe(path):
                    yield path


def find_folder(path: Path) -> Path:
    """Return where the files of the post in *path* lie: around it, where it is the index of a folder."""
    is_shelf = path.parent.name == POSTS or _YEAR.fullmatch(path.parent.name)
    return path.parent if path.stem == "index" and not is_shelf else path.with_suffix("")


def find_stem(path: Path) -> str:
    """Return what names the text in *path*: its folder, where it is the index of one."""
    return find_folder(path).name


def read_name(path: Path) -> str:
    """Return the name of a file as words, to be a title where there is no other."""
    _, stem = split_day(find_stem(path))
    words = stem if " " in stem else " ".join(re.split(r"[-_]+", stem))
    return words[:1].upper() + words[1:]


def choose_docname(path: Path, docs: Path, year: str, taken: Container[str]) -> str:
    """Return the docname that the text in *path*, of *year*, is to have: its own where it is right."""
    day, stem = split_day(find_stem(path))
    slug = stem if not day and is_slug(stem) else to_slug(stem)
    slug = slug[: LONGEST_NAME - 10].strip("-_") or "billet"
    wanted = f"{POSTS}/{year}/{slug}"
    if path == docs / f"{wanted}.md":
        return wanted
    return find_free(wanted, taken)
