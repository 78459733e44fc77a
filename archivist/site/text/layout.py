"""How blocks stand together: galleries, columns, lists with letters or counted down, who is quoted."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

_LETTERS = {"a": "loweralpha", "A": "upperalpha", "i": "lowerroman", "I": "upperroman"}
# -- Une agente
_DASH = re.compile(r"(?:--|[–—―])\s?\w")


class Together(SphinxDirective):
    """A `{gallery}`, `{columns}` or one `{column}`: blocks in a box that the style sheets lay out."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the blocks in their box."""
        box = nodes.container("", *self.parse_content_to_nodes(), classes=[self.name])
        return [box]


class MarkCredits(SphinxTransform):
    """Mark the last line of a quote that says who is quoted; where others have dashes too, people talk."""

    # After spaces are bound (760).
    default_priority = 765

    def apply(self, **_: object) -> None:
        """Look at each quote of a document."""
        for quote in self.document.findall(nodes.block_quote):
            last = quote.children[-1] if len(quote) > 1 else None
            begun = [each for each in quote.children if _DASH.match(each.astext())]
            if begun == [last] and isinstance(last, nodes.paragraph):
                last["classes"].append("attribution")


class Numbers(SphinxDirective):
    """A `{list}`, whose numbers are not those of Markdown."""

    has_content = True
    option_spec = {"type": str, "reversed": bool}  # noqa: RUF012 (docutils has it so)

    def run(self) -> list[nodes.Node]:
        """Return the list, which bears what is said of its numbers."""
        found = self.parse_content_to_nodes()
        for each in found:
            if isinstance(each, nodes.enumerated_list):
                each["type"] = self.options.get("type", "")
                each["enumtype"] = _LETTERS.get(each["type"], "arabic")
                each["reversed"] = "reversed" in self.options
        return found


def visit_list(translator: HTML5Translator, node: nodes.enumerated_list) -> None:
    """Open a list with the numbers that its writer gave it, which need no style sheet."""
    HTML5Translator.visit_enumerated_list(translator, node)
    said = f' type="{node["type"]}"' if node.get("type") else ""
    said += ' reversed="reversed"' if node.get("reversed") else ""
    translator.body[-1] = translator.body[-1].replace("<ol", f"<ol{said}", 1)
