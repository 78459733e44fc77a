"""Decide what of an export is written, and where, before any of it is: one pass over the files."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from archivist.addresses.owned import OWNED_NAMES, POSTS
from archivist.addresses.slugs import cut_slug, find_free, is_slug, to_slug
from archivist.errors import ArchiveError
from archivist.french import count
from archivist.posts.labels import bare_text
from archivist.syntax.characters import take_out_signs
from archivist.wordpress.existing import Existing, Written
from archivist.wordpress.export.plan import (
    Medium,
    Plan,
    Planned,
    explain_failure,
    find_moment,
    key_of,
    normalise_path,
    read_items,
    refuse,
)
from archivist.wordpress.export.wxr import Blog, WpItem
from archivist.wordpress.notes import Kind

_LONGEST_SLUG = 100
# The address of a year, and labels that references know lists by.
_RESERVED_SHAPES = re.compile(
    r"[0-9]{4}|(?:tag|category|author|archive|location|language|series|blog)-.*"
)
_IDS = re.compile(
    r"<([a-z][a-z0-9]*)\b[^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
_FRAGMENTS = re.compile(r"href\s*=\s*[\"']?[^\"'\s>#]{0,2000}#([^\"'\s>]+)", re.IGNORECASE)


@dataclass
class _Planner:
    """Makes a plan out of items as they come."""

    plan: Plan
    existing: Existing
    taken: set[str]
    ids: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    fragments: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.stubs = [post for post in self.existing.posts.values() if post.is_stub]

    def note(self, item: WpItem) -> None:
        """Note what *item* is, and what will become of it."""
        plan = self.plan
        if item.id in plan.planned or item.id in plan.media:
            reason = "en double dans les fichiers"
        else:
            try:
                reason = self._note_new(item)
            except Exception as error:  # noqa: BLE001 (nothing in one item may end an import)
                reason = "erreur inattendue"
                plan.problems.append(explain_failure(item, error))
                for noted in (plan.planned, plan.media, plan.shared):
                    noted.pop(item.id, None)
        plan.counts[item.type, reason] += 1

    def _note_new(self, item: WpItem) -> str:
        """Note an item that was not there before; return why it is not written, or nothing."""
        if item.type == "attachment":
            return self._note_medium(item)
        if item.type == "wp_block" and item.is_public:
            self.plan.shared[item.id] = item.content
            return "bloc partagé"
        if reason := refuse(item):
            self.plan.hidden.add(item.id)
            self._note_paths(item)
            return reason
        self._note_planned(item)
        return ""

    def _note_paths(self, item: WpItem) -> None:
        for path in filter(None, map(normalise_path, (item.link, item.guid))):
            # An address that a public post has is that post's.
            if item.id in self.plan.planned or path not in self.plan.paths:
                self.plan.paths[path] = item.id

    def _note_medium(self, item: WpItem) -> str:
        is_open = item.status in {"inherit", "publish"} and not item.protected
        if is_open:
            url = item.attachment_url or item.guid
            alt = item.meta.get("_wp_attachment_image_alt", "")
            title, caption = (take_out_signs(text)[0] for text in (item.title, item.excerpt))
            for sign in dict.fromkeys(take_out_signs(f"{item.title}{item.excerpt}{alt}")[1]):
                self.plan.notes.append((Kind.SIGN_REMOVED, f"{url} : {sign}"))
            self.plan.media[item.id] = Medium(
                id=item.id, parent=item.parent, order=item.order, link=item.link,
                url=url, title=title, alt=bare_text(alt), caption=caption,
            )  # fmt: skip
            self._note_paths(item)
        return "média" if is_open else f"état {item.status}"

    def _note_planned(self, item: WpItem) -> None:
        date = find_moment(item.date, item.date_gmt)
        is_page = item.type == "page"
        stub = None if is_page else self._find_stub(item)
        docname = stub.docname if stub else self._name(item, date)
        self.taken.add(docname.rpartition("/")[2])
        self.plan.planned[item.id] = Planned(
            id=item.id, is_page=is_page, title=item.title, docname=docname,
            link=item.link, date=date, creator=item.creator, terms=item.terms, stub=stub,
        )  # fmt: skip
        self._note_paths(item)
        self.ids[item.id] = {(tag.lower(), name) for tag, name in _IDS.findall(item.content)}
        self.fragments.update(unquote(each) for each in _FRAGMENTS.findall(item.content))

    def _find_stub(self, item: WpItem) -> Written | None:
        """Return the excerpt of the same post that is there already."""
        stubs = [post for post in self.stubs if post.slug not in self.taken]
        slug = _propose_slug(item)
        by_slug = [post for post in stubs if post.slug == slug]
        sources = [(post, post.fields.get("source")) for post in stubs]
        link = item.link.rstrip("/")
        by_source = [post for post, source in sources if source and source.text.rstrip("/") == link]
        by_title = [post for post in stubs if _bare(post.title) == _bare(item.title)]
        # An excerpt may come from a page that showed several.
        candidates = (found[0] for found in (by_slug, by_source, by_title) if len(found) == 1)
        return next(candidates, None)

    def _name(self, item: WpItem, date: dt.datetime) -> str:
        """Return the docname of a post or page: the one it had, else a free one."""
        if before := self.existing.ledger.get("items", {}).get(key_of(self.plan.blog, item.id)):
            return before
        slug = _propose_slug(item)
        is_owned = slug in OWNED_NAMES or _RESERVED_SHAPES.fullmatch(slug)
        stem = f"{'page' if item.type == 'page' else 'billet'}-{slug}" if is_owned else slug
        name = find_free(stem, self.taken | {post.slug for post in self.stubs})
        docname = name if item.type == "page" else f"{POSTS}/{date.year}/{name}"
        if is_owned:
            self.plan.renamed[f"{slug} ({item.type} {item.id})"] = docname
        return docname

    def name_anchors(self) -> None:
        """Name the parts of posts that links lead to, and those with names of their own."""
        uses = Counter(each for found in self.ids.values() for each in {name for _, name in found})
        own = {planned.docname for planned in self.plan.planned.values()}
        labels = (found for docname, found in self.existing.labels.items() if docname not in own)
        taken = set().union(self.taken, *labels)
        for number, found in self.ids.items():
            planned = self.plan.planned[number]
            for tag, old in sorted(found):
                if old not in self.fragments and not re.fullmatch("h[1-6]", tag):
                    continue
                name = to_slug(old)[:60].strip("-_")
                is_others = uses[old] > 1 or name in taken or _RESERVED_SHAPES.fullmatch(name)
                if is_others or not is_slug(name) or old.startswith("_ftn"):
                    name = f"{planned.slug}-{name}".strip("-_")
                if is_slug(name) and name not in taken:
                    taken.add(name)
                    self.plan.anchors.setdefault(number, {})[old] = name


def _bare(title: str) -> str:
    return to_slug(re.sub("<[^<>]*>", "", title))


def _propose_slug(item: WpItem) -> str:
    address = urlsplit(item.link).path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    names = [item.slug] if item.id > 0 else [item.slug, address, bare_text(item.title)]
    slugs = (cut_slug(to_slug(unquote(name)), _LONGEST_SLUG) for name in names)
    return next(filter(is_slug, slugs), f"{item.type}-{abs(item.id)}")


def make_plan(paths: Sequence[Path], existing: Existing) -> Plan:
    """Return what to do with the exports in *paths*. Raises ArchiveError."""
    plan = Plan(blog=Blog())
    plan_items(plan, read_items(paths, plan.blog), existing)
    if not plan.planned:
        media, total = len(plan.media), plan.counts.total()
        message = (
            f"aucun billet ni page publiés dans cet export ({count(media, 'image ou document', 'images ou documents')}, "
            f"{count(total - media, 'autre élément', 'autres éléments')}) : rien n’est écrit. "
            "Un export en plusieurs fichiers se donne en une fois : tous, ou leur dossier."
        )
        raise ArchiveError(f"{', '.join(map(str, paths))} : {message}")
    return plan


def plan_items(plan: Plan, items: Iterable[WpItem], existing: Existing) -> None:
    """Have in *plan* what to do with *items*."""
    own = set(existing.ledger.get("items", {}).values())
    stubs = {name for name, post in existing.posts.items() if post.is_stub}
    # Names of posts that an import wrote stay theirs.
    names = ({*existing.posts, *existing.pages} - stubs) | own
    taken = {name.rpartition("/")[2] for name in names}
    # The address that a post has by its name may be among its old ones.
    old = ((each.old.strip("/"), each.new.split("/")) for each in existing.redirects)
    taken |= {address for address, new in old if address not in new}
    planner = _Planner(plan, existing, taken)
    for item in items:
        planner.note(item)
    planner.name_anchors()
    plan.deleted = existing.find_deleted()
