"""Read Markdown back as a document, with the tokenizer that the site is built with."""

from __future__ import annotations

from functools import lru_cache

from archivist.posts.tokens import tokenize
from archivist.wordpress.text.blocks import MORE, READERS
from archivist.wordpress.text.cursor import Cursor
from archivist.wordpress.text.document import Blocks


# The text of a paragraph is read back when its style is chosen, then as a block.
@lru_cache(maxsize=256)
def read_back(text: str) -> Blocks:
    """Return what the Markdown *text* holds. Raises ReadBackError when that is something else."""
    return Cursor(text, READERS).read_blocks("")


def holds_html(text: str) -> bool:
    """Tell whether the Markdown *text* holds HTML, besides the mark of an excerpt."""
    if "<" not in text:
        return False
    tokens = tokenize(text, {})
    inside = [child.type for token in tokens for child in token.children or []]
    blocks = [token for token in tokens if token.type == "html_block"]
    return "html_inline" in inside or any(not MORE.fullmatch(each.content) for each in blocks)
