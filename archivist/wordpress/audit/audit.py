"""Compare a built site with the export it was made of: no word, link or picture may be lost.

What nobody may see is looked for too, in the site and in the sources.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

from archivist.addresses.web import name_picture
from archivist.pictures.fault import PictureError
from archivist.pictures.missing import read_missing
from archivist.pictures.picture import publish_picture
from archivist.progress import Progress
from archivist.syntax.allowed import PICTURES
from archivist.wordpress.audit.leaks import Leaks
from archivist.wordpress.audit.seen import MISSING, Seen, compare
from archivist.wordpress.existing import Existing, read_existing
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import PostShelf, Store, join_address
from archivist.wordpress.export.plan import (
    Plan,
    Planned,
    explain_failure,
    key_of,
    read_items,
    refuse,
)
from archivist.wordpress.export.planning import make_plan
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.export.wxr import WpItem, read_number
from archivist.wordpress.html.expand import expand_item
from archivist.wordpress.html.inline import Element, find_source, parse
from archivist.wordpress.notes import note_nothing
from archivist.wordpress.text.parts import REFERENCE

# What a page has around and in the text that no author wrote.
_CLASSES = (
    "post-byline", "post-footer", "sections", "headerlink", "dead-link", "featured", "comments",
    "footnote-reference", "label", "backrefs",
)  # fmt: skip
_AROUND = ".//*[self::h1 or {}]".format(
    " or ".join(f"contains(concat(' ', @class, ' '), ' {each} ')" for each in _CLASSES)
)


@dataclass
class Audit:
    """Compares each post of a plan with its page."""

    paths: Sequence[Path]
    plan: Plan
    existing: Existing
    output: Path
    links: LinkResolver
    store: Store
    faults: list[str] = field(default_factory=list)  # a line each
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._alts = {each.url: each.alt for each in self.plan.media.values()}

    def check(self, item: WpItem) -> None:
        """Compare one post."""
        planned = self.plan.planned[item.id]
        if self.existing.ledger.get("items", {}).get(key_of(self.plan.blog, item.id)) is None:
            self.faults.append(f"{planned.docname} : ce billet n’a pas été importé.")
            return
        page = self.output / f"{planned.docname}.html"
        if not page.is_file():
            self.faults.append(f"{planned.docname}.html : cette page manque.")
            return
        wanted, found = self._read_export(item, planned), self._read_page(page, planned)
        self.counts["mots"] += len(wanted.tokens)
        self.counts["liens"] += len(wanted.links)
        self.counts["images"] += len(wanted.pictures)
        faults = [*self._compare(item, wanted, found), *self._check_featured(item, planned, page)]
        self.faults += [f"{planned.docname}.html : {fault}" for fault in faults]

    def _compare(self, _: WpItem, wanted: Seen, found: Seen) -> list[str]:
        """Return, in French, how a page falls short of its item."""
        return compare(wanted, found)

    def _read_items(self) -> Iterator[WpItem]:
        return read_items(self.paths, self.plan.blog)

    def _check_featured(self, item: WpItem, planned: Planned, page: Path) -> Iterator[str]:
        """Yield that the picture put forward is not on the page, if it is not."""
        found = self.plan.media.get(read_number(item.meta.get("_thumbnail_id", "")))
        if found is None or planned.is_page or self.store.find(found.url)[1] is None:
            return
        header = self.existing.posts[planned.docname].fields.get("featured_image")
        wanted = self._hash_source(planned, header.text) if header else found.url
        article = _open_article(page)
        images = article.iter("img") if article is not None else ()
        here = f"{planned.docname}.html"
        if wanted not in {self._hash_built(here, find_source(image)) for image in images}:
            yield f"image à la une absente ({found.url})."

    def list_items(self) -> Iterator[WpItem]:
        """Yield the posts and pages to compare, each once."""
        listed: set[int] = set()
        for item in self._read_items():
            if item.id in self.plan.planned and not refuse(item) and item.id not in listed:
                listed.add(item.id)
                yield item

    def find_leaks(self) -> None:
        """Look for what nobody may see, in the sources and in the site."""
        plan, leaks = self.plan, Leaks()
        public = plan.planned.keys() | plan.media.keys() | plan.shared.keys()
        for item in self._read_items():
            leaks.note(item, is_public=item.id in public)
        leaks.note_people(self.paths)
        posts = {f"{each.docname}.md" for each in plan.planned.values() if not each.is_page}
        self.faults += leaks.find(self.existing.docs, self.output, posts)

    def _read_export(self, item: WpItem, planned: Planned) -> Seen:
        seen = Seen().read(parse("".join(expand_item(item, self.plan, note_nothing))))
        shelf = PostShelf(planned, self.store, note_nothing)
        # Files are named in the order in which they come: as the import met them.
        seen.pictures = [self._expect_picture(each, planned, shelf) for each in seen.pictures]
        led = (self.links.lead(each, shelf) for each in seen.links)
        seen.links = [self._expect_link(each, planned) for each in led if each]
        return seen

    def _expect_picture(
        self, picture: tuple[str, str], planned: Planned, shelf: PostShelf
    ) -> tuple[str, str]:
        address, alt = picture
        if not alt:
            alt = self._alts.get(self.store.find(join_address(planned.link, address))[0], "")
            alt = alt or (name_picture(address) if planned.is_page else "")
        return self._hash_source(planned, shelf.place_picture(address)), alt

    def _hash_source(self, planned: Planned, place: str) -> str:
        path = self.existing.docs / posixpath.dirname(planned.docname) / place
        if address := read_missing(path):
            return address if "/" in address else ""
        return _hash_published(path) or place

    def _expect_link(self, target: str, planned: Planned) -> str:
        """Return where a link has to lead on the site."""
        if target.startswith(REFERENCE):
            kind, _, slug = target.removeprefix(REFERENCE).partition("-")
            return f"{kind}/{slug}/index.html"
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            return unquote(target).rstrip("/")
        path, _, anchor = target.partition("#")
        if not path:
            return f"{planned.docname}.html#{anchor}"
        place = posixpath.normpath(posixpath.join(posixpath.dirname(planned.docname), path))
        if path.startswith("/"):
            place = path.lstrip("/")
        if path.endswith(".md"):
            return place.removesuffix(".md") + ".html" + (f"#{anchor}" if anchor else "")
        return _hash_published(self.existing.docs / place) or place

    def _read_page(self, page: Path, planned: Planned) -> Seen:
        article = _open_article(page)
        if article is None:
            return Seen()
        skipped = frozenset(article.xpath(_AROUND))
        seen = Seen().read(article, skipped)
        here = f"{planned.docname}.html"
        # Where each picture was that is missing.
        told = article.find_class("missing-mark")
        marks = iter([mark.xpath("string(a/@href)") for mark in told])
        seen.pictures = [
            (next(marks, "") if source == MISSING else self._hash_built(here, source), alt)
            for source, alt in seen.pictures
        ]
        seen.links = [self._resolve(here, each) for each in seen.links]
        return seen

    def _hash_built(self, here: str, address: str) -> str:
        return _hash(self.output / _resolve_path(here, address)) or address

    def _resolve(self, here: str, address: str) -> str:
        """Return where a link of the page *here* leads, as `_expect_link` says it."""
        if re.match(r"[a-z][a-z0-9+.-]*:", address):
            return unquote(address).rstrip("/")
        path, _, anchor = address.partition("#")
        place = _resolve_path(here, path) if path else here
        if place.startswith(("_downloads/", "_images/")):
            return self._hash_built(here, path)
        return place + (f"#{anchor}" if anchor else "")


def _hash(path: Path) -> str:
    """Return what tells a file from others, or nothing where there is none."""
    try:
        return _hash_bytes(path.read_bytes()) if path.is_file() else ""
    except (OSError, ValueError):  # An address may be no name of a file.
        return ""


def _hash_published(path: Path) -> str:
    """Return the same of a file of docs/ as it is published."""
    if path.suffix.lower() not in PICTURES or not path.is_file():
        return _hash(path)
    with suppress(PictureError):
        return _hash_bytes(publish_picture(path))
    return ""


def _hash_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _open_article(page: Path) -> Element | None:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return html.fromstring(page.read_bytes(), parser=parser).find(".//article")


def _resolve_path(here: str, address: str) -> str:
    path = unquote(urlsplit(address).path)
    place = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    return f"{place}/index.html" if path.endswith("/") else place


def prepare_audit(
    paths: Sequence[Path],
    docs: Path,
    output: Path,
    folder: Path | None,
    addresses: Mapping[str, Path],
) -> Audit:
    """Return what compares the exports with the site *output*, built of *docs*.

    *folder* and *addresses* are where the files of the blog were, as at the import.
    Raises ArchiveError when an export cannot be read.
    """
    existing = read_existing(docs)
    plan = make_plan(paths, existing)
    links = LinkResolver(plan, Terms(plan, existing, note_nothing).lists)
    store = Store(plan, links.hosts, folder, addresses)
    return Audit(paths=paths, plan=plan, existing=existing, output=output, links=links, store=store)


def audit_site(audit: Audit, progress: Progress) -> None:
    """Compare all posts and pages, and look for leaks; *audit* has the faults afterwards."""
    progress.begin("comparaison", len(audit.plan.planned))
    for item in audit.list_items():
        try:
            audit.check(item)
        except Exception as error:  # noqa: BLE001 (nothing in one post may end an audit)
            audit.faults.append(explain_failure(item, error))
        progress.step()
    progress.begin("recherche de fuites")
    audit.find_leaks()
    progress.end()
