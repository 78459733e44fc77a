"""Put what an import made beside docs/, check the whole there, and only then move it in."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from archivist.addresses.owned import POSTS
from archivist.build.docs import check_docs, judge_docs
from archivist.checks.exceptions import EXCUSABLE, rewrite_excuses
from archivist.comments.reading import ENDING
from archivist.dates.today import find_today
from archivist.pictures.missing import draw_missing
from archivist.posts.tree import EXCEPTIONS, LENGTHS
from archivist.problems import Problem
from archivist.wordpress.convert import Converted
from archivist.wordpress.existing import LEDGER, Existing, hash_bytes
from archivist.wordpress.export.media import Placed
from archivist.wordpress.export.origin import describe_blog
from archivist.wordpress.export.plan import Plan, key_of
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.redirects import REDIRECTS, OldAddresses, drop_addresses
from archivist.wordpress.writing import (
    append_lines,
    link_docs,
    link_file,
    read_if_there,
    replace_text,
)

REASON = "comme sur le blog d’origine"
CREATED, UPDATED, UNCHANGED, KEPT, DELETED = (
    "créés", "mis à jour", "inchangés", "gardés, corrigés à la main",
    "supprimés à la main, laissés",
)  # fmt: skip


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
    """What the check says of docs/ as it will be, and of comments that are left out of it."""
    excuses: dict[str, set[str]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    is_sound: bool = True
    """Whether docs/ will have no mistake that it has not now."""
    without_remarks: set[str] = field(default_factory=set)  # posts whose comments are left out
    dropped: dict[str, list[str]] = field(default_factory=dict)  # old addresses left out, by post
    _files: dict[str, str] = field(default_factory=dict)  # hashes of all files that are imports'
    _staged: dict[str, str] = field(default_factory=dict)  # the post of each file that is put in
    _items: dict[str, str] = field(default_factory=dict)
    _with_source: set[str] = field(default_factory=set)  # old posts and pages, which may be excused
    _long: set[str] = field(default_factory=set)  # those excused of their length

    def __post_init__(self) -> None:
        self.old = OldAddresses(self.existing, self.plan, self.terms, is_forced=self.is_forced)

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
        if state in {CREATED, UPDATED} and not planned.is_page:
            self.changed.append(docname)
        if state in {KEPT, DELETED}:
            self._keep_record(name)
            return state
        for address, new in converted.redirects.items():
            self.old.wanted.setdefault(address, new)
        self.old.lists.update(converted.lists)
        self.old.claimed.update(converted.addresses)
        if converted.has_source or planned.is_page:
            self._with_source.add(docname)
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
        stood_in = name in self.existing.ledger.get("missing", {})
        is_ours = not now or now == self._recorded(name)
        if is_ours and placed.data is None and (stood_in or not now):
            data = draw_missing(name, placed.url)
        elif placed.data is None or not (is_ours or stood_in):
            data = (self.existing.docs / name).read_bytes()  # Put there by hand, or already found.
        else:
            data = placed.data
        self._write(name, docname, data)

    def _add_remarks(self, docname: str, text: str) -> None:
        name, data = f"{docname}{ENDING}", text.encode("utf-8")
        now, ours = self._on_disk(name), {self._recorded(name), hash_bytes(data)}
        if now and now not in ours and not self.is_forced:
            self._keep_record(name)
        else:
            self._write(name, docname, data)

    def check(self) -> dict[str, list[str]]:
        """Check docs/ as it will be; return what is wrong with each post that cannot pass, if any.

        Old posts are excused of what they may be excused of. What has one right answer is mended.
        """
        whole = self.folder / self.existing.docs.name
        while True:
            shutil.rmtree(whole, ignore_errors=True)
            link_docs(self.existing.docs, whole)
            self.excuses = {docname: {LENGTHS} for docname in self._long}
            self.publish_in(whole)
            _, problems = judge_docs(whole, find_today(self.existing.docs))
            refused, others = self._sort(whole, problems)
            # What was not read for its length hides more, and what others lead to.
            if self._excuse_lengths(refused):
                continue
            is_mended = self._mend_addresses(whole, others)
            lost = {
                name: faults for name, faults in refused.items() if not self._mend(name, faults)
            }
            if lost:
                return _tell_worst(lost)
            if not refused and not is_mended:
                self._judge(others)
                return {}

    def _sort(
        self, whole: Path, problems: list[Problem]
    ) -> tuple[dict[str, list[Problem]], list[Problem]]:
        """Return what is wrong with each post and page put in, and with all else."""
        refused: dict[str, list[Problem]] = {}
        others = []
        for problem in problems:
            docname = self._staged.get(problem.path.removeprefix(f"{whole.name}/"))
            if not docname:
                others.append(problem)
            elif problem.rule in EXCUSABLE and docname in self._with_source:
                self.excuses.setdefault(docname, set()).add(problem.rule)
            else:
                refused.setdefault(docname, []).append(problem)
        return refused, others

    def _excuse_lengths(self, refused: dict[str, list[Problem]]) -> bool:
        """Excuse what is too long, and was not read for that; tell whether there is any."""
        found = {
            docname
            for docname in refused.keys() & self._with_source - self._long
            if all(problem.rule == LENGTHS for problem in refused[docname])
        }
        self._long |= found
        return bool(found)

    def _mend(self, docname: str, problems: list[Problem]) -> bool:
        """Take out what alone is wrong with a post: its comments, or some of its old addresses."""
        if all(problem.path.endswith(ENDING) for problem in problems):
            self.problems += map(str, problems)
            self._take_out(f"{docname}{ENDING}")
            self.without_remarks.add(docname)
            return True
        path = self.folder / "staged" / f"{docname}.md"
        told = "".join(problem.message for problem in problems)
        mended, dropped = drop_addresses(path.read_text(encoding="utf-8"), told)
        if dropped:
            path.unlink()
            self._write(f"{docname}.md", docname, mended.encode("utf-8"))
            self.dropped[docname] = [*self.dropped.get(docname, ()), *dropped]
        return bool(dropped)

    def _judge(self, others: list[Problem]) -> None:
        """Tell what is wrong with all else, and whether it was before."""
        self.problems = list(dict.fromkeys([*self.problems, *map(str, others)]))
        self.is_sound = all((each.path, each.line) in self._known for each in others)
        if not self.is_sound:
            self.problems.append("rien n’est écrit : docs/ ne passerait plus la vérification.")

    @cached_property
    def _known(self) -> Set[tuple[str, int]]:
        """Where something was wrong before: what is advised there depends on what else there is."""
        _, problems = check_docs(self.existing.docs)
        return {(problem.path, problem.line) for problem in problems}

    def _mend_addresses(self, whole: Path, problems: list[Problem]) -> bool:
        """Do without the old addresses that new *problems* tell of; tell whether there are others."""
        shown_as = f"{whole.name}/{REDIRECTS}"
        told = [each.line for each in problems if each.path == shown_as]
        new = [line for line in told if (shown_as, line) not in self._known]
        return self.old.forget(read_if_there(whole / REDIRECTS).split("\n"), new)

    def _take_out(self, name: str) -> None:
        (self.folder / "staged" / name).unlink()
        del self._staged[name], self._files[name]
        self._keep_record(name)
        self.missing.pop(name, None)

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
                link_file(self.folder / "staged" / name, part)
                part.replace(target)
        append_lines(docs / "categories.yml", self.terms.describe_categories(self.old.lists))
        append_lines(docs / "authors.yml", self.terms.describe_authors(self.old.lists))
        if any(each.startswith(f"{POSTS}/") for each in self._staged.values()):
            append_lines(docs / "blogs.yml", describe_blog(self.terms.blog, self.existing))
        self.old.write(docs / REDIRECTS)
        staged = frozenset(self._staged.values())
        text = rewrite_excuses(read_if_there(docs / EXCEPTIONS), self.excuses, staged, REASON)
        replace_text(docs / EXCEPTIONS, text)
        self._write_ledger(docs)

    def _write_ledger(self, docs: Path) -> None:
        """Note what was written, for the next import to know it again."""
        before = self.existing.ledger
        missing = before.get("missing", {}).items()
        still_missing = {name: url for name, url in missing if name not in self._files}
        ledger = {
            "items": before.get("items", {}) | self._items,
            "files": before.get("files", {}) | self._files,
            "missing": still_missing | self.missing,
            "authors": before.get("authors", {}) | self.terms.signed,
            "redirects": before.get("redirects", {}) | self.old.find_new(),
        }
        text = json.dumps(ledger, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        replace_text(docs / LEDGER, text)


def _tell_worst(lost: dict[str, list[Problem]]) -> dict[str, list[str]]:
    """Return what is wrong with each post; not of those that may only lead to one of the others."""
    worst = {
        docname: problems
        for docname, problems in lost.items()
        if any(problem.rule != "links" for problem in problems)
    }
    return {docname: list(map(str, problems)) for docname, problems in (worst or lost).items()}
