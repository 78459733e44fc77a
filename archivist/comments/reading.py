"""The comments that a post had where it first appeared: read from a file beside it.

`<slug>.comments.yml` is a list, oldest first; each comment may hold a list of replies. Like a
post it comes from people the maintainer does not know: all that is not named here is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from archivist.comments.text import check_comment
from archivist.dates.edtf import FIRST_YEAR, LAST_YEAR, DateError, read_day
from archivist.errors import FileError
from archivist.files import read_text
from archivist.problems import suggest
from archivist.syntax.characters import check_text, find_sign, strip_invisible
from archivist.syntax.limits import DEEPEST_REPLY, LONGEST_AUTHOR, MOST_BRACKETS, MOST_COMMENTS
from archivist.syntax.yaml import compose

Nodes: TypeAlias = Mapping[str, yaml.Node]

ENDING = ".comments.yml"
KEYS = ("author", "date", "text", "kind", "replies")
KINDS = frozenset({"pingback", "trackback"})
_REQUIRED = {
    "author": "ce commentaire n’est pas signé : ajoutez « author: Nom ».",
    "date": "ce commentaire n’est pas daté : ajoutez « date: 2017-11-12 ».",
    "text": "ce commentaire est vide : ajoutez « text: … », ou retirez-le.",
}
_PERSONAL = re.compile(
    r"(?:author[_-]?)?(?:e?[_-]?mail|courriel|ip|url|site|web(?:site)?)", re.IGNORECASE
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ADVICE = "vérifiez les retraits et les guillemets, et mettez le texte sous « text: |- »."
# YAML ends a line at a sign that no editor takes for an end of line, too.
_LINE_END = re.compile("[\n\x85\u2028\u2029]")
_NOTHING = frozenset({"", "null", "Null", "NULL", "~"})
_UNKNOWN = dt.datetime.fromisoformat("0001-01-01")
# A reply may be dated by another clock than what it answers.
_CLOCKS = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What someone said of a post: *text* is Markdown, *kind* "" or that of a mention."""

    author: str
    date: dt.datetime
    text: str
    kind: str = ""
    replies: tuple[Comment, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Discussion:
    """The file of comments of the post *docname*; *faults* is what it has wrong, with lines."""

    path: str
    docname: str
    comments: tuple[Comment, ...]
    faults: tuple[tuple[int, str], ...]
    days: tuple[tuple[int, dt.date], ...] = ()
    """The day of each comment that has one, with its line."""


def list_comments(comments: Iterable[Comment]) -> Iterator[Comment]:
    """Yield all *comments*, each followed by its replies."""
    for comment in comments:
        yield comment
        yield from list_comments(comment.replies)


def read_discussion(path: Path, *, shown_as: str, docname: str) -> Discussion:
    """Return the comments in *path*, which messages call *shown_as*, and what is wrong there."""
    try:
        reading = _Reading(read_text(path))
    except FileError as error:
        faults = ((error.line, error.message),)
        return Discussion(path=shown_as, docname=docname, comments=(), faults=faults)
    return Discussion(
        path=shown_as,
        docname=docname,
        comments=reading.read(),
        faults=reading.list_faults(),
        days=tuple(reading.days),
    )


def read_comments(text: str) -> tuple[tuple[Comment, ...], tuple[tuple[int, str], ...]]:
    """Return the comments that the YAML *text* holds, and every mistake in it with its line.

    The comments are only right where there is no mistake.
    """
    reading = _Reading(text)
    return reading.read(), reading.list_faults()


def _line_of(node: yaml.Node) -> int:
    return node.start_mark.line + 1


class _Reading:
    """Reads one file and notes its *faults*, line and message, and the *days* of its comments."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = _LINE_END.split(text)
        self.faults = list(check_text(text, 0))
        self.days: list[tuple[int, dt.date]] = []
        self.count = 0

    def list_faults(self) -> tuple[tuple[int, str], ...]:
        """Return each mistake once, in the order of lines."""
        return tuple(sorted(set(self.faults)))

    def read(self) -> tuple[Comment, ...]:
        """Return the comments at the top."""
        try:
            # A list and a comment to each level, and as much again for what is wrong there.
            node = compose(self.text, deepest=4 * DEEPEST_REPLY, name="fichier", advice=_ADVICE)
        except FileError as error:
            # A sign that breaks YAML is told rather than what it breaks.
            self.faults = self.faults or [(error.line, error.message)]
            return ()
        if self.text.count("[") > MOST_BRACKETS:
            self.faults.append((1, "trop de crochets « [ » : simplifiez ces commentaires."))
            return ()
        comments = self._read_list(node, 1) if node else ()
        if not comments and not self.faults:
            self.faults.append((1, "aucun commentaire ici : retirez ce fichier."))
        return comments

    def _tell(self, node: yaml.Node, message: str) -> None:
        self.faults.append((_line_of(node), message))

    def _read_list(self, node: yaml.Node, level: int) -> tuple[Comment, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self._tell(node, "une liste est attendue ici : commencez chaque commentaire par « - ».")
        elif node.value and level > DEEPEST_REPLY:
            advice = "rattachez celle-ci au commentaire du dessus."
            self._tell(node, f"plus de {DEEPEST_REPLY} niveaux de réponses : {advice}")
        else:
            read = [self._read_comment(each, level) for each in node.value]
            self._check_order(node.value, read)
            return tuple(filter(None, read))
        return ()

    def _check_order(self, nodes: Iterable[yaml.Node], comments: Iterable[Comment | None]) -> None:
        latest = _UNKNOWN
        for node, comment in zip(nodes, comments, strict=True):
            if comment is None or comment.date == _UNKNOWN:
                continue
            if latest - comment.date > _CLOCKS:
                self._tell(node, "plus ancien que le commentaire précédent : placez-le avant.")
            latest = max(latest, comment.date)

    def _read_comment(self, node: yaml.Node, level: int) -> Comment | None:
        self.count += 1
        if self.count == MOST_COMMENTS + 1:
            self._tell(node, f"plus de {MOST_COMMENTS} commentaires : retirez les moins utiles.")
        if self.count > MOST_COMMENTS:
            return None
        if not isinstance(node, yaml.MappingNode):
            advice = "écrivez « - author: … », puis date et text dessous, au même retrait."
            self._tell(node, f"ce n’est pas un commentaire : {advice}")
            return None
        nodes = self._read_keys(node)
        for key in _REQUIRED.keys() - nodes.keys():
            self._tell(node, _REQUIRED[key])
        replies = nodes.get("replies")
        return Comment(
            author=self._read_author(nodes),
            date=self._read_date(nodes),
            text=self._read_text(nodes),
            kind=self._read_kind(nodes),
            replies=self._read_list(replies, level + 1) if replies else (),
        )

    def _read_keys(self, node: yaml.MappingNode) -> Nodes:
        """Return the value of each key that says something; refuse keys of no use here."""
        nodes: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self._read_scalar(key_node)
            if key in nodes:
                first = _line_of(nodes[key])
                message = f"« {key} » est déjà donné ligne {first} : gardez-en un."
                self._tell(key_node, message)
            elif key in KEYS:
                nodes[key] = value
            elif _PERSONAL.fullmatch(key):
                message = "les données personnelles ne sont pas gardées ici, retirez cette ligne."
                self._tell(key_node, f"« {key} » : {message}")
            elif key:
                self._tell(key_node, f"clé inconnue « {key} » : {suggest(key, KEYS)}")
        # What YAML writes for no value is none.
        return {
            key: value
            for key, value in nodes.items()
            if not isinstance(value, yaml.ScalarNode) or value.style or value.value not in _NOTHING
        }

    def _read_scalar(self, node: yaml.Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._tell(node, "un simple texte est attendu ici, sans crochets ni liste.")
            return ""
        return unicodedata.normalize("NFC", node.value)

    def _read_author(self, nodes: Nodes) -> str:
        author = self._read_words(nodes, "author").strip()
        if isinstance(nodes.get("author"), yaml.ScalarNode):
            for message in _find_author_faults(author):
                self._tell(nodes["author"], message)
        return author

    def _read_date(self, nodes: Nodes) -> dt.datetime:
        text = self._read_scalar(nodes.get("date")).strip()
        try:
            date = read_day(text) if text else _UNKNOWN
        except DateError:
            advice = "écrivez un jour qui existe, AAAA-MM-JJ, ou AAAA-MM-JJTHH:MM:SS."
            self._tell(nodes["date"], f"date « {text} » illisible : {advice}")
            return _UNKNOWN
        if text and not FIRST_YEAR <= date.year < LAST_YEAR:
            message = f"« date: {text} » est hors du temps des blogs : vérifiez l’année."
            self._tell(nodes["date"], message)
        elif text:
            self.days.append((_line_of(nodes["date"]), date.date()))
        return date

    def _read_kind(self, nodes: Nodes) -> str:
        kind = self._read_scalar(nodes.get("kind")).strip()
        if kind and kind not in KINDS:
            advice = "écrivez pingback ou trackback, ou retirez cette ligne."
            self._tell(nodes["kind"], f"« kind: {kind} » inconnu : {advice}")
        return kind

    def _read_text(self, nodes: Nodes) -> str:
        text = self._read_words(nodes, "text").strip("\n")
        node = nodes.get("text")
        if isinstance(node, yaml.ScalarNode):
            blank = len(node.value) - len(node.value.lstrip("\n"))
            # Only where YAML keeps the lines do those of the text tell those of the file.
            is_kept = node.style == "|"
            for line, message in check_comment(text):
                shift = line + blank + 1 if is_kept else 0
                self.faults.append((_line_of(node) + shift, message))
        return text

    def _read_words(self, nodes: Nodes, key: str) -> str:
        """Return words of a person, of which YAML may have taken some for a remark of its own."""
        node = nodes.get(key)
        words = self._read_scalar(node)
        if isinstance(node, yaml.ScalarNode) and not node.style:
            rest = self.lines[node.end_mark.line][node.end_mark.column :]
            if rest.lstrip().startswith("#"):
                advice = f"mettez-le entre guillemets ou sous « {key}: |- »."
                self._tell(node, f"« # » et ce qui le suit se perdraient : {advice}")
        return words


def _find_author_faults(author: str) -> Iterator[str]:
    """Yield what keeps a name from being shown as one."""
    if not strip_invisible(author):
        yield _REQUIRED["author"]
        return
    if "\n" in author:
        yield "le nom tient sur une ligne : retirez ce qui suit."
    if len(author) > LONGEST_AUTHOR:
        yield f"nom de {len(author)} signes, {LONGEST_AUTHOR} au plus : coupez-le."
    if _EMAIL.fullmatch(author):
        yield "une adresse électronique n’est pas gardée ici : écrivez un nom."
    sign = find_sign(author, in_header=True)
    if sign:
        yield sign
