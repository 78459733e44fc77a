"""All contact with ABlog's insides; the rest of the site asks here for posts and lists.

ABlog is the register: it holds the posts and the catalogues of labels, answers references
to them (``{ref}`tag-cnfpt```), and gives the syntax of ``{postlist}``. What it prints, reads
from front matter or decides by the clock is replaced by ours. Written against ABlog
0.11.13; ``tests/site/sphinx/test_ablog.py`` fails when what is used here changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ablog.blog
from ablog.blog import Blog, Catalog, Collection
from ablog.post import CheckFrontMatter, PostList, PostListDirective
from babel import Locale

from archivist.addresses.slugs import to_slug
from archivist.site.text.typography import bind_spaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.posts.people import Registers
    from archivist.posts.post import Post

__all__ = [
    "KINDS",
    "Entry",
    "Label",
    "PostList",  # ABlog's node of a `{postlist}`, which archivist.site.sphinx.postlist fills
    "PostListDirective",
    "Register",
    "complete_posts",
    "find_post",
    "find_reference",
    "find_register",
    "register_posts",
]

# For each kind of label, which is also a folder of the site: the name of ABlog's catalogue,
# and what one label and all of them are called.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "tag": ("tags", "Étiquette", "Étiquettes"),
    "category": ("category", "Catégorie", "Catégories"),
    "author": ("author", "Auteur", "Auteurs"),
    "location": ("location", "Lieu", "Lieux"),
    "language": ("language", "Langue", "Langues"),
    "series": ("series", "Série", "Séries"),
}
_REPLACED = frozenset(
    {
        "config_inited",
        "builder_inited",
        "process_posts",
        "purge_posts",
        "process_postlist",
        "generate_archive_pages",
        "generate_atom_feeds",
        "html_page_context",
    }
)


@dataclass(frozen=True, slots=True)
class Label:
    """A tag, a category, an author, a place, a language or a series."""

    kind: str
    slug: str
    name: str
    description: str = ""

    @property
    def path(self) -> str:
        """Where its list is, below the root of the site."""
        return f"{self.kind}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A published post, its title as Sphinx read it, its labels by kind."""

    post: Post
    title: str
    labels: Mapping[str, tuple[Label, ...]]


@dataclass(frozen=True, slots=True)
class Register:
    """All published posts, oldest first; the same under each label in use, by kind.

    *positions* gives the place of each post among the entries, by docname; *parents* the
    category that each category is part of, if any, by slug, whether in use or not.
    """

    entries: tuple[Entry, ...]
    catalogues: Mapping[str, Mapping[Label, tuple[Entry, ...]]]
    positions: Mapping[str, int]
    parents: Mapping[str, Label]


def _info(post: Post) -> dict[str, object]:
    """Return *post* in the terms of ABlog's ``Post``; labels are given by slug."""
    return {
        "archive_post": post,
        "docname": post.docname,
        "section": "",
        "order": 1,
        "date": post.date,
        "update": post.date,
        "title": post.title,
        "excerpt": [],
        "doctree": None,
        "tags": [to_slug(label) for label in post.tags],
        "author": list(post.authors),
        "category": list(post.categories),
        "location": [to_slug(label) for label in post.places],
        "language": [to_slug(label) for label in post.languages],
        "redirect": [],
        "nocomments": True,
        "image": None,
        "exclude": False,
        "canonical_link": post.canonical_link,
        "external_link": post.external_link,
    }


def _names(posts: Iterable[Post], registers: Registers) -> dict[str, dict[str, tuple[str, str]]]:
    """Return the name and description of each label used, by kind and slug.

    Variants of a free label share an address; the spelling of the oldest post names it.
    """
    names: dict[str, dict[str, tuple[str, str]]] = {kind: {} for kind in KINDS}
    for post in posts:
        free = {"tag": post.tags, "location": post.places, "series": _series_of(post)}
        for kind, typed in free.items():
            for label in typed:
                names[kind].setdefault(to_slug(label), (label, ""))
        for code in post.languages:
            names["language"][to_slug(code)] = (_name_language(code), "")
        for slug in post.categories:
            category = registers.categories[slug]
            names["category"][slug] = (category.name, category.description)
        for key in post.authors:
            author = registers.authors[key]
            names["author"][key] = (author.name, author.link)
    return {
        kind: {slug: _bind(*texts) for slug, texts in found.items()}
        for kind, found in names.items()
    }


def _series_of(post: Post) -> tuple[str, ...]:
    return (post.series,) if post.series else ()


def _bind(name: str, description: str) -> tuple[str, str]:
    return bind_spaces(name), bind_spaces(description)


def _name_language(code: str) -> str:
    """Return « anglais » for en."""
    return Locale.parse(code, sep="-").get_display_name("fr") or code


