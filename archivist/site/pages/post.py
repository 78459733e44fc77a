"""A post's own page, in the order of its template: who, when, the text, where to read on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from markupsafe import Markup

from archivist.comments.reading import Comment
from archivist.dates.french import mark_up_date, mark_up_day
from archivist.formats.highwire import list_tags
from archivist.formats.iso690 import list_pieces
from archivist.formats.licences import find_licence
from archivist.posts.post import Post
from archivist.site.files.cards import SharedPicture, find_pictures
from archivist.site.files.citations import FORMATS as CITATION_FORMATS
from archivist.site.files.citations import Reference, list_references
from archivist.site.needs import Needs
from archivist.site.pages.comments import show_comments
from archivist.site.pages.contributing import link_editor
from archivist.site.pages.dates import place_post
from archivist.site.pages.page import (
    Link,
    Named,
    Page,
    link_labels,
    link_posts,
    link_spots,
    name_posts,
)
from archivist.site.site import Site
from archivist.site.text.dead_links import Marker
from archivist.site.text.fragments import Fragment
from archivist.site.text.images import lead_to_whole

# What WordPress calls its formats in French.
FORMATS: Mapping[str, str] = {
    "aside": "en passant", "audio": "son", "chat": "discussion", "gallery": "galerie",
    "image": "image", "link": "lien", "quote": "citation", "status": "état", "video": "vidéo",
}  # fmt: skip
_HEADING = re.compile(r'<h1>(.*?)((?:<a class="headerlink"[^>]*>[^<]*</a>)?</h1>)', re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Byline:
    """Who wrote a post, when, and what it is filed under."""

    date: Markup
    updated: Markup | None
    authors: tuple[Link, ...]
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]
    places: tuple[Link, ...]
    blogs: tuple[Link, ...]
    language: str
    minutes: int
    partial: bool
    source: str
    external_link: str
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
    """Where a post comes from; *site* names its blog, or the host of *source*, if any."""

    published: Markup
    site: str
    site_url: str
    source: str
    partial: bool
    copied: Markup | None
    license: str
    license_url: str


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
    """All that the page of a post is made of."""

    template: ClassVar[str] = "post.html"
    sheet: ClassVar[str] = "posts"
    post: Post
    fragment: Fragment
    marker: Marker
    reference: Reference
    picture: SharedPicture | None
    """That of its header, at its address below the root, where others can show it."""
    copy: str
    """Where another archive keeps what stood at its source, if that is known."""
    correct: str
    """Where its file is corrected, if that is known."""
    comments: tuple[Comment, ...]
    series: SeriesPlace | None
    cited_by: tuple[Named, ...]
    related: tuple[Named, ...]
    previous: Named | None
    next: Named | None

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield what the template is given, in its order."""
        name, post, fragment, marker = self.docname, self.post, self.fragment, self.marker
        yield "title", self.title
        yield "trail", link_spots(name, place_post(post))
        yield "summary", self.summary
        yield "post", show_byline(post, fragment.minutes)
        yield "withheld", post.withheld
        yield "heading", marker.mark(_name(fragment.heading))
        yield "series", self.series
        yield "featured", lead_to_whole(fragment.featured)
        yield "sections", Markup(fragment.sections)  # noqa: S704
        # The last section to end is that of the heading; notes stand after it.
        text, end, notes = lead_to_whole(fragment.text).rpartition("</section>")
        yield "text", marker.mark(Markup(f'<div class="e-content">{text}{notes}</div>{end}'))  # noqa: S704
        # What is told of a source that is a dead link.
        yield "source_mark", marker.find(post.source)
        yield "provenance", show_provenance(post)
        yield "correct", self.correct
        yield "citation", show_citation(self.reference, post.slug)
        yield "link_mark", marker.find(post.external_link)
        yield "comments", show_comments(post.language, self.comments, marker)
        yield from self._lead_on()

    def _lead_on(self) -> Iterator[tuple[str, Any]]:
        """Yield where to read on: what others lead to already is not proposed again."""
        name, series = self.docname, self.series
        around = [link_post(name, self.previous), link_post(name, self.next)]
        ends = [series.previous, series.next] if series else []
        cited_by = link_posts(name, self.cited_by)
        shown = [*ends, *around, *cited_by]
        yield "cited_by", cited_by
        yield "related", [each for each in link_posts(name, self.related) if each not in shown]
        for key, link in zip(("previous", "next"), around, strict=True):
            yield key, None if link in ends else link

    @property
    def needs(self) -> Needs:
        """What its text holds, and what is said of it."""
        return max(self.fragment.needs, Needs(bool(self.comments)))


