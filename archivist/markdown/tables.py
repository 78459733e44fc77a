"""Tables of Markdown, with what markdown-it would drop of them: cells beyond the head."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table

BEYOND = "beyond"
"""Under which a row says what its table has no column for."""


def _split_row(state: StateBlock, line: int) -> list[str]:
    """Return the cells of a row, as markdown-it cuts it."""
    cells = escapedSplit(mdTrim(getLine(state, line)))
    return [cell.strip() for at, cell in enumerate(cells) if cell or at not in {0, len(cells) - 1}]


def _read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    known = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    columns = 0
    for token in state.tokens[known:]:
        columns += token.type == "th_open"
        if token.type == "tr_open" and columns and token.map:
            beyond = " | ".join(filter(None, _split_row(state, token.map[0])[columns:]))
            token.meta = {BEYOND: beyond} if beyond else {}
    return True


def keep_cells(md: MarkdownIt) -> None:
    """Have *md* say of each row of a table which cells are beyond its head."""
    md.block.ruler.at("table", _read_table, {"alt": ["paragraph", "reference"]})
