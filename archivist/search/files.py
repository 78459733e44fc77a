"""All that a search loads, made from the pages of a site: index, lexicon, facets, settings.

A copy of the site that is read from a folder has one script instead: browsers let a page there
read nothing else.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archivist.search.article import Words
from archivist.search.inflection import Dictionary, choose_forms, group_forms
from archivist.search.lexicon import Vocabulary, list_entries, write_lexicon
from archivist.search.pagefind import IndexedPage, write_index
from archivist.search.tokenizer import LINK_WORDS, QUESTION_WORDS

# export function…, as the modules of docs/_static/search have it.
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def _list_facets(pages: Sequence[IndexedPage]) -> dict[str, dict[str, list[int]]]:
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


def write_search(
    pages: Sequence[IndexedPage], dictionary: Dictionary, folder: Path, before: Path
) -> None:
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


def gather_words(
    counts: Sequence[Words], dictionary: Dictionary
) -> Iterator[tuple[list[str], list[int]]]:
    """Yield the keys that are forms of one word, and the numbers of the posts that have any."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    posts: defaultdict[str, set[int]] = defaultdict(set)
    for number, words in enumerate(counts):
        for key, word, times in words:
            written[key][word.lower()] += times
            posts[key].add(number)
    for group in group_forms(choose_forms(written), dictionary):
        yield group, sorted({number for key in group for number in posts[key]})


def write_script(
    posts: Sequence[Mapping[str, str]],
    counts: Sequence[Words],
    dictionary: Dictionary,
    scripts: Sequence[str],
) -> str:
    """Return a script that finds *posts*, oldest first, by their words.

    *scripts* are its parts, the first of which may be modules; it is told *posts* as they are.
    """
    archive = {
        "posts": posts,
        "words": list(gather_words(counts, dictionary)),
        "linkWords": sorted(LINK_WORDS),
    }
    data = json.dumps(archive, ensure_ascii=False, separators=(",", ":"))
    parts = "\n".join(_EXPORT.sub("", script) for script in scripts)
    return f'"use strict";\n{{\nconst archive = {data};\n{parts}\n}}\n'
