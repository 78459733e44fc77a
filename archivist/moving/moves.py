"""A post renamed, or taken away: what becomes of its files, its addresses and what leads to it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from archivist.addresses.old import REMOVED, fold_address, spell_address
from archivist.addresses.owned import POSTS
from archivist.addresses.slugs import is_slug, to_slug
from archivist.checks.lost import has_answered, list_addresses
from archivist.comments.reading import ENDING
from archivist.errors import ArchiveError
from archivist.files import split_words, walk
from archivist.moving.changes import Changes
from archivist.moving.leading import lead
from archivist.moving.records import follow_exceptions, follow_import, follow_manifest
from archivist.posts.archive import Archive, read_archive
from archivist.posts.fields import is_on, split_list
from archivist.posts.file import PostFile, find_header
from archivist.problems import suggest
from archivist.syntax.yaml import Field
from archivist.wordpress.existing import read_ledger

REDIRECTS = "redirects.txt"


def _read_name(text: str) -> tuple[str, str]:
    """Return the year, if it is said, and the slug: of docs/posts/2018/billet.md, 2018/billet, billet."""
    *folders, name = text.rstrip("/").split("/")
    year = folders[-1] if folders and folders[-1] != POSTS else ""
    return year, name.removesuffix(".md").removesuffix(".html")


def find_post(archive: Archive, text: str) -> PostFile:
    """Return the post that *text* names. Raises ArchiveError."""
    year, slug = _read_name(text)
    if not slug:
        raise ArchiveError("quel billet ? OLD=docs/posts/2018/billet.md.")
    found = [
        each
        for each in archive.sources
        if each.slug == slug and year in {"", each.docname.split("/")[1]}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{each.docname}.md" for each in found)
        raise ArchiveError(f"{text} : plusieurs billets ont ce nom : précisez l’année ({names}).")
    broken = [each for each in archive.problems if each.path.endswith(f"/{slug}.md")]
    if broken:
        raise ArchiveError("\n".join(map(str, broken)))
    raise ArchiveError(f"{text} : aucun billet de ce nom, {suggest(slug, _list_slugs(archive))}")


def _list_slugs(archive: Archive) -> list[str]:
    return [each.slug for each in archive.sources]


def _read_new_name(archive: Archive, source: PostFile, text: str) -> str:
    """Return the docname that *text* asks for. Raises ArchiveError."""
    year, slug = _read_name(text)
    year = year or source.docname.split("/")[1]
    if not re.fullmatch("[0-9]{4}", year):
        raise ArchiveError(f"{text} : « {year} » n’est pas une année, écrivez 2018/nouveau-nom.")
    if not is_slug(slug):
        proposal = to_slug(slug) or "nouveau-nom"
        raise ArchiveError(f"{text} : ce nom sert d’adresse, écrivez « {proposal} ».")
    docname = f"{POSTS}/{year}/{slug}"
    if docname == source.docname:
        raise ArchiveError(f"{text} : c’est déjà son nom.")
    if any((archive.docs / f"{docname}{each}").exists() for each in (".md", ENDING, "")):
        raise ArchiveError(f"{docname} existe déjà : choisissez un autre nom.")
    return docname


def _list_files(docs: Path, docname: str) -> list[str]:
    """Return the files of a post: its text, its comments, what lies in its folder."""
    inside = [here / name for here, _, names in walk(docs / docname) for name in names]
    own = [docs / f"{docname}{ending}" for ending in (".md", ENDING)]
    return [each.relative_to(docs).as_posix() for each in (*own, *sorted(inside)) if each.exists()]


def rename_post(docs: Path, old: str, new: str) -> list[str]:
    """Rename a post of *docs*, and have its old addresses lead there; return what was done.

    Raises ArchiveError, and changes nothing, where something would be lost.
    """
    archive = read_archive(docs)
    source = find_post(archive, old)
    docname = _read_new_name(archive, source, new)
    changes = Changes(docs=docs)
    for name in _list_files(docs, source.docname):
        changes.moves[name] = docname + name.removeprefix(source.docname)

    def find_name(each: str) -> str:
        return docname if each == source.docname else each

    led = _lead_all(changes, archive, source, docname)
    kept = _keep_addresses(changes, archive, source, docname)
    follow_exceptions(changes, find_name)
    _finish(changes, find_name)
    return [
        f"{docs.name}/{source.docname}.md → {docs.name}/{docname}.md",
        *(f"{spell_address(address)} y mène" for address in kept),
        *(f"{docs.name}/{name}.md : liens mis à jour" for name in led),
    ]


def _finish(changes: Changes, find_name: Callable[[str], str]) -> None:
    follow_import(changes, lambda each: find_name(each) or each)
    with changes.rehearse() as whole:
        follow_manifest(changes, whole, find_name)
    changes.publish()


def _lead_all(changes: Changes, archive: Archive, source: PostFile, docname: str) -> list[str]:
    """Lead all links to a post, and its own, to where things are; return whose changed."""
    slugs = Counter(_list_slugs(archive))
    old, new = (each.removeprefix(f"{POSTS}/") for each in (source.docname, docname))
    is_free = not slugs[new.partition("/")[2]] or new.endswith(f"/{source.slug}")
    labels = {old: new}
    if slugs[source.slug] == 1:
        labels[source.slug] = new.partition("/")[2] if is_free else new

    def find_place(name: str) -> str:
        return changes.rename(name) if (archive.docs / name).exists() else ""

    led = []
    for name in archive.docnames():
        text = changes.read(f"{name}.md")
        after = docname if name == source.docname else name
        changes.write(f"{name}.md", lead(text, (name, after), find_place, labels))
        if f"{after}.md" in changes.texts:
            led.append(after)
    return led


def _keep_addresses(
    changes: Changes, archive: Archive, source: PostFile, docname: str
) -> list[str]:
    """Have the old addresses of a renamed post lead to it; return them.

    They are in its header, which goes where it goes; of what an import wrote and would write
    again they are in the table of all.
    """
    new = {f"{docname}.html", f"{docname.rpartition('/')[2]}/"}
    found = _list_known(archive, source, {})
    kept = [each for each in found if each not in new]
    # An address that it has again as its own leads nowhere else.
    before = [each for each, _ in split_list(source.fields.get("redirect"))]
    still = [each for each in before if fold_address(each.lstrip("/")) not in new]
    is_imported = f"{source.docname}.md" in read_ledger(archive.docs).get("files", {})
    own = [] if is_imported else [each for each in map(spell_address, kept) if each not in before]
    if own or still != before:
        name = f"{source.docname}.md"
        changes.write(name, write_old_addresses(changes.read(name), [*still, *own]))
    lead_old(changes, source.docname, docname, kept if is_imported else [], new)
    return kept


def write_old_addresses(text: str, addresses: list[str]) -> str:
    """Return the post *text* with *addresses* as the old ones in its header."""
    _, end = find_header(text)
    lines = text.split("\n")
    start = next((at for at in range(end) if re.match(r"redirect\s*:", lines[at])), end)
    stop = start + (start < end)
    while stop < end and re.match(r"[\s\-\]]|$", lines[stop]):
        stop += 1
    line = f"redirect: {json.dumps(addresses, ensure_ascii=False)}"
    return "\n".join([*lines[:start], *([line] if addresses else []), *lines[stop:]])


def lead_old(
    changes: Changes, docname: str, new: str, added: Iterable[str], own: Iterable[str] = ()
) -> None:
    """Have what leads to *docname* in the table of old addresses, and *added*, lead to *new*.

    Those that are its *own* now go.
    """
    lines = changes.read(REDIRECTS).rstrip("\n").split("\n")
    for number, words in split_words("\n".join(lines)):
        if words[-1].strip("/") == docname and len(words) > 1:
            at = number - 1
            lines[at] = f"{lines[at][: lines[at].rindex(words[-1])]}{new}"
            if fold_address(words[0].lstrip("/")) in own:
                lines[at] = ""
    lines += [f"{spell_address(each)}  {new}" for each in added]
    changes.write(REDIRECTS, "\n".join(lines).strip("\n") + "\n" if any(lines) else "")


def take_away_post(docs: Path, old: str, reason: str, target: str) -> list[str]:
    """Take a post away: its addresses lead to *target*, or to a page that says the *reason*.

    Return what was done. Raises ArchiveError, and changes nothing, where others lead to it.
    """
    archive = read_archive(docs)
    source = find_post(archive, old)
    changes = Changes(docs=docs, gone=set(_list_files(docs, source.docname)))
    addresses = _list_known(archive, source, source.fields)
    if target:
        new = end = _find_target(archive, target)
        lead_old(changes, source.docname, new, addresses)
    elif addresses:
        _check_reason(reason)
        page, *others = addresses
        lead_old(changes, source.docname, source.docname, others)
        line = f"/{page}  {REMOVED}  {' '.join(reason.split())}\n"
        changes.write(REDIRECTS, changes.read(REDIRECTS) + line)
        end = reason

    def find_name(each: str) -> str:
        return "" if each == source.docname else each

    follow_exceptions(changes, find_name)
    _finish(changes, find_name)
    told = [f"{docs.name}/{source.docname}.md est retiré"]
    return told + [f"{spell_address(each)} : {end}" for each in addresses]


def _check_reason(reason: str) -> None:
    if not reason.strip():
        advice = 'dites pourquoi, --reason "L’autrice l’a demandé.", ou où mener, --redirect PAGE.'
        raise ArchiveError(advice)
    if re.search(r"(?:^|\s)#", reason):
        raise ArchiveError("--reason : « # » commencerait une remarque, écrivez sans ce signe.")


def _list_known(archive: Archive, source: PostFile, fields: Mapping[str, Field]) -> list[str]:
    """Return where a post answers that readers may know, with the old addresses that *fields* say."""
    if is_on(source.fields.get("draft")) or not has_answered(archive.docs, source.docname):
        return []
    found = list_addresses(source.docname, fields)
    is_shared = Counter(_list_slugs(archive))[source.slug] > 1
    return [each for each in found if not (is_shared and each == f"{source.slug}/")]


def _find_target(archive: Archive, text: str) -> str:
    """Return the page or list that *text* names, as the table of old addresses does."""
    name = text.strip("/").removeprefix(f"{archive.docs.name}/")
    name = name.removesuffix(".html").removesuffix(".md")
    if name not in archive.addresses():
        raise ArchiveError(
            f"--redirect {text} : aucune page de ce nom, {suggest(name, archive.addresses())}"
        )
    return name
