"""Braces after a link or an image, of which MyST would drop what is a remark: `{% include x %}`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# {.a title="50 %" % remark %}
_REMARK = re.compile(r'\{(?:"(?:\\.|[^"\\])*"|[^"{}%])*%')


def _keep(state: StateInline, at: int, silent: bool) -> bool:
    """Take the sign where *state* is for text, if braces with a remark begin *at* a place."""
    if not _REMARK.match(state.src, at, state.posMax):
        return False
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
    return True


def _keep_braces(state: StateInline, silent: bool) -> bool:
    """Read `{% …` as text."""
    return state.src[state.pos] == "{" and _keep(state, state.pos, silent)


def _keep_span(state: StateInline, silent: bool) -> bool:
    """Read `[mot]{% …` as text."""
    if state.src[state.pos] != "[" or "%" not in state.src:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, False)
    return end > 0 and _keep(state, end + 1, silent)


def keep_remarks(md: MarkdownIt) -> None:
    """Have *md* read braces that hold a remark as text."""
    md.inline.ruler.before("span", "remark_after_span", _keep_span)
    md.inline.ruler.before("attr", "remark", _keep_braces)
