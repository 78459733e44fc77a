"""Read a WordPress export (WXR 1.0 to 1.2) as records, one item at a time.

WXR is RSS 2.0 with WordPress's own elements: https://wordpress.org/documentation/article/tools-export-screen/.
Nothing is fetched, no DTD is read, no entity expanded; the same file is read again rather than
kept in memory.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from lxml import etree

from archivist.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_WORDPRESS = re.compile(r"https?://wordpress\.org/export/[0-9.]+/(?P<excerpt>excerpt/)?")
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
# What XML 1.0 does not admit, and damaged databases hold.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CHUNK = 1 << 16
# The only metadata that is read: the rest is plugins' own, and often large or private.
_WANTED_META = frozenset(
    {
        *("_wp_attached_file", "_wp_attachment_image_alt", "_thumbnail_id", "footnotes"),
        *("_wpcom_is_markdown", "_tc_post_format"),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A category, a tag or another label: *domain* tells which; *parent* is a slug."""

    domain: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A comment that readers saw: no address of any kind is kept of who wrote it."""

    id: int
    parent: int
    author: str
    date: str
    date_gmt: str
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A post, page, attachment or anything else of an export, as it stands there.

    *refused_remarks* counts the comments that are not kept, by reason.
    """

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
    remarks: tuple[Remark, ...]
    refused_remarks: Mapping[str, int]
    line: int

    @property
    def is_public(self) -> bool:
        """Whether anybody could read it."""
        return self.status == "publish" and not self.protected


@dataclass(kw_only=True, slots=True)
class Blog:
    """What an export says of the blog; *authors* are names by login, *emails* only to look for.

    *controls* counts the control characters that were taken out, by ``file:line``.
    """

    title: str = ""
    url: str = ""
    version: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    controls: Counter[str] = field(default_factory=Counter)


class _Cleaned:
    """A file without the control characters that XML refuses; notes on which line each was."""

    def __init__(self, file: BinaryIO, controls: Counter[int]) -> None:
        self._file, self._controls = file, controls
        self._line, self._begun = 1, False

    def read(self, size: int = _CHUNK) -> bytes:
        """Return the next bytes."""
        data = self._file.read(max(size, _CHUNK))
        while data and not self._begun:
            bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()
            self._line += data[: len(data) - len(bare)].count(b"\n")
            self._begun, data = bool(bare), bare or self._file.read(_CHUNK)
        clean = _CONTROLS.sub(b"", data)
        if len(clean) != len(data):
            for found in _CONTROLS.finditer(data):
                self._controls[self._line + data.count(b"\n", 0, found.start())] += 1
        self._line += data.count(b"\n")
        # An empty answer means the end of the file.
        return clean if clean or not data else self.read(size)


@lru_cache(maxsize=256)
def _name(tag: object) -> str:
    """Return the name of an element with the prefix that WordPress gives it."""
    uri, _, local = str(tag).rpartition("}")
    uri = uri.removeprefix("{")
    if not uri:
        return local
    known = _WORDPRESS.fullmatch(uri)
    if known:
        return f"excerpt:{local}" if known["excerpt"] else f"wp:{local}"
    return f"{_PREFIXES.get(uri, uri)}{local}"


def _texts(element: etree._Element) -> dict[str, str]:
    """Return what each child says, by its name; the first one where there are several."""
    texts: dict[str, str] = {}
    for child in element:
        texts.setdefault(_name(child.tag), child.text or "")
    return texts


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if re.fullmatch("-?[0-9]{1,18}", text) else 0


def _read_terms(element: etree._Element) -> Iterator[Term]:
    for child in element:
        if _name(child.tag) == "category":
            name = child.text or ""
            slug = child.get("nicename") or name
            yield Term(domain=child.get("domain") or "category", slug=slug, name=name.strip())


