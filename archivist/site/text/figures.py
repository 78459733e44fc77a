"""Figures that lead somewhere: `:target:` means what the same address means in a link."""

from __future__ import annotations

from docutils import nodes
from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import make_refnode

from archivist.addresses.web import find_scheme

# What Sphinx is told that a picture refers to a page by; no domain has it.
_KIND = "picture"


def _make_link(env: BuildEnvironment, address: str) -> nodes.Element:
    """Return the node of a link to *address*, a page or a file of the archive."""
    path = normalizeLinkText(address)
    docname = env.path2doc(env.relfn2path(path, env.docname)[1])
    if docname:
        return addnodes.pending_xref(reftype=_KIND, reftarget=docname, refdoc=env.docname)
    return addnodes.download_reference(reftarget=path, refdoc=env.docname)


class LeadFigures(SphinxTransform):
    """Make links of what docutils takes for addresses of other sites."""

    # Before files are collected (880).
    default_priority = 700

    def apply(self, **_: object) -> None:
        """Lead the figures of a document."""
        for figure in self.document.findall(nodes.figure):
            link = figure[0]
            if isinstance(link, nodes.reference) and find_scheme(link["refuri"]):
                link["refuri"] = normalizeLink(link["refuri"])
            elif isinstance(link, nodes.reference):
                local = _make_link(self.env, link["refuri"])
                local += link.children
                link.replace_self(local)


def on_missing_reference(
    app: Sphinx, _: BuildEnvironment, node: addnodes.pending_xref, picture: nodes.Element
) -> nodes.reference | None:
    """Return the link of a *picture* to a page."""
    if node["reftype"] != _KIND:
        return None
    return make_refnode(app.builder, node["refdoc"], node["reftarget"], None, picture)
