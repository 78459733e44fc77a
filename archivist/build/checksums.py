"""The list of a site's files with their hashes, as `sha256sum --check` reads it too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archivist.errors import ArchiveError
from archivist.files import CHECKSUMS, hash_file, hash_whole, list_files


class DamagedPagesError(Exception):
    """Some files are pages and do not go on to the end of a page; with their names."""


def write_manifest(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Write and return the hashes of the files in *folder*; those *known* are taken over.

    Raises DamagedPagesError.
    """
    names = sorted(name for name, _ in list_files(folder))
    hashes = {
        name: known.get(name) or hash_whole(name, (folder / name).read_bytes()) for name in names
    }
    damaged = [name for name, digest in hashes.items() if not digest]
    if damaged:
        raise DamagedPagesError(*damaged)
    text = "".join(f"{digest}  {name}\n" for name, digest in hashes.items())
    (folder / CHECKSUMS).write_text(text, encoding="utf-8", newline="\n")
    return hashes


def read_manifest(folder: Path) -> dict[str, str]:
    """Return the hashes that *folder* says its files have, by name.

    Raises ArchiveError.
    """
    path = folder / CHECKSUMS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = "pas de liste des fichiers ici, indiquez le dossier d’un site construit."
        raise ArchiveError(f"{path} : {message}") from error
    pairs = [line.split("  ", 1) for line in lines]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004
        raise ArchiveError(f"{path} : cette liste est abîmée, construisez le site à nouveau.")
    return {name: digest for digest, name in pairs}


def compare(folder: Path, expected: Mapping[str, str]) -> list[str]:
    """Return how the files in *folder* differ from *expected*, a line each, in French."""
    there = {name for name, _ in list_files(folder)}
    lines = [f"{name} : ce fichier manque." for name in expected.keys() - there]
    lines += [f"{name} : ce fichier est en trop." for name in there - expected.keys()]
    common = there & expected.keys()
    changed = (name for name in common if hash_file(folder / name) != expected[name])
    lines += [f"{name} : ce fichier a changé depuis la construction." for name in changed]
    return sorted(lines)