def register_posts(app: Sphinx, posts: Sequence[Post], registers: Registers) -> None:
    """Fill ABlog's register anew with *posts*, oldest first, under our addresses."""
    # ABlog keeps one blog a process and decides by the clock what is published.
    Blog._dict = {}  # noqa: SLF001
    ablog.blog.TOMORROW = ablog.blog.FUTURE
    blog = Blog(app)
    # ABlog knows no series.
    blog.catalogs["series"] = Catalog(blog, "series", "series", "series")
    for kind, by_slug in _names(posts, registers).items():
        catalog = blog.catalogs[KINDS[kind][0]]
        for slug, (name, description) in by_slug.items():
            path = f"{kind}/{slug}/index"
            catalog[slug] = Collection(catalog, slug, name, href=description, path=path)
    for year in sorted({post.date.year for post in posts}):
        blog.archive[year] = Collection(blog.archive, year, str(year), path=f"{year}/index")
    blog.archive_parents = _find_parents(registers)
    blog.references.update(_standing_references())
    for gone in ("blog-drafts", "blog-feed"):
        del blog.references[gone]
    for post in posts:
        blog.register(post.docname, _info(post))
        registered = blog.posts[post.docname]
        registered.series = [to_slug(label) for label in _series_of(post)]
        blog.catalogs["series"].add(registered)


def _find_parents(registers: Registers) -> dict[str, Label]:
    """Return what each category is part of, if anything, by slug."""
    found = {}
    for category in registers.categories.values():
        parent = registers.categories.get(category.parent)
        if parent:
            texts = _bind(parent.name, parent.description)
            found[category.slug] = Label("category", parent.slug, *texts)
    return found


def _standing_references() -> dict[str, tuple[str, str]]:
    plurals = {"category": "categories", "series": "series"}
    references = {
        f"blog-{plurals.get(kind, kind + 's')}": (f"{kind}/index", many)
        for kind, (_, _, many) in KINDS.items()
    }
    references["blog-posts"] = ("index", "Billets")
    references["blog-archives"] = ("archives/index", "Archives")
    return references


def find_post(app: Sphinx, docname: str) -> Post | None:
    """Return the published post of *docname*, if it is one."""
    post = Blog(app).posts[docname]
    return post.options["archive_post"] if post else None


def _to_label(collection: Collection, kind: str) -> Label:
    return Label(kind, collection.label, collection.name, collection.href or "")


def _to_entry(post: ablog.blog.Post) -> Entry:
    labels = {
        kind: tuple(_to_label(collection, kind) for collection in getattr(post, name))
        for kind, (name, _, _) in KINDS.items()
    }
    return Entry(post.options["archive_post"], post.title, labels)


def _to_catalogue(entries: Iterable[Entry], kind: str) -> dict[Label, tuple[Entry, ...]]:
    found: dict[Label, list[Entry]] = {}
    for entry in entries:
        for label in entry.labels[kind]:
            found.setdefault(label, []).append(entry)
    by_slug = sorted(found.items(), key=lambda item: item[0].slug)
    return {label: tuple(bearers) for label, bearers in by_slug}


def complete_posts(app: Sphinx, titles: Mapping[str, str]) -> None:
    """Add what only Sphinx's reading tells: the title of each post, by docname."""
    blog = Blog(app)
    for post in blog.posts:
        post._title = titles[post.docname]  # noqa: SLF001
    ordered = sorted(blog.posts, key=lambda post: (post.date, post.docname))
    entries = tuple(map(_to_entry, ordered))
    catalogues = {kind: _to_catalogue(entries, kind) for kind in KINDS}
    positions = {entry.post.docname: position for position, entry in enumerate(entries)}
    blog.archive_register = Register(entries, catalogues, positions, blog.archive_parents)


def find_reference(app: Sphinx, name: str) -> tuple[str, str] | None:
    """Return the page and the title that ``{ref}`` gives a list by *name*, if it is one."""
    return Blog(app).references.get(name)  # type: ignore[no-any-return]


def find_register(app: Sphinx) -> Register:
    """Return the register, complete once all documents are read."""
    return Blog(app).archive_register  # type: ignore[no-any-return]


def _disconnect_replaced(app: Sphinx) -> None:
    for listeners in list(app.events.listeners.values()):
        for listener in list(listeners):
            handler = listener.handler
            if handler.__module__.startswith("ablog") and handler.__name__ in _REPLACED:
                app.disconnect(listener.id)
    app.registry.transforms.remove(CheckFrontMatter)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load ABlog and keep of it what the site stands on."""
    app.setup_extension("ablog")
    _disconnect_replaced(app)
    # It was its reading of posts that was not safe, and that is ours now.
    app.extensions["ablog"].parallel_read_safe = True
    return {"parallel_read_safe": True, "parallel_write_safe": True}
