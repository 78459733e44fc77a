"""Look for what nobody may see: words of unpublished texts, addresses of people."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from archivist.checks.private import read_file
from archivist.files import list_paths
from archivist.syntax.allowed import PICTURES
from archivist.wordpress.export.wxr import WpItem

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")
_ROW = 6  # so many words in a row are nobody else's
_LONGEST_COMMON = 8  # letters
# <wp:comment_author_IP><![CDATA[192.0.2.1]]></wp:comment_author_IP>
_PERSONAL = re.compile(
    rb"<wp:(?:author_email|comment_author_email|comment_author_IP)>\s*(?:<!\[CDATA\[)?\s*([^\s<>\]]+)"
)
# claire@exemple.fr, 192.0.2.1
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
# The folders of pictures, below the output.
_PUBLISHED = ("_images", "_downloads")
_TEXTS = frozenset((".html", ".md", ".yml", ".txt", ".json", ".xml", ".css", ".js"))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_TAG.sub(" ", unquote(text)))]


def _rows(words: list[str]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - _ROW + 1):
        yield tuple(words[at : at + _ROW])


@dataclass
class Leaks:
    """What to look for: rows of words, and rare words, that only unpublished texts have."""

    _hidden_rows: set[int] = field(default_factory=set)
    _public_rows: set[int] = field(default_factory=set)
    _hidden_words: set[str] = field(default_factory=set)
    _public_words: set[str] = field(default_factory=set)
    _people: set[str] = field(default_factory=set)
    _said: set[str] = field(default_factory=set)

    def note(self, item: WpItem, *, is_public: bool) -> None:
        """Note the words of *item*."""
        texts = [item.title, item.content, item.excerpt, item.slug, *item.meta.values()]
        texts += [term.name for term in item.terms] + [item.attachment_url]
        texts += [f"{remark.author} {remark.text}" for remark in item.remarks]
        words = _words(" ".join(texts))
        rows = {hash(row) for row in _rows(words)}
        if is_public or item.type not in {"post", "page"}:
            self._public_words.update(words)
            self._public_rows.update(rows)
            # What an author wrote in a text is the author's.
            self._said.update(found.lower() for text in texts for found in _ADDRESS.findall(text))
        else:
            self._hidden_words.update(word for word in words if len(word) >= _LONGEST_COMMON)
            self._hidden_rows.update(rows)

    def note_people(self, paths: Iterable[Path]) -> None:
        """Note the e-mail and IP addresses of the exports."""
        for path in paths:
            with path.open("rb") as file:
                for found in chain.from_iterable(map(_PERSONAL.findall, file)):
                    self._people.add(found.decode("utf-8", "replace").lower())

    def find(self, docs: Path, output: Path, posts: Container[str]) -> Iterator[str]:
        """Yield, in French, where any of it is, in the sources or in the site.

        *posts* are the files below *docs* that an import wrote: others have words of their own.
        """
        self._public_rows &= self._hidden_rows
        rows, words = self._hidden_rows - self._public_rows, self._hidden_words - self._public_words
        for folder in _PUBLISHED:
            yield from _look_into(output / folder)
        for root, is_source in ((docs, True), (output, False)):
            for path in list_paths(root):
                if path.suffix in _TEXTS and "_static" not in path.parts:
                    is_ours = is_source and path.relative_to(docs).as_posix() in posts
                    yield from self._look(path, rows, words if is_ours else set())

    def _look(self, path: Path, rows: set[int], rare: set[str]) -> Iterator[str]:
        text = path.read_text(encoding="utf-8", errors="replace")
        words = _words(text)
        if row := next((row for row in _rows(words) if hash(row) in rows), None):
            yield f"{path} : des mots d’un texte non publié, « {' '.join(row)} »."
        elif rare and (found := sorted(rare.intersection(words))):
            yield f"{path} : un mot d’un texte non publié, « {found[0]} »."
        lower = text.lower()
        for address in sorted(self._people):
            if address in lower and address not in self._said:
                yield f"{path} : l’adresse d’une personne, « {address} »."


def _look_into(folder: Path) -> Iterator[str]:
    """Yield which pictures that are published say where, or by whom, they were made."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in PICTURES and (private := read_file(path)):
            yield f"{path} : {private} dans l’image."