def _name(heading: str) -> Markup:
    """Return *heading* with its words marked as the name of the post, without the link to it."""
    return Markup(_HEADING.sub(r'<h1><span class="p-name">\1</span>\2', heading, count=1))  # noqa: S704


def show_byline(post: Post, minutes: int) -> Byline:
    """Return who wrote *post*, when, and what it is filed under."""
    links = {
        kind: link_labels(post.docname, (label for label in found if label.is_telling))
        for kind, found in post.labels.items()
    }
    return Byline(
        date=mark_up_date(post.shown_date, "dt-published"),
        updated=mark_up_day(post.updated, "dt-updated") if post.updated else None,
        authors=links["author"],
        categories=links["category"],
        tags=links["tag"],
        places=links["location"],
        blogs=links["blog"],
        language=post.language,
        minutes=minutes,
        partial=post.partial,
        source=post.source,
        external_link=post.external_link,
        format=post.format,
        format_name=FORMATS.get(post.format, ""),
    )


def find_series_places(site: Site) -> dict[str, SeriesPlace]:
    """Return the series of each post that is in one, and its place there."""
    found = {}
    for label, posts in site.library.catalogues["series"].items():
        row = (None, *posts, None)
        for number, post in enumerate(posts, start=1):
            found[post.docname] = SeriesPlace(
                label=link_labels(post.docname, [label])[0],
                number=number,
                count=len(posts),
                previous=link_post(post.docname, row[number - 1]),
                next=link_post(post.docname, row[number + 1]),
            )
    return found


def link_post(page: str, post: Named | Post | None) -> Link | None:
    """Return the link from *page* to *post*, if there is one."""
    return link_posts(page, [post])[0] if post else None


def show_provenance(post: Post) -> Provenance | None:
    """Return what is known of the origin of *post*, None for one written here without licence."""
    address, blogs = urlsplit(post.source), post.labels["blog"]
    if not (post.source or blogs or post.license):
        return None
    host = f"{address.scheme}://{address.netloc}/" if post.source else ""
    return Provenance(
        published=mark_up_date(post.shown_date),
        site=blogs[0].name if blogs else address.netloc,
        site_url=post.blog_url or host,
        source=post.source,
        partial=post.partial,
        copied=mark_up_day(post.copied) if post.copied else None,
        license=post.license,
        license_url=find_licence(post.license),
    )


def show_citation(reference: Reference, slug: str) -> CitationBlock:
    """Return what there is to cite the post *slug* by."""
    citation = reference.citation
    # A title is in the language of its post.
    foreign = Markup('<span lang="{lang}">{}</span>')
    title = Markup("{}") if citation.language == "fr" else foreign
    templates = {"title": title, "container": Markup("<cite>{}</cite>"), "": Markup("{}")}
    pieces = ((templates[each.kind], each.text) for each in list_pieces(citation))
    return CitationBlock(
        reference=Markup().join(form.format(text, lang=citation.language) for form, text in pieces),
        address=citation.address,
        bibtex=reference.bibtex,
        files=tuple(Link(form, f"{slug}{ending}") for form, _, ending, _ in CITATION_FORMATS),
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


def list_posts(site: Site) -> Iterator[Page]:
    """Yield the page of each post."""
    named, references = site.once(name_posts), site.once(list_references)
    series, citing = site.once(find_series_places), site.once(gather_citing)
    related, row = site.once(compare_posts), [None, *named.values(), None]
    pictures = site.once(find_pictures)
    for at, post in enumerate(site.library.posts, start=1):
        name = post.docname
        fragment = site.fragments[name]
        yield PostPage(
            docname=name,
            title=post.title,
            summary=fragment.summary,
            post=post,
            fragment=fragment,
            marker=site.marker,
            reference=references[name],
            picture=pictures.get(name),
            copy=site.marker.find_copy(post.source),
            correct=link_editor(site, name),
            comments=post.comments,
            series=series.get(name),
            cited_by=tuple(named[each.docname] for each in citing.get(name, ())),
            related=tuple(named[each] for each in related.get(name, ())),
            previous=row[at - 1],
            next=row[at + 1],
        )
