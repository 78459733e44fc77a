"""Compare a built site with the export it was made of: no word, link or picture may be lost.

What nobody may see is looked for too, in the site and in the sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import html

from archivist.addresses.web import find_host, name_picture
from archivist.french import count
from archivist.progress import Progress
from archivist.wordpress.audit.answers import Answers, list_old
from archivist.wordpress.audit.compare import compare
from archivist.wordpress.audit.facts import (
    compare_authors,
    compare_date,
    compare_labels,
    compare_remarks,
    compare_title,
    is_cut,
    read_title,
)
from archivist.wordpress.audit.leaks import Leaks
from archivist.wordpress.audit.places import Places
from archivist.wordpress.audit.seen import MISSING, Seen
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
from archivist.wordpress.html.expand import clean_text, expand_item
from archivist.wordpress.html.inline import Element, find_source, parse
from archivist.wordpress.notes import note_nothing

# What a page has around and in the text that no author wrote.
_CLASSES = (
    "post-byline", "post-footer", "sections", "headerlink", "dead-link", "featured", "comments",
    "footnote-reference", "label", "backrefs", "trail", "post-link",
)  # fmt: skip
_AROUND = ".//*[self::h1 or {}]".format(
    " or ".join(f"contains(concat(' ', @class, ' '), ' {each} ')" for each in _CLASSES)
)
# What stands before a picture that is above the text, or that this begins with: nothing of the text.
_WORDS_BEFORE = (
    "preceding::text()[normalize-space() and ancestor::article]"
    "[not(ancestor::h1 or ancestor::nav or ancestor::*[@class='post-byline'])]"
)
# What an import writes to besides its posts.
_REGISTERS = frozenset(
    ("authors.yml", "blogs.yml", "categories.yml", "redirects.txt", "wordpress.json")
)
# What is counted of what is compared: many, and one.
_COUNTED = {
    "billets et pages": "billet ou page", "mots": "mot", "mises en forme": "mise en forme",
    "titres": "titre", "points de liste": "point de liste", "cellules": "cellule", "codes": "code",
    "liens": "lien", "images": "image", "images à la une": "image à la une", "dates": "date",
    "auteurs": "auteur", "catégories et étiquettes": "catégorie ou étiquette",
    "commentaires": "commentaire", "anciennes adresses": "ancienne adresse",
}  # fmt: skip


@dataclass
class Audit:
    """Compares each post of a plan with its page."""

    paths: Sequence[Path]
    plan: Plan
    existing: Existing
    output: Path
    links: LinkResolver
    store: Store
    with_remarks: bool = True
    faults: list[str] = field(default_factory=list)  # a line each
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._alts = {each.url: each.alt for each in self.plan.media.values()}
        self._answers = Answers(self.output)
        self.places = Places(self.existing.docs, self.output)
        # https://blog.exemple.fr?author=admin&name=Anne Martin
        marks = self.existing.ledger.get("authors", {}).items()
        asked = ((mark.partition("?author=")[2].partition("&name=")[0], key) for mark, key in marks)
        known = self.existing.registers.authors
        self._signed_as = {login: known[key].name for login, key in asked if key in known}

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
        document = _open(page)
        article = document.find(".//article")
        if article is None:
            self.faults.append(f"{planned.docname}.html : cette page n’a pas de texte.")
            return
        wanted, found = self._read_export(item, planned), self._read_page(article, planned)
        faults = [*self._compare(item, wanted, found), *self._check_facts(item, planned, document)]
        self.faults += [f"{planned.docname}.html : {fault}" for fault in faults]
        self._count(item, wanted)

    def _count(self, item: WpItem, wanted: Seen) -> None:
        is_page = item.type == "page"
        self.counts += Counter({
            "billets et pages": 1, "mots": len(wanted.tokens), "liens": len(wanted.links),
            "mises en forme": sum(map(bool, wanted.marks)), "images": len(wanted.pictures),
            "titres": len(wanted.headings) + 1, "points de liste": len(wanted.points),
            "cellules": wanted.cells, "codes": len(wanted.codes),
            "dates": not is_page, "auteurs": not is_page,
            "catégories et étiquettes": 0 if is_page else sum(
                term.domain in {"category", "post_tag"} for term in item.terms
            ),
            "commentaires": len(item.remarks) if self.with_remarks else 0,
        })  # fmt: skip

    def tell_counts(self) -> str:
        """Return, in French, how much was compared: « 2 billets et pages, 30162 mots, 1 lien »."""
        told = ((self.counts[many], one, many) for many, one in _COUNTED.items())
        return ", ".join(count(*each) for each in told if each[0]) or "rien"

    def _compare(self, _: WpItem, wanted: Seen, found: Seen) -> list[str]:
        """Return, in French, how a page falls short of its item."""
        return compare(wanted, found, self.places.names)

    def _check_facts(self, item: WpItem, planned: Planned, page: Element) -> Iterator[str]:
        """Yield how what a *page* says besides its text falls short of *item*."""
        article = page.find(".//article")
        yield from compare_title(item, article)
        if not planned.is_page:
            yield from self._check_featured(item, planned, article)
            yield from compare_date(planned, article)
            yield from compare_authors(item, self.plan, self._signed_as, article)
            yield from compare_labels(item, self.plan, article)
        if self.with_remarks:
            yield from compare_remarks(item, planned.link, page)
        for address in self._find_silent(item, planned):
            yield f"ancienne adresse « /{address} » : rien n’y répond."

    def _find_silent(self, item: WpItem, planned: Planned) -> list[str]:
        """Return the old addresses of *item* at which nothing answers."""
        addresses = dict.fromkeys(filter(None, self._list_old(item, planned)))
        self.counts["anciennes adresses"] += len(addresses)
        return self._answers.find_silent(addresses, find_host(planned.link))

    def _list_old(self, item: WpItem, planned: Planned) -> Iterator[str]:
        """Yield the old addresses of *item*; nothing for what can be none."""
        return list_old(item, planned, self.plan)

    def _read_items(self) -> Iterator[WpItem]:
        return read_items(self.paths, self.plan.blog)

    def _check_featured(self, item: WpItem, planned: Planned, article: Element) -> Iterator[str]:
        """Yield that the picture put forward is not on the page, if it is not."""
        found = self.plan.media.get(read_number(item.meta.get("_thumbnail_id", "")))
        if found is None or self.store.find(found.url)[1] is None:
            return
        self.counts["images à la une"] += 1
        header = self.existing.posts[planned.docname].fields.get("featured_image")
        wanted = self.places.find_source(planned.docname, header.text) if header else found.url
        here = f"{planned.docname}.html"
        first = next(article.iter("img"), None)
        if (
            first is None
            or first.xpath(_WORDS_BEFORE)
            or self.places.find_built(here, find_source(first)) != wanted
        ):
            yield f"image à la une absente ({found.url})."

    def list_items(self) -> Iterator[WpItem]:
        """Yield the posts and pages to compare, each once."""
        listed: set[int] = set()
        for item in self._read_items():
            if item.id in self.plan.planned and not refuse(item) and item.id not in listed:
                listed.add(item.id)
                yield item

    def find_leaks(self) -> None:
        """Look for what nobody may see, in what an import wrote and in the site."""
        plan, leaks = self.plan, Leaks()
        public = plan.planned.keys() | plan.media.keys() | plan.shared.keys()
        leaks.note_people(self.paths)
        for note, is_shown in ((leaks.hide, False), (leaks.show, True)):
            for item in self._read_items():
                if (item.id in public or item.is_public) is is_shown:
                    note(item)
        for text in (*plan.blog.authors.values(), *(term.name for term in plan.blog.terms)):
            leaks.allow(text)
        self.faults += leaks.find(self.existing.docs, self.output, set(self._list_ours()))

    def _list_ours(self) -> Iterator[str]:
        """Yield the files below docs/ that hold what an import of this blog wrote."""
        yield from _REGISTERS
        keys = {
            key_of(self.plan.blog, number) for number in self.plan.planned.keys() | self.plan.hidden
        }
        for key, docname in self.existing.ledger.get("items", {}).items():
            if key in keys:
                yield from (f"{docname}.md", f"{docname}.comments.yml")

    def _read_export(self, item: WpItem, planned: Planned) -> Seen:
        shelf = PostShelf(planned, self.store, note_nothing)
        lead, name = self.places.lead_source, planned.docname
        seen = Seen(
            cache(lambda each: lead(name, self.links.lead(each, shelf))),
            lambda address, alt: self._expect_picture(address, alt, planned, shelf),
        )
        if is_cut(read_title(item)):
            seen.read(parse(clean_text(item.title, note_nothing))).part()
        return seen.read(parse("".join(expand_item(item, self.plan, note_nothing))))

    def _expect_picture(
        self, address: str, alt: str, planned: Planned, shelf: PostShelf
    ) -> tuple[str, str]:
        whole = join_address(planned.link, address)
        if not alt:
            alt = self._alts.get(self.store.find(whole)[0], "")
            alt = alt or (name_picture(address) if planned.is_page else "")
        place = shelf.place_picture(address)
        return self.places.find_source(planned.docname, place, whole), alt

    def _read_page(self, article: Element, planned: Planned) -> Seen:
        here, places = f"{planned.docname}.html", self.places
        # Where each picture was that is missing.
        told = article.find_class("missing-mark")
        marks = iter([mark.xpath("string(a/@href)") for mark in told])

        def find(address: str, alt: str) -> tuple[str, str]:
            missing = address == MISSING
            return next(marks, "") if missing else places.find_built(here, address), alt

        seen = Seen(cache(lambda each: places.lead_built(here, each)), find)
        return seen.read(article, frozenset(article.xpath(_AROUND)))


def _open(page: Path) -> Element:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return html.fromstring(page.read_bytes(), parser=parser)


def prepare_audit(  # noqa: PLR0913 (what an import was told, each by its name)
    paths: Sequence[Path],
    docs: Path,
    output: Path,
    folder: Path | None,
    addresses: Mapping[str, Path],
    *,
    with_remarks: bool = True,
) -> Audit:
    """Return what compares the exports with the site *output*, built of *docs*.

    *folder* and *addresses* are where the files of the blog were, as at the import.
    Raises ArchiveError when an export cannot be read.
    """
    existing = read_existing(docs)
    plan = make_plan(paths, existing)
    links = LinkResolver(plan, Terms(plan, existing, note_nothing).lists)
    store = Store(plan, links.hosts, folder, addresses)
    return Audit(
        paths=paths, plan=plan, existing=existing, output=output, links=links, store=store,
        with_remarks=with_remarks,
    )  # fmt: skip


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
