"""What Sphinx and MyST find wrong, told to a writer as our own checks tell it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import FrameType

from sphinx.errors import SphinxError

from archivist.errors import ArchiveError
from archivist.problems import Problem

_PACKAGE = Path(__file__).parent.parent

_LINE = re.compile(
    r"(?P<path>[^: ]+)(?::(?P<line>[0-9]+))?: (?:WARNING|ERROR|CRITICAL): (?P<text>.*)"
)
_KIND = re.compile(r"\s*\[[\w.]+\]$")

# What is said, and the French for it; {0} and so on are the words between quotes.
_FRENCH = tuple(
    (re.compile(said), french)
    for said, french in (
        (
            r"term not in glossary: '(.+)'",
            "« {0} » n’est pas dans le glossaire : corrigez, ou ajoutez-le à docs/glossaire.md.",
        ),
        (r"(?:undefined label|label non défini): '(.+)'", "référence inconnue « {0} »."),
        (r"unknown document: '(.+)'", "page inconnue « {0} » : écrivez [texte](chemin.md)."),
        (
            r"Unknown interpreted text role \"(.+?)\"",
            "rôle inconnu « {{{0}}} » : écrivez {{term}}, {{ref}} ou du Markdown simple.",
        ),
        (r"Footnote \[(.+)\] is not referenced", "la note [^{0}] n’est appelée nulle part."),
        (
            r"'myst' cross-reference target not found: '(.+)'",
            "lien mort « {0} » : écrivez le chemin d’une page, [texte](chemin.md).",
        ),
        (r"Unknown target name: \"(.+)\"", "la note [^{0}] n’est écrite nulle part."),
    )
)


def _translate(text: str) -> str:
    for said, french in _FRENCH:
        match = said.match(text)
        if match:
            return french.format(*match.groups())
    return text


def tell_warnings(text: str) -> list[str]:
    """Return the warnings in *text*, a line each: those of a place first, in its order.

    A list repeats what the excerpt it shows says wrong: each is told once.
    """
    problems, others = set(), []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match:
            message = _translate(_KIND.sub("", match["text"]))
            problems.add(Problem(path=match["path"], line=int(match["line"] or 1), message=message))
        elif line.strip():
            others.append(line)
    return [*map(str, sorted(problems)), *dict.fromkeys(others)]


def tell_failure(error: Exception, docs: Path) -> str:
    """Return in one line what an *error* inside Sphinx means for the folder *docs*.

    What was foreseen says itself; of what was not, the text that was at hand is named.
    """
    cause: BaseException = error
    while isinstance(cause, SphinxError) and cause.__cause__:
        cause = cause.__cause__
    if isinstance(cause, (ArchiveError, SphinxError)):
        return str(cause)
    what = f"{type(cause).__name__} : {cause}"
    docname, line, place = "", 1, "Sphinx"
    frames = list(_list_frames(error, cause))
    if source := _find_source(cause, frames, docs):
        message = f"ce fichier n’est pas ce qu’il doit être ({what}) : corrigez cette ligne."
        return str(Problem(path=f"{docs.name}/{source[0]}", line=source[1], message=message))
    for frame, number in frames:
        docname = _find_docname(frame) or docname
        line = _find_line(frame) or line
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            place = f"archivist/{path.relative_to(_PACKAGE).as_posix()}, ligne {number}"
    if docname and (docs / f"{docname}.md").is_file():
        message = f"le site ne peut se faire de ce passage ({what}) : écrivez-le plus simplement."
        return str(Problem(path=f"{docs.name}/{docname}.md", line=line, message=message))
    return " ".join(f"{place} : erreur imprévue ({what}) : signalez-la.".split("\n"))


def _find_source(
    cause: BaseException, frames: list[tuple[FrameType, int]], docs: Path
) -> tuple[str, int] | None:
    """Return the template, or the file of settings, and its line that could not be followed."""
    places = [(Path(frame.f_code.co_filename), number) for frame, number in frames]
    # What cannot even be read has no frame: TemplateSyntaxError, SyntaxError.
    if name := getattr(cause, "filename", None):
        places.append((docs / name, getattr(cause, "lineno", None) or 1))
    for path, number in reversed(places):
        if path.is_relative_to(docs) and path.is_file():
            return path.relative_to(docs).as_posix(), number
    return None


def _list_frames(*errors: BaseException) -> Iterator[tuple[FrameType, int]]:
    """Yield where *errors* passed, from the outside in."""
    return chain.from_iterable(traceback.walk_tb(error.__traceback__) for error in errors)


def _find_docname(frame: FrameType) -> str:
    """Return the document that a step of the build is about, or nothing."""
    named = frame.f_locals.get("docname", getattr(frame.f_locals.get("page"), "docname", ""))
    return named if isinstance(named, str) else ""


def _find_line(frame: FrameType) -> int:
    """Return the line that MyST is rendering, or 0."""
    lines = getattr(frame.f_locals.get("token"), "map", None)
    return lines[0] + 1 if lines else 0
