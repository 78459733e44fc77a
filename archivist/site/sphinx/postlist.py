"""Lists of posts inside a page: ABlog's `{postlist}`, with French dates and no silent slips."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from archivist.addresses.slugs import to_slug
from archivist.dates.french import spell_date
from archivist.posts.labels import Label
from archivist.posts.library import Library
from archivist.posts.post import Post
from archivist.problems import suggest
from archivist.site.domain import find_library
from archivist.site.lists.pagination import name_page
from archivist.site.pages.page import link_from
from archivist.site.plan import prints_site
from archivist.site.sphinx.ablog import PostList, PostListDirective
from archivist.site.text.fragments import EXCERPT

logger = logging.getLogger(__name__)

# ABlog's name of each option, and our kind of label.
_OPTIONS = {
    "tags": "tag",
    **{kind: kind for kind in ("category", "author", "location", "language")},
}
_WORDS = frozenset({"date", "title", *_OPTIONS})


class CountedPostList(PostListDirective):  # type: ignore[misc]
    """ABlog's directive, which would stop on a length that is no number."""

    def run(self) -> list[nodes.Node]:
        """Return ABlog's node."""
        if self.arguments and not self.arguments[0].isdecimal():
            message = f"« {self.arguments[0]} » n’est pas un nombre de billets : écrivez-en un."
            raise self.error(message)
        return super().run()  # type: ignore[no-any-return]


def _find_label(library: Library, kind: str, typed: str, node: PostList) -> Label | None:
    catalogue = library.catalogues[kind]
    for label in catalogue:
        if label.slug == to_slug(typed):
            return label
    advice = suggest(typed, [label.name for label in catalogue])
    message = f"{{postlist}} : « {typed} » n’est porté par aucun billet ; {advice}"
    logger.warning(message, location=node, type="archive", subtype="postlist")
    return None


def _choose(library: Library, node: PostList, page: str) -> list[Post]:
    """Return the posts that bear every label asked for, newest first."""
    found = [post for post in reversed(library.posts) if post.docname != page]
    for option, kind in _OPTIONS.items():
        for typed in filter(None, node[option]):
            label = _find_label(library, kind, typed, node)
            found = [post for post in found if label in post.labels[kind]]
    found = found[: node["length"]]
    return found[::-1] if node["sort"] else found


def _fill(app: Sphinx, word: str, post: Post, page: str) -> Iterator[nodes.Node]:
    """Yield what one `{word}` of the format stands for."""
    if word == "date":
        yield nodes.Text(spell_date(post.shown_date))
    elif word == "title":
        uri = app.builder.get_relative_uri(page, post.docname)
        yield nodes.reference("", post.title, internal=True, refuri=uri)
    else:
        for position, label in enumerate(post.labels[_OPTIONS[word]]):
            yield from [nodes.Text(", ")] if position else []
            if prints_site(app):
                uri = link_from(page, name_page(label.path))
                yield nodes.reference("", label.name, internal=True, refuri=uri)
            else:
                yield nodes.Text(label.name)


def _write_line(app: Sphinx, post: Post, node: PostList, page: str) -> nodes.paragraph:
    line = nodes.paragraph()
    for text, word, _, _ in Formatter().parse(node["format"]):
        line += nodes.Text(text)
        if word in _WORDS:
            line += list(_fill(app, word, post, page))
        elif word is not None:
            message = f"{{postlist}} : « {{{word}}} » est inconnu ; {suggest(word, _WORDS)}"
            logger.warning(message, location=node, type="archive", subtype="postlist")
    return line


def fill_postlists(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Replace each `{postlist}` by its list."""
    for node in list(doctree.findall(PostList)):
        listed = nodes.bullet_list(classes=["postlist"])
        for post in _choose(find_library(app), node, page):
            item = nodes.list_item("", _write_line(app, post, node, page))
            if node["excerpts"] and prints_site(app):
                # It is put there once all posts are rendered.
                item += nodes.raw("", f"{EXCERPT}{post.docname}{EXCERPT}", format="html")
            listed += item
        node.replace_self(listed)
