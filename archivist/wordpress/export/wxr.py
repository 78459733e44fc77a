"""Read a WordPress export (WXR 1.0 to 1.2) as records, one item at a time.

WXR is RSS 2.0 with WordPress's own elements: https://wordpress.org/documentation/article/tools-export-screen/.
The same file is read again rather than kept in memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archivist.addresses.web import split_address
from archivist.errors import ArchiveError
from archivist.syntax.characters import strip_invisible, take_out_signs
from archivist.wordpress.export.stream import name_of, read_channel, texts_of
from archivist.wordpress.html.inline import Element

# The only metadata that is read: the rest is plugins' own, and often large or private.
_WANTED_META = frozenset((
    "_wp_attached_file", "_wp_attachment_image_alt", "_thumbnail_id", "footnotes",
    "_wpcom_is_markdown", "_tc_post_format",
))  # fmt: skip
# Extensions that keep texts of their own, by the metadata in which they do.
_BUILDERS = {
    "_elementor_data": "Elementor", "_fl_builder_data": "Beaver Builder", "panels_data": "SiteOrigin",
    "ct_builder_shortcodes": "Oxygen", "_bricks_page_content_2": "Bricks", "brizy": "Brizy",
    "tve_updated_post": "Thrive", "_cornerstone_data": "Cornerstone", "_breakdance_data": "Breakdance",
    "_themify_builder_settings_json": "Themify",
}  # fmt: skip
_ACF = re.compile("field_[0-9a-f]{13}")  # what ACF says of each of its fields
BUILDER = "builder"
"""The metadata that says which extension keeps the text, if one does."""
# The kinds of comment that readers saw.
_SEEN = frozenset(("", "comment", "pingback", "trackback"))
# Why a comment is not kept, by what WordPress says of it.
_REASONS = {"1": "", "spam": "indésirable", "trash": "corbeille", "post-trashed": "corbeille"}
# What the channel says of the blog in words, and which field of `Blog` holds it.
_SAID = frozenset(("title", "description", "language"))
# The elements that describe a term: its domain, and the names of its slug and name.
_TERMS = {
    "wp:category": ("category", "wp:category_nicename", "wp:cat_name"),
    "wp:tag": ("post_tag", "wp:tag_slug", "wp:tag_name"),
    "wp:term": ("", "wp:term_slug", "wp:term_name"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A category, a tag or another label."""

    domain: str  # category, post_tag, post_format, author…
    slug: str
    name: str
    parent: str = ""  # its slug
    description: str = ""
    id: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class WpComment:
    """A comment that readers saw: no address of any kind is kept of who wrote it."""

    id: int
    parent: int
    author: str
    date: str
    date_gmt: str
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WpItem:
    """A post, page, attachment or anything else of an export, as it stands there."""

    id: int
    type: str
    status: str
    protected: bool
    title: str
    slug: str
    link: str
    guid: str
    date: str
    date_gmt: str
    modified: str
    creator: str
    content: str
    excerpt: str
    parent: int
    order: int
    sticky: bool
    attachment_url: str
    terms: tuple[Term, ...]
    meta: Mapping[str, str]
    remarks: tuple[WpComment, ...]
    refused_remarks: Mapping[str, int]  # the comments that are not kept, by reason

    @property
    def is_public(self) -> bool:
        """Whether anybody could read it."""
        return self.status == "publish" and not self.protected


@dataclass(kw_only=True, slots=True)
class Blog:
    """What an export says of the blog."""

    url: str = ""
    title: str = ""
    description: str = ""
    language: str = ""  # fr-FR
    version: str = ""
    authors: dict[str, str] = field(default_factory=dict)  # names by login
    author_ids: dict[str, int] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    # The control characters that were taken out, by ``file:line``
    controls: Counter[str] = field(default_factory=Counter)


def read_number(text: str) -> int:
    """Return the number that *text* says; 0 where it says none that WordPress could give."""
    text = text.strip()
    return int(text) if re.fullmatch("-?[0-9]{1,18}", text) else 0


def _read_terms(element: Element) -> Iterator[Term]:
    for child in element.iterchildren("category"):
        name = child.text or ""
        slug = child.get("nicename") or name
        yield Term(domain=child.get("domain") or "category", slug=slug, name=name.strip())


def _children(element: Element, name: str) -> Iterator[dict[str, str]]:
    """Yield what each child of that *name* says."""
    return (texts_of(child) for child in element if name_of(child.tag) == name)


