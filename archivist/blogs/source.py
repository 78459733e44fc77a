"""A blog in Markdown as what an import takes: its items, what becomes of each, and who makes them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from archivist.addresses.slugs import to_slug
from archivist.blogs.convert import BlogConverter
from archivist.blogs.engine import Engine
from archivist.blogs.shelves import BlogFiles
from archivist.blogs.texts import DRAFT, BlogText, read_blog_text
from archivist.errors import ArchiveError, FileError
from archivist.mends.values import HeaderFacts, Meanings
from archivist.posts.body import read_body
from archivist.posts.labels import name_label
from archivist.posts.people import Registers
from archivist.syntax.limits import OLD_TIMES, LengthError, check_measures
from archivist.wordpress.existing import Existing
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import Store
from archivist.wordpress.export.plan import Plan, normalise_path
from archivist.wordpress.export.planning import plan_items
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.export.wxr import Blog, Term, WpItem
from archivist.wordpress.notes import Kind
from archivist.wordpress.run import Convert, MediaSources

_KINDS = {"category": "category", "post_tag": "tag"}
_DOMAINS = {"category": "category", "tags": "post_tag", "author": "author"}


@dataclass
class _Found:
    """The texts that may be posts, by number; pages; why each of all others is no post."""

    texts: dict[int, BlogText] = field(default_factory=dict)
    pages: list[BlogText] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)

    def note(self, text: BlogText, reason: str) -> None:
        """Note a *text*, and the *reason* for which it is no post, if there is one."""
        if reason == DRAFT or (text.date and not reason):
            number = int(hashlib.sha256(text.name.encode("utf-8", "replace")).hexdigest()[:14], 16)
            self.texts[number] = text
        else:
            self.pages.append(text)
            self.left[text.name] = reason or "sans date lisible"


@dataclass(frozen=True, kw_only=True)
class BlogSource:
    """The folder of a blog, as it was on the day *today*."""

    engine: Engine
    today: dt.date
    media: MediaSources = field(default_factory=MediaSources)

    @property
    def names(self) -> list[str]:
        """The name of its folder, and of its engine."""
        return [f"{self.engine.root.name} ({self.engine.name})"]

    @cached_property
    def _found(self) -> _Found:
        """What is in the folder."""
        found = _Found()
        for name, reason in self.engine.list_texts():
            try:
                found.note(self._read_text(name, hides=reason == DRAFT), reason)
            except FileError as error:
                found.left[name] = reason or f"illisible : {error.message}"
        return found

    def _read_text(self, name: str, *, hides: bool) -> BlogText:
        defaults = {**self.engine.find_defaults(name), **({"draft": "true"} if hides else {})}
        return read_blog_text(self.engine.root / name, name, defaults)

    @property
    def texts(self) -> Mapping[int, BlogText]:
        """The texts that may be posts, by a number that each keeps."""
        return self._found.texts

    @cached_property
    def files(self) -> BlogFiles:
        """What finds its texts and files."""
        return BlogFiles(self.engine, self.texts, self._found.pages)

    def plan(self, existing: Existing) -> Plan:
        """Return what to do with its posts. Raises ArchiveError where there is none."""
        engine = self.engine
        authors = dict(engine.authors)
        plan = Plan(blog=Blog(url=engine.url, title=engine.title, authors=authors))
        plan_items(plan, self.read(plan), existing)
        if not plan.planned:
            root, name = engine.root, engine.name
            raise ArchiveError(
                f"{root} : aucun billet publié dans ce blog ({name}) : rien n’est écrit."
            )
        for name in self.engine.list_unread():
            told = "réglages illisibles, passés : les adresses peuvent être fausses."
            plan.problems.append(f"{name} : {told}")
        for name, reason in self._found.left.items():
            plan.counts["fichier", reason.partition(" :")[0]] += 1
            plan.notes.append((Kind.NO_POST, f"{name} : {reason}"))
        for number, text in self.texts.items():
            if state := text.find_state(self.today):
                plan.notes.append((Kind.NO_POST, f"{text.name} : {state}"))
            for address in self.files.list_addresses(text):
                for each in (address, address.removesuffix(".html"), f"{address}/index.html"):
                    plan.paths.setdefault(normalise_path(each), number)
            plan.anchors[number] = _list_anchors(text.body)
        return plan

    def read(self, plan: Plan) -> Iterator[WpItem]:
        """Yield its posts, those that nobody could read among them."""
        registers = Registers(authors={}, categories={})
        facts = HeaderFacts(
            registers=registers, is_spaced=self.engine.is_spaced, unwanted=self.engine.unwanted
        )
        meanings = Meanings(facts)
        for number, text in self.texts.items():
            yield self._make_item(number, text, meanings)

    def _make_item(self, number: int, text: BlogText, meanings: Meanings) -> WpItem:
        labels = [
            (domain, raw)
            for key, domain in _DOMAINS.items()
            for pair in text.find(key)
            for raw, _ in meanings.read(key, pair)
        ]
        labels += (("category", name) for name in self.engine.find_categories(text))
        authors = [name for domain, name in labels if domain == "author"]
        terms = [
            Term(domain=domain, slug=_name_term(domain, name), name=name) for domain, name in labels
        ]
        date = text.date or dt.datetime(1, 1, 1)  # noqa: DTZ001 (a blog's own clock)
        return WpItem(
            id=number, type="post", status=text.find_state(self.today) or "publish", protected=False,
            title=text.title or text.stem, slug=self.files.name(text),
            link=self.files.find_own_link(text), guid="", date=date.isoformat(), date_gmt="",
            modified="", creator=authors[0] if authors else self.engine.author, content=text.body,
            excerpt="", parent=0, order=0, sticky=False, attachment_url="", terms=tuple(terms),
            meta={}, remarks=(), refused_remarks={},
        )  # fmt: skip

    def prepare(self, plan: Plan, terms: Terms, claimed: dict[str, int]) -> Convert:
        """Return what makes posts."""
        base, lists = self.engine.base, self.engine.lists
        for term in plan.used_terms.values():
            if (kind := _KINDS.get(term.domain, "")) in lists:
                label = to_slug(name_label(term.name))
                terms.redirects.setdefault(base + lists[kind].format(term.slug), f"{kind}/{label}")
        links = LinkResolver(plan, terms.lists)
        store = Store(plan, links.hosts, self.media.folder, self.files.found)
        return BlogConverter(self.files, plan, terms, links, store, claimed).convert


def _name_term(domain: str, name: str) -> str:
    return name.partition("<")[0].strip() if domain == "author" else to_slug(name) or name


def _list_anchors(body: str) -> dict[str, str]:
    """Return the parts of a text, by what links may call them."""
    try:
        check_measures(body, OLD_TIMES)
    except LengthError:
        return {}
    anchors = read_body(body).anchors
    return {to_slug(anchor): anchor for anchor in anchors} | {anchor: anchor for anchor in anchors}
