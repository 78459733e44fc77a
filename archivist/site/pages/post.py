"""A post's own page, in the order of its template: who, when, the text, where to read on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from markupsafe import Markup

from archivist.dates.french import mark_up_date, mark_up_day
from archivist.formats.bibtex import write_bibtex
from archivist.formats.highwire import list_tags
from archivist.formats.iso690 import list_pieces
from archivist.posts.labels import Label
from archivist.posts.post import Post
from archivist.site.files.citations import FORMATS as CITATION_FORMATS
from archivist.site.files.citations import describe_citations
from archivist.site.pages.comments import Section, show_comments
from archivist.site.pages.contributing import link_editor
from archivist.site.pages.page import Link, Page, link_labels, link_neighbour, link_posts
from archivist.site.site import Site
from archivist.site.text.excerpts import summarise

# Silent reading of French by adults, Brysbaert 2019: 214 words a minute.
WORDS_A_MINUTE = 214
# What WordPress calls its formats in French.
FORMATS: Mapping[str, str] = {
    "aside": "en passant", "audio": "son", "chat": "discussion", "gallery": "galerie",
    "image": "image", "link": "lien", "quote": "citation", "status": "état", "video": "vidéo",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Byline:
    """Who wrote a post, when, and what it is filed under."""

    date: Markup
    updated: Markup | None
    authors: tuple[Link, ...]
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]
    places: tuple[Link, ...]
    language: str
    minutes: int
    partial: bool
    source: str
    format: str
    format_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesPlace:
    """The series of a post, and its place there."""

    label: Link
    number: int
    count: int
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """Where a post comes from; *site* names the host of *source*, if any."""

    published: Markup
    site: str
    site_url: str
    source: str
    partial: bool
    copied: Markup | None
    license: str


@dataclass(frozen=True, slots=True)
class CitationBlock:
    """What is there for those who cite a post."""

    reference: Markup
    address: str
    bibtex: str
    files: tuple[Link, ...]
    tags: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PostPage(Page):
    """All that the template of a post shows."""

    template: ClassVar[str] = "post.html"
    post: Byline
    heading: Markup
    series: SeriesPlace | None
    featured: Markup
    sections: Markup
    text: Markup
    source_mark: Markup
    """What is told of a source that is a dead link."""
    provenance: Provenance | None
    correct: str
    """Where its file is corrected, if that is known."""
    citation: CitationBlock
    comments: Section | None
    cited_by: list[Link]
    related: list[Link]
    previous: Link | None
    next: Link | None
    canonical: str
    """The address that its writer gives, if any."""

    @property
    def texts(self) -> Iterable[str]:
        """Its text."""
        return (self.text,)


def count_minutes(words: int) -> int:
    """Return how long *words* take to read, in whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def show_byline(site: Site, post: Post) -> Byline:
    """Return who wrote *post*, when, and what it is filed under."""
    links = {kind: link_labels(post.docname, found) for kind, found in post.labels.items()}
    return Byline(
        date=mark_up_date(post.shown_date),
        updated=mark_up_day(post.updated) if post.updated else None,
        authors=links["author"],
        categories=links["category"],
        tags=links["tag"],
        places=links["location"],
        language=post.language,
        minutes=count_minutes(site.fragments[post.docname].length),
        partial=post.partial,
        source=post.source,
        format=post.format,
        format_name=FORMATS.get(post.format, ""),
    )


def find_series_places(site: Site) -> dict[str, tuple[Label, tuple[Post, ...], int]]:
    """Return the series of each post that is in one, its posts, and the place among them."""
    return {
        post.docname: (label, posts, position)
        for label, posts in site.library.catalogues["series"].items()
        for position, post in enumerate(posts)
    }


def show_series(site: Site, post: Post) -> SeriesPlace | None:
    """Return the series of *post*, and the posts before and after it there."""
    found = site.once(find_series_places).get(post.docname)
    if found is None:
        return None
    label, posts, position = found
    return SeriesPlace(
        label=link_labels(post.docname, [label])[0],
        number=position + 1,
        count=len(posts),
        previous=link_neighbour(post.docname, posts, position - 1),
        next=link_neighbour(post.docname, posts, position + 1),
    )


def show_provenance(post: Post) -> Provenance | None:
    """Return what is known of the origin of *post*, None for one written here without licence."""
    if not (post.source or post.license):
        return None
    address = urlsplit(post.source)
    return Provenance(
        published=mark_up_date(post.shown_date),
        site=address.netloc,
        site_url=f"{address.scheme}://{address.netloc}/",
        source=post.source,
        partial=post.partial,
        copied=mark_up_day(post.copied) if post.copied else None,
        license=post.license,
    )


def show_citation(site: Site, post: Post) -> CitationBlock:
    """Return what there is to cite *post* by."""
    citation = site.once(describe_citations)[post.docname]
    # A title is in the language of its post.
    foreign = Markup('<span lang="{lang}">{}</span>')
    title = Markup("{}") if citation.language == "fr" else foreign
    templates = {"title": title, "container": Markup("<cite>{}</cite>"), "": Markup("{}")}
    pieces = ((templates[each.kind], each.text) for each in list_pieces(citation))
    return CitationBlock(
        reference=Markup().join(form.format(text, lang=citation.language) for form, text in pieces),
        address=citation.address,
        bibtex=write_bibtex(citation),
        files=tuple(Link(form, f"{post.slug}{ending}") for form, ending, _ in CITATION_FORMATS),
        tags=tuple(list_tags(citation)),
    )


def gather_citing(site: Site) -> dict[str, tuple[Post, ...]]:
    """Return the posts that lead to each document and to each part of one, oldest first."""
    found: defaultdict[str, list[Post]] = defaultdict(list)
    for post in site.library.posts:
        links = site.fragments[post.docname].links
        documents = {link.partition("#")[0] for link in links}
        for target in documents.union(links):
            found[target].append(post)
    return {target: tuple(posts) for target, posts in found.items()}


def compare_posts(site: Site) -> dict[str, tuple[str, ...]]:
    """Return what to read after each post, by docname; a preview does not wait for it."""
    if site.plan.is_preview:
        return {}
    posts = {name: site.find_reading(name) for name in site.library.positions}
    return site.relations.find(posts, site.lexis, site.dictionary)


def show_post(site: Site, post: Post) -> PostPage:
    """Return the page of *post*."""
    name, posts = post.docname, site.library.posts
    position, fragment = site.library.positions[name], site.fragments[name]
    marker = site.marker
    related = site.once(compare_posts).get(name, ())
    return PostPage(
        docname=name,
        title=post.title,
        summary=summarise(fragment.excerpt),
        post=show_byline(site, post),
        heading=marker.mark(Markup(fragment.heading)),  # noqa: S704
        series=show_series(site, post),
        featured=Markup(fragment.featured),  # noqa: S704
        sections=Markup(fragment.sections),  # noqa: S704
        text=marker.mark(Markup(fragment.text)),  # noqa: S704
        source_mark=marker.find(post.source),
        provenance=show_provenance(post),
        correct=link_editor(site, name),
        citation=show_citation(site, post),
        comments=show_comments(post, marker),
        cited_by=link_posts(name, site.once(gather_citing).get(name, ())),
        related=link_posts(name, [posts[site.library.positions[each]] for each in related]),
        previous=link_neighbour(name, posts, position - 1),
        next=link_neighbour(name, posts, position + 1),
        canonical=post.canonical_link,
    )


def list_posts(site: Site) -> Iterator[Page]:
    """Yield the page of each post."""
    return (show_post(site, post) for post in site.library.posts)
