"""Read Markdown with MyST, whose tokenizer, with all its rules, is made once for all documents."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def make_parser() -> type[MystParser]:
    """Return MyST's parser for a build; no header of a document sets its tokenizer."""

    class Parser(MystParser):
        made: ClassVar[tuple[MdParserConfig, MarkdownIt] | None] = None

        def parse(self, inputstring: str, document: nodes.document) -> None:
            config = document.settings.env.myst_config
            if Parser.made is None or Parser.made[0] is not config:
                # Nobody asks how many words there are.
                tokenizer = create_md_parser(config, SphinxRenderer).disable("wordcount")
                Parser.made = (config, tokenizer)
            tokenizer = Parser.made[1]
            tokenizer.options["document"] = document
            tokenizer.render(inputstring)

    return Parser


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("myst_parser")
    app.add_source_parser(make_parser(), override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
