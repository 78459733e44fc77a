"""The text of a comment: a small Markdown, checked and made into HTML by the same tokenizer.

Paragraphs, line breaks, emphasis, lists, quotes, code, links to the web. Anything else, as
headings, images or HTML, comes out as it was typed: it does nothing to who reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from archivist.addresses.web import find_address_fault
from archivist.problems import Faults
from archivist.syntax.characters import find_sign, strip_invisible
from archivist.syntax.limits import DEEPEST_LIST, LONGEST_COMMENT

SCHEMES = frozenset({"http", "https", "mailto"})
_RULES = (
    *("blockquote", "fence", "list", "text_join"),
    *("autolink", "backticks", "emphasis", "entity", "escape", "link", "newline"),
)
_BREAKS = frozenset({"hardbreak", "softbreak"})
_CODE = frozenset({"code_inline", "fence"})
# Halves of a sign, which no encoding writes.
_HALVES = re.compile("[\ud800-\udfff]")
_LOST = "\ufffd"
# A sign that no rule of typography knows.
_NO_SIGN = "\ufffc"


def _keep_image(state: StateInline, silent: bool) -> bool:
    """Leave the start of an image as it was typed, so that no link begins there either."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.pending += "!["
    state.pos += 2
    return True


class _Renderer(RendererHTML):
    """Writes no element nor attribute beyond what a comment needs."""

    def link_open(self, tokens: Sequence[Token], at: int, *_: OptionsDict | EnvType) -> str:
        """Open a link that the writer of a comment chose, and that search engines pass over."""
        address = _address_of(tokens[at])
        if find_address_fault(address, SCHEMES):
            return "<a>"
        return f'<a href="{escapeHtml(address)}" rel="nofollow ugc">'

    def fence(self, tokens: Sequence[Token], at: int, *_: OptionsDict | EnvType) -> str:
        """Write code, in whatever language."""
        return f"<pre><code>{escapeHtml(tokens[at].content)}</code></pre>\n"


@cache
def _tokenizer() -> MarkdownIt:
    markdown = MarkdownIt("zero", renderer_cls=_Renderer).enable(_RULES)
    markdown.inline.ruler.before("link", "keep_image", _keep_image)
    # An address that leads nowhere good is told, not left in the text.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


def _cut(text: str) -> list[Token]:
    return _tokenizer().parse(_HALVES.sub(_LOST, text))


def _address_of(link: Token) -> str:
    return str(link.attrs.get("href", ""))


def list_links(text: str) -> Iterator[str]:
    """Yield the addresses that the text of a comment leads to."""
    for token in _cut(text):
        for part in token.children or ():
            if part.type == "link_open":
                yield _address_of(part)


def check_comment(text: str) -> Faults:
    """Yield what is wrong in the text of a comment, each with its line, counted from 0."""
    if not strip_invisible(text):
        yield 0, "ce commentaire est vide : écrivez son texte, ou retirez-le."
    if len(text) > LONGEST_COMMENT:
        size = f"commentaire de {len(text)} signes, {LONGEST_COMMENT} au plus"
        yield 0, f"{size} : coupez-le en deux."
        return
    for token in _cut(text):
        line = token.map[0] if token.map else 0
        if token.level >= 2 * DEEPEST_LIST:
            # Beyond, markdown-it drops the text without a word.
            yield line, "trop de listes ou de citations imbriquées : aplatissez."
            return
        if token.type == "fence":
            yield from _check_fence(token, line)
        yield from _check_parts(token.children or [], line)


def _check_fence(token: Token, line: int) -> Faults:
    """Refuse words that readers would not see, and signs that they cannot."""
    if len(token.info.split()) > 1:
        yield line, f"« {token.info.strip()[:40]} » ne se verrait pas : passez à la ligne avant."
    for number, words in enumerate(token.content.split("\n"), start=line + 1):
        yield from ((number, fault) for fault in _find_faults(words))


def _check_parts(parts: Sequence[Token], line: int) -> Faults:
    """Refuse what is wrong in the parts of a paragraph that begins on *line*."""
    for at, part in enumerate(parts):
        if part.type == "link_open":
            following = (parts[other] for other in range(at + 1, len(parts)))
            faults = _find_link_faults(part, following)
        else:
            faults = _find_faults(part.content)
        yield from ((line, each) for each in faults)
        line += (part.type in _BREAKS) + part.content.count("\n")


def _find_link_faults(link: Token, following: Iterable[Token]) -> Iterator[str]:
    address = _address_of(link)
    inside = takewhile(lambda part: part.type != "link_close", following)
    if not any(strip_invisible(part.content) for part in inside):
        yield f"lien sans texte « {address} » : écrivez [ce qu’on y trouve](…)."
    yield from filter(None, [find_address_fault(address, SCHEMES)])


def _find_faults(text: str) -> Iterator[str]:
    """Yield what no text may hold; words are those of the time, broken accents included."""
    # markdown-it writes a lost character for NUL and for an entity that is none.
    sign = find_sign(text.replace(_LOST, ""), in_header=False)
    if sign:
        yield sign


def render_comment(text: str, bind: Callable[[str], str] = str) -> str:
    """Return the text of a comment as HTML that does nothing, whatever the text.

    *bind* puts no-break spaces in a paragraph, whose length it keeps.
    """
    if len(text) > LONGEST_COMMENT:
        return f"<p>{escapeHtml(_HALVES.sub(_LOST, text))}</p>\n"
    tokens = _cut(text)
    for token in tokens:
        if token.type == "inline":
            _bind_paragraph(token.children or [], bind)
    return str(_tokenizer().renderer.render(tokens, _tokenizer().options, {}))


def _bind_paragraph(parts: list[Token], bind: Callable[[str], str]) -> None:
    """Bind the spaces of a paragraph, which its marks cut in parts; code is left alone."""
    bound, at = bind("".join(map(_read_part, parts))), 0
    for part in parts:
        words = _read_part(part)
        found = bound[at : at + len(words)]
        at += len(words)
        if part.type == "text" or (part.type == "softbreak" and found != words):
            part.type, part.content = "text", found


def _read_part(part: Token) -> str:
    """Return what a part of a paragraph is to typography."""
    shown = {"text": part.content, "softbreak": "\n", "hardbreak": _NO_SIGN}
    return shown.get(part.type, _NO_SIGN * len(part.content))
