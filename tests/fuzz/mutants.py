"""Posts spoiled at random: what a slip, a bad paste or malice makes of good ones."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.fuzz.grammar import make_comments, make_post

DATA = Path(__file__).parent.parent / "data"

# What markup is made of: mutants are put together from it.
PIECES = [
    *"`*_[]()<>{}#|:-+=~!\\^%&$\"'/.,;@\n\t ",
    *("```", "~~~", ":::", "---", "***", "<!--", "-->", "<!-- more -->", "](", "![", "[^1]", "[^1]:"),
    *("[^a]", "\n\n[^a]: note\n", "[x]: y\n", "[x][x]", "{term}`CNFPT`", "{ref}`tag-cnfpt`"),
    *("{abbr}`A (b)`", "{sub}`2`", "{.decorative}", "{.language-en}", "(label)=\n", "\n## Partie\n"),
    *("\n# Titre\n", "\n### Sous-partie\n", "\n> citation\n", "\n- point\n", "\n1. point\n", "\n    code\n"),
    *("\n| a | b |\n|---|---|\n| 1 | 2 |\n", "\nTerme\n: définition\n", "\n---\n", "\\\n", "  \n"),
    *("<b>", "</b>", "<br>", "<sup>2</sup>", "<div>", "</div>", '<abbr title="x">', "&nbsp;", "&#0;"),
    *("\n```{note}\nx\n```\n", "\n:::{tip}\nx\n:::\n", "\n```{figure} billet/photo.png\n:alt: x\n\nx\n```\n"),
    *("\n```{table} T\n\n| a |\n|---|\n| 1 |\n```\n", "\n```{list-table}\n* - a\n  - b\n```\n", "\n```{note}\n"),
    *("\n```{erratum} 2026-11-20\n« a » est devenu « b ».\n```\n", "\n```{outdated}\nx\n```\n"),
    *("\n```{update} 2019-01-01\nx\n```\n", "\n```python\nx = '\n```\n", "\n```{code-block} json\n{\n```\n"),
    *("\n```{admonition} *T*\n:name: n\n\nx\n```\n", "\n:::\n", "![x](billet/photo.png)", "[x](#partie)"),
    *("[x](billet.md)", "[x](billet.md#partie)", "<https://exemple.fr/>", "https://exemple.fr", "\u00a0"),
    *("<p>", "</p>", "<details>", "</details>", "<summary>x</summary>", "<blockquote>", "</blockquote>", "<hr>"),
    *("<div class=x>", '<a href="billet.md">', "</a>", ' class="x"', ' onclick="x"', "~~", "- [ ] x\n", "[x] "),
    *("> [!NOTE]\n", "www.exemple.fr", "https:", '![x](billet/photo.png "y")', "| z ", "\n[y]: https://exemple.fr\n"),
    *("é", "œ", "’", "« x »", "🙂", "\u200b", "\u2028", "\u202e", "\x00", "\r", "\ufeff", "٣", "a\u0301"),
    *("date: 2018-06-22\n", "tags: [a, b]\n", "draft: true\n", "partial: yes\n", "summary: *x*\n"),
    *("excerpt: 2\n", "image: 1\n", "updated: 2019-01-01\n", "location: Angers\n", "language: en\n"),
    *("date_edtf: 2018-06~\n", "redirect: /x/\n", "source: https://exemple.fr/\n", "category: Emploi\n"),
]  # fmt: skip
_SEEDS = ("evier.md", "mutant-a.md", "mutant-b.md")


def read_seeds() -> list[str]:
    """Return the posts that mutants descend from."""
    return [(DATA / name).read_text(encoding="utf-8") for name in _SEEDS]


def _cut(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice((1, 1, 2, 5, 20, 80)))


def _drop(chance: random.Random, text: str) -> str:
    start, end = _cut(chance, text)
    return text[:start] + text[end:]


def _insert(chance: random.Random, text: str) -> str:
    start, _ = _cut(chance, text)
    return text[:start] + chance.choice(PIECES) + text[start:]


def _repeat(chance: random.Random, text: str) -> str:
    start, end = _cut(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 2, 9)) + text[end:]


def _move(chance: random.Random, text: str) -> str:
    start, end = _cut(chance, text)
    rest = text[:start] + text[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def _swap_lines(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _indent(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(("  ", "    ", "> ", "- ", "1. ", "\t")) + lines[at]
    return "\n".join(lines)


def _replace_word(chance: random.Random, text: str) -> str:
    words = list(re.finditer(r"\w+", text))
    word = chance.choice(words) if words else None
    return text[: word.start()] + chance.choice(PIECES) + text[word.end() :] if word else text


_CHANGES = (_drop, _insert, _insert, _insert, _repeat, _move, _swap_lines, _indent, _replace_word)


def make_mutant(seed: int) -> str:
    """Return the mutant number *seed*: always the same one.

    One in three descends from a post of ours, and is spoiled more; the others are made anew.
    """
    chance = random.Random(seed)
    descends = seed % 3 == 0
    text = chance.choice(read_seeds()) if descends else make_post(chance, seed)
    # Most changes below the header: one in it is nearly always refused.
    head, _, body = text.partition("\n---\n")
    for _ in range(chance.choice((1, 1, 2, 3, 6) if descends else (0, 0, 0, 1, 2))):
        change = chance.choice(_CHANGES)
        if chance.random() < 0.1:
            head = change(chance, head)
        else:
            body = change(chance, body)
    return f"{head}\n---\n{body}"


def name_parts(text: str, seed: int) -> str:
    """Return a mutant with names of its own, so that thousands can share an archive."""
    text = re.sub(r"\b(?:evier|billet)/photo\.png", "photo.png", text)
    text = re.sub(r"\b(repere|label)\b", rf"\1-{seed}", text)
    text = re.sub(r"(:name: figure)\b", rf"\1-{seed}", text)
    text = re.sub(r"(:name: n)\b", rf"\1-{seed}", text)
    return re.sub(r"(redirect: /x)/", rf"\1-{seed}/", text)


def make_discussion(seed: int) -> str:
    """Return the comments of the mutant number *seed*, or nothing."""
    chance = random.Random(-1 - seed)
    return make_comments(chance) if chance.random() < 0.2 else ""


def cut_out(text: str, lines: set[int]) -> str:
    """Return *text* without what stands on *lines*: those of the header, paragraphs below it.

    Nothing when too little is left for a post.
    """
    rows = text.split("\n")
    end = next((at for at, row in enumerate(rows) if at and row == "---"), 0)
    gone: set[int] = set()
    for at in (line - 1 for line in lines):
        if not 0 < at < len(rows):
            return ""
        if at < end:
            gone.add(at)
            continue
        first = next((each for each in range(at, -1, -1) if not rows[each].strip()), at)
        last = next((each for each in range(at, len(rows)) if not rows[each].strip()), len(rows))
        gone.update(range(first, max(last, first + 1)))
    return "\n".join(row for at, row in enumerate(rows) if at not in gone)
