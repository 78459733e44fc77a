"""Under each word of a glossary, the posts that lead to it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from archivist.site.pages.backlinks import gather_links
from archivist.site.pages.lists import link_posts
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry

# Stands in a fragment, where no reader and no search sees it, for the posts that lead to some
# words, by their ids. A noncharacter cannot be in a text.
_MARK = "<!--\ufdd2{}-->"
_MARKS = re.compile(_MARK.format("(.*?)"))


def _find_definitions(doctree: nodes.document) -> Iterator[tuple[nodes.definition, str]]:
    """Yield what glossaries say of words, with the ids of those words."""
    for glossary in doctree.findall(addnodes.glossary):
        for definition in list(glossary.findall(nodes.definition)):
            terms = (each for each in definition.parent.children if isinstance(each, nodes.term))
            yield definition, " ".join(name for term in terms for name in term["ids"])


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, _: str) -> None:
    """Mark the end of what a glossary says of a word, or of several in one."""
    if prints_site(app):
        for definition, ids in _find_definitions(doctree):
            definition.append(nodes.raw("", _MARK.format(ids), format="html"))


class TermUses:
    """The posts that lead to each part of each page."""

    def __init__(self) -> None:
        self._citing: Mapping[str, tuple[Entry, ...]] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Find what leads where."""
        self._citing = gather_links(app)

    def _show_uses(self, mark: re.Match[str], app: Sphinx, page: str) -> str:
        """Return the posts that lead to the words of a *mark*, as HTML, if there are any."""
        targets = [f"{page}#{name}" for name in mark[1].split()]
        found = {each.post.docname for target in targets for each in self._citing.get(target, ())}
        entries = [each for each in find_register(app).entries if each.post.docname in found]
        context = {"archive_uses": link_posts(page, entries)}
        html: str = app.builder.templates.render("components/term-uses.html", context)
        return html

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Put the posts that lead to each word of a glossary in its page."""
        is_post = page in find_register(app).positions
        if page in app.env.found_docs and not is_post and prints_site(app):
            show = partial(self._show_uses, app=app, page=page)
            context["body"] = _MARKS.sub(show, context["body"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    uses = TermUses()
    app.setup_extension("archivist.site.pages.backlinks")
    app.connect("doctree-resolved", on_doctree_resolved)
    app.connect("fragments-rendered", uses.on_fragments_rendered)
    app.connect("html-page-context", uses.on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
