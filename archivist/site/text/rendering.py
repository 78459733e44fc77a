"""What MyST makes nodes of, where the archive shows it otherwise: HTML, tasks, captions, details."""

from __future__ import annotations

import re
from collections.abc import Callable

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from sphinx.writers.html5 import HTML5Translator

from archivist.markdown.reshape import DONE
from archivist.site.text.excerpts import more
from archivist.syntax.allowed import HTML, TABLE_HTML
from archivist.syntax.html import clean_html, cut_html, is_table

_MORE = re.compile(r"\s*more\s*")


class details(nodes.General, nodes.Element):  # noqa: N801
    """What readers may open."""


class summary(nodes.TextElement):  # noqa: N801
    """What they see of it before."""


class task(nodes.inline):  # noqa: N801
    """The sign that says whether a point is done."""


class ArchiveRenderer(SphinxRenderer):
    """MyST's renderer; of HTML nothing reaches a page but what the list has."""

    def _append(self, node: nodes.Element, token: SyntaxTreeNode) -> None:
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Render HTML cleaned, or the mark of an excerpt; of a remark, nothing."""
        known = {**HTML, **TABLE_HTML} if is_table(token.content) else HTML
        html = clean_html(token.content, known)
        if html.strip():
            raw = nodes.raw("", html, format="html")
            self.add_line_and_source_path(raw, token)
            self.current_node.append(raw)
        parts = cut_html(token.content)
        if any(part.kind == "comment" and _MORE.fullmatch(part.text) for part in parts):
            self.current_node.append(more())

    def render_html_tags(self, token: SyntaxTreeNode) -> None:
        """Render nothing: what stood in those tags comes after."""

    def render_task_sign(self, token: SyntaxTreeNode) -> None:
        """Render the sign of a point that is done or not."""
        self.current_node.append(task("", token.content))

    def render_figure(self, token: SyntaxTreeNode) -> None:
        """Render an image with its title as a caption."""
        self._append(nodes.figure(), token)

    def render_caption(self, token: SyntaxTreeNode) -> None:
        """Render the caption."""
        self._append(nodes.caption(), token)

    def render_details(self, token: SyntaxTreeNode) -> None:
        """Render what readers may open."""
        self._append(details(), token)

    def render_summary(self, token: SyntaxTreeNode) -> None:
        """Render what they see of it before."""
        self._append(summary(), token)


def visit_task(translator: HTML5Translator, node: task) -> None:
    """Open a sign that is read aloud."""
    label = "fait" if node.astext() == DONE else "à faire"
    translator.body.append(Markup('<span role="img" aria-label="{}">').format(label))


def depart_task(translator: HTML5Translator, _: task) -> None:
    """Close it."""
    translator.body.append("</span>")


def open_tag(name: str) -> Callable[[HTML5Translator, nodes.Node], None]:
    """Return what opens an element that bears the name of its node."""
    return lambda translator, _: translator.body.append(f"<{name}>")


def close_tag(name: str) -> Callable[[HTML5Translator, nodes.Node], None]:
    """Return what closes it."""
    return lambda translator, _: translator.body.append(f"</{name}>\n")