def _read_meta(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in element:
        if _name(child.tag) == "wp:postmeta":
            texts = _texts(child)
            key = texts.get("wp:meta_key", "").strip()
            if key in _WANTED_META:
                found[key] = texts.get("wp:meta_value", "")
    return found


_SEEN = frozenset({"", "comment", "pingback", "trackback"})


def _refuse_remark(texts: Mapping[str, str]) -> str:
    """Return why a comment is not kept, or nothing."""
    kind, approved = texts.get("wp:comment_type", "").strip(), texts.get("wp:comment_approved", "")
    if kind not in _SEEN:
        return f"genre {kind}"
    return {"1": "", "spam": "indésirable", "trash": "corbeille", "post-trashed": "corbeille"}.get(
        approved.strip(), "non approuvé"
    )


def _read_remarks(element: etree._Element) -> tuple[tuple[Remark, ...], Counter[str]]:
    kept, refused = [], Counter[str]()
    for child in element:
        if _name(child.tag) != "wp:comment":
            continue
        texts = _texts(child)
        reason = _refuse_remark(texts)
        if reason:
            refused[reason] += 1
        else:
            kept.append(_to_remark(texts))
    return tuple(kept), refused


def _to_remark(texts: Mapping[str, str]) -> Remark:
    return Remark(
        id=_number(texts.get("wp:comment_id", "")),
        parent=_number(texts.get("wp:comment_parent", "")),
        author=texts.get("wp:comment_author", ""),
        date=texts.get("wp:comment_date", "").strip(),
        date_gmt=texts.get("wp:comment_date_gmt", "").strip(),
        kind=texts.get("wp:comment_type", "").strip() or "comment",
        text=texts.get("wp:comment_content", ""),
    )


def _to_item(element: etree._Element) -> Item:
    texts = _texts(element)
    remarks, refused = _read_remarks(element)

    def get(name: str) -> str:
        return texts.get(name, "").strip()

    return Item(
        id=_number(get("wp:post_id")),
        type=get("wp:post_type") or "post",
        status=get("wp:status"),
        protected=bool(texts.get("wp:post_password", "")),
        title=texts.get("title", ""),
        slug=get("wp:post_name"),
        link=get("link"),
        guid=get("guid"),
        date=get("wp:post_date"),
        date_gmt=get("wp:post_date_gmt"),
        modified=get("wp:post_modified"),
        creator=get("dc:creator"),
        content=texts.get("content:encoded", ""),
        excerpt=texts.get("excerpt:encoded", ""),
        parent=_number(get("wp:post_parent")),
        order=_number(get("wp:menu_order")),
        sticky=get("wp:is_sticky") == "1",
        attachment_url=get("wp:attachment_url"),
        terms=tuple(_read_terms(element)),
        meta=_read_meta(element),
        remarks=remarks,
        refused_remarks=refused,
        line=element.sourceline or 0,
    )


def _read_author(blog: Blog, texts: Mapping[str, str]) -> None:
    login = texts.get("wp:author_login", "").strip()
    if login:
        blog.authors[login] = texts.get("wp:author_display_name", "").strip() or login


def _read_term(blog: Blog, kind: str, texts: Mapping[str, str]) -> None:
    names = {"category": ("category_nicename", "cat_name"), "tag": ("tag_slug", "tag_name")}
    slug, name = names.get(kind, ("term_slug", "term_name"))
    domain = {"category": "category", "tag": "post_tag"}.get(
        kind, texts.get("wp:term_taxonomy", "").strip()
    )
    term = Term(
        domain=domain,
        slug=texts.get(f"wp:{slug}", "").strip(),
        name=texts.get(f"wp:{name}", "").strip(),
        parent=texts.get(f"wp:{kind}_parent", "").strip(),
        description=texts.get(f"wp:{kind}_description", "").strip(),
    )
    if term.slug or term.name:
        blog.terms.append(term)


def _read_channel_part(blog: Blog, name: str, element: etree._Element) -> None:
    """Note what a child of the channel says of the blog."""
    if name == "wp:author":
        _read_author(blog, _texts(element))
    elif name in {"wp:category", "wp:tag", "wp:term"}:
        _read_term(blog, name.removeprefix("wp:"), _texts(element))
    elif name == "wp:wxr_version":
        blog.version = (element.text or "").strip()
    elif name in {"title", "language"}:
        setattr(blog, name, (element.text or "").strip())
    elif name == "wp:base_blog_url" or (name == "link" and not blog.url):
        blog.url = (element.text or "").strip() or blog.url


_PARTS = frozenset(
    {
        *("wp:author", "wp:category", "wp:tag", "wp:term", "wp:wxr_version"),
        *("title", "language", "link", "wp:base_blog_url"),
    }
)


def read_export(path: Path, blog: Blog) -> Iterator[Item]:
    """Yield the items of the export in *path*, in its order; note what it says of the *blog*.

    Raises ArchiveError, with line and column, when the file is damaged or no export.
    """
    controls = Counter[int]()
    try:
        with path.open("rb") as file:
            yield from _read_file(_Cleaned(file, controls), blog)
    except OSError as error:
        raise ArchiveError(
            f"{path} : ce fichier ne peut pas être lu ({error.strerror})."
        ) from error
    except etree.XMLSyntaxError as error:
        place = f"{path}:{error.lineno or 1}:{(error.offset or 0) + 1}"
        message = f"XML abîmé ({error.msg}) : exportez à nouveau depuis WordPress."
        raise ArchiveError(f"{place}: {message}") from error
    except _NotAnExportError as error:
        raise ArchiveError(f"{path}:{error.args[1]}: {error.args[0]}") from error
    blog.controls |= {f"{path.name}:{line}": count for line, count in controls.items()}
    if not blog.version:
        message = "wp:wxr_version manque : ce n’est pas un export de WordPress (WXR)."
        raise ArchiveError(f"{path}:1: {message}")


class _NotAnExportError(Exception):
    """The file is XML, but none that is read; with the message, and the line."""


def _read_file(file: _Cleaned, blog: Blog) -> Iterator[Item]:
    events = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    path: list[str] = []
    for event, element in events:
        if event == "start":
            if not path:
                _check_root(element)
            path.append(_name(element.tag))
            continue
        name = path.pop()
        if path == ["rss", "channel"]:
            if name == "item":
                yield _to_item(element)
            elif name in _PARTS:
                _read_channel_part(blog, name, element)
            _let_go(element)


def _check_root(root: etree._Element) -> None:
    if root.getroottree().docinfo.doctype:
        message = "une DTD : un export de WordPress n’en a pas, ce fichier est refusé."
        raise _NotAnExportError(message, root.sourceline or 1)
    if _name(root.tag) != "rss":
        message = f"<{_name(root.tag)}> au lieu de <rss> : ce n’est pas un export de WordPress."
        raise _NotAnExportError(message, root.sourceline or 1)


def _let_go(element: etree._Element) -> None:
    """Forget an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
