"""Put what an import made beside docs/, check the whole there, and only then move it in."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from archivist.addresses.owned import Owners
from archivist.build.build import check_docs
from archivist.checks.exceptions import EXCUSABLE, rewrite_excuses
from archivist.checks.exceptions import NAME as EXCEPTIONS
from archivist.comments.reading import ENDING
from archivist.posts.archive import Archive
from archivist.problems import Problem
from archivist.wordpress.convert import Converted
from archivist.wordpress.existing import LEDGER, Existing, hash_bytes
from archivist.wordpress.export.media import Placed, draw_missing
from archivist.wordpress.export.plan import Plan, key_of
from archivist.wordpress.export.terms import Terms

REASON = "comme sur le blog d’origine"
CREATED, UPDATED, UNCHANGED, KEPT, DELETED, REFUSED = (
    "créés", "mis à jour", "inchangés", "gardés, corrigés à la main",
    "supprimés à la main, laissés", "laissés, refusés par la vérification",
)  # fmt: skip
_REDIRECTS = "redirects.txt"


@dataclass
class Staging:
    """Holds what will be written; nothing is in docs/ before `publish_in`."""

    existing: Existing
    plan: Plan
    terms: Terms
    is_forced: bool = False
    changed: list[str] = field(default_factory=list)  # the posts that are written
    outcomes: dict[str, str] = field(default_factory=dict)  # what becomes of each post and page
    problems: list[str] = field(default_factory=list)
    """What the check says of docs/ as it will be, and of what is left out of it."""
    excuses: dict[str, set[str]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    _files: dict[str, str] = field(default_factory=dict)  # hashes of all files that are imports'
    _staged: dict[str, str] = field(default_factory=dict)  # the post of each file that is put in
    _items: dict[str, str] = field(default_factory=dict)
    _impossible: set[str] = field(default_factory=set)  # old addresses that the check refuses

    def __enter__(self) -> Staging:
        # On the disk of docs/, so that a link is all it takes.
        self.folder = Path(tempfile.mkdtemp(prefix=".import-", dir=self.existing.docs.parent))
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _recorded(self, name: str) -> str:
        return self.existing.ledger.get("files", {}).get(name, "")

    def _on_disk(self, name: str) -> str:
        path = self.existing.docs / name
        return hash_bytes(path.read_bytes()) if path.is_file() else ""

    def add(self, converted: Converted) -> str:
        """Put a post or page in; return what becomes of it."""
        planned, docname = converted.planned, converted.planned.docname
        name = f"{docname}.md"
        state = self._choose(name, converted.text, is_stub=planned.stub is not None)
        self.outcomes[docname] = state
        self._items[key_of(self.plan.blog, planned.id)] = docname
        self.redirects |= converted.redirects
        if state in {CREATED, UPDATED} and not planned.is_page:
            self.changed.append(docname)
        if state in {KEPT, DELETED}:
            self._keep_record(name)
            return state
        self._write(name, docname, converted.text.encode("utf-8"))
        for placed in converted.placed:
            self.used.add(placed.url)
            self._add_file(placed, docname)
        if converted.remarks:
            self._add_remarks(docname, converted.remarks)
        return state

    def _choose(self, name: str, text: str, *, is_stub: bool) -> str:
        before, now = self._recorded(name), self._on_disk(name)
        if now == hash_bytes(text.encode("utf-8")):
            return UNCHANGED
        if not now:
            return DELETED if before and not self.is_forced else CREATED
        if is_stub or self.is_forced or now == before:
            return UPDATED
        return KEPT

    def _keep_record(self, name: str) -> None:
        self._files |= {name: before} if (before := self._recorded(name)) else {}

    def _write(self, name: str, docname: str, data: bytes) -> None:
        path = self.folder / "staged" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._files[name], self._staged[name] = hash_bytes(data), docname

    def _add_file(self, placed: Placed, docname: str) -> None:
        """Put a file in; where it is missing, what stands in for it, unless there is one."""
        name, now = placed.target, self._on_disk(placed.target)
        if placed.data is None:
            self.missing[name] = placed.url
        stand_in = self.existing.ledger.get("missing", {})
        is_ours = not now or now == self._recorded(name) or name in stand_in
        if now and (not is_ours or placed.data is None):
            data = (self.existing.docs / name).read_bytes()  # Put there by hand, or already found.
        else:
            data = draw_missing(name) if placed.data is None else placed.data
        self._write(name, docname, data)

    def _add_remarks(self, docname: str, text: str) -> None:
        name, data = f"{docname}{ENDING}", text.encode("utf-8")
        now, ours = self._on_disk(name), {self._recorded(name), hash_bytes(data)}
        if now and now not in ours and not self.is_forced:
            self._keep_record(name)
        else:
            self._write(name, docname, data)

    def check(self) -> None:
        """Check docs/ as it will be, and leave out what cannot pass, until all that is left does.

        Old posts are excused of what they may be excused of.
        """
        whole = self.folder / self.existing.docs.name
        while True:
            shutil.rmtree(whole, ignore_errors=True)
            shutil.copytree(self.existing.docs, whole, symlinks=True, copy_function=_link)
            self.excuses = {}
            self.publish_in(whole)
            refused, others = self._sort(whole, *check_docs(whole, day_of=self.existing.docs))
            if not refused and not self._find_impossible(whole, others):
                self.problems = list(dict.fromkeys([*self.problems, *map(str, others)]))
                return
            for docname, problems in refused.items():
                self.problems += map(str, problems)
                self._leave_out(docname)

    def _sort(
        self, whole: Path, archive: Archive, problems: list[Problem]
    ) -> tuple[dict[str, list[Problem]], list[Problem]]:
        """Return what is wrong with each post and page put in, and with all else."""
        refused: dict[str, list[Problem]] = {}
        others = []
        with_source = {each.docname for each in archive.sources if "source" in each.fields}
        for problem in problems:
            docname = self._staged.get(problem.path.removeprefix(f"{whole.name}/"))
            if not docname:
                others.append(problem)
            elif problem.rule in EXCUSABLE and docname in with_source:
                self.excuses.setdefault(docname, set()).add(problem.rule)
            else:
                refused.setdefault(docname, []).append(problem)
        return refused, others

    def _find_impossible(self, whole: Path, problems: list[Problem]) -> bool:
        """Note the old addresses of ours among *problems*; tell whether there are any."""
        new, lines = self.find_new_redirects(), _read(whole / _REDIRECTS).split("\n")
        told = (each.line for each in problems if each.path == f"{whole.name}/{_REDIRECTS}")
        words = (lines[line - 1].split() for line in told)
        found = {each[0] for each in words if each and new.get(each[0]) == each[-1]}
        self._impossible |= found
        return bool(found)

    def _leave_out(self, docname: str) -> None:
        """Take out a post or page, and all that came with it."""
        for name in [name for name, owner in self._staged.items() if owner == docname]:
            (self.folder / "staged" / name).unlink()
            del self._staged[name], self._files[name]
            self._keep_record(name)
            self.missing.pop(name, None)
        self.outcomes[docname] = REFUSED
        self.redirects = {old: new for old, new in self.redirects.items() if new != docname}
        self._items = {key: name for key, name in self._items.items() if name != docname}
        self.changed = [name for name in self.changed if name != docname]

    def find_written(self) -> set[str]:
        """Return the files that will not be as they are in docs/."""
        return {name for name in self._staged if self._on_disk(name) != self._files[name]}

    def publish_in(self, docs: Path) -> None:
        """Put all into *docs*, which is docs/ or its copy: no file there is written over."""
        for name, digest in sorted(self._files.items()):
            if name in self._staged and self._on_disk(name) != digest:
                target = docs / name
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.part")
                part.unlink(missing_ok=True)
                _link(self.folder / "staged" / name, part)
                part.replace(target)
        _append(docs / "categories.yml", self.terms.describe_categories())
        _append(docs / "authors.yml", self.terms.describe_authors())
        redirects = sorted(self.find_new_redirects().items())
        _append(docs / _REDIRECTS, (f"{old}  {new}" for old, new in redirects))
        staged = frozenset(self._staged.values())
        text = rewrite_excuses(_read(docs / EXCEPTIONS), self.excuses, staged, REASON)
        _replace(docs / EXCEPTIONS, text)
        self._write_ledger(docs)

    def find_new_redirects(self) -> dict[str, str]:
        """Return the old addresses that nothing else answers at."""
        slugs = [each.slug for each in self.plan.planned.values() if not each.is_page]
        slugs += [post.slug for post in self.existing.posts.values()]
        lists = [each.replace("-", "/", 1) for each in self.terms.lists.values()]
        owners = Owners(
            {f"{name}/": name for name in (*self.terms.redirects.values(), *lists)},
            {f"{slug}/index.html": slug for slug in slugs},
        )
        taken = self._impossible | {f"/{redirect.old}" for redirect in self.existing.redirects}
        wanted = (self.redirects | self.terms.redirects).items()
        return {old: new for old, new in wanted if old not in taken and not owners.find(old)}

    def _write_ledger(self, docs: Path) -> None:
        """Note what was written, for the next import to know it again."""
        before = self.existing.ledger
        missing = before.get("missing", {}).items()
        still_missing = {name: url for name, url in missing if name not in self._files}
        ledger = {
            "items": before.get("items", {}) | self._items,
            "files": before.get("files", {}) | self._files,
            "missing": still_missing | self.missing,
        }
        text = json.dumps(ledger, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        _replace(docs / LEDGER, text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _replace(path: Path, text: str) -> None:
    if _read(path) != text:
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)


def _append(path: Path, lines: Iterable[str]) -> None:
    if added := "".join(f"{line}\n" for line in lines):
        before = _read(path)
        gap = "" if not before or before.endswith("\n") else "\n"
        _replace(path, before + gap + added)


def _link(source: str | Path, target: str | Path) -> None:
    """Have the file *source* at *target* too; as a copy, where a disk has no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)
