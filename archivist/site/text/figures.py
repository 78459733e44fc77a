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
from archivist.posts.labels import LISTED

# What Sphinx is told that a picture refers to a page by; no domain has it.
_KIND = "picture"


class LeadFigures(SphinxTransform):
    """Make links of what docutils takes for addresses of other sites."""

    # Before files are collected (880).
    default_priority = 700

    def apply(self, **_: object) -> None:
        """Lead the figures of a document."""
        here, heads = self.env.docname, [each[0] for each in self.document.findall(nodes.figure)]
        for link in (head for head in heads if isinstance(head, nodes.reference)):
            if find_scheme(link["refuri"]):
                link["refuri"] = normalizeLink(link["refuri"])
                continue
            path = normalizeLinkText(link["refuri"])
            if LISTED.fullmatch(path):
                local: nodes.Element = addnodes.pending_xref(
                    reftype="list", reftarget=path[1:], refdoc=here, refexplicit=True
                )
            elif docname := self.env.path2doc(self.env.relfn2path(path, here)[1]):
                local = addnodes.pending_xref(reftype=_KIND, reftarget=docname, refdoc=here)
            else:
                local = addnodes.download_reference(reftarget=path, refdoc=here)
            local += link.children
            link.replace_self(local)


def on_missing_reference(
    app: Sphinx, _: BuildEnvironment, node: addnodes.pending_xref, picture: nodes.Element
) -> nodes.reference | None:
    """Return the link of a *picture* to a page."""
    if node["reftype"] != _KIND:
        return None
    return make_refnode(app.builder, node["refdoc"], node["reftarget"], None, picture)
