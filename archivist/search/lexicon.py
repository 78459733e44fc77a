"""The words of the site, in small files by their first letters, for the search to load.

A line of a file is one of these, its words parted by spaces:

    défi 3 défis 5                    the forms of one word, each with the number of its pages
    ~financer financement             the first forms of words made from one verb, folded
    =monaviscitoyen mon avis citoyen  words that are also typed as one
    >dgs directeur general services   an acronym and what it stands for
    .                                 the end: all of it has come
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from archivist.search.inflection import Dictionary, choose_forms, group_forms, link_derived
from archivist.search.postings import Postings
from archivist.search.reading import Acronym, Reading
from archivist.search.tables import Tables
from archivist.search.tokenizer import LINK_WORDS, fold

Entry = tuple[set[str], str]

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
        yield set(group), " ".join(f"{word} {pages[key]}" for key, word in spelled)


def _tell_derived(linked: Iterable[set[int]], groups: Sequence[Sequence[str]]) -> Iterator[Entry]:
    for numbers in linked:
        firsts = [groups[number][0] for number in sorted(numbers)]
        yield {key for number in numbers for key in groups[number]}, "~" + " ".join(firsts)


def _tell_acronyms(acronyms: Iterable[Acronym], groups: Sequence[Sequence[str]]) -> Iterator[Entry]:
    forms = {key: group for group in groups for key in group}
    for acronym, expansion in sorted(acronyms):
        first = next(key for key in expansion if key not in LINK_WORDS)
        # Found from either side, whatever the form of the first word.
        yield {acronym, *forms.get(first, [first])}, f">{acronym} {' '.join(expansion)}"


def list_entries(
    readings: Sequence[Reading], tables: Tables, postings: Postings, dictionary: Dictionary
) -> list[Entry]:
    """Return the lines of the lexicon of *readings*, each with the words it may be looked up by."""
    written = choose_forms(tables.list_uses())
    groups = group_forms(written, dictionary)
    pages = dict(zip(postings.words, postings.pages, strict=True))
    # Where a word is parted in two ways, as the first page has it, and there the first.
    parted = dict(chain.from_iterable(page.compounds[::-1] for page in reversed(readings)))
    return [
        *_tell_groups(groups, pages, written),
        *_tell_derived(link_derived(groups, written, dictionary), groups),
        *(({joined}, f"={joined} {' '.join(parts)}") for joined, parts in sorted(parted.items())),
        *_tell_acronyms({pair for reading in readings for pair in reading.acronyms}, groups),
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
