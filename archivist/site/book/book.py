"""The archive as a book, an EPUB 3 file: posts as they appeared, then the pages that explain them.

Sphinx's own EPUB builder follows tables of contents, in which posts are not, and dates its
files by the clock. Here the fragments of the site are the chapters. The templates are in
docs/_templates/book/.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

from archivist.dates.french import mark_up_date, mark_up_day, name_month
from archivist.formats.zip import write_parcel
from archivist.posts.library import count_posts, spell_years
from archivist.posts.post import Post
from archivist.site.book.cover import draw_cover
from archivist.site.book.pictures import fit_name, fit_picture
from archivist.site.book.xhtml import write_page
from archivist.site.site import find_path
from archivist.site.sphinx.builder import ArchiveBuilder
from archivist.site.text.fragments import lead_from
from archivist.syntax.allowed import IMAGES, SVG

# The file that a build makes.
BOOK = "archives.epub"
_ENDING = ".xhtml"
# ABlog names lists from the root, without an ending, to builders not called HTML.
_PAGES = frozenset({_ENDING, ""})
_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""
_TYPES = {ending: f"image/{kind.lower()}" for ending, kind in IMAGES.items()}
_TYPES |= {SVG: "image/svg+xml"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A page of the book: its file is *name*, *html* what is shown, *parts* those under it."""

    name: str
    title: str
    html: str = ""
    told: str = ""
    """When a post appeared, and whose it is."""
    month: str = ""
    parts: tuple[Chapter, ...] = ()

    @property
    def url(self) -> str:
        """Where it is, seen from the folder of the book."""
        return f"{quote(self.name)}{_ENDING}"

    @property
    def months(self) -> list[tuple[str, list[Chapter]]]:
        """Its parts, by the month in which they appeared."""
        return [(month, [*found]) for month, found in groupby(self.parts, lambda each: each.month)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture in the book, what it is made of, and how the site calls it."""

    name: str
    source: Path
    called: str

    @property
    def url(self) -> str:
        """Where it is, seen from the folder of the book."""
        return f"_images/{quote(self.name)}"

    @property
    def type(self) -> str:
        """What kind of file it is."""
        return _TYPES[Path(self.name).suffix.lower()]


def lead(address: str, page: str, names: frozenset[str], base: str) -> str:
    """Return where a link to *address* on *page* leads in a book of the pages *names*.

    What is not in the book is on the site at *base*, or nowhere when that is not known.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return address
    whole = posixpath.join(posixpath.dirname(page), unquote(parts.path))
    target = posixpath.normpath(whole).lstrip("/")
    if target.removesuffix(_ENDING) in names:
        return address
    if not base:
        return ""
    stem, ending = posixpath.splitext(target)
    there = find_path(stem) if ending in _PAGES else target
    return f"{base.rstrip('/')}/{quote(there)}" + (f"#{parts.fragment}" if parts.fragment else "")


class BookBuilder(ArchiveBuilder):
    """Makes a book of what the site is made of."""

    name = "epub"
    add_permalinks = False

    def init(self) -> None:
        """Prepare what a build needs."""
        super().init()
        self.out_suffix = self.link_suffix = _ENDING

    def finish(self) -> None:
        """Write the book; Sphinx would write pages."""
        self.events.emit("fragments-rendered")
        if not self._posts:
            raise SphinxError("aucun billet n’est publié : il n’y a pas de quoi faire un livre.")
        write_parcel(Path(self.outdir, BOOK), self._make_files(), bare="mimetype")

    @cached_property
    def _posts(self) -> tuple[Post, ...]:
        return self.site.library.posts

    @cached_property
    def _shown(self) -> dict[str, Any]:
        """What every template of the book may show."""
        base = self.config.html_baseurl
        name = uuid.uuid5(uuid.NAMESPACE_URL, base or self.config.project)
        authors = (label.name for each in self._posts for label in each.labels["author"])
        return {
            "archive_language": self.config.language,
            "archive_name": self.config.project,
            "archive_id": f"urn:uuid:{name}",
            "archive_address": base,
            "archive_posts": count_posts(self._posts),
            "archive_years": spell_years(self._posts),
            "archive_partial": sum(post.partial for post in self._posts),
            "archive_authors": list(dict.fromkeys(authors)),
            "archive_day": max(
                max(each.date.date(), each.updated or dt.date.min) for each in self._posts
            ),
            "archive_about": "a-propos" if "a-propos" in self._list_standing() else "",
        }

    def _list_standing(self) -> list[str]:
        left_out = {self.config.root_doc, *self.config.archive_not_in_book}
        return sorted(self.site.titles.keys() - left_out)

    def _render_page(self, template: str, name: str, title: str, **shown: Any) -> Chapter:  # noqa: ANN401
        own = {"archive_title": title, "archive_root": "../" * name.count("/")}
        html = self.templates.render(f"book/{template}", {**self._shown, **own, **shown})
        html = self.site.marker.mark(html)
        return Chapter(name=name, title=title, html=lead_from(name, html))

    def _make_post(self, post: Post) -> Chapter:
        fragment = self.site.fragments[post.docname]
        authors = " et ".join(label.name for label in post.labels["author"])
        page = self._render_page(
            "post.html",
            post.docname,
            post.title,
            archive_heading=Markup(fragment.heading),  # noqa: S704
            archive_featured=Markup(fragment.featured),  # noqa: S704
            archive_text=Markup(fragment.text),  # noqa: S704
            archive_language=post.language or self.config.language,
            archive_post=post,
            archive_date=mark_up_date(post.shown_date),
            archive_updated=mark_up_day(post.updated) if post.updated else None,
            archive_labels={
                kind: [each.name for each in post.labels[kind]] for kind in post.labels
            },
        )
        told = f"{mark_up_date(post.shown_date).striptags()}, par {authors}"
        return replace(page, told=told, month=name_month(post.date.month).capitalize())

    def _make_chapters(self) -> Iterator[Chapter]:
        yield self._render_page("notice.html", "_notice", "À propos de ce livre")
        for year, group in groupby(self._posts, lambda post: post.date.year):
            posts = tuple(group)
            parts = tuple(map(self._make_post, posts))
            told = {"archive_count": count_posts(posts), "archive_parts": parts}
            yield replace(
                self._render_page("year.html", f"_{year}", str(year), **told), parts=parts
            )
        for docname in self._list_standing():
            title, fragment = self.site.titles[docname], self.site.fragments[docname]
            text = Markup(fragment.heading + fragment.text)  # noqa: S704
            yield self._render_page("page.html", docname, title, archive_text=text)

    def _make_files(self) -> Iterator[tuple[str, bytes]]:
        """Yield all that is in the book, in an order of its own."""
        yield "mimetype", b"application/epub+zip"
        yield "META-INF/container.xml", _CONTAINER.encode()
        contents = tuple(self._make_chapters())
        cover = self._render_page("cover.html", "_cover", "Couverture")
        nav = self._render_page("nav.html", "_nav", "Sommaire", archive_contents=contents)
        bound = (cover, contents[0], nav, *list_chapters(contents[1:]))
        names = frozenset(chapter.name for chapter in bound)
        pictures = [
            Picture(
                name=fit_name(name, Path(self.srcdir, uri)),
                source=Path(self.srcdir, uri),
                called=name,
            )
            for uri, (docnames, name) in sorted(self.env.images.items())
            if names & set(docnames)
        ]
        shown = {**self._shown, "archive_bound": bound, "archive_contents": contents}
        shown["archive_pictures"] = pictures
        for name in ("content.opf", "toc.ncx", "_book.css"):
            yield f"EPUB/{name}", self.templates.render(f"book/{name}", shown).encode("utf-8")
        lines = (f"{shown['archive_posts']} {shown['archive_years']}",)
        yield "EPUB/_cover.png", draw_cover(self.config.project, lines)
        called = {quote(picture.called): quote(picture.name) for picture in pictures}
        for chapter in bound:
            follow = partial(lead, page=chapter.name, names=names, base=self.config.html_baseurl)
            page = write_page(chapter.html, follow, called)
            yield f"EPUB/{chapter.name}{_ENDING}", page.encode("utf-8")
        for picture in pictures:
            yield f"EPUB/_images/{picture.name}", fit_picture(picture.source)


def list_chapters(contents: Iterable[Chapter]) -> Iterator[Chapter]:
    """Yield chapters in the order they are read, each before its parts."""
    for chapter in contents:
        yield chapter
        yield from list_chapters(chapter.parts)


def on_config_inited(app: Sphinx, _: object) -> None:
    """Take away the words of Sphinx's builder of the same name about settings it alone has."""
    for listener in list(app.events.listeners["builder-inited"]):
        if listener.handler.__module__ == "sphinx.builders.epub3":
            app.disconnect(listener.id)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.sphinx.builder")
    app.add_builder(BookBuilder, override=True)
    # Pages that say nothing outside the site.
    app.add_config_value("archive_not_in_book", [], "", list)
    app.connect("config-inited", on_config_inited)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
