"""Tables and code that are too wide scroll by themselves, with the keyboard too."""

from __future__ import annotations

import re
from functools import cache

from docutils import nodes
from pygments.lexers import get_all_lexers
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from archivist.site.text.typography import is_table_in_html
from archivist.syntax.allowed import COLOURED
from archivist.syntax.html import find_words
from archivist.syntax.limits import LONGEST_COLOURED, LONGEST_COLOURED_LINE

_CAPTION = re.compile(r"<caption\b[^<>]*>(.*?)</caption", re.IGNORECASE | re.DOTALL)


class region(nodes.General, nodes.Element):  # noqa: N801
    """A part of a page with a *label*, that can have the focus and scroll."""


def visit_region(translator: HTML5Translator, node: region) -> None:
    """Open the region."""
    attributes = {"role": "region", "tabindex": "0", "aria-label": node["label"]}
    translator.body.append(translator.starttag(node, "div", CLASS="scroll", **attributes))


def depart_region(translator: HTML5Translator, _: region) -> None:
    """Close the region."""
    translator.body.append("</div>\n")


def _is_wide(node: nodes.Element) -> bool:
    return isinstance(node, (nodes.table, nodes.literal_block)) or is_table_in_html(node)


def _find_caption(block: nodes.Element) -> str:
    """Return the caption of a table or of code, or nothing."""
    if isinstance(block, nodes.raw):
        found = _CAPTION.search(block.astext())
        return "".join(find_words(found[1])).strip() if found else ""
    # The caption of a table is inside, that of code beside it.
    around = block if isinstance(block, nodes.table) else block.parent
    captions = (each for each in around.children if isinstance(each, (nodes.title, nodes.caption)))
    title = None if isinstance(around, nodes.section) else next(captions, None)
    return title.astext() if title else ""


@cache
def _coloured() -> frozenset[str]:
    """Return the languages shown in colours, by all their names."""
    names = {
        alias
        for _, aliases, _, _ in get_all_lexers(plugins=False)
        if not COLOURED.isdisjoint(aliases)
        for alias in aliases
    }
    return frozenset(names | {"default"})


def _is_coloured(block: nodes.literal_block) -> bool:
    """Tell whether the code of *block* can be coloured in a time that its length tells."""
    code = block.astext()
    longest = max(map(len, code.split("\n")))
    is_short = len(code) <= LONGEST_COLOURED and longest <= LONGEST_COLOURED_LINE
    return is_short and str(block.get("language", "default")).lower() in _coloured()


class WrapWideBlocks(SphinxPostTransform):
    """Put each table and each block of code in a region of its own."""

    formats = ("html",)
    # After Furo's own wrapper of tables, which has no label and no focus.
    default_priority = 510

    def run(self, **_: object) -> None:
        """Wrap the tables and the code of a document."""
        wide = [each for each in self.document.findall(nodes.Element) if _is_wide(each)]
        for number, block in enumerate(wide, start=1):
            if isinstance(block, nodes.literal_block) and not _is_coloured(block):
                block["language"] = "none"
            wrapper = block.parent
            outermost = wrapper if "table-wrapper" in wrapper.get("classes", ()) else block
            # Widths would be styles in the page, which its policy refuses.
            block.attributes.pop("width", None)
            block["classes"] = [each for each in block["classes"] if each != "colwidths-given"]
            # Told from the others of its page by its caption, or a number.
            kind = "Code" if isinstance(block, nodes.literal_block) else "Tableau"
            caption = _find_caption(block)
            label = f"{kind} {number}" + (f"\u00a0: {caption}" if caption else "")
            holder = region(label=label)
            outermost.parent.replace(outermost, holder)
            holder += block
