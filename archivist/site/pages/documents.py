"""Standing pages, as they are in docs/, and the home page with the posts under its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes

from archivist.site.pages.lists import PostsPage, show_home_posts
from archivist.site.pages.page import Page, link_posts
from archivist.site.pages.post import gather_citing
from archivist.site.site import Site
from archivist.site.text.excerpts import shorten
from archivist.site.text.fragments import EXCERPTS

# Stands in a fragment, where no reader and no search sees it, for the posts that lead to some
# words of the glossary, by their ids. A noncharacter cannot be in a text.
_MARK = "<!--\ufdd2{}-->"
_MARKS = re.compile(_MARK.format("(.*?)"))


@dataclass(frozen=True, kw_only=True)
class DocumentPage(Page):
    """A standing page; *body* is its whole text."""

    body: str

    def show(self) -> dict[str, Any]:
        """Return what the template is given, the text under Sphinx's own name for it."""
        shown = super().show()
        return shown | {"body": shown.pop("archive_body")}

    @property
    def texts(self) -> Iterable[str]:
        """Its text."""
        return (self.body,)


@dataclass(frozen=True, kw_only=True)
class HomePage(PostsPage, DocumentPage):
    """The text of the home page, then the posts that stay there and the newest."""

    template: ClassVar[str] = "home.html"

    @property
    def texts(self) -> Iterable[str]:
        """Its text and its posts."""
        return (self.body, *self.entries)


def mark_definitions(doctree: nodes.document) -> None:
    """Mark the end of what a glossary says of a word, or of several in one."""
    for glossary in doctree.findall(addnodes.glossary):
        for definition in list(glossary.findall(nodes.definition)):
            terms = (each for each in definition.parent.children if isinstance(each, nodes.term))
            ids = " ".join(name for term in terms for name in term["ids"])
            definition.append(nodes.raw("", _MARK.format(ids), format="html"))


def _show_uses(mark: re.Match[str], site: Site, page: str) -> str:
    """Return the posts that lead to the words of a *mark*, as HTML, if there are any."""
    citing = site.once(gather_citing)
    targets = [f"{page}#{name}" for name in mark[1].split()]
    found = {post.docname for target in targets for post in citing.get(target, ())}
    posts = [post for post in site.library.posts if post.docname in found]
    return site.render("components/term-uses.html", {"archive_uses": link_posts(page, posts)})


def list_documents(site: Site) -> Iterator[Page]:
    """Yield the standing pages."""
    for docname in sorted(site.titles):
        fragment = site.fragments[docname]
        text = EXCERPTS.sub(lambda found: site.fragments[found[1]].excerpt, fragment.text)
        body = _MARKS.sub(partial(_show_uses, site=site, page=docname), fragment.heading + text)
        shown: dict[str, Any] = {
            "docname": docname,
            "title": site.titles[docname],
            "summary": shorten(fragment.opening),
            "body": site.marker.mark(body),
        }
        if docname == site.config.root_doc:
            yield HomePage(**shown, **show_home_posts(site))
        else:
            yield DocumentPage(**shown)
