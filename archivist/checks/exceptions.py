"""What old posts are allowed to keep, and why: `exceptions.txt`.

A line is `posts/2013/mon-billet  headings  the reason`; `#` starts a comment. Only posts that
come from the old blog (`source:`), and standing pages, may have any, and only from rules that
protect neither the site nor its readers.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from pathlib import Path

from archivist.comments.reading import ENDING
from archivist.errors import FileError
from archivist.files import read_text, split_words
from archivist.posts.archive import Archive
from archivist.posts.tree import EXCEPTIONS, LENGTHS
from archivist.problems import Problem, suggest

# The rules an old post may break; see `archivist.checks.run`.
EXCUSABLE = frozenset(
    {
        "alts",
        "comment_dates",
        "foreign",
        "folder_year",
        "headings",
        "leftovers",
        "link_texts",
        "spellings",
    }
)
_WORDS_BEFORE_REASON = 2


def excuse(archive: Archive, problems: Sequence[Problem]) -> list[Problem]:
    """Return *problems* without those that are excused; with what is wrong in the exceptions."""
    path = archive.docs / EXCEPTIONS
    if not path.exists():
        return list(problems)
    try:
        exceptions, faults = _read(path, archive)
    except FileError as error:
        return [*problems, _fault(archive, error.line, error.message)]
    broken = set(map(_name, problems))
    for key, line in exceptions:
        # Nobody tells of what is long and may be.
        if key not in broken and key[1] != LENGTHS:
            faults.append(_fault(archive, line, "cette exception ne sert plus : retirez-la."))
    excused = {key for key, _ in exceptions}
    kept = (problem for problem in problems if _name(problem) not in excused)
    return [*kept, *faults]


def _name(problem: Problem) -> tuple[str, str]:
    """Return the file and the rule of an exception; comments are excused with their post."""
    path = problem.path.removesuffix(ENDING)
    return path if path == problem.path else f"{path}.md", problem.rule


def rewrite_excuses(
    text: str, excuses: Mapping[str, Set[str]], docnames: Container[str], reason: str
) -> str:
    """Return the exceptions *text* with the rules that *excuses* lets each post break.

    Lines for *docnames* with this *reason* go where they no longer serve; all others stay.
    """

    def is_stale(line: str) -> bool:
        docname, rule, why = (*line.split(maxsplit=_WORDS_BEFORE_REASON), "", "", "")[:3]
        return why == reason and docname in docnames and rule not in excuses.get(docname, ())

    kept = [line for line in text.split("\n")[:-1] if not is_stale(line)]
    ours = [
        f"{name}  {rule}  {reason}" for name in sorted(excuses) for rule in sorted(excuses[name])
    ]
    kept += [line for line in ours if line not in kept]
    return "".join(f"{line}\n" for line in kept)


def _fault(archive: Archive, line: int, message: str) -> Problem:
    return Problem(path=f"{archive.docs.name}/{EXCEPTIONS}", line=line, message=message)


def _read(path: Path, archive: Archive) -> tuple[list[tuple[tuple[str, str], int]], list[Problem]]:
    """Return the file and the rule of each exception, with its line; and what is wrong in them."""
    found, faults = [], []
    for number, words in split_words(read_text(path)):
        message = _find_fault(words, archive)
        if message:
            faults.append(_fault(archive, number, message))
        else:
            found.append(((f"{archive.docs.name}/{words[0]}.md", words[1]), number))
    return found, faults


def _find_fault(words: list[str], archive: Archive) -> str:
    if len(words) <= _WORDS_BEFORE_REASON:
        return "écrivez le billet, la règle, puis la raison : posts/2013/billet  headings  …"
    docname, rule = words[:_WORDS_BEFORE_REASON]
    known = EXCUSABLE | {LENGTHS}
    if rule not in known:
        return f"règle « {rule} » sans exception possible : {suggest(rule, known)}"
    source = next((each for each in archive.sources if each.docname == docname), None)
    if source is None and any(each.docname == docname for each in archive.pages):
        return ""
    if source is None:
        return f"aucun billet « {docname} » : corrigez ou retirez cette ligne."
    if "source" not in source.fields:
        return f"« {docname} » ne vient pas de l’ancien blog (« source: ») : corrigez le billet."
    return ""
