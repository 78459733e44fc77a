"""Texts that the checks let pass, as large as they admit, each of one thing over and over.

What is told of one is how often longer its build takes than that of a usual text as long, where
the length is the share of whatever limit it comes nearest to: bytes, lines, signs of Markdown.
Run as a script, this tries them all.
"""

from __future__ import annotations

import random
import re
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.build.build import build_site
from archivist.syntax.limits import (
    LARGEST_TEXT,
    LONGEST_LINE,
    MOST_LINES,
    MOST_SIGNS,
    MOST_SIGNS_TOGETHER,
)
from tests.conftest import ROOT, write_docs, write_post
from tests.fuzz.clock import time_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Room for the header, the title and the line that is last.
_SIZE, _LINE, _LINES = LARGEST_TEXT - 2_000, LONGEST_LINE - 100, MOST_LINES - 60
_SIGNS, _TOGETHER = MOST_SIGNS - 100, MOST_SIGNS_TOGETHER - 100
_SIGN = re.compile(r"[\[\]*_`<&\\{!~|^]")
_LONG = "Le forum a réuni des agents de la collectivité à Angers, pour apprendre. "

# -- Ways to fill a post --------------------------------------------------------------


def run(unit: str) -> str:
    """Repeat *unit*, on lines as long as may be."""
    line = "a" + unit * ((_LINE - 1) // len(unit))
    return "\n".join([line] * (_SIZE // (len(line.encode()) + 1)))


def crowd(unit: str, after: str = "") -> str:
    """Repeat *unit*, which holds signs of Markdown, in paragraphs of as many as may be.

    `@` in it is a number; *after* stands at the end.
    """
    signs = len(_SIGN.findall(unit)) or 1
    each, left, size, paragraphs = _TOGETHER // signs, _SIGNS // signs, _SIZE, []
    while left > 0 and size > 0:
        units = [unit.replace("@", str(left - at)) for at in range(min(each, left))]
        # A dozen to a line.
        lines = [" ".join(units[at : at + 12]) for at in range(0, len(units), 12)]
        text = "\n".join(lines)
        left, size = left - each, size - len(text.encode())
        paragraphs += [text] if size > 0 else []
    return "\n\n".join(paragraphs) + f"\n\n{after}"


def rows(unit: str, most: int = _LINES) -> str:
    """Repeat *unit*, lines of its own, at most *most* times; `@` in it is a number."""
    count = min(most, _LINES // unit.count("\n"), _SIGNS // (len(_SIGN.findall(unit)) or 1))
    return "".join(unit.replace("@", str(number)) for number in range(count))


def _spell(signs: str, length: int, count: int, space: str = " ") -> str:
    """Return *count* words of *length* that are all different, on lines as long as may be."""
    chance = random.Random(length)
    words = ("".join(chance.choices(signs, k=length)) for _ in range(count))
    text = space.join(words)
    return "\n".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))


def usual(size: int = _SIZE) -> str:
    """Return a text as posts are: sentences, links, emphasis, lists and parts."""
    chance = random.Random(7)
    parts = (
        "ra ti on ment pu bli que ser vi ce in no va tion gent for ma té é des li eu com dé".split()
    )
    words = ["".join(chance.choices(parts, k=chance.randint(1, 5))) for _ in range(4_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def say(count: int) -> str:
        return " ".join(chance.choices(words, weights, k=count))

    text: list[str] = []
    while size > 0:
        link = f"[{say(3)}](https://exemple.fr/{len(text)})"
        block = f"{say(20)}, *{say(3)}* et {say(27)} {link} ; {say(14)} : {say(8)} 12 000 €.\n\n"
        block += "".join(f"- {say(9)}\n" for _ in range(3)) + "\n" if len(text) % 4 == 0 else ""
        block += f"## {say(4)} {len(text)}\n\n" if len(text) % 8 == 0 else ""
        size -= len(block.encode())
        text.append(block)
    return "".join(text[:-1])


# -- What is tried --------------------------------------------------------------------

_RUNS = (
    *("http://", "https:", "www.", "w", "www.a.b.", "https://e.fr,", "(http://", "(http://1.1/", "(http://a.b:c@", "https://e.fr/a.", ":"),
    *(" ", "(", "a(", "(AB ", '"', "'", "l’", ".", "A.", "a·", "+", "#", " ;", " ?", "12 ", "123 ", "« "),
    *("a", "A", "aB", "a1", "é", "a\u0301", "🙂", "\u00a0", "\t", "/", "€(", "@", "n° 5 ", "1 janvier ", "漢"),
)  # fmt: skip
_CROWDS = (
    *("*a*", "**a** *b*", "`a`", "[a]", "[ ", "* a", "_a ", "`` `", "a*b", "***a***", "~~", "~~a", "![ ", "&amp;", "\\*", "{ "),
    *("~~a~~", "https://e.fr/@", "www.e.fr,", '<a href="https://e.fr/@">a</a>', "[a]{% b %}", '<b class="a">c</b>'),
    *("[a](https://e.fr/@)", "<https://e.fr/@>", "[a](billet.md)", "![a](photo.png)", "<b>a</b>", "a<br>"),
    *("a<!-- x -->", "{term}`CNFPT`", "{ref}`x <tag-cnfpt>`", "{person}`Nom @ <@, Nom>`", "{abbr}`A (b)`"),
    *("{sub}`2`", "[a]{.language-en}", '<span lang="en">a</span>', '<abbr title="x">a</abbr>'),
)  # fmt: skip
_ROWS = (
    *("a\n\n", "a;\n", "a\n", "- a\n", "1. a\n", "> a\n\n", "> > > a\n\n", "a\n: b\n\n", "a\n: b\n: c\n"),
    *("- [ ] a\n", "> [!NOTE]\n> a\n\n", "<p>a</p>\n\n", "<hr>\n\n", '![a](photo.png "b")\n\n', ),
    *("<details>\n<summary>a</summary>\n\nb\n\n</details>\n\n", "<div>\n\na\n\n</div>\n\n", "> [!TIP]\n\n"),
    *("    a\n\nb\n\n", "---\n\na\n\n", "- a\n\n  b\n\n", ":::{note}\na\n:::\n", "![a](photo.png)\n\n"),
    *("[n@]\n\n[n@]: https://e.fr/\n\n", "<!-- more -->\n\na\n\n", "ABC @\n\n"),
    *(":::{figure} photo.png\n:alt: x\n\na\n:::\n", ":::{update} 2019-01-01\na\n:::\n", ":::{admonition} T\na\n:::\n"),
    *("```{code-block} python\n:caption: x\n:linenos:\n\na = 1\n```\n\n", "```js\na\n```\n\n"),
)  # fmt: skip


def _list_dense() -> Iterator[tuple[str, str]]:
    yield from ((f"crowd of {unit!r}", crowd(unit)) for unit in _CROWDS)
    yield from ((f"rows of {unit!r}", rows(unit)) for unit in _ROWS)


def _list_families() -> Iterator[tuple[str, str]]:
    yield from ((f"run of {unit!r}", run(unit)) for unit in _RUNS)
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield "words, each another", _spell(letters, 8, _SIZE // 9 - 100)
    yield "words as long as may be", _spell(letters, _LINE, 11, "\n")
    yield "words with capitals inside", _spell("abcdeABCDE", _LINE, 11, "\n")
    yield "signs, each line another", _spell("(/=;:@", _LINE, 11, "\n")
    yield "signs that are not ASCII", _spell("€£(", _LINE, 5, "\n")
    yield "acronyms, each another", _spell("ABCDEFGH", 5, _SIZE // 6 - 100)
    yield "compounds, each another", _spell("abcdefg-", 9, _SIZE // 10 - 100)
    yield "acronyms in brackets", run("ab ab ab ab ab ab ab ab ab ab (AAAAAAAAAA) ")
    spaces = " " * (_LINE - 10)
    yield "lines of spaces and a sign", "\n".join([f"a{spaces}!"] * 12)
    yield "short runs of spaces and a sign", "\n".join([f"a{' ' * 200}!"] * 400)
    notes = rows("a[^@]\n\n", 700) + rows("[^@]: b\n\n", 700)
    yield "notes", notes
    yield "one note called often", crowd("a[^n]", "[^n]: b")
    yield "one link named often", crowd("[a][n]", "[n]: https://e.fr/")
    yield "one long link named often", crowd("[a][n]", f"[n]: https://e.fr/{'a' * 200}")
    yield "one part led to often", crowd("[a](#partie)", "## Partie\n\na")
    yield "parts", rows("## Partie @\n\na\n\n", 290)
    yield "parts of one name", rows("## a\n\nb\n\n", 290)
    yield "parts with labels", rows("(n-@)=\n## Partie @\n\n[a](#n-@)\n\n", 190)
    table = f"| a | b |\n|---|---|\n{'| a | b |' + chr(10)}" + "| a | b |\n" * 450
    yield "tables", "\n\n".join([table] * 3)
    yield "a wide table", f"|{'a|' * 400}\n|{'-|' * 400}\n|{'a|' * 400}\n"
    yield "a table as a list", "```{list-table}\n" + "* - a\n  - b\n" * 700 + "```"
    html = "<table>\n" + "<tr><td>a;</td></tr>\n" * 320 + "</table>"
    yield "tables in HTML", "\n\n".join([html] * 3)
    hidden = "\n".join([f"<caption {'x' * 300}" * 20] * 15)
    yield (
        "captions in a remark of a table",
        f"<table>\n<tr><td>a<!-- {hidden} --></td></tr>\n</table>",
    )
    hidden = "\n".join([f"<a {'x' * 300}" * 20] * 14)
    yield "links in a remark", f"a <!-- {hidden} -->"
    hidden = "\n".join(['<a href="https://e.fr/" ' + 'href="https://e.fr/" ' * 300] * 14)
    yield "addresses in a remark", f"a <!-- {hidden} -->"
    yield "a long legend", f"![{'mot ' * 1_900}](photo.png)"
    yield "a role of spaces", "\n\n".join([f"{{ref}}`a{' ' * 900}b <tag-cnfpt>`"] * 90)
    yield "a quote that goes on", "> > > > a\n" + "b\n" * 2_800
    yield (
        "notes in notes",
        ":::::{note}\n::::{note}\n:::{note}\n"
        + "\n\n".join([_LONG * 80] * 12)
        + "\n:::\n::::\n:::::",
    )
    yield "code", "```python\n" + "x = [1]\n" * 700 + "```"
    # Languages for which Pygments takes a time that grows with the square, or the cube.
    for language, unit in (("amdgpu", "a"), ("aspectj", "a "), ("autoit", "\t"), ("cel", "0")):
        yield f"{language} of {unit!r}", "\n\n".join([f"```{language}\n{unit * 2_400}\n```"] * 20)


FAMILIES = dict(_list_families())
DENSE = dict(_list_dense())
"""Those of very many small pieces, which take long to build, each as long as the others."""

# -- Measuring ------------------------------------------------------------------------

SLOWEST = 10
_RETRIES = 3
# Of the processor, for all together: what takes hours is told of, not waited for.
_PATIENCE = 240


def weigh(text: str) -> float:
    """Return how much of what a post may be *text* is, from 0 to 1."""
    shares = (
        len(text.encode()) / LARGEST_TEXT,
        text.count("\n") / MOST_LINES,
        len(_SIGN.findall(text)) / MOST_SIGNS,
    )
    return max(shares)


def write_families(folder: Path, families: Mapping[str, str]) -> tuple[Path, dict[str, str]]:
    """Write an archive of *families* in *folder*; return its docs/, and the docname of each."""
    names = {name: f"posts/2018/z{number:03}" for number, name in enumerate(families)}
    files = {
        "2018/billet.md": write_post(tags="[CNFPT]"),
        "2018/photo.png": (ROOT / "tests/data/photo.png").read_bytes(),
    }
    for name, text in families.items():
        own = re.sub(r"\bn-(?=[0-9])", f"{names[name][-3:]}-", text)
        files[f"{names[name].removeprefix('posts/')}.md"] = write_post(name.replace("\n", " "), own)
    return write_docs(folder, files), names


def _compare(families: Mapping[str, str]) -> dict[str, float]:
    """Return how often longer each of *families* takes than a usual text as long."""
    texts = {"usual": usual(), **families}
    with tempfile.TemporaryDirectory() as folder, time_documents() as times, _patience():
        docs, names = write_families(Path(folder), texts)
        build_site(docs, Path(folder, "html"), {})
    second = times[names["usual"]] / weigh(texts["usual"])
    return {
        # What is short takes its time all the same.
        name: times[names[name]] / (second * max(weigh(text), 0.1))
        for name, text in families.items()
    }


@contextmanager
def _patience() -> Iterator[None]:
    """Raise TimeoutError where a build takes far too long."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"more than {_PATIENCE} seconds of the processor")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def find_slow(families: Mapping[str, str]) -> dict[str, float]:
    """Return those of *families* that take more than SLOWEST times what is usual, each time."""
    ratios = _compare(families)
    slow = {name: ratio for name, ratio in ratios.items() if ratio > SLOWEST}
    for _ in range(_RETRIES):
        if slow:
            again = _compare({name: families[name] for name in slow})
            slow = {name: ratio for name, ratio in again.items() if ratio > SLOWEST}
    return slow


if __name__ == "__main__":
    every = _compare(FAMILIES | DENSE)
    for each in sorted(every, key=lambda name: -every[name]):
        print(f"{every[each]:5.1f} × {each}")
    slowest = {each: (FAMILIES | DENSE)[each] for each in every if every[each] > SLOWEST}
    sys.exit(bool(slowest and find_slow(slowest)))
