"""All that a search loads, made from pages: index, texts, lexicon, facets, settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from archivist.search.inflection import Dictionary
from archivist.search.lexicon import NO_MEANINGS, QueryMeanings, list_entries, write_lexicon
from archivist.search.postings import find_postings
from archivist.search.reading import Reading
from archivist.search.tables import Tables
from archivist.search.tokenizer import LINK_WORDS, QUESTION_WORDS

# Texts under one name, that of their folder, which every search loads.
_BATCH = 36


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexedPage:
    """What the index knows of a page: *url* is seen from the site's root.

    *shown* is told with a result, *facets* narrow a search.
    """

    url: str
    reading: Reading
    shown: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def tell(self) -> bytes:
        """Return what a result is shown from, as JSON."""
        heads = [(each.place, each.level, each.anchor, each.text) for each in self.reading.headings]
        told = {"url": self.url, **self.shown, "heads": heads, "text": self.reading.text}
        return _write_json(told).encode()

    @property
    def digest(self) -> bytes:
        """The same for the same that is told."""
        return _write_json([self.url, *self.shown.values()]).encode() + self.reading.digest


def _write_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _hash(data: bytes, size: int) -> str:
    return hashlib.blake2b(data, digest_size=size).hexdigest()


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


def _name_texts(pages: Sequence[IndexedPage]) -> Iterator[str]:
    """Yield the name of each batch of texts, which changes with what they say."""
    for start in range(0, len(pages), _BATCH):
        yield _hash(b"\n".join(page.digest for page in pages[start : start + _BATCH]), 3)


def make_search(
    pages: Sequence[IndexedPage],
    standing: int,
    tables: Tables,
    dictionary: Dictionary,
    meanings: QueryMeanings = NO_MEANINGS,
) -> Iterator[tuple[str, Callable[[], bytes], bool]]:
    """Yield the files of the search: the name, what makes it, whether the name changes with that.

    *pages* are so many *standing* ones, then posts, oldest first; *tables* are those of what
    they say.
    """
    readings = [page.reading for page in pages]
    postings = find_postings(tables, readings)
    entries = list_entries(readings, tables, postings, dictionary, meanings)
    lexicon = {
        f"{start}-{_hash(text.encode(), 2)}": text for start, text in write_lexicon(entries).items()
    }
    facets = _write_json(_list_facets(pages)).encode()
    words = [(first, text.encode()) for first, text in postings.cut(len(pages))]
    names, batches = [_hash(data, 5) for _, data in words], list(_name_texts(pages))
    settings = {
        "pages": len(pages),
        "standing": standing,
        "batch": _BATCH,
        "texts": batches,
        "words": [first for first, _ in words],
        "wordFiles": names,
        "files": list(lexicon),
        "facets": _hash(facets, 5),
        "linkWords": sorted(LINK_WORDS),
        "questionWords": sorted(QUESTION_WORDS),
    }
    for number, page in enumerate(pages):
        yield f"texts/{batches[number // _BATCH]}/{number}.json", page.tell, True
    for name, (_, data) in zip(names, words, strict=True):
        yield f"words/{name}.txt", partial(bytes, data), True
    for name, text in lexicon.items():
        yield f"lexicon/{name}.txt", text.encode, True
    yield f"facets/{settings['facets']}.json", partial(bytes, facets), True
    yield "settings.json", _write_json(settings).encode, False
