"""The words of all posts as one script: browsers let a page in a folder read nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from archivist.search.inflection import choose_forms, group_forms
from archivist.search.tokenizer import LINK_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archivist.search.inflection import Dictionary
    from archivist.search.reading import Words

_EXPORT = re.compile(r"^export ", re.MULTILINE)


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
