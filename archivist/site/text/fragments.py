"""A document as HTML before anything stands around it: what is kept of it from build to build."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from docutils import nodes
from docutils.utils import new_document
from markupsafe import Markup
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import admonitionlabels
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from archivist.files import decompress
from archivist.keys import take_key
from archivist.site.needs import Needs, find_needs
from archivist.site.text.excerpts import find_paragraphs, summarise
from archivist.site.text.typography import is_table_in_html
from archivist.syntax.allowed import LATER_BLOCKS
from archivist.syntax.html import find_words as cut_words

# Stands in what several pages show for the way to the site's root, which differs from page to
# page. A noncharacter cannot be in a post: neither YAML nor HTML admits it.
ROOT = "\ufdd0/"
# Stand around the name of a post whose excerpt is to be put there.
EXCERPT = "\ufdd1"
EXCERPTS = re.compile(f"{EXCERPT}(.*?){EXCERPT}")
_PERMALINK = Markup(
    '<a class="headerlink" href="#{}" title="{}" aria-hidden="true" tabindex="-1">{}</a>'
)
# Silent reading of French by adults, Brysbaert 2019.
_WORDS_A_MINUTE = 214
_TAGS = re.compile("<[^<>]*>")
# UTF-8, 84-53: read as one word, which no line breaks.
_ONE_WORD = re.compile(r"(?<![\w&#-])[^\W_]{1,8}(?:-[0-9]{1,4}){1,4}(?![\w-])")


# Without slots, which make unpickling so many take thrice as long.
@dataclass(frozen=True, kw_only=True)
class Fragment:
    """A document up to the end of its first heading, and below it; links lead from its page.

    *packed* is the latter; *sections* lists its sections as links; *featured* is the picture that its page shows above
    *text*, *excerpt* what lists show of it, both with links from ``ROOT``; *opening* is the bare
    text of its first paragraph, *length* how many words it has. *links* are the other documents
    that it leads to, and their parts, as `glossaire#term-CNFPT`.
    """

    heading: str
    packed: bytes
    featured: str
    sections: str
    excerpt: str
    opening: str
    length: int
    links: tuple[str, ...]
    summary: str = field(init=False)
    """The excerpt in a line."""
    is_whole: bool = field(init=False)
    """Whether lists show all that the page does."""
    needs: Needs = field(init=False)
    key: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "summary", summarise(self.excerpt))
        text = self.text
        needs = max(find_needs(text + self.featured), Needs(bool(self.sections)))
        object.__setattr__(self, "needs", needs)
        object.__setattr__(self, "is_whole", _list_shown(text) == _list_shown(self.excerpt))
        told = (self.heading, self.packed, self.featured, self.sections, self.excerpt)
        object.__setattr__(self, "key", take_key(told, self.opening, self.length, self.links))

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return count_minutes(self.length)

    @property
    def text(self) -> str:
        """What stands below the first heading."""
        return decompress(self.packed)


def count_minutes(words: int) -> int:
    """Return how long *words* take to read, in whole minutes, at least one."""
    return max(1, round(words / _WORDS_A_MINUTE))


def _list_shown(html: str) -> tuple[list[str], int]:
    """Return the words that *html* shows, and how many pictures."""
    return _TAGS.sub(" ", html).split(), html.count("<img ")


def lead_from(page: str, html: str) -> str:
    """Return *html* with its links from ``ROOT`` as *page*, a docname, sees them."""
    return html.replace(ROOT, "../" * page.count("/"))


class FragmentTranslator(HTML5Translator):
    """Writes HTML as Sphinx does, but for the numbers of figures."""

    # What docutils would look up for each sign of a text, in its order.
    _ESCAPES: ClassVar = tuple(
        (chr(code), escaped) for code, escaped in HTML5Translator.special_characters.items()
    )

    def encode(self, text: object) -> str:
        """Return *text* with an escape for each sign that means something in HTML."""
        encoded = str(text)
        for sign, escaped in self._ESCAPES:
            encoded = encoded.replace(sign, escaped)
        return encoded

    def starttag(self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any) -> str:  # fmt: skip  # noqa: ANN401 (docutils' own)
        """Return a tag; that of a box says where it begins and ends, and what it is."""
        if tagname == "div" and isinstance(node, nodes.Admonition):
            title = "".join(
                each.astext() for each in node.children[:1] if isinstance(each, nodes.title)
            )
            title = title or admonitionlabels.get(node.tagname, "")
            voice = "" if LATER_BLOCKS.isdisjoint(node["classes"]) else "Note de l’archive\u00a0: "
            attributes |= {"role": "note", "aria-label": f"{voice}{title}"}
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 (docutils' own)
        """Write text, and around what is one word with its hyphen what keeps it on a line."""
        at = len(self.body)
        super().visit_Text(node)
        if "-" in node:
            kept = (
                _ONE_WORD.sub(r'<span class="nowrap">\g<0></span>', each) for each in self.body[at:]
            )
            self.body[at:] = kept

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        """Add a link for the mouse: what it says is no part of a heading's name.

        The keyboard has the links of the contents.
        """
        # The title of a page is where its address leads.
        is_title = isinstance(node, nodes.section) and self.section_level == 1
        if (
            node["ids"]
            and not is_title
            and self.config.html_permalinks
            and self.builder.add_permalinks
        ):
            icon = Markup(self.config.html_permalinks_icon)  # noqa: S704 (conf.py may say HTML)
            self.body.append(_PERMALINK.format(node["ids"][0], title, icon))

    def add_fignumber(self, node: nodes.Element) -> None:
        """Add nothing: figures of an excerpt have lost the ids that they are numbered by."""


def _walk(builder: StandaloneHTMLBuilder, document: nodes.document) -> str:
    translator = builder.create_translator(document, builder)
    document.walkabout(translator)
    return "".join(translator.fragment)  # type: ignore[attr-defined]


@contextmanager
def _at(builder: StandaloneHTMLBuilder, docname: str, root: str) -> Iterator[None]:
    """Point *builder* at *docname* and at the *root* of the site, and back again."""
    names = ("current_docname", "secnumbers", "fignumbers", "imgpath", "dlpath")
    before = {name: getattr(builder, name, None) for name in names}
    here: tuple[Any, ...] = (docname, {}, {}, f"{root}_images", f"{root}_downloads")
    vars(builder).update(zip(names, here, strict=True))
    try:
        yield
    finally:
        vars(builder).update(before)


def _gather(builder: StandaloneHTMLBuilder, parts: Sequence[nodes.Node]) -> nodes.document:
    document = new_document("", builder.docsettings)
    document += list(parts)
    return document


def _lead_from_root(tree: nodes.Element, page: str) -> None:
    """Rewrite links relative to *page* as links from the root of the site."""
    for link in tree.findall(nodes.reference):
        if isinstance(link, addnodes.download_reference):
            continue
        if "refid" in link:
            link["refuri"] = f"#{link['refid']}"
            del link["refid"]
        address = urlsplit(link.get("refuri", ""))
        if address.scheme or address.netloc:
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address.path))
        path = path if address.path else page
        link["refuri"] = ROOT + path + (f"#{address.fragment}" if address.fragment else "")


def render_excerpt(
    builder: StandaloneHTMLBuilder, docname: str, excerpt: Sequence[nodes.Node]
) -> str:
    """Return *excerpt*, resolved parts of *docname* that are nobody else's, led from ``ROOT``."""
    document = _gather(builder, excerpt)
    for call in list(document.findall(nodes.footnote_reference)):
        # The note is on the post's page only.
        link = nodes.reference("", f"[{call.astext()}]", refid=call.get("refid", ""), internal=True)
        call.replace_self(nodes.superscript("", "", link))
    _lead_from_root(document, builder.get_target_uri(docname))
    with _at(builder, docname, ROOT):
        return _walk(builder, document)


