"""Standing pages, as they are in docs/, and the home page with the posts under its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes

from archivist.comments.reading import Comment
from archivist.site.lists.years import YearBar
from archivist.site.needs import Needs, find_needs
from archivist.site.pages.comments import show_comments
from archivist.site.pages.listing import PostsPage
from archivist.site.pages.lists import show_home_posts
from archivist.site.pages.page import Named, Page, Spot, link_posts, link_spots, name_posts
from archivist.site.pages.post import gather_citing
from archivist.site.site import Site, Template
from archivist.site.text.dead_links import Marker
from archivist.site.text.excerpts import shorten
from archivist.site.text.fragments import EXCERPTS, Fragment
from archivist.site.text.images import lead_to_whole

# Stands in a fragment, where no reader and no search sees it, for the posts that lead to some
# words of the glossary, by their ids. A noncharacter cannot be in a text.
_MARK = "<!--\ufdd2{}-->"
_MARKS = re.compile(_MARK.format("(.*?)"))


@dataclass(frozen=True, kw_only=True)
class DocumentPage(Page):
    """A standing page, with what is put into its text."""

    sheet: ClassVar[str] = "posts"
    fragment: Fragment
    marker: Marker
    excerpts: tuple[str, ...]
    """Of posts, in the order in which its text has a place for them."""
    uses: tuple[tuple[Named, ...], ...]
    """The posts that lead to some words of the glossary, in the same way."""
    uses_template: Template
    sections_template: Template
    comments: tuple[Comment, ...]

    def show(self) -> dict[str, Any]:
        """Return what the template is given, the text under Sphinx's own name for it."""
        excerpts, uses = iter(self.excerpts), map(self._show_uses, self.uses)
        text = EXCERPTS.sub(lambda _: next(excerpts), lead_to_whole(self.fragment.text))
        body = _MARKS.sub(lambda _: next(uses), self.fragment.heading + self._contents + text)
        comments = show_comments("", self.comments, self.marker)
        return super().show() | {"body": self.marker.mark(body), "archive_comments": comments}

    @property
    def _contents(self) -> str:
        """What leads to the parts of the page, if it has several; a home page has none."""
        if not self.fragment.sections or isinstance(self, HomePage):
            return ""
        shown = {"archive_sections": Markup(self.fragment.sections)}  # noqa: S704
        return self.sections_template.render(shown | {"archive_sections_of": "cette page"})

    def _show_uses(self, posts: tuple[Named, ...]) -> str:
        return self.uses_template.render({"archive_uses": link_posts(self.docname, posts)})

    @property
    def needs(self) -> Needs:
        """What its text holds, and what is said of it."""
        said = Needs(bool(self.comments))
        return max(self.fragment.needs, said, *map(find_needs, self.excerpts))


@dataclass(frozen=True, kw_only=True)
class HomePage(PostsPage, DocumentPage):
    """The text of the home page, then the posts that stay there and the newest."""

    template: ClassVar[str] = "home.html"
    sheet: ClassVar[str] = "home"
    count: int
    author_count: int
    years: tuple[YearBar, ...]
    themes: tuple[Spot, ...]

    def tell(self) -> Iterator[tuple[str, Any]]:
        """Yield what the template is given."""
        yield from super().tell()
        yield "themes", link_spots(self.docname, self.themes)


def mark_definitions(doctree: nodes.document) -> None:
    """Mark the end of what a glossary says of a word, or of several in one."""
    for glossary in doctree.findall(addnodes.glossary):
        for definition in list(glossary.findall(nodes.definition)):
            terms = (each for each in definition.parent.children if isinstance(each, nodes.term))
            ids = " ".join(name for term in terms for name in term["ids"])
            definition.append(nodes.raw("", _MARK.format(ids), format="html"))


def _find_uses(site: Site, page: str, ids: str) -> tuple[Named, ...]:
    """Return the posts that lead to words of *page*, by their *ids*, oldest first."""
    citing, named = site.once(gather_citing), site.once(name_posts)
    targets = [f"{page}#{name}" for name in ids.split()]
    found = {post.docname for target in targets for post in citing.get(target, ())}
    return tuple(named[name] for name in sorted(found, key=site.library.positions.__getitem__))


def list_documents(site: Site) -> Iterator[Page]:
    """Yield the standing pages."""
    comments = site.archive.find_comments()
    for docname in sorted(site.titles):
        fragment = site.fragments[docname]
        text = fragment.heading + fragment.text
        shown: dict[str, Any] = {
            "docname": docname,
            "title": site.titles[docname],
            "summary": shorten(fragment.opening),
            "fragment": fragment,
            "marker": site.marker,
            "excerpts": tuple(site.fragments[name].excerpt for name in EXCERPTS.findall(text)),
            "uses": tuple(_find_uses(site, docname, ids) for ids in _MARKS.findall(text)),
            "uses_template": site.find_template("components/term-uses.html"),
            "comments": comments.get(docname, ()),
            "sections_template": site.find_template("components/sections.html"),
        }
        if docname == site.config.root_doc:
            yield HomePage(**shown, **show_home_posts(site))
        else:
            yield DocumentPage(**shown)
