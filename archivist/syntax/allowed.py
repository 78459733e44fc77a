"""What a text may hold, and how much of it: the one list that checks and settings share.

A post is data from people the maintainer does not know. What is not named here is refused
before MyST or docutils see it: https://docutils.sourceforge.io/docs/howto/security.html.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# What posts may use beyond CommonMark; docs/conf.py hands the same list to MyST.
MYST_EXTENSIONS = (
    "alert", "attrs_inline", "colon_fence", "deflist", "strikethrough", "tasklist",
)  # fmt: skip
# What MyST would take for a remark and not show: a line that begins with `%` or `+++`.
MYST_DISABLED = ("myst_line_comment", "myst_block_break")
# Headings down to this level can be linked to; docs/conf.py says so to MyST.
DEEPEST_HEADING = 6
# What a link may begin with; docs/conf.py says so to MyST.
SCHEMES = ("http", "https", "mailto", "tel")

# The class that says of an image that it tells nothing: `![](trait.png){.decorative}`.
DECORATIVE = "decorative"
# That of the link that a page puts around a picture, to its file: no author's.
WHOLE_PICTURE = "whole-picture"


@dataclass(frozen=True, kw_only=True, slots=True)
class Directive:
    """What may follow the name of a block."""

    argument: str = ""
    """One of "required", "optional" and "" for none, as *content*."""
    content: str = "required"
    options: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """The pattern of the value of each."""
    verbatim: bool = False
    """Whether the content is no Markdown."""


def _options(**patterns: str) -> Mapping[str, re.Pattern[str]]:
    return {name.replace("_", "-"): re.compile(pattern) for name, pattern in patterns.items()}


_ANY = r".+"
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PIXELS = r"[0-9]{1,4}(?:px)?"
_COUNT = r"[0-9]{1,2}"
_WIDTHS = r"[1-9][0-9]{0,2}(?: [1-9][0-9]{0,2})*|auto"
# An address of another site, a list or the path of a file: a picture leads to no part of a page.
_TARGET = (
    r"https?://[^\s\\]+|(?![a-zA-Z][a-zA-Z0-9+.-]*:)[^\s\\#]+|#(?:tag|category|author)-[a-z0-9_-]+"
)
LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"  # BCP 47
_LANGUAGE_CLASS = f"language-{LANGUAGE}"

ADMONITIONS = (
    *("note", "tip", "hint", "important", "seealso"),
    *("attention", "caution", "warning", "danger"),
)
"""The boxes whose title the site gives."""
BOXES: Mapping[str, str] = {
    **dict.fromkeys(("info", "information", "remarque", "todo", "nb", "primary"), "note"),
    **dict.fromkeys(("astuce", "conseil", "success", "check", "done"), "tip"),
    **dict.fromkeys(("avertissement", "alert", "alerte"), "warning"),
    "prudence": "caution",
    **dict.fromkeys(("error", "erreur", "bug", "failure", "fail", "missing"), "danger"),
}
"""The box that other tools call otherwise: MkDocs, Docusaurus, Pandoc, Hugo, Obsidian."""
_ALIGN = "left|center|right"
_PICTURE = {"alt": _ANY, "name": _NAME, "width": _PIXELS, "height": _PIXELS, "align": _ALIGN}

DIRECTIVES: Mapping[str, Directive] = {
    **dict.fromkeys(ADMONITIONS, Directive(options=_options(name=_NAME))),
    "admonition": Directive(argument="required", options=_options(name=_NAME)),
    **dict.fromkeys(("update", "erratum"), Directive(argument="required")),
    "outdated": Directive(),
    "figure": Directive(
        argument="required",
        content="optional",
        options=_options(**_PICTURE, figwidth=r"[0-9]{1,4}(?:px|%)?", target=_TARGET),
    ),
    "image": Directive(argument="required", content="", options=_options(**_PICTURE)),
    **dict.fromkeys(("gallery", "columns", "column"), Directive()),
    "list": Directive(options=_options(type="[aAiI]", reversed=r"")),
    "table": Directive(argument="optional"),
    "list-table": Directive(
        argument="optional",
        options=_options(header_rows=_COUNT, stub_columns=_COUNT, widths=_WIDTHS),
    ),
    "code-block": Directive(
        argument="optional", options=_options(caption=_ANY, linenos=r""), verbatim=True
    ),
}
"""The blocks of a post."""

LATER_BLOCKS = frozenset({"update", "erratum", "outdated"})
"""Those that say something later than the author’s words, and are none of them."""

PAGE_BLOCKS = frozenset({"contact", "glossary", "postlist", "rgaa", "takeaway", "toctree"})
"""What a standing page, which is the maintainer's, may have besides."""

