"""Make a post of our format of an item of an export: its header, its text, its files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate
from urllib.parse import parse_qsl

from archivist.addresses.slugs import to_slug
from archivist.addresses.web import name_picture
from archivist.posts.fields import split_list
from archivist.posts.labels import name_language, spell_language
from archivist.syntax.characters import find_broken_accents, strip_invisible
from archivist.syntax.limits import LONGEST_TITLE, MOST_LABELS
from archivist.syntax.yaml import write_list, write_value
from archivist.wordpress.comments import CommentConverter
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import Placed, PostShelf, Store
from archivist.wordpress.export.plan import (
    Plan,
    Planned,
    find_moment,
    normalise_path,
)
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.export.wxr import WpItem, read_number
from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.expand import clean_text, expand_item, explain_empty
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.notes import Kind
from archivist.wordpress.redirects import ItemAddresses
from archivist.wordpress.text.document import Blocks, Paragraph, TextBlock, text_of
from archivist.wordpress.text.inline import Style, write_text
from archivist.wordpress.text.parts import LINK, Parts, Run
from archivist.wordpress.text.round_trip import ProvedWriter
from archivist.wordpress.text.tidy import name_by_words, shift_headings, tidy

_LONGEST_SUMMARY = _MOST_OF_A_LIST = 2_000  # signs
# What tells of a file that a post has, and that is not beside it.
_FILES = frozenset((Kind.FILE_MISSING, Kind.FILE_REFUSED, Kind.FEATURED_MISSING))
# The folders that plug-ins give translations.
_FOLDERS = re.compile(
    "ar|br|c[as]|d[ae]|e[lnsu]|gl|h[eu]|it|ja|ko|n[lo]|oc|p[lt]|r[ou]|sv|tr|uk|zh"
)
_PLAIN_SPACES = re.compile(r"[ \t\r\n]+")  # Not those that stand before « : ».


@dataclass(frozen=True, kw_only=True, slots=True)
class Converted:
    """A post or page as it will be written, with its files and comments."""

    planned: Planned
    text: str
    has_source: bool  # whether its header says where it first appeared
    placed: tuple[Placed, ...]
    remarks: str  # the file of its comments
    remark_count: int
    addresses: tuple[str, ...]  # old ones, that its header gives
    lists: tuple[str, ...]  # the addresses of the labels that its header gives
    redirects: dict[str, str]
    blocks: int
    in_html: int  # blocks that hold HTML
    notes: tuple[tuple[Kind, str], ...]  # what is lost or doubtful


@dataclass
class Converter:
    """Makes posts."""

    plan: Plan
    terms: Terms
    links: LinkResolver
    store: Store
    with_remarks: bool = True  # whether comments are kept
    claimed: dict[str, int] = field(default_factory=dict)  # the post that each old address is of

    def convert(self, item: WpItem) -> Converted:
        """Return *item* as it will be written."""
        return _Work(self, item, self.plan.planned[item.id]).convert()


@dataclass
class _Work(Surroundings):
    """The conversion of one item: what its text refers to, and what is noted on the way."""

    converter: Converter
    item: WpItem
    planned: Planned
    notes: list[tuple[Kind, str]] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shelf = PostShelf(self.planned, self.converter.store, self.note)
        self.writer = ProvedWriter(self.note)

    def note(self, kind: Kind, text: str) -> None:
        self.notes.append((kind, text))

    def lead(self, address: str) -> str:
        return self.converter.links.lead(address, self.shelf)

    def place(self, address: str) -> str:
        return self.shelf.place_picture(address)

    def describe(self, address: str, classes: str) -> str:
        number = re.search(r"\bwp-image-([0-9]{1,18})\b", classes)
        found = self.converter.plan.media.get(int(number[1])) if number else None
        known = found.alt if found else ""
        # A page can have no exception: what the file is called is better than nothing.
        return known or (name_picture(address) if self.planned.is_page else "")

    def name(self, anchor: str) -> str:
        return self.converter.plan.anchors.get(self.item.id, {}).get(anchor, "")

    def convert(self) -> Converted:
        item, planned = self.item, self.planned
        found = HtmlReader(self).read(*expand_item(item, self.converter.plan, self.note))
        title, whole = self._write_title(found)
        body = self.writer.prove((*whole, *shift_headings(found)))
        text = f"# {title}\n\n{body}\n" if body else f"# {title}\n"
        addresses = ItemAddresses(self.converter.plan, item, self.converter.claimed, self.note)
        old = addresses.find_own()
        header = {} if planned.is_page else self._make_header(old)
        if header:
            lines = "".join(f"{key}: {value}\n" for key, value in header.items())
            text = f"---\n{lines}---\n\n{text}"
        if not body and not self.shelf.placed:
            self.note(Kind.TEXT_EMPTY, explain_empty(item))
        remarks, count = self._write_remarks()
        if item.meta.get("_tc_post_format") or item.meta.get("_wpcom_is_markdown"):
            self.note(Kind.SAID_MARKDOWN, "")
        if broken := find_broken_accents(item.content):
            self.note(Kind.BROKEN_ACCENTS, broken)
        return Converted(
            planned=planned, text=text, has_source="source" in header,
            placed=tuple(self.shelf.placed.values()), remarks=remarks, remark_count=count,
            redirects=addresses.find_redirects(old, self._list_shown()), addresses=tuple(old if header else ()),
            lists=tuple(self.lists),
            blocks=self.writer.written, in_html=self.writer.in_html, notes=tuple(self.notes),
        )  # fmt: skip

    def _write_title(self, found: Blocks) -> tuple[str, Blocks]:
        """Return the title, and the whole of it as a paragraph where it is too long."""
        parts: Parts = tidy(
            replace(part, marks=tuple(mark for mark in part.marks if not mark.startswith(LINK)))
            for block in HtmlReader(self).read(clean_text(self.item.title, self.note))
            if isinstance(block, TextBlock)
            for part in block.parts
            if isinstance(part, Run)
        )
        text = text_of([Paragraph(parts=parts)]).strip()
        if not strip_invisible(text):
            name = name_by_words(found)
            self.note(Kind.UNTITLED, name)
            parts = (Run(text=name),)
        whole: Blocks = ()
        if len(text) > LONGEST_TITLE:
            self.note(Kind.TITLE_CUT, text)
            whole = (Paragraph(parts=parts),)
            start = text[: LONGEST_TITLE - 2]
            parts = (Run(text=(start.rpartition(" ")[0] or start) + "…"),)
        style = self.writer.style_of(parts, one_line=True)
        return write_text(parts, style if not style.as_html else Style(one_line=True)), whole

    def _write_remarks(self) -> tuple[str, int]:
        if not self.converter.with_remarks:
            return "", 0
        comments = CommentConverter(self.planned.link, self.note)
        return comments.write(self.item.remarks), comments.count

    def _make_header(self, old: list[str]) -> dict[str, str]:
        """Return the fields of the header, as they are written."""
        item, terms = self.item, self.converter.terms
        updated = find_moment(item.modified, "")
        is_later = item.modified and updated.date() > self.planned.date.date()
        authors = self._keep_few(terms.find_authors(item))
        categories = self._join(terms.find_categories(item), "category")
        tags = self._join(terms.find_tags(item), "tags")
        self.lists += [f"author/{key}" for key in authors]
        self.lists += [f"category/{to_slug(label)}" for label in categories]
        self.lists += [f"tag/{to_slug(label)}" for label in tags]
        # Where nothing is known of the post itself, its blog is.
        links = (item.link, self.converter.plan.blog.url)
        source = next((link for link in links if re.match("https?://[^/]", link)), "")
        summary = self._write_summary()
        values = {
            "date": self.planned.date.isoformat(),
            "updated": str(updated.date()) if is_later else "",
            "author": write_value(authors[0]) if len(authors) == 1 else authors,
            "category": write_value(categories[0]) if len(categories) == 1 else categories,
            "tags": tags,
            "summary": write_value(summary) if summary else "",
            "source": write_value(source) if source else "",
            "blog": write_value(terms.blog.key) if terms.blog else "",
            "redirect": old,
            **self._find_featured(),
            "language": self._find_language(),
            "format": terms.find_format(item),
            "sticky": "true" if item.sticky else "",
        }
        return {
            key: write_list(value) if isinstance(value, list) else value
            for key, value in values.items()
            if value
        }

    def _find_language(self) -> str:
        """Return the language of the post, as plug-ins tell it, where it is not that of the site."""
        said = [term.slug for term in self.item.terms if term.domain == "language"]
        code = spell_language(code) if (code := (said or [self._read_language()])[0]) else ""
        return code if code.partition("-")[0] not in {"", "fr"} and name_language(code) else ""

    def _read_language(self) -> str:
        """Return the language that the address of the post names: /en/about/, /about/?lang=en."""
        plan, path = self.converter.plan, normalise_path(self.item.link)
        own, _, query = path.removeprefix(normalise_path(plan.blog.url)).lstrip("/").partition("?")
        folder, slash, _ = own.partition("/")
        # A category may be called so.
        is_label = folder in {term.slug for term in self.item.terms} or not _FOLDERS.fullmatch(
            folder
        )
        return dict(parse_qsl(query)).get("lang", "" if is_label or not slash else folder)

    def _write_summary(self) -> str:
        found = HtmlReader(self).read(clean_text(self.item.excerpt, self.note))
        summary = strip_invisible(_PLAIN_SPACES.sub(" ", text_of(found)))
        if len(summary) > _LONGEST_SUMMARY:
            self.note(Kind.SUMMARY_LEFT, summary[:80])
            return ""
        return summary

    def _keep_few(self, labels: list[str]) -> list[str]:
        """Return as many of *labels* as a header has room for."""
        kept = [
            label
            for label, size in zip(labels, accumulate(map(len, labels)), strict=True)
            if size <= _MOST_OF_A_LIST
        ][:MOST_LABELS]
        if len(kept) < len(labels):
            self.note(Kind.LABEL_LEFT, ", ".join(labels[len(kept) :]))
        return kept

    def _join(self, labels: list[str], key: str) -> list[str]:
        """Return *labels* with those that an excerpt of the same post bore already."""
        before = self.planned.stub.fields.get(key) if self.planned.stub else None
        others = (label for label, _ in split_list(before) if label)
        return self._keep_few(list(dict.fromkeys([*labels, *others])))

    def _find_featured(self) -> dict[str, str]:
        """Return the fields of the picture put forward, if there is one."""
        number = read_number(self.item.meta.get("_thumbnail_id", ""))
        if number <= 0:
            return {}
        found = self.converter.plan.media.get(number)
        if found is None:
            self.note(Kind.FEATURED_UNKNOWN, "")
            return {}
        if self.converter.store.find(found.url)[1] is None:
            self.note(Kind.FEATURED_MISSING, found.url)
            return {}
        place = self.shelf.place_picture(found.url)
        alt = write_value(found.alt) if found.alt else ""
        return {"featured_image": place, "featured_alt": alt}

    def _list_shown(self) -> list[str]:
        """Return the addresses of the files that the post shows, or leads to."""
        return [*self.shelf.placed, *(text for kind, text in self.notes if kind in _FILES)]
