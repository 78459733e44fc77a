"""The published posts, in their order and under each label: what every page and list asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from archivist.addresses.slugs import to_slug
from archivist.keys import take_key
from archivist.posts.labels import KINDS, Label, name_language
from archivist.posts.people import Registers
from archivist.posts.post import Post


@dataclass(frozen=True, slots=True)
class Library:
    """All published posts; those without labels of a kind are under none of it."""

    posts: tuple[Post, ...]
    """Oldest first, each with its labels."""
    catalogues: Mapping[str, Mapping[Label, tuple[Post, ...]]]
    """The same under each label in use, by kind; labels in the order of their slugs."""
    positions: Mapping[str, int]
    """The place of each post among *posts*, by docname."""
    parents: Mapping[str, Label]
    """The category that each category is part of, if any, by slug, whether in use or not."""

    def find(self, docname: str) -> Post | None:
        """Return the post *docname*, if it is one and published."""
        position = self.positions.get(docname)
        return None if position is None else self.posts[position]


def make_library(
    posts: Iterable[Post], registers: Registers, present: Callable[[str], str]
) -> Library:
    """Return the library of *posts*; *present* writes a name as readers are to see it."""
    ordered = sorted(posts, key=lambda post: (post.date, post.docname))
    known = tuple(_label_posts(ordered, registers, present))
    return Library(
        posts=known,
        catalogues={kind: _gather(known, kind) for kind in KINDS},
        positions={post.docname: position for position, post in enumerate(known)},
        parents=_find_parents(registers, present),
    )


def _label_posts(
    posts: Iterable[Post], registers: Registers, present: Callable[[str], str]
) -> Iterator[Post]:
    """Yield *posts*, oldest first, with their labels.

    Variants of a free label share an address; the spelling of the oldest post names it.
    """
    labels: dict[str, dict[str, Label]] = {kind: {} for kind in KINDS}
    posts = tuple(posts)
    are_several = len({post.blog for post in posts}) > 1
    for post in posts:
        own: dict[str, dict[str, Label]] = {kind: {} for kind in KINDS}
        for kind, slug, name, description in _spell_labels(post, registers):
            if slug not in labels[kind]:
                tells = kind != "blog" or are_several
                labels[kind][slug] = Label(kind, slug, present(name), present(description), tells)
            own[kind][slug] = labels[kind][slug]
        title = present(post.title) if post.language in {"", "fr"} else post.title
        by_kind = {kind: tuple(each.values()) for kind, each in own.items()}
        key = take_key(title, post, by_kind)
        yield replace(post, title=title, labels=by_kind, key=key)


def _spell_labels(post: Post, registers: Registers) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind, slug, name and description of each label of *post*."""
    series = (post.series,) if post.series else ()
    for kind, typed in (("tag", post.tags), ("location", post.places), ("series", series)):
        for label in typed:
            yield kind, to_slug(label), label, ""
    for code in post.languages:
        yield "language", to_slug(code), name_language(code), ""
    for slug in post.categories:
        category = registers.categories[slug]
        yield "category", slug, category.name, category.description
    for key in post.authors:
        author = registers.authors[key]
        yield "author", key, author.name, author.link
    if post.blog:
        blog = registers.blogs[post.blog]
        yield "blog", blog.key, blog.name, f"{blog.description} {blog.url}".strip()


def _gather(posts: Iterable[Post], kind: str) -> dict[Label, tuple[Post, ...]]:
    found: dict[Label, list[Post]] = {}
    for post in posts:
        for label in post.labels[kind]:
            found.setdefault(label, []).append(post)
    by_slug = sorted(found.items(), key=lambda item: item[0].slug)
    return {label: tuple(bearers) for label, bearers in by_slug}


_PLURALS = {"category": "categories", "series": "series"}


def name_lists(library: Library) -> dict[str, tuple[str, str]]:
    """Return the page and the title that ``{ref}`` gives each list, by the name it has for it."""
    references = {
        "blog-posts": ("index", "Billets"),
        "blog-archives": ("archives/index", "Archives"),
    }
    for kind, (_, many) in KINDS.items():
        references[f"blog-{_PLURALS.get(kind, f'{kind}s')}"] = (f"{kind}/index", many)
        for label in library.catalogues[kind]:
            # A blog may be called tags: the last kind takes no name of others.
            references.setdefault(f"{kind}-{label.slug}", (f"{label.path}/index", label.name))
    for post in library.posts:
        year = post.date.year
        references[f"archive-{year}"] = (f"{year}/index", str(year))
    return references


def _find_parents(registers: Registers, present: Callable[[str], str]) -> dict[str, Label]:
    found = {}
    for category in registers.categories.values():
        parent = registers.categories.get(category.parent)
        if parent:
            texts = present(parent.name), present(parent.description)
            found[category.slug] = Label("category", parent.slug, *texts)
    return found


@dataclass(frozen=True, slots=True)
class Family:
    """A category, how many posts are in it, and the categories that are part of it."""

    label: Label
    count: int
    members: tuple[Family, ...] = ()


def rank_labels(library: Library, kind: str) -> list[Label]:
    """Return the labels of a *kind*, those that most posts bear first."""
    found = library.catalogues[kind]
    return sorted(found, key=lambda label: (-len(found[label]), label.slug))


def find_families(library: Library) -> tuple[Family, ...]:
    """Return the categories that are part of no other, each with those that are part of it.

    Shown are those that have a post, and all that they are part of.
    """
    catalogue, parents = library.catalogues["category"], library.parents
    shown: dict[str, Label] = {}
    for used in catalogue:
        label: Label | None = used
        while label and label.slug not in shown:
            shown[label.slug] = label
            label = parents.get(label.slug)

    def gather(parent: str) -> Iterator[Family]:
        for slug, label in sorted(shown.items()):
            above = parents.get(slug)
            if (above.slug if above else "") == parent:
                yield Family(label, len(catalogue.get(label, ())), tuple(gather(slug)))

    return tuple(gather(""))


def find_family(families: tuple[Family, ...], slug: str) -> Family | None:
    """Return the category *slug* among *families* and all that is part of them."""
    for family in families:
        found = family if family.label.slug == slug else find_family(family.members, slug)
        if found:
            return found
    return None


def spell_years(posts: tuple[Post, ...]) -> str:
    """Return « parus de 2017 à 2018 »."""
    first, last = posts[0].date.year, posts[-1].date.year
    verb = "parus" if len(posts) > 1 else "paru"
    return f"{verb} en {first}" if first == last else f"{verb} de {first} à {last}"


def count_posts(posts: tuple[Post, ...]) -> str:
    """Return « 6 billets »."""
    return f"{len(posts)}\u00a0billet{'s' if len(posts) > 1 else ''}"