NAME_ROLES = frozenset({"person", "organisation"})
"""Those that mark a name, for the index of names."""

ROLES = frozenset({"term", "ref", "abbr", "sub", "sup", *NAME_ROLES})

ATTRIBUTES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "image": _options(width=_PIXELS, height=_PIXELS, align=_ALIGN, **{"class": DECORATIVE}),
    "span_open": {"class": re.compile(_LANGUAGE_CLASS)},
    "link_open": {"class": re.compile(_LANGUAGE_CLASS)},
    "code_inline": {},
}
"""For each part of a text, what may follow it between braces."""

# Attributes that Markdown itself gives its parts.
OWN_ATTRIBUTES = frozenset({"href", "src", "alt", "title"})

COLOURED = frozenset((
    "bash", "c", "c++", "console", "css", "diff", "docker", "go", "html", "http", "ini", "js",
    "json", "make", "nginx", "perl", "php", "powershell", "pycon", "python", "r", "rst", "ruby", "rust",
    "scss", "sparql", "sql", "tex", "toml", "ts", "turtle", "xml", "yaml",
))  # fmt: skip
"""The languages of code that are shown in colours: of others some take hours over a page."""

HTML: Mapping[str, frozenset[str]] = {
    name: frozenset({"lang"})
    for name in (
        "b", "bdi", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s",
        "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
    )
} | {"abbr": frozenset({"lang", "title"}), "dfn": frozenset({"lang", "title"})}  # fmt: skip
"""The elements of HTML, none of which loads, runs, frames or styles; and their attributes."""

BLOCK_HTML: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6", "p", "summary"), frozenset({"lang"})),
    **dict.fromkeys(("blockquote", "details", "hr"), frozenset()),
}
"""Those that are read as Markdown (archivist/markdown/html.py), where a line begins with them."""

PASSED_HTML = frozenset({"center", "div"})
"""Those around blocks that say nothing but how they look: what is in them stays."""

LINE_HTML: Mapping[str, frozenset[str]] = {
    **HTML, "a": frozenset({"href", "lang", "title"}), "font": frozenset(),
}  # fmt: skip
"""Those that may stand wherever words do; of `<font>`, or `<a>` that leads nowhere, the words stay."""

DROPPED_ATTRIBUTES = re.compile(
    "abbr|align|bgcolor|border|cellpadding|cellspacing|class|clear|color|decoding|face|frame|"
    "headers|height|hreflang|id|itemprop|itemscope|itemtype|loading|name|noshade|nowrap|open|"
    "referrerpolicy|rel|role|rules|size|style|summary|tabindex|target|title|translate|type|valign|"
    "width|(?:aria|data)-[a-z0-9-]+"
)
"""What any element may say without a page showing it: it says how words look, or are found."""

TABLE_HTML: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("table", "caption", "thead", "tbody", "tfoot", "tr", "ul", "ol", "li"), frozenset({"lang"})
    ),
    **dict.fromkeys(("th", "td"), frozenset({"colspan", "lang", "rowspan", "scope"})),
    "p": frozenset({"lang"}),
    "a": frozenset({"href", "lang"}),
}
"""Those that a block of HTML which is a table may hold besides; the others are for its cells."""

HTML_VALUES = _options(
    colspan=r"[1-9][0-9]?",
    # No sign that a browser passes over, or that an address should spell in hundredths.
    href=r"(?:https?://(?![/?#])|mailto:)[^\s\x00-\x1f\"'<>\\^`{|}\[\]]+",
    lang=LANGUAGE,
    rowspan=r"[1-9][0-9]?",
    scope="row|col|rowgroup|colgroup",
    title=r"(?s:.*)",
)
"""The pattern of what each attribute of HTML says."""

IMAGES: Mapping[str, str] = {
    ".gif": "GIF", ".jpeg": "JPEG", ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP",
}  # fmt: skip
"""What an image's name ends in, and its format as Pillow calls it."""
SVG = ".svg"
PICTURES = frozenset({*IMAGES, SVG})
ATTACHMENTS = frozenset(
    (".csv", ".docx", ".epub", ".mp3", ".mp4", ".odp", ".ods", ".odt", ".ogg", ".pdf", ".pptx",
     ".txt", ".webm", ".xlsx")
)  # fmt: skip
"""What else may lie in the folder of a post."""
COMPANIONS = PICTURES | ATTACHMENTS
"""All that may lie there beside the posts."""