def _read_meta(element: Element) -> dict[str, str]:
    values = {
        texts.get("wp:meta_key", "").strip(): texts.get("wp:meta_value", "")
        for texts in _children(element, "wp:postmeta")
    }
    is_acf = any(_ACF.fullmatch(value) for value in values.values())
    builder = next((_BUILDERS[key] for key in _BUILDERS if key in values), "ACF" if is_acf else "")
    return {key: value for key, value in values.items() if key in _WANTED_META} | {BUILDER: builder}


def _read_comments(element: Element) -> tuple[tuple[WpComment, ...], Counter[str]]:
    """Return the comments that are kept, and how many are not, by reason."""
    kept, refused = [], Counter[str]()
    for texts in _children(element, "wp:comment"):
        kind = take_out_signs(texts.get("wp:comment_type", ""))[0].strip()
        approved = texts.get("wp:comment_approved", "").strip()
        reason = _REASONS.get(approved, "non approuvé") if kind in _SEEN else f"genre {kind}"
        if reason:
            refused[reason] += 1
            continue
        kept.append(WpComment(
            id=read_number(texts.get("wp:comment_id", "")),
            parent=read_number(texts.get("wp:comment_parent", "")),
            author=texts.get("wp:comment_author", ""),
            date=texts.get("wp:comment_date", "").strip(),
            date_gmt=texts.get("wp:comment_date_gmt", "").strip(),
            kind=kind or "comment", text=texts.get("wp:comment_content", ""),
        ))  # fmt: skip
    return tuple(kept), refused


def _to_item(element: Element) -> WpItem:
    texts = texts_of(element)
    comments, refused = _read_comments(element)

    def get(name: str) -> str:
        return strip_invisible(take_out_signs(texts.get(name, ""))[0])

    def get_address(name: str) -> str:
        return address if split_address(address := get(name)) else ""

    return WpItem(
        id=read_number(get("wp:post_id")), type=get("wp:post_type") or "post",
        status=get("wp:status"), protected=bool(texts.get("wp:post_password", "")),
        title=texts.get("title", ""), slug=get("wp:post_name"), link=get_address("link"), guid=get_address("guid"),
        date=get("wp:post_date"), date_gmt=get("wp:post_date_gmt"), modified=get("wp:post_modified"),
        creator=get("dc:creator"),
        content=texts.get("content:encoded", ""), excerpt=texts.get("excerpt:encoded", ""),
        parent=read_number(get("wp:post_parent")), order=read_number(get("wp:menu_order")),
        sticky=get("wp:is_sticky") == "1", attachment_url=get_address("wp:attachment_url"),
        terms=tuple(_read_terms(element)), meta=_read_meta(element),
        remarks=comments, refused_remarks=refused,
    )  # fmt: skip


def _note_part(blog: Blog, name: str, element: Element) -> None:
    """Note what a child of the channel says of the blog."""
    text = (element.text or "").strip()
    if name == "wp:author":
        texts = texts_of(element)
        if login := strip_invisible(take_out_signs(texts.get("wp:author_login", ""))[0]):
            blog.authors[login] = texts.get("wp:author_display_name", "").strip() or login
            blog.author_ids[login] = read_number(texts.get("wp:author_id", ""))
    elif name in _TERMS:
        _note_term(blog, name, texts_of(element))
    elif name == "wp:wxr_version":
        blog.version = text
    elif name == "wp:base_blog_url" or (name == "link" and not blog.url):
        blog.url = text or blog.url
    elif name in _SAID and not getattr(blog, name):
        setattr(blog, name, strip_invisible(take_out_signs(text)[0]))


def _note_term(blog: Blog, name: str, texts: Mapping[str, str]) -> None:
    domain, slug_key, name_key = _TERMS[name]
    keys = (slug_key, name_key, f"{name}_parent", f"{name}_description", "wp:term_taxonomy")
    slug, label, parent, description, taxonomy = (texts.get(key, "").strip() for key in keys)
    if slug or label:
        domain = domain or taxonomy
        blog.terms.append(Term(
            domain=domain, slug=slug, name=label, parent=parent, description=description,
            id=read_number(texts.get("wp:term_id", "")),
        ))  # fmt: skip


def read_export(path: Path, blog: Blog) -> Iterator[WpItem]:
    """Yield the items of the export in *path*, in its order; note what it says of the *blog*.

    Raises ArchiveError, with line and column, when the file is damaged or no export.
    """
    controls = Counter[int]()
    for name, element in read_channel(path, controls):
        if name == "item":
            yield _to_item(element)
        else:
            _note_part(blog, name, element)
    blog.controls |= {f"{path.name}:{line}": count for line, count in controls.items()}
    if not blog.version:
        message = "wp:wxr_version manque : ce n’est pas un export de WordPress (WXR)."
        raise ArchiveError(f"{path}:1: {message}")
