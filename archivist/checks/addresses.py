"""No two posts, pages, lists or old addresses may share an address, nor have one of the site's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archivist.addresses.old import fold_address, is_path, output_name, resolve_redirects
from archivist.addresses.owned import NOT_FOUND, RESERVED_NAMES, Owners
from archivist.posts.archive import Archive
from archivist.problems import Problem

# The home page and the page of what is not found are written as pages.
_PAGES_OF_THE_SITE = frozenset({"index", NOT_FOUND})


def check_addresses(archive: Archive) -> Iterator[Problem]:
    """Yield each clash of addresses."""
    lists = archive.listings()
    short = {f"{each.slug}/index.html": f"du billet {each.path}" for each in archive.sources}
    owners = Owners(lists, short)
    for page in archive.pages:
        owner = owners.find(f"{page.docname}.html")
        if owner and page.docname not in _PAGES_OF_THE_SITE:
            yield _refuse_name(page.path, f"{page.docname}.html", owner)
    owners = Owners(lists)
    for source in archive.sources:
        owner = owners.find(f"{source.slug}/")
        # Of reserved names, `check_file_name` tells.
        if owner and source.slug not in RESERVED_NAMES:
            yield _refuse_name(source.path, f"{source.slug}/", owner)
    pages = {f"{name}.html": f"du fichier {path}" for name, path in archive.docnames().items()}
    yield from _check_redirects(archive, Owners(lists, pages | short))


def _refuse_name(path: str, address: str, owner: str) -> Problem:
    message = f"l’adresse /{address} est celle {owner} : changez le nom du fichier."
    return Problem(path=path, line=1, message=message)


def _check_redirects(archive: Archive, owners: Owners) -> Iterator[Problem]:
    """Refuse loops, doubles, dead ends, and old addresses that something already has."""
    targets, problems = resolve_redirects(archive.redirects, archive.addresses())
    yield from problems
    uses = Counter(each.slug for each in archive.sources)
    own = {
        f"{each.slug}/": f"{each.docname}.html" for each in archive.sources if uses[each.slug] == 1
    }
    # Queries, and what one host alone answers at, come before all pages.
    redirects = [redirect for redirect in archive.redirects if is_path(redirect.old)]
    files = {fold_address(output_name(redirect.old)): redirect for redirect in redirects}
    for redirect in redirects:
        old = fold_address(redirect.old)
        if own.get(old) == targets.get(redirect.old, ""):
            continue
        parents = (old[:end] for end, sign in enumerate(old) if sign == "/")
        above = next((files[parent] for parent in parents if parent in files), None)
        owner = owners.find(redirect.old)
        if above and not owner:
            owner = f"d’une autre ancienne adresse, /{above.old}"
        if owner:
            message = f"l’adresse « /{redirect.old} » est déjà celle {owner} : retirez-la."
            yield Problem(path=redirect.path, line=redirect.line, message=message)
