"""The tokenizer that checks, words and the site share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from archivist.markdown.bare import add_bare_addresses
from archivist.markdown.braces import keep_remarks
from archivist.markdown.definitions import LinkDefinitions
from archivist.markdown.reshape import reshape
from archivist.markdown.tables import keep_cells


def make_tokenizer(
    config: MdParserConfig, renderer: Callable[[MarkdownIt], RendererProtocol]
) -> MarkdownIt:
    """Return MyST's tokenizer, with what the archive reads besides."""
    md = create_md_parser(config, renderer)
    add_bare_addresses(md)
    keep_remarks(md)
    keep_cells(md)
    md.core.ruler.push("reshape", reshape)
    # Nobody asks how many words there are.
    return md.disable("wordcount")


def make_environment() -> dict[str, Any]:
    """Return where a text keeps its definitions of links, which its blocks share."""
    return {"references": LinkDefinitions()}
