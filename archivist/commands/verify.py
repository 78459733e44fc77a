"""`archivist verify`: whether a site, or the words of archived posts, are as they were."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from archivist.addresses.owned import POSTS
from archivist.build.checksums import compare, read_manifest
from archivist.build.inputs import check_docs_folder
from archivist.commands.build import OUTPUT, add_docs
from archivist.commands.check import add_format, refuse
from archivist.errors import ArchiveError
from archivist.french import count
from archivist.problems import Problem
from archivist.words.manifest import describe_change, read_records
from archivist.words.printed import verify_pages
from archivist.words.verify import record_words, verify_words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    parser.add_argument("output", type=Path, nargs="?", metavar="OUTPUT")
    parser.add_argument(
        "--words",
        action="store_true",
        help="compare archived posts with docs/manifest.json, and with their pages in OUTPUT",
    )
    parser.add_argument(
        "--record",
        type=Path,
        nargs="*",
        metavar="POST.md",
        help="record the words of new posts, or those of POST.md as they are now",
    )
    add_docs(parser)
    add_format(parser)


def run(options: argparse.Namespace) -> None:
    """Compare, or record. Raises ArchiveError where something is not as it was."""
    if not options.words and options.record is None:
        output = options.output or OUTPUT
        lines = compare(output, read_manifest(output))
        if lines:
            raise ArchiveError("\n".join(lines))
        return
    check_docs_folder(options.docs)
    if options.record is not None:
        lines, problems = record_posts(options.docs, options.record)
    else:
        lines, problems = compare_posts(options.docs)
        problems += verify_pages(options.docs, options.output) if options.output else []
    print(*lines, sep="\n")
    refuse(problems, options.format)


def compare_posts(docs: Path) -> tuple[list[str], list[Problem]]:
    """Return what to tell of the words of the posts in *docs*, and what is wrong with them."""
    verdict = verify_words(docs)
    problems = list(verdict.problems)
    lines = [
        f"{path} : pas encore d’empreinte ; « make record » la prend."
        for path in verdict.unrecorded
    ]
    lines += (
        f"{path} : en-tête, marques, images et commentaires pas encore notés ; "
        "« make record » les note."
        for path in verdict.incomplete
    )
    if not problems:
        lines.append(
            f"{count(verdict.compared, 'billet')}, {count(verdict.errata, 'erratum', 'errata')} : "
            "les mots des auteurs sont ceux des empreintes."
        )
    return lines, problems


def record_posts(docs: Path, paths: Sequence[Path]) -> tuple[list[str], list[Problem]]:
    """Record the words of the posts in the files *paths*, or of all new ones; tell which."""
    docnames = [_find_docname(docs, path) for path in paths]
    before = read_records(docs)
    for path, docname in zip(paths, docnames, strict=True):
        if not path.exists() and docname not in before:
            raise ArchiveError(f"{path} : ni billet ni empreinte de ce nom, vérifiez le chemin.")
    recorded, problems = record_words(docs, docnames)
    after, lines = read_records(docs), list[str]()
    for docname in recorded:
        changes = describe_change(before.get(docname), after.get(docname))
        lines += (f"{docname} : {change}." for change in changes)
    return lines or ["Aucune empreinte à prendre."], problems


def _find_docname(docs: Path, path: Path) -> str:
    """Return the docname of a post, which may be gone. Raises ArchiveError."""
    posts = docs.resolve() / POSTS
    if path.suffix != ".md" or not path.resolve().is_relative_to(posts):
        advice = f"indiquez docs/{POSTS}/<année>/<nom>.md."
        raise ArchiveError(f"{path} : ce n’est pas un billet, {advice}")
    return path.resolve().relative_to(docs.resolve()).as_posix().removesuffix(".md")
