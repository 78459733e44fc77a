"""Categories, tags and authors of a blog, named as the archive names its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from archivist.addresses.slugs import is_slug, to_slug
from archivist.posts.fields import FORMATS, SWITCH_WORDS
from archivist.posts.labels import bare_text, name_label
from archivist.posts.people import Author, Category, SourceBlog
from archivist.syntax.limits import DEEPEST_CATEGORY, LONGEST_AUTHOR
from archivist.syntax.yaml import write_value
from archivist.wordpress.existing import Existing
from archivist.wordpress.export.origin import find_blog
from archivist.wordpress.export.plan import Plan, read_address
from archivist.wordpress.export.wxr import Term, WpItem
from archivist.wordpress.notes import Kind, Noter

_FORMATS = re.compile(r"post-format-(?P<name>[a-z]+)")  # post-format-gallery
_COAUTHOR = "cap-"  # What a plugin puts before the login of a second author: cap-claire
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
    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spellings = dict(self.existing.spellings)
        terms, used = self.plan.blog.terms, self.plan.used_terms
        self._known = {term.slug: term for term in terms if term.domain == "category"}
        for term in terms:
            if (term.domain, term.slug) in used:
                self._add(term)
        # Some exports say of a label, and all of a second author, only that posts bear them.
        for term in used.values():
            if term.domain in {"category", "post_tag"}:
                self._add(term)
            elif term.domain == "author":
                self.find_author(term.slug.removeprefix(_COAUTHOR), term.name)
        for creator in sorted(self.plan.creators):
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
        if label != " ".join(term.name.split()):
            self.note(Kind.LABEL_RENAMED, f"{term.name} → {label}")
        self._names[key] = label
        if term.domain in {"category", "post_tag"} and key in self.plan.used_terms:
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
                description = bare_text(each.description)
                self.categories[slug] = Category(name=label, slug=slug, description=description)
            each = self._known.get(each.parent) if each.parent and not known else None
        return names[0]

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
        logins = [(term.slug.removeprefix(_COAUTHOR), term.name) for term in together]
        return _once(self.find_author(*each) for each in logins or [(item.creator, "")])

    def find_author(self, login: str, name: str = "") -> str:
        """Return the key of who has that *login*, known from now on."""
        if login not in self._keys:
            self._keys[login] = self._add_author(login, name)
        return self._keys[login]

    def _add_author(self, login: str, name: str) -> str:
        shown = bare_text(self.plan.blog.authors.get(login) or name or login)[:LONGEST_AUTHOR]
        shown = shown.partition("@")[0]  # A login that is an e-mail address is nobody's name.
        shown = shown.strip() or "anonyme"
        known = self.existing.registers.authors
        for author in (*known.values(), *self.authors.values()):
            if author.name.casefold() == shown.casefold():
                return author.key
        key = to_slug(login.partition("@")[0]) or to_slug(shown)
        key = key[:_LONGEST_KEY].strip("-_")
        key = f"auteur-{key}" if key in SWITCH_WORDS else key
        key = key if is_slug(key) else f"auteur-{len(self.authors) + 1}"
        if key not in known:
            self.authors[key] = Author(key=key, name=shown)
        return key

    def describe_categories(self) -> Iterator[str]:
        """Yield the lines that categories.yml is to gain."""
        for slug, category in self.categories.items():
            yield f"{write_value(category.name)}:"
            if slug in self.parents:
                yield f"  parent: {write_value(self.parents[slug])}"
            if category.description:
                yield f"  description: {write_value(category.description)}"

    def describe_authors(self) -> Iterator[str]:
        """Yield the lines that authors.yml is to gain."""
        for author in self.authors.values():
            yield f"{write_value(author.key)}:"
            yield f"  name: {write_value(author.name)}"


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
