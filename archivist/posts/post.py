"""A post, normalised: what every page and list shows of it, and nothing typed twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from archivist.addresses.slugs import to_slug
from archivist.addresses.web import resolve_path
from archivist.comments.reading import Comment
from archivist.dates.edtf import UncertainDate, certain_day, read_day, read_edtf
from archivist.dates.french import spell_day
from archivist.posts.fields import is_on, split_categories, split_list
from archivist.posts.file import PostFile
from archivist.posts.labels import Label
from archivist.posts.people import Registers
from archivist.syntax.yaml import Field


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A post whose file holds no mistake."""

    path: str
    docname: str
    title: str
    """What a reader reads of it: no tag, no image, no footnote call."""
    date: dt.datetime
    """It sorts and files; readers see *shown_date*."""
    shown_date: UncertainDate
    updated: dt.date | None
    authors: tuple[str, ...]
    """Their keys."""
    categories: tuple[str, ...]
    """Their slugs."""
    tags: tuple[str, ...]
    """As typed, as *places* and *series*."""
    places: tuple[str, ...]
    languages: tuple[str, ...]
    series: str
    blog: str
    """The key of the one it comes from, or nothing."""
    blog_url: str
    """Where that was, if it is known."""
    summary: str
    source: str
    """Where it first appeared."""
    partial: bool
    license: str
    """In the words of who stated it."""
    copied: dt.date | None
    """When the text was taken from *source*."""
    draft: bool
    excerpt_paragraphs: int
    excerpt_image: int
    external_link: str
    canonical_link: str
    featured_image: str
    """A file below docs/."""
    featured_alt: str
    format: str
    """One of FORMATS, or nothing."""
    sticky: bool
    withheld: str = ""
    """Why only who writes sees it, in French."""
    # What it is filed under, by kind: a library tells.
    labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict, repr=False)
    # No list shows them.
    comments: tuple[Comment, ...] = field(default=(), repr=False)
    # Tells all of it but the comments, once it has its labels.
    key: bytes = field(default=b"", repr=False, compare=False)

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.docname.rpartition("/")[2]

    @property
    def language(self) -> str:
        """The code of the language the text is in, or nothing when it is the site's."""
        return self.languages[0] if self.languages else ""


def tell_withheld(post: Post, today: dt.date) -> str:
    """Return why readers do not see *post* on the day *today*, in French, or nothing."""
    if post.draft:
        return "Brouillon\u00a0: n’est pas publié"
    day = post.date.date()
    return f"Attend le {spell_day(day)}" if day > today else ""


def _labels(field: Field | None) -> tuple[str, ...]:
    """Return labels in the order typed, variants of one address once."""
    by_slug: dict[str, str] = {}
    for label, _ in split_list(field):
        by_slug.setdefault(to_slug(label), " ".join(label.split()))
    return tuple(by_slug.values())


def to_post(source: PostFile, registers: Registers, comments: tuple[Comment, ...] = ()) -> Post:
    """Return the post that *source*, in which no check found a mistake, describes."""
    fields = source.fields

    def text(name: str) -> str:
        return fields[name].text if name in fields else ""

    def number(name: str) -> int:
        return int(text(name) or 0)

    def day(name: str) -> dt.date | None:
        return read_day(text(name)).date() if name in fields else None

    def keys(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for key, _ in split_list(fields.get(name))))

    authors, date, featured = keys("author"), read_day(text("date")), text("featured_image")
    categories = split_categories(fields.get("category"), registers)
    edtf, blog = text("date_edtf"), registers.blogs.get(text("blog"))
    # What authors state for all their posts, where they agree.
    stated = {registers.authors[key].license for key in authors if key in registers.authors}
    return Post(
        path=source.path,
        docname=source.docname,
        title=source.body.title.text,
        date=date,
        shown_date=read_edtf(edtf) if edtf else certain_day(date.date()),
        updated=day("updated"),
        authors=authors,
        categories=tuple(dict.fromkeys(to_slug(name) for name, _ in categories)),
        tags=_labels(fields.get("tags")),
        places=_labels(fields.get("location")),
        languages=keys("language"),
        series=" ".join(text("series").split()),
        blog=blog.key if blog else "",
        blog_url=blog.url if blog else "",
        summary=text("summary"),
        source=text("source"),
        partial=is_on(fields.get("partial")),
        license=text("license") or (stated.pop() if len(stated) == 1 else ""),
        copied=day("copied"),
        draft=is_on(fields.get("draft")),
        excerpt_paragraphs=number("excerpt"),
        excerpt_image=number("image"),
        external_link=text("external_link"),
        canonical_link=text("canonical_link"),
        featured_image=resolve_path(source.docname, featured) if featured else "",
        featured_alt=text("featured_alt"),
        format=text("format"),
        sticky=is_on(fields.get("sticky")),
        comments=comments,
    )
