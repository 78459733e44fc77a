"""A made-up French archive of any size: real words, in all their forms, common ones most often."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from archivist.checks.exceptions import EXCUSABLE
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Lengths and shares as on a real blog of 668 posts: see the figures of research on search.
WORDS_A_POST = 260
TOPIC_WORDS = 40
TOPIC_SHARE = 0.3
LEMMAS = 12_000
_BEFORE = ("le", "la", "les", "un", "une", "des", "de", "dans", "pour", "et", "avec", "sur")
_ACRONYM_EVERY = 9
_VOWELS = "aeiouyàâäéèêëîïôöùûüœ"


@dataclass(frozen=True, slots=True)
class Document:
    """A post of the made-up archive."""

    year: int
    slug: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that a reader reads."""
        return "\n\n".join((self.title, *self.paragraphs))


def _read_dictionary(chance: random.Random, lemmas: int) -> list[list[str]]:
    """Return the forms of some French words, in an order by chance."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form, lemma in DefaultDictionaryFactory().get_dictionary("fr").items():
        form, lemma = _as_text(form), _as_text(lemma)  # noqa: PLW2901
        if form.isalpha() and form.islower() and len(form) > 3:  # noqa: PLR2004
            forms[lemma].append(form)
    words = [sorted(group)[:8] for _, group in sorted(forms.items()) if len(group) > 1]
    chance.shuffle(words)
    return words[:lemmas]


def _as_text(word: str | bytes) -> str:
    return word.decode() if isinstance(word, bytes) else word


class Writer:
    """Writes documents, the same for the same seed."""

    def __init__(self, seed: int, lemmas: int = LEMMAS) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (no secret)
        self.words = _read_dictionary(self.chance, lemmas)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def _draw(self, topic: list[list[str]], count: int) -> Iterator[str]:
        common = iter(self.chance.choices(self.words, cum_weights=self.weights, k=count))
        for forms in common:
            group = self.chance.choice(topic) if self.chance.random() < TOPIC_SHARE else forms
            yield self.chance.choice(group)

    def write_text(self, topic: list[list[str]], sentences: int) -> str:
        """Return a paragraph about *topic*."""
        return " ".join(self.write_sentence(topic) for _ in range(sentences))

    def write_sentence(self, topic: list[list[str]]) -> str:
        """Return a sentence about *topic*, whose words are groups of forms."""
        said = []
        for word in self._draw(topic, self.chance.randint(6, 14)):
            if self.chance.random() < 0.6:  # noqa: PLR2004
                said.append(
                    f"l’{word}" if word[0] in _VOWELS else f"{self.chance.choice(_BEFORE)} {word}"
                )
            else:
                said.append(word)
        text = " ".join(said)
        return text[0].upper() + text[1:] + "."

    def write(self, number: int) -> Document:
        """Return post *number*."""
        topic = self.chance.sample(self.words, TOPIC_WORDS)
        title = " ".join(forms[0] for forms in topic[:3])
        sentences = WORDS_A_POST // 10
        body = [
            self.write_sentence(topic)
            for _ in range(self.chance.randint(sentences // 2, sentences * 2))
        ]
        if number % _ACRONYM_EVERY == 0:
            parts = [forms[0] for forms in topic[5:9]]
            acronym = "".join(part[0] for part in parts).upper()
            body.append(f"Voir {' '.join(parts)} ({acronym}).")
        body[0] += f" Un {topic[3][0]}-{topic[4][0]} en main-d’œuvre."
        paragraphs = tuple(" ".join(body[start : start + 4]) for start in range(0, len(body), 4))
        year = 2010 + number * 14 // 20_000 if number > 2000 else 2012 + number % 14  # noqa: PLR2004
        return Document(year, f"billet-{number}", title[0].upper() + title[1:], paragraphs)


def make_corpus(size: int, seed: int = 1) -> list[Document]:
    """Return *size* documents, always the same for one *seed*."""
    writer = Writer(seed)
    return [writer.write(number) for number in range(size)]


def write_posts(documents: list[Document], posts: Path) -> None:
    """Write *documents* as posts below the folder *posts*."""
    for document in documents:
        header = (
            f"---\ndate: {document.year}-06-01\nauthor: amoor\ncategory: Innovation publique\n---\n"
        )
        path = posts / str(document.year) / f"{document.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(document.paragraphs)
        path.write_text(f"{header}\n# {document.title}\n\n{body}\n", encoding="utf-8")


def _mend(post: Path, number: int) -> None:
    """Let the links of a line lead elsewhere: where they do cannot be excused."""
    lines = post.read_text(encoding="utf-8").split("\n")
    lines[number - 1] = re.sub(r"\]\([^)]*\)", "](https://exemple.fr/)", lines[number - 1])
    post.write_text("\n".join(lines), encoding="utf-8")


def excuse_posts(docs: Path) -> None:
    """Let the posts of *docs*, which are others', keep what the checks may excuse."""
    excuses, problems = set(), list(check_archive(read_archive(docs)))
    for problem in (each for each in problems if each.rule not in EXCUSABLE):
        _mend(docs.parent / problem.path, problem.line)
    for problem in (each for each in problems if each.rule in EXCUSABLE):
        post = docs.parent / problem.path
        excuses.add(f"{problem.path.removeprefix('docs/').removesuffix('.md')}  {problem.rule}")
        text = post.read_text(encoding="utf-8")
        if "\nsource:" not in text:
            text = text.replace("\nauthor:", "\nsource: https://exemple.fr/\nauthor:", 1)
            post.write_text(text, encoding="utf-8")
    lines = (f"{excuse}  as its author wrote it\n" for excuse in sorted(excuses))
    (docs / "exceptions.txt").write_text("".join(lines), encoding="utf-8")
