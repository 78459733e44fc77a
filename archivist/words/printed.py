"""The words of a post as its page prints them, and whether they are those of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from archivist.errors import FileError
from archivist.files import read_text
from archivist.posts.archive import find_posts
from archivist.posts.blocks import Located
from archivist.problems import Problem
from archivist.syntax.allowed import ADMONITIONS, LATER_BLOCKS
from archivist.syntax.elements import INLINE
from archivist.words.canonical import WordReader, join_words
from archivist.words.manifest import read_records
from archivist.words.titles import Titles
from archivist.words.told import read_words
from archivist.words.traits import normalise_words

# What HTML of ours is cut at: each element is closed, and no value holds < or >.
_CUT = re.compile(r"<!--.*?-->|<(/?)([a-z][a-z0-9]*)([^<>]*)>", re.DOTALL | re.IGNORECASE)
_PIECES = 4
_ATTRIBUTE = re.compile("""([a-z-]+)=(?:"([^"]*)"|'[^']*')""", re.IGNORECASE)
_VOID = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})
# What the site adds to the words of a text, by its class: within the text, and around it.
_ADDED = frozenset({
    *("headerlink", "linenos", "label", "backrefs", "footnote-reference", *LATER_BLOCKS),
    *("trail", "post-byline", "post-link", "featured", "sections", "dead-link", "missing-picture", "post-footer"),
})  # fmt: skip
_ARTICLE = re.compile('<article class="page post".*?</article>', re.DOTALL)
_BOXES = frozenset(ADMONITIONS)
_AROUND = 40
_ADVICE = "écrivez ce passage plus simplement."


@dataclass(slots=True)
class _Open:
    """An element that is open: its name and classes, and where its words go."""

    name: str
    classes: frozenset[str]
    into: list[str] | None


@dataclass(slots=True)
class PrintedWords:
    """The words that a page prints, those of its notes apart."""

    texts: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)

    def read(self, html: str) -> None:
        """Read the page of a document, from its title to its notes."""
        opened = [_Open("", frozenset(), self.texts)]
        pieces = iter(_CUT.split(html))
        self._add(opened[-1], next(pieces))
        for end, name, attributes, text in zip(*[pieces] * _PIECES, strict=True):
            if name:
                self._follow(opened, name.lower(), attributes, is_end=bool(end))
            self._add(opened[-1], text)

    def _add(self, around: _Open, text: str) -> None:
        if around.into is not None:
            around.into.append(unescape(text))

    def _follow(self, opened: list[_Open], name: str, attributes: str, *, is_end: bool) -> None:
        """Open or close an element; what is no part of a line stands by itself."""
        if name == "br" or name not in INLINE:
            self._add(opened[-1], " ")
        if is_end and len(opened) > 1:
            opened.pop()
        elif not is_end and name not in _VOID:
            opened.append(self._open(opened[-1], name, attributes))
        if name not in INLINE:
            self._add(opened[-1], " ")

    def _open(self, around: _Open, name: str, attributes: str) -> _Open:
        classes = _read_classes(attributes)
        into = around.into
        if classes & _ADDED or ("admonition-title" in classes and around.classes & _BOXES):
            into = None
        elif "footnote" in classes and name == "aside":
            self.notes.append([])
            into = self.notes[-1]
        return _Open(name, classes, into)


def _read_classes(attributes: str) -> frozenset[str]:
    """Return the classes of a tag; a title may speak of some."""
    if "class=" not in attributes:
        return frozenset()
    found = _ATTRIBUTE.findall(attributes)
    return frozenset(" ".join(value for name, value in found if name == "class").split())


def find_difference(html: str, reader: WordReader) -> tuple[int, str] | None:
    """Return the line and the message where the page *html* prints not what *reader* read."""
    printed = PrintedWords()
    printed.read(html)
    in_notes = {id(passage) for note in reader.notes for passage in note}
    told = [passage for passage in reader.passages if id(passage) not in in_notes]
    words, shown = join_words(told), normalise_words("".join(printed.texts))
    if words != shown:
        return _explain(told, words, shown)
    notes = Counter(normalise_words("".join(note)) for note in printed.notes)
    notes.subtract(map(join_words, (*reader.notes, *reader.later_notes)))
    odd = next((note for note, count in notes.items() if note and count), "")
    line = next((note[0].line for note in reader.notes if note and join_words(note) == odd), 1)
    message = f"la page ne montre pas la note « {odd[:_AROUND]} » comme le texte : {_ADVICE}"
    return (line, message) if odd else None


def _explain(told: Sequence[Located], words: str, shown: str) -> tuple[int, str]:
    """Return the line of the first passage that a page shows otherwise, and what it shows."""
    pairs = zip(words, shown, strict=False)
    shared = min(len(words), len(shown))
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), shared)
    line, end = 1, 0
    for passage in told:
        line, end = passage.line, end + len(passage.text) + 1
        # Between two passages there is a space: what comes next is missing.
        if end > at + 1:
            break
    start = max(0, at - _AROUND // 2)
    here, there = words[start : at + _AROUND], shown[start : at + _AROUND]
    return line, f"le texte dit « {here} », et la page « {there} » : {_ADVICE}"


def check_page(path: Path, html: str, find_title: Callable[[str], str]) -> tuple[int, str] | None:
    """Return the line and the message where the page *html* of the post in *path* differs."""
    try:
        reader = read_words(read_text(path), find_title)
    except FileError as error:
        return error.line, error.message
    return find_difference(html, reader)


def verify_pages(docs: Path, site: Path) -> list[Problem]:
    """Return where the pages of the built *site* print other words than the posts in *docs*.

    A post without a page, as a draft, is told if its words are recorded. Raises ArchiveError.
    """
    docs = docs.resolve()
    records, titles, problems = read_records(docs), Titles(docs), list[Problem]()
    for file in find_posts(docs):
        page = site / f"{file.docname}.html"
        if page.is_file():
            found = _ARTICLE.search(page.read_text(encoding="utf-8"))
            fault = check_page(file.path, found[0] if found else "", titles.find)
        else:
            missing = f"ce billet n’a pas de page dans {site.name} : construisez le site."
            fault = (1, missing) if file.docname in records else None
        if fault:
            problems.append(Problem(path=file.shown_as, line=fault[0], message=fault[1]))
    return problems
