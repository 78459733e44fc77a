"""The names of HTML's elements, in the sets that readers of HTML go by.

https://html.spec.whatwg.org/multipage/indices.html#elements-3. What posts may hold of them is in
allowed.py. Who needs another set makes it of these, and says why.
"""

from __future__ import annotations

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LISTS = frozenset(("ul", "ol", "menu", "dir"))
CELLS = frozenset(("td", "th"))

BLOCK = HEADINGS | LISTS | CELLS | frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
    "hr", "html", "legend", "li", "main", "nav", "noscript", "optgroup", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr",
))  # fmt: skip
"""What stands by itself, or has blocks in it."""

INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img",
    "ins", "kbd", "mark", "picture", "q", "s", "samp", "small", "source", "span", "strong", "sub",
    "sup", "time", "u", "var", "wbr",
))  # fmt: skip
"""What runs on within a line."""

OLD_INLINE = frozenset(("acronym", "big", "font", "strike", "tt"))
"""What did so before HTML5."""

MARKS = frozenset((
    "abbr", "cite", "code", "del", "dfn", "em", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "strong", "sub", "sup", "u", "var",
))  # fmt: skip
"""What says something of the words in it."""

SYNONYMS = {"acronym": "abbr", "b": "strong", "i": "em", "strike": "s", "tt": "code"}
"""What is shown as a mark of another name."""

SILENT = frozenset((
    "annotation", "annotation-xml", "base", "canvas", "desc", "head", "link", "meta", "metadata",
    "script", "style", "template", "title",
))  # fmt: skip
"""What shows nothing of what is in it."""

DRAWN = frozenset(("math", "svg"))
"""What draws the text in it."""

PLAYED = frozenset(("audio", "embed", "iframe", "object", "video"))
"""What plays, or frames, something else."""
