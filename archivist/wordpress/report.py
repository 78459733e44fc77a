"""What an import did: how many of everything, each loss and doubt with its place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archivist.reports import Row, write_list, write_page, write_table
from archivist.wordpress.advice import advise
from archivist.wordpress.convert import Converted
from archivist.wordpress.export.plan import Left, Plan, key_of
from archivist.wordpress.export.wxr import WpItem
from archivist.wordpress.notes import HARMLESS, Kind
from archivist.wordpress.staging import Staging

_MISSING = frozenset((Kind.FILE_MISSING, Kind.FEATURED_MISSING))


@dataclass(kw_only=True)
class ImportReport:
    """What an import did.

    No word of what is not public is in it: of such items only how many there are.
    """

    files: list[str]
    counts: Counter[tuple[str, str]]  # of the items of the export, by type and reason
    states: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    media: Counter[str] = field(default_factory=Counter)
    blocks: int = 0
    in_html: int = 0
    posts: list[dict[str, Any]] = field(default_factory=list)
    general: list[tuple[Kind, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)
    controls: dict[str, int] = field(default_factory=dict)
    advice: list[str] = field(default_factory=list)  # what a maintainer may do about it, in French
    _remarks: dict[str, int] = field(default_factory=dict)  # how many each post keeps

    def note(self, kind: Kind, text: str) -> None:
        """Note what concerns no one post."""
        self.general.append((kind, text))

    def add(self, converted: Converted, state: str, item: WpItem) -> None:
        """Note what became of a post."""
        self.blocks += converted.blocks
        self.in_html += converted.in_html
        self._remarks[converted.planned.docname] = converted.remark_count
        self.remarks["gardés"] += converted.remark_count
        self.remarks["laissés"] += len(item.remarks) - converted.remark_count
        self.remarks.update(item.refused_remarks)
        self.posts.append({
            "id": item.id, "title": " ".join(item.title.split()),
            "path": f"{converted.planned.docname}.md", "state": state,
            "blocks": converted.blocks, "html": converted.in_html,
            "notes": _to_records(converted.notes),
        })  # fmt: skip

    def add_left(self, left: Left, item: WpItem) -> None:
        """Note that a post is left, and why."""
        self.remarks["laissés"] += len(item.remarks)
        self.remarks.update(item.refused_remarks)
        self.problems += left.problems
        self.posts.append({
            "id": item.id, "title": " ".join(item.title.split()),
            "path": f"{left.docname}.md", "state": left.state, "blocks": 0, "html": 0,
            "notes": _to_records((Kind.LEFT_OUT, problem) for problem in left.problems),
        })  # fmt: skip

    def finish(self, plan: Plan, staging: Staging) -> None:
        """Note what is known at the end."""
        self.states = Counter(post["state"] for post in self.posts)
        self.problems += [*plan.problems, *staging.problems]
        self.general += plan.notes
        for docname in staging.without_remarks:
            self.remarks["gardés"] -= self._remarks.get(docname, 0)
            self.remarks["laissés"] += self._remarks.get(docname, 0)
        self.general += staging.old.list_notes()
        for docname, addresses in staging.dropped.items():
            self.note(Kind.OLD_ADDRESS_REFUSED, f"{docname}.md : {', '.join(addresses)}")
        self.missing = dict(staging.missing)
        self.controls = dict(plan.blog.controls)
        absent = set(staging.missing.values())
        lost = {note["text"] for _, note in self._list_notes() if note["kind"] in _MISSING}
        self.wanted = sorted(absent | lost)
        for url in (medium.url for medium in plan.media.values()):
            state = "manquants" if url in absent else "employés"
            self.media[state if url in staging.used else "non employés"] += 1
        for key, docname in staging.existing.ledger.get("items", {}).items():
            number = int(key.rpartition("=")[2])
            if key == key_of(plan.blog, number) and number in plan.hidden:
                self.note(Kind.UNPUBLISHED, f"{docname}.md")
        named = [(path, note["kind"], note["text"]) for path, note in self._list_notes()]
        self.advice += advise(plan, self.wanted, named, staging)

    def _list_notes(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each note, with the path of its post."""
        for post in ({"path": "", "notes": _to_records(self.general)}, *self.posts):
            for note in post["notes"]:
                yield post["path"], note

    @property
    def is_conserved(self) -> bool:
        """Whether all items of the export are accounted for, each once."""
        public = sum(count for (_, reason), count in self.counts.items() if not reason)
        return public == sum(self.states.values()) == len(self.posts)

    def summarise(self) -> Iterator[str]:
        """Yield, in French, the lines that a maintainer reads."""
        total = sum(self.counts.values())
        yield f"{', '.join(self.files)} : {total} éléments"
        for state, count in sorted(self.states.items()):
            yield f"{count:6}  billets et pages {state}"
        for (kind, reason), count in sorted(self.counts.items()):
            if reason:
                yield f"{count:6}  {kind}, {reason}"
        yield from self._count_blocks()
        if self.remarks:
            counts = ", ".join(f"{count} {kind}" for kind, count in self.remarks.items() if count)
            yield f"Commentaires : {counts or 'aucun'}"
        if self.media:
            yield "Médias : " + ", ".join(f"{count} {kind}" for kind, count in self.media.items())
        for kind, count in Counter(note["kind"] for _, note in self._list_notes()).most_common():
            yield f"{count:6}  {kind}"
        for place, count in self.controls.items():
            s = "s" if count > 1 else ""
            yield f"{place} : {count} caractère{s} de contrôle retiré{s}"
        yield from self.problems
        yield from self.advice

    def _count_blocks(self) -> Iterator[str]:
        """Yield how many blocks there are; a text that was Markdown has none."""
        share = f"{self.in_html / (self.blocks or 1):.1%}".replace(".", ",").replace("%", "\u00a0%")
        if self.blocks:
            yield f"{self.blocks} blocs de texte, dont {self.in_html} avec du HTML ({share})"

    def to_json(self) -> str:
        """Return all of it, for machines."""
        counts = [
            {"type": kind, "reason": reason or "écrit", "count": count}
            for (kind, reason), count in sorted(self.counts.items())
        ]
        data = {
            "files": self.files, "items": sum(self.counts.values()),
            "conserved": self.is_conserved, "counts": counts,
            "states": dict(sorted(self.states.items())),
            "comments": dict(sorted(self.remarks.items())),
            "media": dict(sorted(self.media.items())),
            "missing": dict(sorted(self.missing.items())),
            "blocks": self.blocks, "html": self.in_html, "controls": self.controls,
            "problems": self.problems, "notes": _to_records(self.general), "posts": self.posts,
        }  # fmt: skip
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def to_html(self) -> str:
        """Return all of it, for people."""
        missing = [f"{name} : {url}" for name, url in sorted(self.missing.items())]
        rows = (
            Row(cells=(path, note["kind"], note["text"]), matters=note["kind"] not in HARMLESS)
            for path, note in self._list_notes()
        )
        table = write_table(("Billet", "Quoi", "Passage"), rows)
        parts = (("Pertes et doutes", table), ("Images manquantes", write_list(missing)))
        return write_page("Rapport d’import", self.summarise(), parts)


def _to_records(notes: Iterable[tuple[Kind, str]]) -> list[dict[str, str]]:
    return [{"kind": kind, "text": text} for kind, text in notes]
