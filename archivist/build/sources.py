"""The sources of a preview: a copy of docs/ that takes over what is right, and keeps the rest.

What has a mistake stays as it was when it was right last; a post that never was is a page that
waits. So a preview is nothing but the build of a right folder.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from archivist.addresses.owned import POSTS
from archivist.build.stat_cache import StatCache
from archivist.build.workspace import drop_folders
from archivist.comments.reading import ENDING
from archivist.posts.people import Registers

# posts/2018/billet.md, posts/2018/billet.comments.yml, posts/2018/billet/vue.png
_POST = re.compile(rf"(?P<group>{POSTS}/[^/]+/[^/]+?)(?:\.md|{re.escape(ENDING)}|/.+)")
# Without these there is no site at all.
_NEEDED = re.compile(r"(?:authors|categories)\.yml|conf\.py|_.*")
_WAITING = "Ce billet attend une correction : il s’affichera ici dès qu’elle sera faite."


def find_group(name: str) -> str:
    """Return what a file of docs/ is right or wrong with: its post, by docname, or itself."""
    found = _POST.fullmatch(name)
    return found["group"] if found else name


def is_post(group: str) -> bool:
    """Tell whether *group* is a post."""
    return bool(_POST.fullmatch(f"{group}.md"))


class Sources:
    """The copy of a folder *docs*, in a folder of its own."""

    def __init__(self, docs: Path, folder: Path, cache: StatCache) -> None:
        self.docs, self.copy = docs, folder / docs.name
        self.waiting: set[str] = set()
        """The posts and pages that are not to be shown, and were never right, by docname."""
        self._aside, self._cache = folder / "aside", cache
        self._changed: dict[str, set[str]] = {}
        self._put_back: set[str] = set()
        # The files of the copy, hashed, where all are those of docs/.
        self._here: dict[str, str] = {}
        self.copy.mkdir(parents=True, exist_ok=True)

    def take(self) -> bool:
        """Take over all that is not the same in docs/, and tell whether there is any.

        What it replaces is set aside.
        """
        shutil.rmtree(self._aside, ignore_errors=True)
        self._cache.begin()
        there = self._cache.hash_files(self.docs)
        here = self._here or self._cache.hash_files(self.copy)
        self._here = {}
        self._changed, self._put_back, self.waiting = {}, set(), set()
        changed = sorted({name for name, _ in there.items() ^ here.items()})
        for name in changed:
            self._changed.setdefault(find_group(name), set()).add(name)
            self._set_aside(name)
        for name in changed:
            if name in there:
                _copy(self.docs / name, self.copy / name)
        self._here = there
        return bool(changed)

    def hold(self, groups: Iterable[str], registers: Registers) -> bool:
        """Keep *groups* of files as they were; tell whether anything is another then.

        In the place of a post that was never right there is a page that waits, as one of
        *registers* would have it.
        """
        held = [self._hold(group, registers) for group in groups]
        return any(held)

    def _hold(self, group: str, registers: Registers) -> bool:
        if group in self._changed and group not in self._put_back:
            self._restore(group)
            if (self.copy / group).exists() or (self.copy / f"{group}.md").exists():
                return True
            if not is_post(group):
                self.waiting |= {group.removesuffix(".md")} if group.endswith(".md") else set()
                return not _NEEDED.fullmatch(group)
        elif gone := [each for each in self._changed if self._is_gone(each)]:
            # It is right itself, and leads to what was deleted.
            for each in gone:
                self._restore(each)
            return True
        return is_post(group) and self._stand_in(group, registers)

    def hold_all(self) -> None:
        """Keep everything as it was."""
        for group in self._changed:
            self._restore(group)
        self.waiting = set()

    def _stand_in(self, group: str, registers: Registers) -> bool:
        """Put a page that waits in the place of a post; where that is none either, nothing."""
        path = self.copy / f"{group}.md"
        was_there = path.exists()
        self._here = {}
        self._clear(group)
        if group in self.waiting:
            return was_there
        self.waiting.add(group)
        _, year, slug = group.split("/")
        author = next(iter(registers.authors), "")
        category = next((each.name for each in registers.categories.values()), "")
        header = f"date: {year}-01-01\nauthor: {author}\ncategory: {json.dumps(category)}"
        title = slug.replace("-", " ").capitalize()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{header}\n---\n\n# {title}\n\n{_WAITING}\n", encoding="utf-8")
        return True

    def _is_gone(self, group: str) -> bool:
        is_gone = not any((self.copy / name).exists() for name in self._changed[group])
        return is_gone and group not in self._put_back

    def _restore(self, group: str) -> None:
        self._put_back.add(group)
        self._here = {}
        for name in self._changed[group]:
            _remove(self.copy / name)
            if (self._aside / name).exists():
                _move(self._aside / name, self.copy / name)

    def _clear(self, group: str) -> None:
        """Take away a post and all that goes with it."""
        for name in (".md", ENDING):
            _remove(self.copy / f"{group}{name}")
        shutil.rmtree(self.copy / group, ignore_errors=True)

    def _set_aside(self, name: str) -> None:
        path = self.copy / name
        if path.is_symlink() or not path.is_file() or _waits(path):
            _remove(path)
        else:
            _move(path, self._aside / name)
        drop_folders(self.copy, name)


def _waits(path: Path) -> bool:
    """Tell whether the file at *path* is a page that waits, which is nothing to keep."""
    return path.suffix == ".md" and _WAITING.encode() in path.read_bytes()


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def _copy(path: Path, target: Path) -> None:
    """Have the file *path* at *target* too, also where it is not to be read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(path, target, follow_symlinks=False)
    except FileNotFoundError:
        # It went meanwhile, as what editors write for a moment.
        return
    except PermissionError:
        # The checks tell it.
        target.touch(mode=0)
