"""Who answers at each address: no two pages, lists or old addresses may share one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from archivist.addresses.old import output_name, resolve_redirects
from archivist.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.posts.archive import Archive

# Folders that the site writes in, besides those of lists.
_OWN_FOLDERS = frozenset({"posts", "page", "location", "language", "series", "mots", "noms"})
_LIST_PAGE = re.compile(r"(?P<list>.*?)page/[0-9]+/")


def _owners_of_lists(archive: Archive) -> dict[str, str]:
    """Return whose each file of a list or of a post's short address is, as « de … » goes on."""
    slugs = {f"{each.slug}/index.html": f"du billet {each.path}" for each in archive.sources}
    lists = {output_name(address): owner for address, owner in archive.listings().items()}
    own = {
        "search.html": "de la recherche",
        "mots/index.html": "de l’index des mots",
        "noms/index.html": "de l’index des noms",
    }
    return slugs | lists | own


def _find_owners(archive: Archive) -> dict[str, str]:
    """Return whose each output file is, as « de … » continues in French."""
    pages = {f"{name}.html": f"du fichier {path}" for name, path in archive.docnames().items()}
    return pages | _owners_of_lists(archive) | {"404.html": "de la page introuvable"}


def find_taken_slugs(archive: Archive) -> frozenset[str]:
    """Return the names that a new post may not have: its address would be another's."""
    posts = {source.slug for source in archive.sources}
    files = {name.split("/")[0].removesuffix(".html") for name in _find_owners(archive)}
    redirects = {redirect.old.strip("/") for redirect in archive.redirects}
    return frozenset(posts | files | redirects | _OWN_FOLDERS)


def _find_owner(owners: dict[str, str], address: str) -> str:
    """Return whose *address* is already, or nothing when it is free."""
    listed = _LIST_PAGE.fullmatch(address)
    if listed and output_name(listed["list"]) in owners:
        return "d’une page de liste"
    if address.rstrip("/") in _OWN_FOLDERS:
        return "du site"
    file = output_name(address)
    parents = (file[: match.start()] for match in re.finditer("/", file))
    taken = next((parent for parent in parents if parent in owners), "")
    return owners.get(file) or owners.get(taken, "")


def _check_pages(archive: Archive) -> Iterator[Problem]:
    """Refuse a standing page where a list, a post or the site answers."""
    owners = _owners_of_lists(archive)
    for page in archive.pages:
        file = f"{page.docname}.html"
        owner = owners.get(file)
        if owner and page.docname != "index":
            message = f"l’adresse /{file} est celle {owner} : changez le nom du fichier."
            yield Problem(path=page.path, line=1, message=message)


def _check_slugs(archive: Archive) -> Iterator[Problem]:
    """Refuse a post whose short address a list has."""
    listings = archive.listings()
    for source in archive.sources:
        owner = listings.get(f"{source.slug}/") or (
            "du site" if source.slug in _OWN_FOLDERS else ""
        )
        if owner:
            message = f"l’adresse /{source.slug}/ est celle {owner} : changez le nom du fichier."
            yield Problem(path=source.path, line=1, message=message)


def _check_redirects(archive: Archive) -> Iterator[Problem]:
    """Refuse loops, doubles, dead ends, and old addresses that something already has."""
    owners = _find_owners(archive)
    targets, problems = resolve_redirects(archive.redirects, archive.addresses())
    yield from problems
    uses = Counter(each.slug for each in archive.sources)
    own = {
        f"{each.slug}/": f"{each.docname}.html" for each in archive.sources if uses[each.slug] == 1
    }
    files = {output_name(redirect.old): redirect for redirect in archive.redirects}
    for redirect in archive.redirects:
        if own.get(redirect.old) == targets.get(redirect.old, ""):
            continue
        owner = _find_owner(owners, redirect.old)
        folders = re.finditer("/", redirect.old)
        inside = [files[part] for end in folders if (part := redirect.old[: end.start()]) in files]
        if inside and not owner:
            owner = f"d’une autre ancienne adresse, /{inside[0].old}"
        if owner:
            message = f"l’adresse « /{redirect.old} » est déjà celle {owner} : retirez-la."
            yield Problem(path=redirect.path, line=redirect.line, message=message)


def check_places(archive: Archive) -> Iterator[Problem]:
    """Yield each clash of addresses."""
    yield from _check_pages(archive)
    yield from _check_slugs(archive)
    yield from _check_redirects(archive)