def render_sections(builder: StandaloneHTMLBuilder, toc: nodes.Element) -> str:
    """Return the sections in *toc*, as Sphinx collected them, as nested lists of links."""
    # The page itself is above them.
    whole = toc.next_node(nodes.bullet_list, include_self=True)
    inner = whole and whole.next_node(nodes.bullet_list)
    if inner is None:
        return ""
    links = list(inner.findall(nodes.reference))
    for link in links:
        if "anchorname" in link:
            link["refuri"] = link["anchorname"] or "#"
        else:
            # The heading of a section leads to a file itself.
            link.replace_self(link.children)
    # A single section is no choice.
    if sum("anchorname" in link for link in links) < 2:  # noqa: PLR2004
        return ""
    return _walk(builder, _gather(builder, [inner]))


def render_body(builder: StandaloneHTMLBuilder, document: nodes.document, docname: str) -> str:
    """Return the whole *document* as HTML."""
    document.settings = builder.docsettings
    root = relative_uri(builder.get_target_uri(docname), "_").removesuffix("_")
    with _at(builder, docname, root):
        return _walk(builder, document)


def find_opening(document: nodes.document) -> str:
    """Return the text of the first paragraph that is the author's."""
    first = next(find_paragraphs(document), None)
    return first.astext() if first else ""


def find_links(document: nodes.document, page: str) -> tuple[str, ...]:
    """Return the other documents, and parts of them, that *document*, at *page*, leads to."""
    found = set()
    for link in document.findall(nodes.reference):
        address = urlsplit(link.get("refuri", ""))
        if address.path.endswith(".html") and not address.scheme and not address.netloc:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address.path))
            part = f"#{address.fragment}" if address.fragment else ""
            found.add(f"{path.removesuffix('.html')}{part}")
    return tuple(sorted(found))


def count_words(document: nodes.document) -> int:
    """Return how many words *document* has, without the tags of a table written in HTML."""
    words = document.astext()
    for table in filter(is_table_in_html, document.findall(nodes.raw)):
        html = table.astext()
        words = words.replace(html, " ".join(cut_words(html)))
    return len(words.split())
