"""What an import did: how many of everything, each loss and doubt with its place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archivist.french import count
from archivist.reports import Topic, TopicPlace, write_list, write_page, write_topics
from archivist.wordpress.advice import advise
from archivist.wordpress.convert import Converted
from archivist.wordpress.counts import (
    count_blocks,
    count_items,
    count_media,
    count_remarks,
    count_states,
)
from archivist.wordpress.export.plan import Left, Plan, key_of
from archivist.wordpress.export.wxr import Blog, WpItem
from archivist.wordpress.meanings import MEANINGS, Weight
from archivist.wordpress.notes import Kind
from archivist.wordpress.staging import CREATED, KEPT, UNCHANGED, UPDATED, Staging

_MISSING = frozenset((Kind.FILE_MISSING, Kind.FEATURED_MISSING))
_WITH_PAGE = frozenset((CREATED, UPDATED, UNCHANGED, KEPT))
_KEPT, _LEFT = "gardés", "laissés"


@dataclass(kw_only=True)
class ImportReport:
    """What an import did.

    No word of what is not public is in it: of such items only how many there are.
    """

    files: list[str]
    counts: Counter[tuple[str, str]]  # of the items of the export, by type and reason
    is_dry: bool = False
    """Whether nothing is written, and all of it told as what would be."""
    blog: Blog = field(default_factory=Blog)
    states: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    left_remarks: Counter[str] = field(default_factory=Counter)
    """Of the comments that readers saw, those that are left, by reason."""
    media: Counter[str] = field(default_factory=Counter)
    blocks: int = 0
    in_html: int = 0
    posts: list[dict[str, Any]] = field(default_factory=list)
    general: list[tuple[Kind, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    """What to do next, a line each."""
    missing: dict[str, str] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)
    controls: dict[str, int] = field(default_factory=dict)
    _remarks: dict[str, int] = field(default_factory=dict)  # how many each post keeps

    def note(self, kind: Kind, text: str) -> None:
        """Note what concerns no one post."""
        self.general.append((kind, text))

    def add(self, converted: Converted, state: str, item: WpItem) -> None:
        """Note what became of a post."""
        docname, kept = converted.planned.docname, converted.remark_count
        self.blocks += converted.blocks
        self.in_html += converted.in_html
        self._remarks[docname] = kept
        self.remarks[_KEPT] += kept
        reason = "vide, trop long, ou en trop" if kept else "sans sa page, ou à votre demande"
        reason = "sous une page" if converted.planned.is_page and not kept else reason
        self._leave_remarks(len(item.remarks) - kept, reason)
        self.remarks.update(item.refused_remarks)
        self._add_post(
            item,
            docname,
            state,
            converted.notes,
            blocks=converted.blocks,
            in_html=converted.in_html,
        )

    def add_left(self, left: Left, item: WpItem) -> None:
        """Note that a post is left, and why."""
        self._leave_remarks(len(item.remarks), "avec son billet")
        self.remarks.update(item.refused_remarks)
        self.problems += left.problems
        notes = [(Kind.LEFT_OUT, problem) for problem in left.problems]
        self._add_post(item, left.docname, left.state, notes)

    def _leave_remarks(self, number: int, reason: str) -> None:
        self.remarks[_LEFT] += number
        self.left_remarks[reason] += number

    def _add_post(  # noqa: PLR0913 (what a row says)
        self,
        item: WpItem,
        docname: str,
        state: str,
        notes: Iterable[tuple[Kind, str]],
        *,
        blocks: int = 0,
        in_html: int = 0,
    ) -> None:
        self.posts.append({
            "id": item.id, "title": " ".join(item.title.split()), "is_page": item.type == "page",
            "path": f"{docname}.md", "state": state, "blocks": blocks, "html": in_html,
            "notes": _to_records(notes),
        })  # fmt: skip

    def finish(self, plan: Plan, staging: Staging) -> None:
        """Note what is known at the end."""
        self.states = Counter(post["state"] for post in self.posts)
        self.problems += [*plan.problems, *staging.problems]
        self.general += plan.notes
        self.blog = plan.blog
        for docname in staging.without_remarks:
            number = self._remarks.get(docname, 0)
            self.remarks[_KEPT] -= number
            self._leave_remarks(number, "la vérification les refuse")
        self.general += staging.old.list_notes()
        for docname, addresses in staging.dropped.items():
            self.note(Kind.OLD_ADDRESS_REFUSED, f"{docname}.md : {', '.join(addresses)}")
        self.missing = dict(staging.missing)
        self.controls = dict(plan.blog.controls)
        for place, number in self.controls.items():
            self.note(Kind.CONTROL_REMOVED, f"{place} : {count(number, 'caractère')}")
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
        named = [
            (post.get("path", ""), note["kind"], note["text"]) for post, note in self._list_notes()
        ]
        self.advice += advise(plan, self.wanted, named, staging)

    def _list_notes(self) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
        """Yield each note, with its post; that of no one post has an empty one."""
        for post in ({"notes": _to_records(self.general)}, *self.posts):
            for note in post["notes"]:
                yield post, note

    @property
    def is_conserved(self) -> bool:
        """Whether all items of the export are accounted for, each once."""
        public = sum(number for (_, reason), number in self.counts.items() if not reason)
        return public == sum(self.states.values()) == len(self.posts)

    def summarise(self) -> Iterator[str]:
        """Yield, in French, the lines that a maintainer reads: what matters, then the counts."""
        yield self._introduce()
        kinds = Counter(note["kind"] for _, note in self._list_notes())
        for weight in Weight:
            found = [kind for kind in MEANINGS if kinds[kind] and MEANINGS[kind].weight is weight]
            yield from ("", weight) if found else ()
            yield from (f"{kinds[kind]:6} × {kind}" for kind in found)
        yield from ("", "Comptes")
        yield from (f"  {line}" for line in self._list_counts())

    def _introduce(self) -> str:
        would = " ; à l’essai : rien n’est écrit" if self.is_dry else ""
        return f"{', '.join(self.files)} : {count(sum(self.counts.values()), 'élément')}{would}"

    def _list_counts(self) -> Iterator[str]:
        """Yield, in French, how many there are of everything."""
        posts, pages = (
            Counter(post["state"] for post in self.posts if post["is_page"] is is_page)
            for is_page in (False, True)
        )
        unseen = Counter(
            {kind: number for kind, number in self.remarks.items() if kind not in {_KEPT, _LEFT}}
        )
        yield from count_states(posts, pages, is_dry=self.is_dry)
        yield from count_remarks(self.remarks[_KEPT], self.left_remarks, unseen, is_dry=self.is_dry)
        yield from count_items(self.counts)
        yield from count_media(self.media)
        yield from count_blocks(self.blocks, self.in_html)

    def to_json(self) -> str:
        """Return all of it, for machines."""
        counts = [
            {"type": kind, "reason": reason or "écrit", "count": number}
            for (kind, reason), number in sorted(self.counts.items())
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

    def to_html(self, docs: str = "../../docs", site: str = "../html") -> str:
        """Return all of it, for people; *docs* and *site* are where these are, seen from there."""
        parts = [("Ce qui n’a pas réussi", write_list(self.problems))] if self.problems else []
        parts += write_topics({weight: self._list_topics(weight, docs, site) for weight in Weight})
        parts.append(("Comptes", write_list(self._list_counts())))
        parts += [("Ensuite", write_list(self.advice))] if self.advice else []
        return write_page("Rapport d’import", (self._introduce(),), parts)

    def _list_topics(self, weight: Weight, docs: str, site: str) -> list[Topic]:
        """Return the kinds of notes that matter as much, each with where it is."""
        found: dict[str, dict[str, tuple[dict[str, Any], Counter[str]]]] = {}
        for post, note in self._list_notes():
            places = found.setdefault(note["kind"], {})
            _, texts = places.setdefault(post.get("path", ""), (post, Counter()))
            texts[note["text"]] += 1
        return [
            Topic(
                name=f"{kind[0].upper()}{kind[1:]}",
                means=meaning.means,
                remedy=meaning.remedy,
                places=[_to_place(*each, docs, site) for each in found[kind].values()],
                is_folded=weight is Weight.HARMLESS,
            )
            for kind, meaning in MEANINGS.items()
            if meaning.weight is weight and kind in found
        ]


def _to_place(post: dict[str, Any], texts: Counter[str], docs: str, site: str) -> TopicPlace:
    """Return where notes of one kind are: their post has a source, and will have a page."""
    has_page, path = post.get("state") in _WITH_PAGE, post.get("path", "")
    return TopicPlace(
        name=post.get("title", "") or path,
        path=path,
        source=f"{docs}/{path}" if has_page else "",
        page=f"{site}/{path.removesuffix('.md')}.html" if has_page else "",
        texts=texts,
    )


def _to_records(notes: Iterable[tuple[Kind, str]]) -> list[dict[str, str]]:
    return [{"kind": kind, "text": text} for kind, text in notes]
