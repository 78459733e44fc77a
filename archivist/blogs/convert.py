"""Make a post of a text of a blog: its links and files led, the rest as mends make it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archivist.addresses.slugs import to_slug
from archivist.blogs.links import LinkWriter
from archivist.blogs.shelves import NOWHERE, BlogFiles
from archivist.blogs.texts import BlogText
from archivist.mends.header import mend_header
from archivist.mends.plan import mend_text
from archivist.mends.text.around import Around
from archivist.mends.values import HeaderFacts
from archivist.posts.people import Registers
from archivist.syntax.limits import OLD_TIMES, LengthError, check_measures
from archivist.wordpress.convert import Converted
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import PostShelf, Store
from archivist.wordpress.export.plan import Plan, read_address
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.export.wxr import WpItem
from archivist.wordpress.notes import Kind

# Keys that a text of a blog is named and found by: what they say is known otherwise.
_SETTLED = frozenset((
    "slug", "permalink", "url", "path", "save_as", "aliases", "alias", "redirect_from", "redirects",
    "blog",
))  # fmt: skip


@dataclass(frozen=True)
class BlogConverter:
    """Makes posts of the texts of a blog."""

    files: BlogFiles
    plan: Plan
    terms: Terms
    links: LinkResolver
    store: Store
    claimed: dict[str, int]
    """The post that each old address is of."""

    def convert(self, item: WpItem) -> Converted:
        """Return *item* as it will be written."""
        planned, notes = self.plan.planned[item.id], list[tuple[Kind, str]]()
        shelf = PostShelf(planned, self.store, lambda kind, told: notes.append((kind, told)))
        writer = LinkWriter(self.files.texts[item.id], self.files, self.links, shelf)
        facts = self._gather_facts(item, writer)
        text, told = self._mend(writer, facts)
        # « {{< galerie >}} »…, clé « layout »…
        kinds = (Kind.CODE_ASIDE if each.startswith("«") else Kind.KEY_LEFT for each in told)
        notes += zip(kinds, told, strict=True)
        lists = [f"category/{to_slug(name)}" for name in facts.categories]
        lists += (f"tag/{to_slug(name)}" for name in self.terms.find_tags(item))
        lists += (f"author/{key}" for key in (*facts.authors, *facts.signatures.values()))
        return Converted(
            planned=planned, text=text, has_source=bool(facts.source),
            placed=tuple(shelf.placed.values()), remarks="", remark_count=0,
            addresses=facts.redirects, lists=tuple(lists), redirects={},
            blocks=0, in_html=0, notes=tuple(notes),
        )  # fmt: skip

    def _mend(self, writer: LinkWriter, facts: HeaderFacts) -> tuple[str, list[str]]:
        """Return the whole of a post, and what is told of it."""
        text, shelf = writer.text, writer.shelf
        try:
            check_measures(text.text, OLD_TIMES)
        except LengthError:
            # What is longer than any post is the check's to tell.
            return mend_header(text.text, facts)
        led, existing = _lead(text, writer), self.terms.existing
        planned = {each.docname for each in self.plan.planned.values()}
        around = Around(
            docname=shelf.planned.docname,
            docnames=frozenset(planned | existing.posts.keys() | existing.pages.keys()),
            files=frozenset(placed.target for placed in shelf.placed.values()),
            source=facts.source,
        )
        return mend_text(led, facts, around)

    def _gather_facts(self, item: WpItem, writer: LinkWriter) -> HeaderFacts:
        """Return what the header of *item* may refer to, and what it need not say."""
        terms, text, planned = self.terms, writer.text, writer.shelf.planned
        known, engine = terms.existing.registers, self.files.engine
        named = [term for term in item.terms if term.domain == "author"]
        has_address = self.files.origin != NOWHERE and engine.find_address(text)
        return HeaderFacts(
            registers=Registers(
                authors=known.authors | terms.authors,
                categories=known.categories | terms.categories,
            ),
            spellings=terms.spellings,
            day=planned.date.date().isoformat(),
            authors=tuple(terms.find_authors(item)),
            title=text.title or re.sub("[-_]+", " ", text.stem).capitalize(),
            slug=planned.slug,
            source=item.link if has_address else "",
            blog=terms.blog.key if terms.blog else "",
            language=text.language if text.language != "fr" else "",
            categories=tuple(terms.find_categories(item)),
            redirects=tuple(self._claim(item.id, writer)),
            signatures={term.name: terms.find_author(term.slug) for term in named},
            settled=_SETTLED,
            unwanted=engine.unwanted,
            pictures=dict(_place_pictures(writer)),
            is_spaced=engine.is_spaced,
        )

    def _claim(self, number: int, writer: LinkWriter) -> Iterator[str]:
        """Yield the old addresses of a post, but the one that its name gives it."""
        shelf = writer.shelf
        if not self.files.engine.find_address(writer.text):
            shelf.note(Kind.OLD_ADDRESS_REFUSED, f"{writer.text.name} : règle d’adresse inconnue")
        for address in self.files.list_addresses(writer.text):
            old = read_address(address, shelf.note)
            if not old or old == f"{shelf.planned.slug}/":
                continue
            if self.claimed.setdefault(old, number) == number:
                yield f"/{old}"
            else:
                shelf.note(Kind.OLD_ADDRESS_REFUSED, f"/{old}")


def _place_pictures(writer: LinkWriter) -> Iterator[tuple[str, str]]:
    """Yield the pictures that a header puts forward, and where each is now: nowhere if missing."""
    for pair in writer.text.find("featured_image"):
        if pair.text and writer.has_picture(pair.text):
            yield pair.text, writer.place(pair.text)
        elif pair.text:
            writer.shelf.note(Kind.FEATURED_MISSING, writer.find_address(pair.text))
            yield pair.text, ""


def _lead(text: BlogText, writer: LinkWriter) -> str:
    """Return a text of a blog with its links led."""
    if not text.body or not text.text.endswith(text.body):
        return writer.write(text.text)
    return text.text.removesuffix(text.body) + writer.write(text.body)
