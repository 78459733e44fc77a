"""Categories, tags and authors of a blog, named as the archive names its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from archivist.addresses.slugs import find_free, is_slug, to_slug
from archivist.posts.fields import FORMATS, SWITCH_WORDS
from archivist.posts.labels import bare_text, name_label, read_words
from archivist.posts.people import Author, Category, SourceBlog
from archivist.syntax.characters import take_out_signs
from archivist.syntax.limits import DEEPEST_CATEGORY, LONGEST_AUTHOR, LONGEST_ENTRY
from archivist.syntax.yaml import write_value
from archivist.wordpress.existing import Existing
from archivist.wordpress.export.origin import find_blog
from archivist.wordpress.export.plan import COAUTHOR, Plan, read_address
from archivist.wordpress.export.wxr import Term, WpItem
from archivist.wordpress.notes import Kind, Noter

_FORMATS = re.compile(r"post-format-(?P<name>[a-z]+)")  # post-format-gallery
_LONGEST_KEY = 60  # of an author
_DEEPEST = 10


@dataclass
class Terms:
    """The labels and authors of what is imported, each once."""

    plan: Plan
    existing: Existing
    note: Noter  # hears of labels that are renamed
    lists: dict[str, str] = field(default_factory=dict)  # of the archive, by address at the blog
    categories: dict[str, Category] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)  # keys of authors, by who they are there
    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spellings = dict(self.existing.spellings)
        terms, used = self.plan.blog.terms, self.plan.used_terms
        self._used = used.keys()
        self._known = {term.slug: term for term in terms if term.domain == "category"}
        for term in terms:
            if (term.domain, term.slug) in used:
                self._add(term)
        # Some exports say of a label, and all of a second author, only that posts bear them.
        for term in used.values():
            if term.domain in {"category", "post_tag"}:
                self._add(term)
            elif term.domain == "author":
                self.find_author(term.slug.removeprefix(COAUTHOR), term.name)
        for creator in sorted({each.creator for each in self.plan.list_signed()}):
            self.find_author(creator)
        self._cut_families()

    @cached_property
    def blog(self) -> SourceBlog | None:
        """The blog that posts come from, if its address is known."""
        return find_blog(self.plan.blog, self.existing)

    def _cut_families(self) -> None:
        """Take categories out of others where they are in too many; there may be some in docs/."""
        depths: dict[str, int] = {}
        for slug in self.categories:
            above = [slug]
            while above[-1] not in depths and above[-1] in self.parents:
                above.append(to_slug(self.parents[above[-1]]))
            for each in reversed(above):
                parent = to_slug(self.parents.get(each, ""))
                depths.setdefault(each, depths[parent] + 1 if parent else 0)
                if depths[each] > DEEPEST_CATEGORY // 2:
                    self.note(Kind.PARENT_LEFT, f"{self.parents.pop(each)} → {each}")
                    depths[each] = 0

    def _add(self, term: Term) -> str:
        """Return the label of *term*, known from now on."""
        key = (term.domain, term.slug)
        if key in self._names:
            return self._names[key]
        label = name_label(term.name or unquote(term.slug))
        if term.domain == "category":
            label = self._add_category(term)
        elif term.domain == "post_tag":
            label = self.spellings.setdefault(to_slug(label), label)
        self._read(term.name)
        shown = " ".join(take_out_signs(read_words(term.name), in_header=True)[0].split())
        if label != unicodedata.normalize("NFC", shown):
            self.note(Kind.LABEL_RENAMED, f"{shown} → {label}")
        self._names[key] = label
        if term.domain in {"category", "post_tag"} and key in self._used:
            self._note_list(term, label)
        return label

    def _add_category(self, term: Term) -> str:
        """Return the name of a category, and know it and those that it is part of."""
        names: list[str] = []
        walked: set[str] = set()
        each: Term | None = term
        while each:
            label = name_label(each.name or unquote(each.slug))
            slug = to_slug(label)
            known = self.existing.registers.categories.get(slug) or self.categories.get(slug)
            if names and slug in walked:
                self.note(Kind.PARENT_LEFT, f"{names[-1]} → {label}")
            elif names:
                self.parents[to_slug(names[-1])] = known.name if known else label
            names.append(known.name if known else label)
            walked.add(slug)
            if not known:
                description = self._describe(each)
                self.categories[slug] = Category(name=label, slug=slug, description=description)
            each = self._known.get(each.parent) if each.parent and not known else None
        return names[0]

    def _read(self, text: str) -> str:
        """Return the words of *text*, HTML; tell what is taken out of it."""
        shown = bare_text(text)
        for sign in dict.fromkeys(take_out_signs(read_words(text), in_header=True)[1]):
            self.note(Kind.SIGN_REMOVED, f"{shown} : {sign}")
        return shown

    def _describe(self, term: Term) -> str:
        """Return what is said of a category, as far as there is room."""
        whole = self._read(term.description)
        if len(whole) <= LONGEST_ENTRY:
            return whole
        self.note(Kind.DESCRIPTION_CUT, whole)
        return whole[: LONGEST_ENTRY - 1].rstrip() + "…"

    def _note_list(self, term: Term, label: str) -> None:
        """Note where the list of *term* was, and where it is."""
        kind, slug = "category" if term.domain == "category" else "tag", to_slug(label)
        for old in dict.fromkeys((self._path(term), unquote(term.slug))):
            self.lists[f"{kind}/{old}"] = f"{kind}-{slug}"
            address = read_address(f"/{kind}/{old}/", self.note) if old != slug else ""
            if address:
                self.redirects[f"/{address}"] = f"{kind}/{slug}"

    def _path(self, term: Term) -> str:
        """Return the path of a category below its parents, as its address has it."""
        parts = {term.slug: unquote(term.slug)}
        each = self._known.get(term.parent) if term.domain == "category" else None
        # An address of more parts is none.
        while each and each.slug not in parts and len(parts) < _DEEPEST:
            parts[each.slug] = unquote(each.slug)
            each = self._known.get(each.parent)
        return "/".join(reversed(parts.values()))

    def _labels(self, item: WpItem, domain: str) -> Iterator[str]:
        for term in item.terms:
            if term.domain == domain:
                yield self._add(self._known.get(term.slug, term) if domain == "category" else term)

    def find_categories(self, item: WpItem) -> list[str]:
        """Return the categories of *item*, each once."""
        return _once(self._labels(item, "category"))

    def find_tags(self, item: WpItem) -> list[str]:
        """Return the tags of *item*, each once."""
        return _once(self._labels(item, "post_tag"))

    def find_format(self, item: WpItem) -> str:
        """Return the format of *item*, or nothing."""
        slugs = (term.slug for term in item.terms if term.domain == "post_format")
        found = (match["name"] for match in map(_FORMATS.fullmatch, slugs) if match)
        return next((name for name in found if name in FORMATS), "")

    def find_authors(self, item: WpItem) -> list[str]:
        """Return the keys of who signs *item*."""
        together = [term for term in item.terms if term.domain == "author"]
        logins = [(term.slug.removeprefix(COAUTHOR), term.name) for term in together]
        return _once(self.find_author(*each) for each in logins or [(item.creator, "")])

    def find_author(self, login: str, name: str = "") -> str:
        """Return the key of who has that *login*, known from now on."""
        if login not in self._keys:
            self._keys[login] = self._add_author(login, name)
        return self._keys[login]

    def _add_author(self, login: str, name: str) -> str:
        """Return the key of an author: the one that is asked for, had before, or of that name."""
        # A login that is an e-mail address is nobody's name.
        names = (self.plan.blog.authors.get(login, ""), name, login)
        shown = next(filter(None, map(self._read, names)), "")[:LONGEST_AUTHOR]
        shown, local = (text.partition("@")[0].strip() for text in (shown, login))
        shown = shown or "anonyme"
        known = self.existing.registers.authors | self.authors
        mark = f"{self.plan.blog.url.rstrip('/')}?author={local}&name={shown}"
        given = self.plan.signatures.get(login) or self.existing.ledger.get("authors", {}).get(mark)
        same = (key for key, each in known.items() if _fold(each.name) == _fold(shown))
        key = given or next(same, "") or self._name_key(local, shown, known)
        if key not in known:
            self.authors[key] = Author(key=key, name=shown)
        self.signed[mark] = key
        return key

    def _name_key(self, local: str, shown: str, known: Container[str]) -> str:
        """Return a key that no other author has."""
        wanted = (to_slug(local) or to_slug(shown))[:_LONGEST_KEY].strip("-_")
        wanted = f"auteur-{wanted}" if wanted in SWITCH_WORDS else wanted
        wanted = wanted if is_slug(wanted) else f"auteur-{len(self.authors) + 1}"
        key = find_free(wanted, known)
        if key != wanted:
            told = f"{local} ({shown}) → {key} ; si c’est la même personne : --author"
            self.note(Kind.AUTHOR_APART, f"{told} {local}={wanted}")
        return key

    def describe_categories(self, lists: Container[str]) -> Iterator[str]:
        """Yield the lines that categories.yml is to gain, for the *lists* there will be."""
        wanted: set[str] = set()
        for slug in self.categories:
            each = slug if f"category/{slug}" in lists else ""
            while each and each not in wanted:
                wanted.add(each)
                each = to_slug(self.parents.get(each, ""))
        for slug, category in self.categories.items():
            if slug in wanted:
                yield from _describe(category, self.parents.get(slug, ""))

    def describe_authors(self, lists: Container[str]) -> Iterator[str]:
        """Yield the lines that authors.yml is to gain, for the *lists* there will be."""
        for author in self.authors.values():
            if f"author/{author.key}" in lists:
                yield f"{write_value(author.key)}:"
                yield f"  name: {write_value(author.name)}"


def _describe(category: Category, parent: str) -> Iterator[str]:
    yield f"{write_value(category.name)}:"
    if parent:
        yield f"  parent: {write_value(parent)}"
    if category.description:
        yield f"  description: {write_value(category.description)}"


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
