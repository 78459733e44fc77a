"""All that a search loads, made from the pages of a site: index, lexicon, facets, settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archivist.search.lexicon import Vocabulary, list_entries, write_lexicon
from archivist.search.pagefind import write_index
from archivist.search.tokenizer import LINK_WORDS, QUESTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archivist.search.inflection import Dictionary
    from archivist.search.marks import Page


def _list_facets(pages: Sequence[Page]) -> dict[str, dict[str, list[int]]]:
    """Return the pages under each label of each facet: numbers, each as the step from the last."""
    steps: dict[str, dict[str, list[int]]] = {}
    last: dict[tuple[str, str], int] = {}
    for number, page in enumerate(pages):
        for facet, labels in page.facets.items():
            for label in labels:
                step = number - last.get((facet, label), 0)
                steps.setdefault(facet, {}).setdefault(label, []).append(step)
                last[facet, label] = number
    return {facet: dict(sorted(labels.items())) for facet, labels in steps.items()}


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8", newline="\n")


def write_search(pages: Sequence[Page], dictionary: Dictionary, folder: Path, before: Path) -> None:
    """Write into the new *folder* what the search loads of *pages*, oldest first.

    What the folder *before* holds of it, if that is there, is taken over.

    Raises IndexingError when Pagefind refuses.
    """
    vocabulary = Vocabulary()
    for page in pages:
        vocabulary.add_page(page.reading)
    write_index(pages, folder, before)
    settings = {
        "pages": len(pages),
        "files": write_lexicon(list_entries(vocabulary, dictionary), folder / "lexicon"),
        "linkWords": sorted(LINK_WORDS),
        "questionWords": sorted(QUESTION_WORDS),
    }
    _write_json(folder / "settings.json", settings)
    _write_json(folder / "facets.json", _list_facets(pages))
