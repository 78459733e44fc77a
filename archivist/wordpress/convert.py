"""Make a post of our format of an item of an export: its header, its text, its files."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archivist.addresses.old import AddressError, normalise_address
from archivist.posts.fields import split_list
from archivist.syntax.characters import find_broken_accents
from archivist.syntax.limits import LONGEST_TITLE
from archivist.wordpress.comments import Remarks
from archivist.wordpress.export.media import PostShelf
from archivist.wordpress.export.plan import find_date, normalise_path
from archivist.wordpress.export.terms import write_list, write_value
from archivist.wordpress.html.blocks import Reader
from archivist.wordpress.html.expand import Expander, read_notes
from archivist.wordpress.text.document import LINK, Heading, Paragraph, Run, text_of, tidy
from archivist.wordpress.text.markdown import Style, write_text
from archivist.wordpress.text.round_trip import ProvedWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.wordpress.export.links import Links
    from archivist.wordpress.export.media import Placed, Store
    from archivist.wordpress.export.plan import Plan, Planned
    from archivist.wordpress.export.terms import Terms
    from archivist.wordpress.export.wxr import Item
    from archivist.wordpress.text.document import Block, Blocks, Parts

_UNTITLED = "Sans titre"
# Not those that stand before « : ».
_PLAIN_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Converted:
    """A post or page as it will be written, with its files and comments.

    *blocks* and *in_html* count blocks, and those that hold HTML; *notes* are what is lost or
    doubtful: what kind, and where.
    """

    planned: Planned
    text: str
    placed: tuple[Placed, ...]
    remarks: str
    remark_count: int
    refused_remarks: Counter[str]
    redirects: dict[str, str]
    blocks: int
    in_html: int
    notes: tuple[tuple[str, str], ...]


@dataclass
class Converter:
    """Makes posts; *with_remarks* keeps their comments, *claimed* has whose each old address is."""

    plan: Plan
    terms: Terms
    links: Links
    store: Store
    with_remarks: bool = True
    claimed: dict[str, int] = field(default_factory=dict)

    def convert(self, item: Item) -> Converted:
        """Return *item* as it will be written."""
        planned = self.plan.planned[item.id]
        work = _Work(self, item, planned)
        return work.convert()


@dataclass
class _Work:
    """The conversion of one item: what its text refers to, and what is noted on the way."""

    converter: Converter
    item: Item
    planned: Planned
    notes: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shelf = PostShelf(self.planned, self.converter.store, self.tell)
        self.writer = ProvedWriter(self.tell)

    # -- What a reader of HTML asks -------------------------------------------------------

    def tell(self, kind: str, text: str) -> None:
        self.notes.append((kind, text))

    def lead(self, address: str) -> str:
        return self.converter.links.lead(address, self.planned, self.shelf, self.tell)

    def place(self, address: str) -> str:
        return self.shelf.place_picture(address)

    def describe(self, address: str, classes: str) -> str:
        number = re.search(r"\bwp-image-([0-9]+)\b", classes)
        found = self.converter.plan.find_attached(int(number[1])) if number else None
        known = found.alt if found else ""
        # A page can have no exception: what the file is called is better than nothing.
        return known or (name_picture(address) if self.planned.is_page else "")

    def name(self, anchor: str) -> str:
        return self.converter.plan.anchors.get(self.item.id, {}).get(anchor, "")

    # -- Steps ----------------------------------------------------------------------------

    def convert(self) -> Converted:
        plan, item, planned = self.converter.plan, self.item, self.planned
        expander = Expander(
            item.id, plan, self.tell, notes=read_notes(item.meta.get("footnotes", ""))
        )
        blocks = shift_headings(Reader(self).read(expander.expand(item.content)))
        title, whole = self._write_title()
        body = self.writer.prove((*whole, *blocks))
        heading = f"# {title}\n"
        text = f"{heading}\n{body}\n" if body else heading
        if not planned.is_page:
            text = f"---\n{''.join(self._write_header())}---\n\n{text}"
        remarks, count = self._write_remarks()
        self._note_doubts()
        return Converted(
            planned=planned,
            text=text,
            placed=tuple(self.shelf.placed.values()),
            remarks=remarks,
            remark_count=count,
            refused_remarks=Counter(item.refused_remarks),
            redirects=self._find_redirects(),
            blocks=self.writer.written,
            in_html=self.writer.in_html,
            notes=tuple(self.notes),
        )

    def _note_doubts(self) -> None:
        if self.item.meta.get("_tc_post_format") or self.item.meta.get("_wpcom_is_markdown"):
            self.tell("billet marqué comme du Markdown par une extension", "")
        broken = find_broken_accents(self.item.content)
        if broken:
            self.tell("accents abîmés dans l’original", broken)

    def _write_title(self) -> tuple[str, Blocks]:
        """Return the title, and the whole of it as a paragraph where it is too long."""
        parts: Parts = tidy(
            replace(part, marks=tuple(mark for mark in part.marks if not mark.startswith(LINK)))
            for block in Reader(self).read(self.item.title)
            if isinstance(block, (Paragraph, Heading))
            for part in block.parts
            if isinstance(part, Run)
        )
        text = text_of([Paragraph(parts=parts)]).strip()
        if not text:
            self.tell("billet sans titre", "")
            parts = (Run(text=_UNTITLED),)
        whole: Blocks = ()
        if len(text) > LONGEST_TITLE:
            self.tell("titre coupé, donné en entier dans le texte", text)
            whole = (Paragraph(parts=parts),)
            parts = (Run(text=text[: LONGEST_TITLE - 2].rpartition(" ")[0] + "…"),)
        style = self.writer.style_of(parts, one_line=True)
        return write_text(parts, style if not style.as_html else Style(one_line=True)), whole

    def _write_remarks(self) -> tuple[str, int]:
        if self.planned.is_page and self.item.remarks:
            self.tell("commentaires d’une page, laissés", f"{len(self.item.remarks)}")
        if not self.converter.with_remarks or self.planned.is_page:
            return "", 0
        remarks = Remarks(self.planned.link, self.tell)
        return remarks.write(self.item.remarks), remarks.count

    # -- The header -----------------------------------------------------------------------

    def _write_header(self) -> Iterator[str]:
        item, terms, stub = self.item, self.converter.terms, self.planned.stub
        yield f"date: {self.planned.date.isoformat()}\n"
        updated = find_date(replace(item, date=item.modified, date_gmt=""))
        if item.modified and updated.date() > self.planned.date.date():
            yield f"updated: {updated.date()}\n"
        authors = terms.find_authors(item)
        yield f"author: {authors[0] if len(authors) == 1 else write_list(authors)}\n"
        categories = _join(terms.find_categories(item), stub, "category")
        if categories:
            yield f"category: {_write_labels(categories)}\n"
        tags = _join(terms.find_tags(item), stub, "tags")
        if tags:
            yield f"tags: {write_list(tags)}\n"
        yield from self._write_rest()

    def _write_rest(self) -> Iterator[str]:
        item = self.item
        summary = _PLAIN_SPACES.sub(" ", text_of(Reader(self).read(item.excerpt))).strip(" ")
        if summary:
            yield f"summary: {write_value(summary)}\n"
        if item.link.startswith(("http://", "https://")):
            yield f"source: {write_value(item.link)}\n"
        addresses = self._find_own_addresses()
        if addresses:
            yield f"redirect: {write_list(addresses)}\n"
        yield from self._write_featured()
        kind = self.converter.terms.find_format(item)
        if kind:
            yield f"format: {kind}\n"
        if item.sticky:
            yield "sticky: true\n"

    def _write_featured(self) -> Iterator[str]:
        number = self.item.meta.get("_thumbnail_id", "").strip()
        if not number.isdigit() or number == "0":
            return
        found = self.converter.plan.find_attached(int(number))
        if found is None:
            self.tell("image à la une introuvable dans l’export", "")
        elif self.converter.store.find(found.url)[1] is None:
            self.tell("image à la une manquante", found.url)
        else:
            yield f"featured_image: {self.shelf.place_picture(found.url)}\n"
            if found.alt:
                yield f"featured_alt: {write_value(found.alt)}\n"

    # -- Old addresses --------------------------------------------------------------------

    def _find_own_addresses(self) -> list[str]:
        """Return the old addresses of the post, but the one that its name gives it."""
        found = []
        own = (self.item.link, self.item.guid, f"/?p={self.item.id}")
        for old in (*map(self._read_old, own), *self._find_stub_addresses()):
            is_free = self.converter.claimed.setdefault(old, self.item.id) == self.item.id
            if old and is_free and old not in found and old != f"{self.planned.slug}/":
                found.append(old)
        return [f"/{old}" for old in found]

    def _find_stub_addresses(self) -> Iterator[str]:
        """Yield the old addresses of an excerpt of this post, but the number of another text."""
        fields = self.planned.stub.fields if self.planned.stub else {}
        known = self.converter.plan
        for address, _ in split_list(fields.get("redirect")):
            number = re.fullmatch(r"/?\?(?:p|page_id)=([0-9]+)", address)
            if not number or int(number[1]) not in known.planned.keys() | known.hidden:
                yield _read_address(address)

    def _read_old(self, address: str) -> str:
        """Return *address* as the site writes old ones, or nothing when it can be none."""
        path = normalise_path(address)
        plain, _, query = path.partition("?")
        # The number of another is that other's address.
        if query and not re.fullmatch(rf"(?:p|page_id)={self.item.id}", query):
            return ""
        try:
            return normalise_address(f"/?{query}" if query else f"/{plain}" if plain else "")
        except AddressError as error:
            if plain:
                self.tell("ancienne adresse impossible à reprendre", str(error))
            return ""

    def _find_redirects(self) -> dict[str, str]:
        """Return what redirects.txt is to hold for this item: old addresses, and where they lead."""
        found = {}
        if self.planned.is_page:
            for address in (*self._find_own_addresses(), f"/?page_id={self.item.id}"):
                found[address] = self.planned.docname
            found[f"/{self.planned.slug}/"] = self.planned.docname
        for medium in self.converter.plan.list_media(self.item.id):
            for address in (medium.link, f"/?attachment_id={medium.id}"):
                path = normalise_path(address)
                old = _read_address(f"/{path}") if path else ""
                if old:
                    found[f"/{old}"] = self.planned.docname
        return found


def _read_address(address: str) -> str:
    """Return *address* as the site writes old ones, or nothing when it can be none."""
    try:
        return normalise_address(address)
    except AddressError:
        return ""


def name_picture(address: str) -> str:
    """Return what the file at *address* is called, as words."""
    stem = PurePosixPath(urlsplit(address).path).stem
    return " ".join(re.split(r"[-_\s]+", unquote(stem))).strip() or "image"


def _join(labels: list[str], stub: object, key: str) -> list[str]:
    """Return *labels* with those that an excerpt of the same post bore already."""
    before = getattr(stub, "fields", {}).get(key)
    return list(dict.fromkeys([*labels, *(label for label, _ in split_list(before) if label)]))


def _write_labels(labels: list[str]) -> str:
    return write_value(labels[0]) if len(labels) == 1 else write_list(labels)


_HIGHEST, _LOWEST = 2, 6


def shift_headings(blocks: Blocks) -> Blocks:
    """Return *blocks* with the highest of their headings right below the title."""
    levels = [each.level for block in blocks for each in _headings(block)]
    if not levels or min(levels) == _HIGHEST:
        return blocks
    return tuple(_shift(block, _HIGHEST - min(levels)) for block in blocks)


def _headings(value: object) -> Iterator[Heading]:
    if isinstance(value, Heading):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _headings(each)
    elif hasattr(value, "__dataclass_fields__"):
        for each in fields(value):  # type: ignore[arg-type]
            yield from _headings(getattr(value, each.name))


def _shift(block: Block, by: int) -> Block:
    """Return *block* with the headings in it *by* levels lower."""
    if isinstance(block, Heading):
        return replace(block, level=min(_LOWEST, block.level + by))
    changed = {
        each.name: _shift_all(getattr(block, each.name), by)
        for each in fields(block)
        if isinstance(getattr(block, each.name), tuple)
    }
    return replace(block, **changed) if changed else block  # type: ignore[arg-type]


def _shift_all(value: object, by: int) -> object:
    if isinstance(value, tuple):
        return tuple(_shift_all(each, by) for each in value)
    return _shift(value, by) if hasattr(value, "__dataclass_fields__") else value  # type: ignore[arg-type]
