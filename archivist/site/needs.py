"""What a page must have styles for, by what its text holds."""

from __future__ import annotations

import re
from enum import IntEnum

# Elements of a text that is words alone, and the classes of their links.
_ELEMENTS = "a|abbr|b|blockquote|br|cite|em|h[1-6]|i|li|ol|p|section|span|strong|time|ul"
_CLASSES = "headerlink|reference|xref|std|simple"
_SET_IN = "(?:ul|ol|blockquote)[ >]"
_RICH = re.compile(
    rf'<(?!/|!--|(?:{_ELEMENTS})[ >])|\bclass="(?!(?:{_CLASSES})[ "])'
    # One within another.
    rf"|<{_SET_IN}(?:(?!</?{_SET_IN}).)*<{_SET_IN}",
    re.DOTALL,
)


class Needs(IntEnum):
    """Words alone, pictures and tables and boxes too, or code: each has what stands before it."""

    WORDS = 0
    RICH = 1
    CODE = 2


def find_needs(html: str) -> Needs:
    """Return what *html* holds."""
    if 'class="highlight' in html:
        return Needs.CODE
    return Needs.RICH if _RICH.search(html) else Needs.WORDS
