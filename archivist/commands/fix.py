"""`archivist fix`: what has one right answer in the posts, shown, asked, then written."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from archivist.commands.check import check_paths, find_docs, refuse
from archivist.french import count
from archivist.mends.plan import Change, Planner
from archivist.mends.writing import write_changes
from archivist.printing import spell_out
from archivist.wordpress.export.fetch import fetch_files, name_file

_ASKED = "Écrire ces changements ? [o]ui, [n]on, [t]ous, [q]uitter : "
_YES, _ALL, _QUIT = frozenset({"o", "oui", "y", "yes"}), frozenset({"t", "tous"}), frozenset({"q"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    parser.add_argument("paths", type=Path, nargs="*", default=[Path("docs")], metavar="PATH")
    parser.add_argument("--yes", action="store_true", help="write all without asking")
    parser.add_argument("--diff", action="store_true", help="show the changes, write nothing")
    parser.add_argument("--fetch", action="store_true", help="copy pictures of other sites here")


def run(options: argparse.Namespace) -> None:
    """Mend. Raises ArchiveError where something is left that only a writer can mend."""
    docs = find_docs(options.paths[0])
    paths = [path.resolve() for path in options.paths]
    wanted = [docs.parent] if paths == [docs] else paths
    changes = list(_plan(docs, wanted, fetch=options.fetch))
    if options.diff:
        print(*(line for change in changes for line in draw_diff(change, docs)), sep="\n")
        return
    chosen = list(_choose(changes, docs, sure=options.yes))
    write_changes(docs, chosen)
    print(f"{count(len(chosen), 'billet')} : changements écrits.")
    refuse(check_paths([path for path in options.paths if path.exists()] or [docs]).problems)


def _plan(docs: Path, wanted: list[Path], *, fetch: bool) -> Iterator[Change]:
    """Yield the changes; the pictures of other sites are fetched first where that is asked."""
    planner = Planner(docs)
    if not fetch:
        yield from planner.plan(wanted)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        addresses = planner.list_pictures(wanted)
        whole = {each: f"https:{each}" if each.startswith("//") else each for each in addresses}
        failed = fetch_files(whole.values(), folder, sys.stderr)
        names = {each: name_file(address) for each, address in whole.items()}
        planner.fetched = {
            each: folder / name
            for each, name in names.items()
            if name and whole[each] not in failed
        }
        yield from planner.plan(wanted)


def draw_diff(change: Change, docs: Path) -> Iterator[str]:
    """Yield the lines that show a change, as `git apply` reads those of its text."""
    root, target = docs.parent, change.target(docs)
    old, new = (path.relative_to(root).as_posix() for path in (change.path, target))
    if old != new:
        yield f"{spell_out(old)} → {spell_out(new)}"
    for file in change.files:
        name = file.source.name if file.source else ""
        yield spell_out(
            f"{name} → {docs.name}/{file.target}"
            if name
            else f"{docs.name}/{file.target} : fichier ajouté"
        )
    for told in change.told:
        yield spell_out(f"{new} : {told}")
    before, after = map(_cut_lines, (change.before, change.after))
    diff = unified_diff(before, after, f"a/{old}", f"b/{new}", lineterm="")
    yield from (spell_out(each) for line in diff for each in line.split("\n"))


def _cut_lines(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines


def _choose(changes: Iterable[Change], docs: Path, *, sure: bool) -> Iterator[Change]:
    """Show each change and yield those that are wanted."""
    may_ask = sys.stdin.isatty()
    for number, change in enumerate(changes):
        print(*draw_diff(change, docs), sep="\n")
        if sure:
            yield change
            continue
        if not may_ask:
            if not number:
                print("Rien n’est écrit : relancez avec --yes pour écrire.", file=sys.stderr)
            continue
        answer = input(_ASKED).strip().lower()
        sure = answer in _ALL
        if answer in _QUIT:
            return
        if sure or answer in _YES:
            yield change
