"""The words of the site, in small files by their first letters, for the search to load.

A line of a file is one of these, its words parted by spaces:

    défi 3 défis 5                    the forms of one word, each with the number of its pages
    ~financer financement             the first forms of words made from one verb, folded
    =monaviscitoyen mon avis citoyen  words that are also typed as one
    >dgs directeur general services   an acronym and what it stands for
    >open+source logiciel libre       any other words that mean the same
    #opendata tag/open-data/ 46 Étiquette Open-Data   a name as one word, its list, its posts
    .                                 the end: all of it has come

A name tells no form of a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from archivist.search.acronyms import Synonyms
from archivist.search.inflection import Dictionary, choose_forms, group_forms, link_derived
from archivist.search.postings import Postings
from archivist.search.reading import LABEL, Reading
from archivist.search.tables import Tables
from archivist.search.tokenizer import LINK_WORDS, fold

Entry = tuple[set[str], str]


class Listed(NamedTuple):
    """A list of posts that a query may mean by any of its *keys*: « Étiquette Open-Data »."""

    keys: frozenset[str]
    url: str
    """Seen from the site's root."""
    posts: int
    name: str


class QueryMeanings(NamedTuple):
    """What queries may mean that no text says."""

    lists: Sequence[Listed] = ()
    synonyms: Sequence[Synonyms] = ()


NO_MEANINGS = QueryMeanings()


# A file longer than this is parted by the next letter; it weighs a third packed.
_LONGEST_FILE = 12_000
_LONGEST_NAME = 3
# Words that begin with no letter share a file.
_OTHERS = "0"
_END = "."


def _tell_groups(
    groups: Sequence[Sequence[str]], pages: Mapping[str, int], written: Mapping[str, str]
) -> Iterator[Entry]:
    for group in groups:
        # As it is written, when that says what its key is.
        said = ((key, written[key]) for key in group)
        spelled = ((key, word if word == key or fold(word) == key else key) for key, word in said)
        yield set(group), " ".join(f"{word} {pages.get(key, 0)}" for key, word in spelled)


def _tell_derived(linked: Iterable[set[int]], groups: Sequence[Sequence[str]]) -> Iterator[Entry]:
    for numbers in linked:
        firsts = [groups[number][0] for number in sorted(numbers)]
        yield {key for number in numbers for key in groups[number]}, "~" + " ".join(firsts)


def _tell_synonyms(pairs: Iterable[Synonyms], groups: Sequence[Sequence[str]]) -> Iterator[Entry]:
    forms = {key: group for group in groups for key in group}
    for meant, said in sorted(pairs):
        first = next((key for key in said if key not in LINK_WORDS), said[0])
        # Found from either side, whatever the form of the first word.
        words = {*forms.get(first, [first]), *(meant if len(meant) == 1 else ())}
        yield words, f">{'+'.join(meant)} {' '.join(said)}"


def _tell_lists(lists: Iterable[Listed]) -> Iterator[Entry]:
    for keys, url, posts, name in lists:
        for key in sorted(keys):
            yield {key}, f"#{key} {url} {posts} {name}"


def _count_pages(postings: Postings) -> dict[str, int]:
    """Return how many pages say each word, or bear it if none says it."""
    counts = dict(zip(postings.words, postings.pages, strict=True))
    return {word.removesuffix(LABEL): count for word, count in counts.items()} | {
        word: count for word, count in counts.items() if not word.endswith(LABEL)
    }


def list_entries(
    readings: Sequence[Reading],
    tables: Tables,
    postings: Postings,
    dictionary: Dictionary,
    meanings: QueryMeanings = NO_MEANINGS,
) -> list[Entry]:
    """Return the lines of the lexicon of *readings*, each with the words it may be looked up by."""
    uses = tables.list_uses()
    written = choose_forms((key.removesuffix(LABEL), word, times) for key, word, times in uses)
    pairs = set(meanings.synonyms)
    pairs.update(((acronym,), said) for page in readings for acronym, said in page.acronyms)
    # No text need say them in this form.
    told = {key: key for pair in meanings.synonyms for key in chain(*pair) if key not in LINK_WORDS}
    written = told | written
    groups = group_forms(written, dictionary)
    pages = _count_pages(postings)
    # Where a word is parted in two ways, as the first page has it, and there the first.
    parted = dict(chain.from_iterable(page.compounds[::-1] for page in reversed(readings)))
    return [
        *_tell_groups(groups, pages, written),
        *_tell_derived(link_derived(groups, written, dictionary), groups),
        *(({joined}, f"={joined} {' '.join(parts)}") for joined, parts in sorted(parted.items())),
        *_tell_synonyms(pairs, groups),
        *_tell_lists(meanings.lists),
    ]


def _part_file(name: str, lines: Mapping[str, set[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the files that *lines*, each with its words, go to: *name*, or longer ones too."""
    kept: list[str] = []
    longer: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    is_long = sum(map(len, lines)) > _LONGEST_FILE and len(name) < _LONGEST_NAME
    for line, words in lines.items():
        names = {word[: len(name) + 1] if is_long else name for word in words}
        for part in names:
            if part == name or not (part.isascii() and part.isalpha()):
                kept.append(line)
            else:
                longer[part][line] = {word for word in words if word.startswith(part)}
    if kept:
        yield name, list(dict.fromkeys(kept))
    for part, some in longer.items():
        yield from _part_file(part, some)


def write_lexicon(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the text of each file, by its name: the first letters of its words."""
    letters: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for words, line in entries:
        for word in words:
            first = word[0] if "a" <= word[0] <= "z" else _OTHERS
            letters[first].setdefault(line, set()).add(word)
    parted = (file for name, lines in letters.items() for file in _part_file(name, lines))
    return {name: "\n".join([*lines, _END, ""]) for name, lines in sorted(parted)}
