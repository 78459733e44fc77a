"""A post, normalised: what every page and list shows of it, and nothing typed twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.addresses.slugs import to_slug
from archivist.addresses.web import resolve_path
from archivist.dates.edtf import UncertainDate, certain_day, read_day, read_edtf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from archivist.comments.reading import Comment
    from archivist.posts.file import Source
    from archivist.posts.labels import Label
    from archivist.posts.people import Registers
    from archivist.syntax.yaml import Field

_TRUE = frozenset({"true", "yes", "on", "oui", "vrai"})
_FALSE = frozenset({"false", "no", "off", "non", "faux"})
SWITCH_WORDS = _TRUE | _FALSE


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A post whose file holds no mistake.

    *date* sorts and files; *shown_date* is what readers see. *categories* are slugs,
    *authors* keys, *tags*, *places* and *series* labels as typed. *featured_image* is a file below docs/.
    *license* is in the words of who stated it, *copied* when the text was taken from *source*.
    """

    path: str
    docname: str
    title: str
    date: dt.datetime
    shown_date: UncertainDate
    updated: dt.date | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    places: tuple[str, ...]
    languages: tuple[str, ...]
    series: str
    summary: str
    source: str
    partial: bool
    license: str
    copied: dt.date | None
    draft: bool
    excerpt_paragraphs: int
    excerpt_image: int
    external_link: str
    canonical_link: str
    featured_image: str
    featured_alt: str
    format: str
    sticky: bool
    # What it is filed under, by kind: a library tells.
    labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict, repr=False)
    # No list shows them.
    comments: tuple[Comment, ...] = field(default=(), repr=False)

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.docname.rpartition("/")[2]

    @property
    def language(self) -> str:
        """The code of the language the text is in, or nothing when it is the site's."""
        return self.languages[0] if self.languages else ""


def split_list(field: Field | None) -> list[tuple[str, int]]:
    """Return the values of a list, or of a string with commas, each with its line."""
    if field is None:
        return []
    if field.listed or not field.items:
        return [(item.text, item.line) for item in field.items]
    only = field.items[0]
    return [(part.strip(), only.line) for part in only.text.split(",")]


def split_categories(field: Field | None, registers: Registers) -> list[tuple[str, int]]:
    """Return the categories named; a name that itself holds a comma is kept whole."""
    if field and not field.listed and to_slug(field.text) in registers.categories:
        return [(field.text, field.items[0].line)]
    return split_list(field)


def read_series(field: Field | None) -> list[tuple[str, int]]:
    """Return the series named, as a list of one; a comma is part of its name."""
    return [(field.text, field.line)] if field and field.text else []


def is_on(field: Field | None) -> bool:
    """Tell whether a switch is on."""
    return field is not None and field.text.lower() in _TRUE


def _labels(field: Field | None) -> tuple[str, ...]:
    """Return labels in the order typed, variants of one address once."""
    by_slug: dict[str, str] = {}
    for label, _ in split_list(field):
        by_slug.setdefault(to_slug(label), " ".join(label.split()))
    return tuple(by_slug.values())


def _once(values: Iterable[str]) -> tuple[str, ...]:
    """Return *values* in their order, each once."""
    return tuple(dict.fromkeys(values))


def _number(field: Field | None) -> int:
    return int(field.text) if field else 0


def _resolve(docname: str, path: str) -> str:
    return resolve_path(docname, path) if path else ""


def _find_license(authors: Iterable[str], registers: Registers) -> str:
    """Return what all of *authors* state for their posts, or nothing where they do not agree."""
    stated = {registers.authors[key].license for key in authors if key in registers.authors}
    return stated.pop() if len(stated) == 1 else ""


def to_post(source: Source, registers: Registers, comments: tuple[Comment, ...] = ()) -> Post:
    """Return the post that *source*, in which no check found a mistake, describes."""
    fields = source.fields

    def text(name: str) -> str:
        return fields[name].text if name in fields else ""

    categories = split_categories(fields.get("category"), registers)
    authors = _once(key for key, _ in split_list(fields.get("author")))
    date = read_day(text("date"))
    edtf = text("date_edtf")
    return Post(
        path=source.path,
        docname=source.docname,
        title=source.body.title.text,
        date=date,
        shown_date=read_edtf(edtf) if edtf else certain_day(date.date()),
        updated=read_day(text("updated")).date() if "updated" in fields else None,
        authors=authors,
        categories=_once(to_slug(name) for name, _ in categories),
        tags=_labels(fields.get("tags")),
        places=_labels(fields.get("location")),
        languages=_once(code for code, _ in split_list(fields.get("language"))),
        series=" ".join(text("series").split()),
        summary=text("summary"),
        source=text("source"),
        partial=is_on(fields.get("partial")),
        license=text("license") or _find_license(authors, registers),
        copied=read_day(text("copied")).date() if "copied" in fields else None,
        draft=is_on(fields.get("draft")),
        excerpt_paragraphs=_number(fields.get("excerpt")),
        excerpt_image=_number(fields.get("image")),
        external_link=text("external_link"),
        canonical_link=text("canonical_link"),
        featured_image=_resolve(source.docname, text("featured_image")),
        featured_alt=text("featured_alt"),
        format=text("format"),
        sticky=is_on(fields.get("sticky")),
        comments=comments,
    )
