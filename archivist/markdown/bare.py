"""Addresses that stand bare in a text, `voir https://exemple.fr/`, as links of the same words."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from archivist.addresses.web import SCHEMES, find_address_fault

BARE = "linkify"
"""What marks the link that an address is, as markdown-it has it."""
# Up to a space or a sign that no address holds as it is; `«`, `…` and quotes are the sentence's,
# and so is `&nbsp;`.
_HOST = re.compile(r"(?:https?://|www\.)[\w-]++(?:\.[\w-]++)+(?![\w(@]|:[^\W\d])", re.IGNORECASE)
_REST = re.compile(
    r"(?:[^\s<>\"`{}|\\^\[\]«»“”‘’…&]|&amp;|&(?!#?[a-z0-9]+;)){0,2000}+", re.IGNORECASE
)
_SCHEME = re.compile(r"https?$", re.IGNORECASE)
_LONGEST = len("https")
# What may not stand right before one, as in `user@www.…`; `l’adresse:https://…` may.
_NOT_BEFORE = re.compile(r"[^\W_]|[/@.\-=&?#%+$\\]")
# What ends a sentence, or an emphasis, and not an address.
_AFTER = "?!.,:;*_~'"


def find_bare_address(text: str, start: int, end: int) -> str:
    """Return the address that stands in *text* from *start* on, before *end*, or nothing."""
    if start and _NOT_BEFORE.match(text[start - 1]):
        return ""
    host = _HOST.match(text, start, end)
    if not host or find_address_fault(_complete(host[0]), SCHEMES):
        return ""
    rest = _REST.match(text, host.end(), end)
    address = (host[0] + (rest[0] if rest else "")).rstrip(_AFTER)
    # (voir https://exemple.fr/a_(b)): the last bracket is not its own.
    extra = address.count(")") - address.count("(")
    while extra > 0 and address.endswith(")"):
        address, extra = address[:-1].rstrip(_AFTER), extra - 1
    return "" if find_address_fault(_complete(address), SCHEMES) else address


def _complete(address: str) -> str:
    return f"http://{address}" if address[:4].lower() == "www." else address


def _link(state: StateInline, start: int) -> bool:
    """Put a link where the text has an address from *start* on; part of it may be read already."""
    address = find_bare_address(state.src, start, state.posMax)
    if not address:
        return False
    shown = address.replace("&amp;", "&")
    href = state.md.normalizeLink(_complete(shown))
    if not state.md.validateLink(href):
        return False
    read = state.pos - start
    state.pending = state.pending[: len(state.pending) - read]
    opened = state.push("link_open", "a", 1)
    opened.attrs = {"href": href}
    state.push("text", "", 0).content = shown
    closed = state.push("link_close", "a", -1)
    opened.markup = closed.markup = BARE
    opened.info = closed.info = "auto"
    state.pos += len(address) - read
    return True


def _read_scheme(state: StateInline, silent: bool) -> bool:
    """Read an address at the colon of its `https:`."""
    if silent or state.linkLevel > 0 or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-_LONGEST:])
    return bool(scheme) and _link(state, state.pos - len(scheme[0] if scheme else ""))


def _read_www(state: StateInline, silent: bool) -> bool:
    """Read an address at its `www.`."""
    if silent or state.linkLevel > 0 or state.src[state.pos] not in "wW":
        return False
    return _link(state, state.pos)


def add_bare_addresses(md: MarkdownIt) -> None:
    """Have *md* take bare addresses for links."""
    # Text goes on to the next sign that may mean something.
    signs = md.inline.terminator_re.pattern
    md.inline.terminator_re = re.compile(rf"{signs}|[wW](?=[wW]{{2}}\.)")
    md.inline.ruler.push("bare_scheme", _read_scheme)
    md.inline.ruler.push("bare_www", _read_www)
