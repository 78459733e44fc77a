"""Read Markdown with what is the same for all documents made once.

For each document Sphinx and MyST build parsers of command lines, only to learn the defaults of
docutils, and a tokenizer with all its rules. Written against Sphinx 9.0.4 and MyST-Parser
5.2.0; ``tests/site/test_parsing.py`` fails when what is used here changes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from docutils import nodes
from docutils.frontend import Values
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils import base
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx
from sphinx.util import docutils
from sphinx.util.typing import ExtensionMetadata


class Settings:
    """Answers for docutils' settings of the same components, and the same defaults, once."""

    def __init__(self, get_settings: Any) -> None:  # noqa: ANN401
        self._get_settings = get_settings
        self._known: dict[tuple[object, ...], tuple[dict[str, Any], Values]] = {}

    def __call__(
        self, *components: object, defaults: dict[str, Any], read_config_files: bool = False
    ) -> Values:
        """Return a copy of the settings."""
        types = (each if isinstance(each, type) else type(each) for each in components)
        key = (*types, read_config_files)
        known = self._known.get(key)
        if known is None or known[0] != defaults:
            values = self._get_settings(
                *components, defaults=defaults, read_config_files=read_config_files
            )
            known = self._known[key] = (dict(defaults), values)
        return known[1].copy()


class Tokenizer:
    """Makes MyST's tokenizer, once for all documents of a build."""

    def __init__(self) -> None:
        self._made: tuple[MdParserConfig, MarkdownIt] | None = None

    def make(self, config: MdParserConfig) -> MarkdownIt:
        """Return the tokenizer for *config*."""
        if self._made is None or self._made[0] is not config:
            # Nobody asks how many words there are.
            tokenizer = create_md_parser(config, SphinxRenderer).disable("wordcount")
            self._made = (config, tokenizer)
        return self._made[1]


def make_parser(tokenizer: Tokenizer) -> type[MystParser]:
    """Return MyST's parser, which makes no tokenizer of its own and lets no header set it."""

    class Parser(MystParser):
        def parse(self, inputstring: str, document: nodes.document) -> None:
            made = tokenizer.make(document.settings.env.myst_config)
            made.options["document"] = document
            made.render(inputstring)

    return Parser


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("myst_parser")
    app.add_source_parser(make_parser(Tokenizer()), override=True)
    if not isinstance(docutils._get_settings, Settings):  # noqa: SLF001
        vars(docutils)["_get_settings"] = Settings(docutils._get_settings)  # noqa: SLF001
        # MyST makes a document to fall back on, which is never needed.
        vars(base)["get_default_settings"] = cache(vars(base)["get_default_settings"])
    return {"parallel_read_safe": True, "parallel_write_safe": True}
