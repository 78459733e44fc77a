"""What a search box proposes while one types: titles and labels, by how any word of them begins.

A browser loads one script, which knows where each of the small files begins in the alphabet, and
of these the one or two with the words that begin so. The words of a label are in them before
those of titles, the newest of which come first. A line is what is shown, where it leads, what it
is, its language, parted by tabs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archivist.posts.labels import KINDS
from archivist.posts.library import count_posts
from archivist.search.tokenizer import split_words
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.scripts import join_scripts
from archivist.site.files.search import FOLDER
from archivist.site.site import Site

_PARTS = ("words.js", "suggest.js")
# To a file: a browser loads two for what is typed, and for all the list of where they begin.
_LINES = 50
# The labels that most posts bear are proposed from the first letter on.
_ALWAYS = 50


@dataclass(frozen=True, slots=True)
class TitleRun:
    """A file: what words in it begin with at the least, and its lines."""

    start: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """What it holds."""
        return "\n".join(self.lines)


def _find_start(before: str, word: str) -> str:
    """Return the shortest beginning of *word* that is beyond the word *before* it."""
    starts = (word[:length] for length in range(1, len(word)))
    return next((start for start in starts if start > before), word)


def cut_runs(told: Iterable[tuple[str, ...]]) -> Iterator[TitleRun]:
    """Yield the files of what is *told*, the first to propose first: what is searched begins it."""
    lines = [(each[0], _write_line(each)) for each in told]
    keys = ({token.key for token in split_words(text) if token.is_searched} for text, _ in lines)
    pairs = sorted((key, number) for number, found in enumerate(keys) for key in found)
    before = ""
    for at in range(0, len(pairs), _LINES):
        run = pairs[at : at + _LINES]
        numbers = dict.fromkeys(number for _, number in run)
        yield TitleRun(
            _find_start(before, run[0][0]), tuple(lines[number][1] for number in numbers)
        )
        before = run[-1][0]


def _write_line(told: tuple[str, ...]) -> str:
    return "\t".join(" ".join(re.split(r"[\t\n]", each)) for each in told).rstrip()


def _tell_labels(site: Site) -> list[tuple[str, ...]]:
    """Return what is told of each label, those of most posts first."""
    found = [each for labels in site.library.catalogues.values() for each in labels.items()]
    found.sort(key=lambda each: (-len(each[1]), each[0].path))
    return [
        (
            label.name,
            f"{label.path}/index.html",
            f"{KINDS[label.kind][0]}, {count_posts(posts)}",
        )
        for label, posts in found
        if label.is_telling
    ]


def _tell_posts(site: Site) -> Iterator[tuple[str, ...]]:
    for post in reversed(site.library.posts):
        yield post.title, f"{post.docname}.html", str(post.date.year), post.language


def make_suggestions(
    labels: Sequence[tuple[str, ...]],
    posts: Iterable[tuple[str, ...]],
    scripts: Sequence[Path],
    *,
    is_folder: bool,
) -> Iterator[SiteFile]:
    """Yield the script of the search boxes, of *scripts*, and its files; in a folder they are in it.

    *labels* and *posts* are what a line holds of each, the first to propose first.
    """
    runs = list(cut_runs([*labels, *posts]))
    whole = "\n".join(run.text for run in runs)
    version = hashlib.blake2b(whole.encode(), digest_size=4).hexdigest()
    known = {
        "starts": [run.start for run in runs],
        "labels": "\n".join(map(_write_line, labels[:_ALWAYS])),
        **({"texts": [run.text for run in runs]} if is_folder else {"version": version}),
    }
    yield hold(
        f"{FOLDER}/suggest.js",
        join_scripts(json.dumps(known, ensure_ascii=False, separators=(",", ":")), *scripts),
    )
    for number, run in enumerate(() if is_folder else runs):
        yield SiteFile(f"{FOLDER}/titles/{version}/{number}.txt", run.text.encode, is_fixed=True)


def list_suggestions(site: Site) -> Iterator[SiteFile]:
    """Yield what the search boxes of *site* load."""
    folder = site.docs / "_static" / "search"
    scripts = [folder / name for name in _PARTS]
    labels, posts = _tell_labels(site), _tell_posts(site)
    yield from make_suggestions(labels, posts, scripts, is_folder=site.plan.is_folder)
