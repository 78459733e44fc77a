"""Decide what of an export is written, and where, before any of it is: one pass over the files."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archivist.addresses.owned import OWNED, OWNED_NAMES, POSTS
from archivist.addresses.slugs import is_slug, to_slug
from archivist.dates.edtf import FIRST_YEAR, LAST_YEAR
from archivist.errors import ArchiveError
from archivist.wordpress.export.wxr import Blog, read_export
from archivist.wordpress.html.expand import Attached

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archivist.wordpress.existing import Existing, Written
    from archivist.wordpress.export.wxr import Item, Term

_KINDS = ("post", "page")
_LONGEST_SLUG = 100
# The address of a year, and labels that references know lists by.
_RESERVED_SHAPES = re.compile(
    r"[0-9]{4}|(?:tag|category|author|archive|location|language|series|blog)-.*"
)
_IDS = re.compile(
    r"<(?P<tag>[a-z][a-z0-9]*)\b[^>]*?\s(?:id|name)\s*=\s*[\"']?(?P<id>[^\"'\s>]+)", re.IGNORECASE
)
_FRAGMENTS = re.compile(r"href\s*=\s*[\"']?[^\"'\s>]*#([^\"'\s>]+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A post or page that will be written: *docname* is its file below docs/ without ``.md``."""

    id: int
    is_page: bool
    title: str
    docname: str
    link: str
    date: dt.datetime
    stub: Written | None = None

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.docname.rpartition("/")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Medium:
    """An attachment of the export."""

    id: int
    attached: Attached
    parent: int
    order: int
    link: str
    is_open: bool


