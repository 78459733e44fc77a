"""How documents are read and rendered: the directives, transforms and nodes of archivist.site.text."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from archivist.site.domain import find_post
from archivist.site.pages.documents import mark_definitions
from archivist.site.plan import prints_site
from archivist.site.sphinx.builder import ArchiveBuilder
from archivist.site.sphinx.xrefs import note_names
from archivist.site.text import (
    excerpts,
    featured,
    figures,
    images,
    layout,
    missing,
    notes,
    regions,
    rendering,
    typography,
)
from archivist.site.text.names import MarkName
from archivist.site.text.transitions import DropIdleTransitions
from archivist.syntax.allowed import NAME_ROLES


def on_doctree_read(app: Sphinx, doctree: nodes.document) -> None:
    """Put in a post what its header and its notes say, before Sphinx gathers its images."""
    post = find_post(app, app.env.current_document.docname)
    if post:
        notes.lift_outdated(doctree, post)
        featured.insert_featured(doctree, post)


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, _: str) -> None:
    """Mark where a glossary is to show the posts that use its words."""
    if prints_site(app):
        mark_definitions(doctree)


def on_builder_inited(app: Sphinx) -> None:
    """Refuse the builders of HTML for which there are no pages."""
    if app.builder.format == "html" and not isinstance(app.builder, ArchiveBuilder):
        message = f"le constructeur « {app.builder.name} » n’est pas prévu : employez « html »."
        # Not an error of Sphinx's: it would tell that with a traceback.
        raise SystemExit(message)


def _skip(_: object, __: nodes.Node) -> None:
    """Write nothing."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register all that a text can hold, and what becomes of it."""
    app.setup_extension("archivist.site.sphinx.builder")
    app.add_transform(typography.BindSpaces)
    app.add_transform(DropIdleTransitions)
    app.add_transform(figures.LeadFigures)
    app.add_transform(missing.ShowMissing)
    app.add_transform(layout.MarkCredits)
    app.add_post_transform(regions.WrapWideBlocks)
    app.add_directive("update", notes.Update, override=True)
    app.add_directive("erratum", notes.Erratum)
    app.add_directive("outdated", notes.Outdated)
    for name in ("gallery", "columns", "column"):
        app.add_directive(name, layout.Together)
    app.add_directive("list", layout.Numbers)
    for name in NAME_ROLES:
        app.add_role(name, MarkName())
    figure = (images.visit_figure, HTML5Translator.depart_figure)
    app.add_node(nodes.image, override=True, html=(images.visit_image, _skip))
    numbers = (layout.visit_list, HTML5Translator.depart_enumerated_list)
    app.add_node(nodes.enumerated_list, override=True, html=numbers)
    app.add_node(missing.missing_picture, html=(missing.visit_picture, _skip))
    app.add_node(missing.missing_mark, html=(missing.visit_mark, _skip))
    app.add_node(nodes.figure, override=True, html=figure)
    app.add_node(excerpts.more, html=(_skip, _skip))
    app.add_node(rendering.task, html=(rendering.visit_task, rendering.depart_task))
    for node in (rendering.details, rendering.summary):
        name = node.__name__
        app.add_node(node, html=(rendering.open_tag(name), rendering.close_tag(name)))
    app.add_node(regions.region, html=(regions.visit_region, regions.depart_region))
    app.add_node(featured.featured, html=(featured.visit_featured, featured.depart_featured))
    app.connect("builder-inited", on_builder_inited, priority=50)
    app.connect("doctree-read", on_doctree_read, priority=390)
    app.connect("doctree-read", note_names)
    app.connect("doctree-resolved", on_doctree_resolved)
    app.connect("missing-reference", figures.on_missing_reference)
    return {"env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
