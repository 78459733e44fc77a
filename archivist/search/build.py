"""All that a search loads, made from the pages of a site: index, lexicon, settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archivist.search.lexicon import Vocabulary, list_entries, write_lexicon
from archivist.search.pagefind import write_index
from archivist.search.words import LINK_WORDS, QUESTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archivist.search.copies import Page


def write_search(pages: Sequence[Page], folder: Path) -> None:
    """Write into the new *folder* what the search loads of *pages*, oldest first.

    Raises IndexingError when Pagefind refuses.
    """
    vocabulary = Vocabulary()
    for page in pages:
        vocabulary.add_page(page.blocks)
    write_index(pages, folder)
    settings = {
        "pages": len(pages),
        "files": write_lexicon(list_entries(vocabulary), folder / "lexicon"),
        "linkWords": sorted(LINK_WORDS),
        "questionWords": sorted(QUESTION_WORDS),
    }
    text = json.dumps(settings, separators=(",", ":"))
    (folder / "settings.json").write_text(text, encoding="utf-8", newline="\n")