@dataclass(kw_only=True)
class Plan:
    """What an import will do with the items of an export.

    *counts* has how many items there are of each type, by what is done with them and why; *hidden*
    the numbers of those that nobody may see.
    """

    blog: Blog
    docs: Path
    planned: dict[int, Planned] = field(default_factory=dict)
    media: dict[int, Medium] = field(default_factory=dict)
    shared: dict[int, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    paths: dict[str, int] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    anchors: dict[int, dict[str, str]] = field(default_factory=dict)
    used_terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    creators: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    """The names that the site needs itself, and the docname given instead."""

    # -- What contents ask for ------------------------------------------------------------

    def find_attached(self, number: int) -> Attached | None:
        """Return the media of that number."""
        found = self.media.get(number)
        return found.attached if found else None

    @cached_property
    def _by_parent(self) -> Mapping[int, Sequence[Medium]]:
        # Asked only once all items are known.
        found: dict[int, list[Medium]] = {}
        for medium in self.media.values():
            found.setdefault(medium.parent, []).append(medium)
        return found

    def list_media(self, post: int) -> Sequence[Medium]:
        """Return the media attached to a post, in the order of the export."""
        return self._by_parent.get(post, ())

    def list_attached(self, post: int) -> Sequence[Attached]:
        """Return the media attached to a post, in their order."""
        found = sorted(self.list_media(post), key=lambda each: (each.order, each.id))
        return [each.attached for each in found]

    def claim_addresses(self, existing: Existing) -> dict[str, int]:
        """Return whose each address is already: the number of an item, or 0 for another's."""
        own = {each.docname for each in self.planned.values()}
        names = {address.removesuffix("/").removesuffix(".html") for address in OWNED} - {""}
        for each in self.planned.values():
            names |= {f"{each.date.year}", f"{each.date.year}/{each.date.month:02}"}
        claimed = {f"{name}{ending}": 0 for name in names for ending in ("/", ".html")}
        claimed |= {f"{post.slug}/": 0 for post in existing.posts.values()}
        claimed |= {each.old: 0 for each in existing.redirects if each.new not in own}
        return claimed | {f"{each.slug}/": each.id for each in self.planned.values()}

    def find_block(self, number: int) -> str | None:
        """Return the content of a block that several posts share."""
        return self.shared.get(number)


def refuse(item: Item) -> str:
    """Return why *item* is not written, in French, or nothing."""
    if item.type not in _KINDS:
        return f"type {item.type}"
    if item.status != "publish":
        return f"état {item.status or 'inconnu'}"
    return "protégé par mot de passe" if item.protected else ""


def normalise_path(address: str) -> str:
    """Return the path of an old address, so that two that are the same page are the same."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/").lower()
    return f"{path}?{parts.query}" if parts.query else path


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

    def note(self, item: Item) -> None:
        """Note what *item* is, and what will become of it."""
        plan = self.plan
        if item.id in plan.planned or item.id in plan.media:
            plan.counts[item.type, "en double dans les fichiers"] += 1
        elif item.type == "attachment":
            self._note_medium(item)
        elif item.type == "wp_block" and item.is_public:
            plan.shared[item.id] = item.content
            plan.counts[item.type, "bloc partagé"] += 1
        else:
            reason = refuse(item)
            plan.counts[item.type, reason] += 1
            if reason:
                plan.hidden.add(item.id)
                self._note_path(item)
            else:
                self._note_planned(item)

    def _note_path(self, item: Item) -> None:
        # An address that a public post has is that post's.
        for address in (item.link, item.guid):
            path = normalise_path(address)
            if path:
                self.plan.paths.setdefault(path, item.id)

    def _note_medium(self, item: Item) -> None:
        is_open = item.status in {"inherit", "publish"} and not item.protected
        self.plan.counts[item.type, "média" if is_open else f"état {item.status}"] += 1
        attached = Attached(
            url=item.attachment_url or item.guid,
            title=item.title,
            alt=" ".join(item.meta.get("_wp_attachment_image_alt", "").split()),
            caption=item.excerpt,
        )
        if is_open:
            self.plan.media[item.id] = Medium(
                id=item.id,
                attached=attached,
                parent=item.parent,
                order=item.order,
                link=item.link,
                is_open=is_open,
            )
            self._note_path(item)

    def _note_planned(self, item: Item) -> None:
        date = find_date(item)
        stub = None if item.type == "page" else self._find_stub(item)
        docname = stub.docname if stub else self._name(item, date)
        self.taken.add(docname.rpartition("/")[2])
        self.plan.planned[item.id] = Planned(
            id=item.id,
            is_page=item.type == "page",
            title=item.title,
            docname=docname,
            link=item.link,
            date=date,
            stub=stub,
        )
        for address in (item.link, item.guid):
            path = normalise_path(address)
            if path:
                self.plan.paths[path] = item.id
        self.plan.creators.add(item.creator)
        self.plan.used_terms |= {(term.domain, term.slug): term for term in item.terms}
        self.ids[item.id] = {
            (each["tag"].lower(), each["id"]) for each in _IDS.finditer(item.content)
        }
        self.fragments.update(unquote(each) for each in _FRAGMENTS.findall(item.content))

    def _find_stub(self, item: Item) -> Written | None:
        """Return the excerpt of the same post that is there already."""
        stubs = [post for post in self.stubs if post.slug not in self.taken]
        slug = _propose_slug(item)
        by_slug = [post for post in stubs if post.slug == slug]
        by_source = [
            post
            for post in stubs
            if "source" in post.fields
            and post.fields["source"].text.rstrip("/") == item.link.rstrip("/")
        ]
        by_title = [post for post in stubs if _bare(post.title) == _bare(item.title)]
        # An excerpt may come from a page that showed several.
        candidates = (found[0] for found in (by_slug, by_source, by_title) if len(found) == 1)
        return next(candidates, None)

    def _name(self, item: Item, date: dt.datetime) -> str:
        """Return the docname of a post or page: the one it had, else a free one."""
        before = self.existing.ledger.get("items", {}).get(key_of(self.plan.blog, item.id))
        if before:
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
                if uses[old] > 1 or name in taken or not is_slug(name) or old.startswith("_ftn"):
                    name = f"{planned.slug}-{name}".strip("-_")
                if is_slug(name) and name not in taken:
                    taken.add(name)
                    self.plan.anchors.setdefault(number, {})[old] = name


def find_free(stem: str, taken: Container[str], ending: str = "") -> str:
    """Return *stem*, with a number where it is taken, and *ending*."""
    numbered = (f"{stem}-{number}{ending}" for number in count(2))
    return next(each for each in chain((f"{stem}{ending}",), numbered) if each not in taken)


def key_of(blog: Blog, number: int) -> str:
    """Return what tells an item from all others, of other blogs too."""
    return f"{blog.url.rstrip('/')}?p={number}"


def _bare(title: str) -> str:
    return to_slug(re.sub("<[^>]*>", "", title))


def _propose_slug(item: Item) -> str:
    slug = to_slug(unquote(item.slug))[:_LONGEST_SLUG].strip("-_")
    return slug if is_slug(slug) else f"{item.type}-{item.id}"


def find_date(item: Item) -> dt.datetime:
    """Return when *item* was published, with the zone that the blog kept."""
    return find_moment(item.date, item.date_gmt)


def find_moment(date: str, date_gmt: str) -> dt.datetime:
    """Return the moment of a *date* of the blog's own clock, and that of the world's."""
    local, world = _read_date(date), _read_date(date_gmt)
    if local is None:
        local = world or dt.datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 (a zone is given below)
    offset = round((local - world).total_seconds() / 900) * 900 if world else 0
    zone = dt.timezone(dt.timedelta(seconds=offset)) if abs(offset) <= 50_400 else dt.UTC  # noqa: PLR2004
    return local.replace(tzinfo=zone)


def _read_date(text: str) -> dt.datetime | None:
    try:
        date = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    date = date.replace(tzinfo=None)
    return date if FIRST_YEAR <= date.year < LAST_YEAR else None


def read_items(paths: Iterable[Path], blog: Blog) -> Iterator[Item]:
    """Yield the items of all files."""
    for path in paths:
        # Each file says its version itself.
        blog.version = ""
        yield from read_export(path, blog)


def make_plan(paths: Sequence[Path], existing: Existing) -> Plan:
    """Return what to do with the exports in *paths*. Raises ArchiveError."""
    plan = Plan(blog=Blog(), docs=existing.docs)
    own = set(existing.ledger.get("items", {}).values())
    names = {*existing.posts, *existing.pages} - own
    taken = {
        name.rpartition("/")[2]
        for name in names
        if not (name in existing.posts and existing.posts[name].is_stub)
    }
    # Names of posts that an import wrote stay theirs.
    taken |= {name.rpartition("/")[2] for name in own}
    taken |= {redirect.old.strip("/") for redirect in existing.redirects}
    planner = _Planner(plan, existing, taken)
    for item in read_items(paths, plan.blog):
        planner.note(item)
    if not plan.planned:
        message = "aucun billet ni page publiés dans cet export : rien n’est écrit."
        raise ArchiveError(f"{paths[0]} : {message}")
    planner.name_anchors()
    return plan
