"""Read Markdown with MyST: what is the same for all documents made once, what finds nothing left out.

Written against Sphinx 9.0.4 and MyST-Parser 5.2.0; ``tests/site/sphinx/test_parser.py`` fails when
what is used here changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from typing import Any, ClassVar

from docutils import nodes
from docutils.frontend import Values
from docutils.transforms import Transform
from markdown_it import MarkdownIt
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils import base
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx
from sphinx.util import docutils
from sphinx.util.typing import ExtensionMetadata

from archivist.markdown.tokenizer import make_tokenizer
from archivist.site.domain import find_post
from archivist.site.sphinx.xrefs import WORDS, make_finder
from archivist.site.text.rendering import ArchiveRenderer
from archivist.words.canonical import WordReader

# Of Sphinx's own transforms, those that serve translations, other builders, settings that the
# site refuses, or markup that no post may hold (archivist/syntax/allowed.py).
_IDLE = frozenset(
    ("AddTranslationClasses", "AliasTransform", "AutoIndexUpgrader", "CitationDefinitionTransform",
     "CitationReferenceTransform", "DataURIExtractor", "DefaultSubstitutions", "DoctestTransform",
     "ExtraTranslatableNodes", "FootnoteDocnameUpdater", "GlossarySorter", "HandleCodeBlocks",
     "ImageDownloader", "Locale", "MoveModuleTargets", "OnlyNodeTransform",
     "PreserveTranslatableMessages", "PropagateDescDomain", "RemoveTranslatableInline",
     "SigElementFallbackTransform", "SphinxDanglingReferences", "SphinxSmartQuotes",
     "TranslationProgressTotaliser", "UIDTransform")
)  # fmt: skip
_FOR_CODE = frozenset({"HighlightLanguageTransform", "TrimDoctestFlagsTransform"})
# Of a post whose header is blank, tokens count from 0, and the words of a text from 1 above it.
_FIRST_LINE = 2


def is_idle(transform: type[Transform], *, has_code: bool = True) -> bool:
    """Tell whether *transform* finds nothing in any post, or in one that *has_code* or not."""
    is_sphinx = transform.__module__.startswith("sphinx.")
    name = transform.__name__
    return is_sphinx and (name in _IDLE or (not has_code and name in _FOR_CODE))


class _Settings:
    """Answers for docutils' settings of the same components, and the same defaults, once."""

    def __init__(self, get_settings: Any) -> None:  # noqa: ANN401
        self._get_settings = get_settings
        self._known: dict[tuple[type, ...], tuple[dict[str, Any], Values]] = {}

    def __call__(self, *components: Any, **options: Any) -> Values:  # noqa: ANN401
        """Return a copy of the settings."""
        types = tuple(each if isinstance(each, type) else type(each) for each in components)
        # Defaults are the environment's own, which may change: they are compared as they were.
        known = self._known.get(types)
        if known is None or known[0] != options:
            kept = {key: copy(value) for key, value in options.items()}
            known = self._known[types] = (kept, self._get_settings(*components, **options))
        return known[1].copy()


@contextmanager
def settings_found_once() -> Iterator[None]:
    """Have docutils' settings found once in what follows.

    For each document Sphinx and MyST make a parser of command lines, only to learn defaults.
    """
    places = ((docutils, "_get_settings"), (base, "get_default_settings"))
    found = [(vars(module), name, vars(module)[name]) for module, name in places]
    for names, name, function in found:
        names[name] = _Settings(function)
    try:
        yield
    finally:
        for names, name, function in found:
            names[name] = function


def _prepare_post(
    app: Sphinx, document: nodes.document, tokens: list[Token], definitions: dict[str, Any]
) -> None:
    """Leave out what finds nothing in a post, and read its words while it is cut up."""
    transformer = document.transformer
    transformer.transforms = [each for each in transformer.transforms if not is_idle(each[1])]
    reader = WordReader(make_finder(app), deepcopy(definitions))
    reader.read_tokens(tokens, _FIRST_LINE)
    vars(document)[WORDS] = reader


def make_parser(app: Sphinx) -> type[MystParser]:
    """Return MyST's parser for a build; no header of a document sets its tokenizer."""

    class Parser(MystParser):
        made: ClassVar[tuple[MdParserConfig, MarkdownIt] | None] = None

        def parse(self, inputstring: str, document: nodes.document) -> None:
            env = document.settings.env
            if Parser.made is None or Parser.made[0] is not env.myst_config:
                tokenizer = make_tokenizer(env.myst_config, ArchiveRenderer)
                Parser.made = (env.myst_config, tokenizer)
            tokenizer = Parser.made[1]
            tokenizer.options["document"] = document
            definitions: dict[str, Any] = {}
            tokens = tokenizer.parse(inputstring, definitions)
            if getattr(app.builder, "is_alone", False) and find_post(app, env.docname):
                _prepare_post(app, document, tokens, definitions)
            tokenizer.renderer.render(tokens, tokenizer.options, definitions)

    return Parser


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("myst_parser")
    app.add_source_parser(make_parser(app), override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
