"""Look for what nobody may see: words of unpublished texts and comments, addresses of people.

What the export shows to all, and what files of docs/ say that no import wrote, is no leak.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archivist.checks.private import read_file
from archivist.files import list_paths
from archivist.syntax.allowed import COMPANIONS, PICTURES
from archivist.wordpress.export.stream import name_of, read_channel, texts_of
from archivist.wordpress.export.wxr import WpItem

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_WEB = re.compile(r"https?://[^\s<>\"']+")
_LINE_END = re.compile(r"\\[nt]")  # as JSON has it
_ROW = 6  # so many words in a row are nobody else's
# claire@exemple.fr, 192.0.2.1, 2001:db8::1
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}\w")
_IP = re.compile(
    r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w])|(?<![\w:])[0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f]{1,4}"
)
# Of any machine, seen from itself.
_NOBODYS = frozenset(("127.0.0.1", "0.0.0.0", "::1"))  # noqa: S104
_PERSONAL = ("wp:author_email", "wp:comment_author_email", "wp:comment_author_IP")
# The folders of pictures, below the output.
_PUBLISHED = ("_images", "_downloads")
_NO_TEXTS = COMPANIONS - {".csv", ".txt"} | {".inv", ".zip"}


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    words = _list_words(text)
    return zip(*(words[at:] for at in range(_ROW)), strict=False)


def _list_words(text: str) -> list[str]:
    """Return the words of *text*; those of addresses of the web are no one's."""
    return _WORD.findall(_TAG.sub(" ", _WEB.sub(" ", text)))


def _list_people(text: str) -> set[str]:
    found = set(_EMAIL.findall(text)) if "@" in text else set()
    return (found | set(_IP.findall(text))) - _NOBODYS


def _list_texts(item: WpItem) -> list[str]:
    """Return all that *item* says, what others say of it last."""
    own = [item.title, item.content, item.excerpt, item.slug, *item.meta.values()]
    names = [term.name for term in item.terms] + [remark.author for remark in item.remarks]
    return [*own, *names, *(remark.text for remark in item.remarks)]


@dataclass
class Leaks:
    """What to look for: rows of words that only unpublished texts have, addresses of people."""

    _hidden: set[tuple[str, ...]] = field(default_factory=set)
    _people: set[str] = field(default_factory=set)

    def hide(self, item: WpItem) -> None:
        """Note that nobody may see *item*."""
        for text in _list_texts(item):
            self._hidden.update(_rows(html.unescape(text.lower())))

    def note_people(self, paths: Iterable[Path]) -> None:
        """Note the addresses of people in the exports, and the comments that nobody could read."""
        for path in paths:
            for name, element in read_channel(path, Counter()):
                if name in {"item", "wp:author"}:
                    self._note_texts(texts_of(element))
                for child in element if name == "item" else ():
                    if name_of(child.tag) == "wp:comment":
                        self._note_texts(texts_of(child))

    def _note_texts(self, texts: Mapping[str, str]) -> None:
        for name in _PERSONAL:
            self._people |= _list_people(texts.get(name, "").lower())
        if texts.get("wp:comment_approved", "1").strip() != "1":
            self._hidden.update(_rows(html.unescape(texts.get("wp:comment_content", "").lower())))

    def allow(self, text: str) -> None:
        """Note that all may see *text*."""
        lower = html.unescape(text.lower())
        self._people -= _list_people(lower)
        if self._hidden:
            self._hidden.difference_update(_rows(lower))

    def show(self, item: WpItem) -> None:
        """Note that all may see *item*; who signs a comment by an address did not mean to."""
        signed = {remark.author for remark in item.remarks}
        for text in _list_texts(item):
            if text not in signed:
                self.allow(text)

    def find(self, docs: Path, output: Path, ours: Container[str]) -> Iterator[str]:
        """Yield, in French, where any of it is, in the sources or in the site.

        *ours* are the files below *docs* that an import wrote: others say what they said before.
        """
        for folder in _PUBLISHED:
            yield from _look_into(output / folder)
        sources = {path.relative_to(docs).as_posix(): path for path in _list_files(docs)}
        for name, path in sources.items():
            if name not in ours:
                self.allow(path.read_text(encoding="utf-8", errors="replace"))
        ours_first = [path for name, path in sources.items() if name in ours]
        for path in (*ours_first, *_list_files(output)):
            yield from self._look(path)

    def _look(self, path: Path) -> Iterator[str]:
        lower = html.unescape(path.read_text(encoding="utf-8", errors="replace").lower())
        if path.suffix == ".json":
            lower = _LINE_END.sub(" ", lower)
        if self._hidden and (found := self._hidden.intersection(_rows(lower))):
            yield f"{path} : des mots d’un texte non publié, « {' '.join(min(found))} »."
        for address in sorted(self._people & _list_people(lower)):
            yield f"{path} : l’adresse d’une personne, « {address} »."


def _list_files(folder: Path) -> Iterator[Path]:
    """Yield the files of *folder* that hold text of somebody's."""
    for path in list_paths(folder):
        if path.suffix.lower() not in _NO_TEXTS and "_static" not in path.relative_to(folder).parts:
            yield path


def _look_into(folder: Path) -> Iterator[str]:
    """Yield which pictures that are published say where, or by whom, they were made."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in PICTURES and (private := read_file(path)):
            yield f"{path} : {private} dans l’image."
