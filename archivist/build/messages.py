"""What Sphinx and MyST find wrong, told to a writer as our own checks tell it."""

from __future__ import annotations

import re

from archivist.problems import Problem

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
