"""Put what an import made beside docs/, check it there, and only then move it in."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.checks.context import Known
from archivist.checks.exceptions import EXCUSABLE
from archivist.checks.run import PAGE_RULES, RULES
from archivist.posts.archive import Page
from archivist.posts.body import read_body
from archivist.posts.file import PostFile as Source
from archivist.posts.file import read_source
from archivist.posts.people import Registers
from archivist.wordpress.existing import LEDGER, hash_text
from archivist.wordpress.export.media import draw_missing
from archivist.wordpress.export.plan import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from archivist.wordpress.convert import Converted
    from archivist.wordpress.existing import Existing
    from archivist.wordpress.export.media import Placed
    from archivist.wordpress.export.plan import Plan
    from archivist.wordpress.export.terms import Terms

REASON = "comme sur le blog d’origine"
CREATED, UPDATED, UNCHANGED, KEPT, DELETED = (
    "créés",
    "mis à jour",
    "inchangés",
    "gardés, corrigés à la main",
    "supprimés à la main, laissés",
)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Staging:
    """Holds what will be written; nothing is in docs/ before `publish`.

    *changed* are the posts that are written, *states* counts posts and pages by what becomes
    of them. *problems* is what the checks find
    and no exception excuses, which is a fault of ours.
    """

    existing: Existing
    plan: Plan
    terms: Terms
    is_forced: bool = False
    changed: list[str] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    excuses: dict[str, set[str]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    _files: dict[str, str] = field(default_factory=dict)
    _items: dict[str, str] = field(default_factory=dict)
    _checked: set[str] = field(default_factory=set)

    def __enter__(self) -> Staging:
        # On the disk of docs/, so that a rename is all it takes.
        self.folder = Path(tempfile.mkdtemp(prefix=".import-", dir=self.existing.docs.parent))
        self._known = self._look_around()
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- What is there --------------------------------------------------------------------

    def _look_around(self) -> Known:
        planned = self.plan.planned.values()
        names = [*self.existing.posts, *self.existing.pages, *(each.docname for each in planned)]
        lists = dict.fromkeys(self.terms.lists.values(), True)
        registers = Registers(
            authors=self.existing.registers.authors | self.terms.authors,
            categories=self.existing.registers.categories | self.terms.categories,
        )
        return Known(
            docs=self.folder,
            registers=registers,
            docnames={name: f"docs/{name}.md" for name in names},
            anchors=_Anchors(self.plan),
            files=frozenset(),
            hidden=frozenset(),
            labels=lists,
            taken_labels=frozenset(),
            list_labels=frozenset(lists),
            terms={},
            spellings={},
            names={},
            today=None,
        )

    def _recorded(self, name: str) -> str:
        return self.existing.ledger.get("files", {}).get(name, "")

    def _on_disk(self, name: str) -> str:
        path = self.existing.docs / name
        return _hash(path.read_bytes()) if path.is_file() else ""

    # -- What is put in -------------------------------------------------------------------

    def add(self, converted: Converted) -> str:
        """Put a post or page in; return what becomes of it."""
        planned = converted.planned
        name = f"{planned.docname}.md"
        state = self._choose(name, converted.text, is_stub=planned.stub is not None)
        self.states[state] += 1
        self._items[key_of(self.plan.blog, planned.id)] = planned.docname
        self.redirects |= converted.redirects
        if state in {CREATED, UPDATED} and not planned.is_page:
            self.changed.append(planned.docname)
        if state in {KEPT, DELETED}:
            self._keep_record(name)
            return state
        self._write(name, converted.text.encode("utf-8"))
        for placed in converted.placed:
            self.used.add(placed.url)
            self._add_file(placed)
        self._add_remarks(f"{planned.docname}.comments.yml", converted.remarks)
        self._check(converted)
        return state

    def _choose(self, name: str, text: str, *, is_stub: bool) -> str:
        before, now = self._recorded(name), self._on_disk(name)
        if now == hash_text(text):
            return UNCHANGED
        if not now:
            return DELETED if before and not self.is_forced else CREATED
        if is_stub or self.is_forced or now == before:
            return UPDATED
        return KEPT

    def _keep_record(self, name: str) -> None:
        before = self._recorded(name)
        if before:
            self._files[name] = before

    def _write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._files[name] = _hash(data)

    def _add_file(self, placed: Placed) -> None:
        """Put a file in; where it is missing, what stands in for it, unless there is one."""
        name, now = placed.target, self._on_disk(placed.target)
        if placed.data is None:
            self.missing[name] = placed.url
        stand_in = self.existing.ledger.get("missing", {})
        is_ours = not now or now == self._recorded(name) or name in stand_in
        if now and (not is_ours or placed.data is None):
            # Put there by hand, or already found.
            data = (self.existing.docs / name).read_bytes()
        else:
            data = draw_missing(name) if placed.data is None else placed.data
        self._write(name, data)

    def _add_remarks(self, name: str, text: str) -> None:
        now, before = self._on_disk(name), self._recorded(name)
        if not text:
            return
        if now and now != before and now != hash_text(text) and not self.is_forced:
            self._keep_record(name)
        else:
            self._write(name, text.encode("utf-8"))

    # -- Checks ---------------------------------------------------------------------------

    def _check(self, converted: Converted) -> None:
        """Run the checks on what was put in, and excuse what old posts may be excused of."""
        docname = converted.planned.docname
        self._checked.add(docname)
        rules: set[str] = set()
        for rule, line, message in self._find_faults(converted):
            if rule in EXCUSABLE and not converted.planned.is_page:
                rules.add(rule)
            else:
                self.problems.append(f"{docname}.md:{line}: {message}")
        if rules:
            self.excuses[docname] = rules

    def _find_faults(self, converted: Converted) -> Iterator[tuple[str, int, str]]:
        docname = converted.planned.docname
        files = frozenset(placed.target for placed in converted.placed)
        known = replace(self._known, files=files)
        path = self.folder / f"{docname}.md"
        if converted.planned.is_page:
            page = Page(path=str(path), docname=docname, body=read_body(converted.text))
            for rule in PAGE_RULES:
                for line, message in rule(page, known):
                    yield rule.__name__.removeprefix("check_"), line, message
            return
        source = read_source(path, shown_as=docname, docname=docname)
        if not isinstance(source, Source):
            yield "text", source.line, source.message
            return
        for each in RULES:
            for line, message in each(source, known):
                yield each.__name__.removeprefix("check_"), line, message

    # -- The end --------------------------------------------------------------------------

    def publish(self) -> None:
        """Move what was put in to docs/, with what it needs there."""
        docs = self.existing.docs
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            name = path.relative_to(self.folder).as_posix()
            if self._on_disk(name) != self._files[name]:
                target = docs / name
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        self._write_registers()
        self._write_redirects()
        self._write_excuses()
        self._write_ledger()

    def _append(self, name: str, lines: list[str]) -> None:
        if not lines:
            return
        path = self.existing.docs / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        gap = "" if not before or before.endswith("\n") else "\n"
        _replace(path, before + gap + "".join(f"{line}\n" for line in lines))

    def _write_registers(self) -> None:
        self._append("categories.yml", list(self.terms.describe_categories()))
        self._append("authors.yml", list(self.terms.describe_authors()))

    def find_new_redirects(self) -> dict[str, str]:
        """Return the old addresses that nothing else answers at."""
        slugs = {f"{each.slug}/" for each in self.plan.planned.values() if not each.is_page}
        slugs |= {f"{post.slug}/" for post in self.existing.posts.values()}
        lists = {f"{target}/" for target in self.terms.redirects.values()}
        lists |= {f"{each.replace('-', '/', 1)}/" for each in self.terms.lists.values()}
        taken = self.existing.redirects | slugs | lists
        wanted = self.redirects | self.terms.redirects
        return {old: new for old, new in wanted.items() if old.lstrip("/") not in taken}

    def _write_redirects(self) -> None:
        lines = [f"{old}  {new}" for old, new in sorted(self.find_new_redirects().items())]
        self._append("redirects.txt", lines)

    def _write_excuses(self) -> None:
        """Rewrite our own lines of the exceptions; leave those of others."""
        path = self.existing.docs / "exceptions.txt"
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = [line for line in before.split("\n")[:-1] if not self._is_stale(line)]
        ours = [
            f"{docname}  {rule}  {REASON}"
            for docname, rules in sorted(self.excuses.items())
            for rule in sorted(rules)
        ]
        known = set(lines)
        lines += (each for each in ours if each not in known)
        text = "".join(f"{line}\n" for line in lines)
        if text != before:
            _replace(path, text)

    def _is_stale(self, line: str) -> bool:
        """Tell whether a line of the exceptions is ours, and no longer needed."""
        words = line.split(maxsplit=2)
        if len(words) <= 2 or words[2] != REASON:  # noqa: PLR2004
            return False
        docname, rule, _ = words
        return docname in self._checked and rule not in self.excuses.get(docname, ())

    def _write_ledger(self) -> None:
        """Note what was written, for the next import to know it again."""
        before = self.existing.ledger
        ledger: dict[str, Mapping[str, str]] = {
            "items": before.get("items", {}) | self._items,
            "files": before.get("files", {}) | self._files,
            "missing": {
                name: url
                for name, url in before.get("missing", {}).items()
                if name not in self._files
            }
            | self.missing,
        }
        text = json.dumps(ledger, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        path = self.existing.docs / LEDGER
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            _replace(path, text)


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)


class _Anchors(dict[str, Any]):
    """What links can lead to in each post, looked up when asked."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._numbers = {each.docname: each.id for each in plan.planned.values()}
        self._plan = plan

    def __missing__(self, docname: str) -> frozenset[str]:
        number = self._numbers.get(docname, 0)
        return frozenset(self._plan.anchors.get(number, {}).values())
