"""Pictures that an import did not find: the words that describe them, and the way to where they were."""

from __future__ import annotations

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

from archivist.addresses.web import resolve_path
from archivist.pictures.missing import read_missing
from archivist.syntax.allowed import DECORATIVE

_LINKS = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)


class missing_picture(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801
    """The words of a picture that is not there: no excerpt, count or search knows of them."""


class missing_mark(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801
    """The way to where it was, beside the link that it is in."""


class ShowMissing(SphinxTransform):
    """Put words in the place of pictures that are missing."""

    # After spaces are bound (760), before images are gathered (880).
    default_priority = 770

    def apply(self, **_: object) -> None:
        """Look at each picture of a document."""
        here = self.env.docname
        for image in list(self.document.findall(nodes.image)):
            path = self.env.srcdir / resolve_path(here, image["uri"])
            if address := read_missing(path):
                # The picture itself, once it is there.
                self.env.note_dependency(str(path))
                words = "" if DECORATIVE in image["classes"] else image.get("alt", "")
                shown = missing_picture("", alt=words)
                image.replace_self(shown)
                _mark(shown, address)


def _mark(shown: missing_picture, address: str) -> None:
    """Put the way to *address* after a picture, or after the link around it."""
    around: nodes.Element = shown
    while isinstance(around.parent, _LINKS):
        around = around.parent
    holder = around.parent
    if not isinstance(holder, nodes.TextElement):
        # A link in a figure is that of an image, or is in a text.
        line = nodes.inline()
        around.replace_self(line)
        line += around
        holder = line
    at = holder.index(around) + 1
    while at < len(holder) and isinstance(holder[at], missing_mark):
        at += 1
    holder.insert(at, missing_mark("", address=address))


def visit_picture(translator: HTML5Translator, node: missing_picture) -> None:
    """Write the words of a picture."""
    translator.body.append(Markup('<span class="missing-picture">{}</span>').format(node["alt"]))


def visit_mark(translator: HTML5Translator, node: missing_mark) -> None:
    """Write what is told of it, as of a dead link."""
    words, address = "image manquante", node["address"]
    if "/" in address:
        words = Markup('<a href="{}">{}</a>').format(address, words)
    mark = Markup('<span class="dead-link missing-mark" lang="fr"> [{}]</span>')
    translator.body.append(mark.format(words))
