"""French spaces: where a line must not break, an ordinary space becomes a no-break one.

The rules are those of the *Lexique des règles typographiques en usage à l'Imprimerie
nationale*: U+202F before ``; ! ?`` and between thousands, U+00A0 before ``:``, inside « »,
and between a number and what it counts. A space is replaced, never added or taken away, so
that the author's words stay as they are; code, and words of another language, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter

from docutils import nodes
from sphinx.transforms import SphinxTransform

from archivist.dates.french import name_month
from archivist.syntax.html import is_table

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_UNITS = (
    "%|‰|€|°C?|km|hm|m|cm|mm|ha|kg|g|t|km/h|h|min|s|ms|ko|Mo|Go|To|Wh|kWh|MWh|kW|MW|"
    "ans?|mois|jours?|heures?|minutes?|euros?|k€|M€|Md€|milliers?|millions?|milliards?"
)
_MONTHS = "|".join(name_month(month) for month in range(1, 13))

_FIGURES = "0123456789"
_TITLES = ("M.", "Mme", "Mlle", "Dr", "Pr")
# A whole run of them, begun nowhere else and never given back: else each sign of a long run
# would be tried as its start and as its end.
_SPACES = "(?<![ \n\t\u00a0\u202f])[ \n\t\u00a0\u202f]++"

# The signs of which a text has one at least where the rule applies; what stands before the
# space, what stands after it; and the space to put.
_EACH = tuple(
    (signs, re.compile(f"(?P<before>{before})(?P<space>{_SPACES})(?={after})"), space)
    for signs, before, after, space in (
        (";!?", "", "[;!?]", NARROW),
        # Two colons are a sign of programmers.
        (":", "", ":(?!:)", NO_BREAK),
        ("«‹", "[«‹]", "", NO_BREAK),
        ("»›", "", "[»›]", NO_BREAK),
        (_FIGURES, r"(?<![\d.,])(?<![\d.,]\u202f)\d{1,3}", r"\d{3}(?!\d)", NARROW),
        # The thousands after the first.
        (_FIGURES, r"(?<=\u202f)\d{3}", r"\d{3}(?!\d)", NARROW),
        (_FIGURES, r"\d", rf"(?:{_UNITS})(?!\w)", NO_BREAK),
        (_FIGURES, r"\d[ \u00a0]h", r"\d", NO_BREAK),
        (_FIGURES, r"\b[nN]°|\b[nN]os|\bart\.|\bp\.|§", r"\d", NO_BREAK),
        (_FIGURES, r"\b\d{1,2}|\b1er", rf"(?:{_MONTHS})\b", NO_BREAK),
        (_TITLES, r"\b(?:MM?\.|Mmes?|Mlles?|Dr|Pr)", r"[^\W\d_a-z]", NO_BREAK),
    )
)
# Those of the same signs together: they are looked for once.
_RULES = tuple((signs, tuple(rules)) for signs, rules in groupby(_EACH, itemgetter(0)))
_ORDINARY = re.compile(r"[ \n\t]")


def _bind(match: re.Match[str], *, space: str) -> str:
    return match["before"] + _ORDINARY.sub(space, match["space"])


def bind_spaces(text: str) -> str:
    """Return *text* with the same length and no-break spaces where French wants them."""
    for needed, rules in _RULES:
        if any(sign in text for sign in needed):
            for _, pattern, space in rules:
                text = pattern.sub(partial(_bind, space=space), text)
    return text


_NO_BLOCK = (nodes.Inline, nodes.FixedTextElement)
_OPAQUE = (nodes.literal, nodes.math, nodes.raw, nodes.problematic, nodes.image)
# HTML that a writer may put around code, or words of another language.
_OPENS = re.compile(r"<(?:(?:code|kbd|samp|pre|tt)\b|\w+[^>]*\blang=[\"']?(?!fr))", re.IGNORECASE)
_HOLDS_NOTHING = re.compile(r"<(?:!|br\b|wbr\b)", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:code|kbd|samp|pre|tt|span|i|em|q|cite)>", re.IGNORECASE)


def _find_texts(node: nodes.Node, *, bare: bool = True) -> Iterator[tuple[nodes.Text, bool]]:
    """Yield the text nodes under *node* in order, and whether each may be touched."""
    inside = 0
    for child in node.children:
        if isinstance(child, nodes.raw):
            inside += bool(_OPENS.match(child.astext()))
            inside -= bool(inside and _CLOSES.match(child.astext()))
        may_touch = bare and not inside and not isinstance(child, _OPAQUE)
        if isinstance(child, nodes.Element):
            languages = (name for name in child["classes"] if name.startswith("language-"))
            may_touch = may_touch and all(name == "language-fr" for name in languages)
        if isinstance(child, nodes.Text):
            yield child, may_touch
        else:
            yield from _find_texts(child, bare=may_touch)


def _bind_block(block: nodes.Element) -> None:
    """Bind the spaces of a paragraph, a title…, whose text its inline marks cut in parts."""
    if len(block.children) == 1 and isinstance(block[0], nodes.Text):
        block[0] = nodes.Text(bind_spaces(str(block[0])))
        return
    texts = list(_find_texts(block))
    # What may not be touched keeps its place as characters no rule knows.
    whole = "".join(str(text) if bare else "\ufffc" * len(text) for text, bare in texts)
    bound, position = bind_spaces(whole), 0
    changed: dict[int, str] = {}
    for text, bare in texts:
        part = bound[position : position + len(text)]
        position += len(text)
        if bare and part != str(text):
            changed[id(text)] = part
    # Each is replaced where it is met: a paragraph may have thousands, to find one by one.
    for parent in {id(text.parent): text.parent for text, _ in texts}.values():
        for at, child in enumerate(parent.children):
            if id(child) in changed:
                parent[at] = nodes.Text(changed[id(child)])


_TAGS = re.compile(r"(<!--.*?-->|<[^<>]*>)", re.DOTALL)


def bind_html(html: str) -> str:
    """Return *html*, in which each element is closed, with the spaces of its words bound."""
    bound: list[str] = []
    opaque = [False]
    for piece in _TAGS.split(html):
        if not piece.startswith("<"):
            bound.append(piece if opaque[-1] else bind_spaces(piece))
            continue
        bound.append(piece)
        if piece.startswith("</"):
            opaque.pop()
        elif not _HOLDS_NOTHING.match(piece):
            opaque.append(opaque[-1] or bool(_OPENS.match(piece)))
    return "".join(bound)


def is_table_in_html(node: nodes.Node) -> bool:
    """Tell whether *node* is a table that was written in HTML."""
    return isinstance(node, nodes.raw) and is_table(node.astext())


class BindSpaces(SphinxTransform):
    """Bind the spaces of a document before anything else takes its words."""

    # After the quotes of docutils (750), before titles are collected (880).
    default_priority = 760

    def apply(self, **_: object) -> None:
        """Bind the spaces of each block, in documents that are in French."""
        if self.env.metadata[self.env.docname].get("language", "fr") != "fr":
            return
        for node in self.document.findall(nodes.Element):
            if isinstance(node, nodes.image):
                node["alt"] = bind_spaces(node.get("alt", ""))
            elif is_table_in_html(node):
                node[0] = nodes.Text(bind_html(node.astext()))
            elif isinstance(node, nodes.TextElement) and not isinstance(node, _NO_BLOCK):
                _bind_block(node)
