"""The whole archive as its files give it, read once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archivist.post.body import Body, read_body
from archivist.post.post import Post, split_categories, split_list, to_post
from archivist.post.problem import Problem
from archivist.post.redirects import AddressError, Redirect, normalise_address, read_redirects
from archivist.post.registers import Registers, read_registers
from archivist.post.slugs import to_slug
from archivist.post.source import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

POSTS = "posts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A standing page of docs/ that is no post."""

    path: str
    docname: str
    body: Body


@dataclass(frozen=True, kw_only=True, slots=True)
class Archive:
    """Posts, pages, registers and redirects, with what could not be read as problems."""

    sources: tuple[Source, ...]
    pages: tuple[Page, ...]
    registers: Registers
    redirects: tuple[Redirect, ...]
    problems: tuple[Problem, ...]

    def posts(self) -> tuple[Post, ...]:
        """Return the posts, oldest first; only right when no check found a mistake."""
        posts = [to_post(source, self.registers) for source in self.sources]
        return tuple(sorted(posts, key=lambda post: (post.date, post.docname)))

    def without(self, docnames: Container[str]) -> Archive:
        """Return the archive as if the posts of *docnames* were not there."""
        kept = tuple(source for source in self.sources if source.docname not in docnames)
        return replace(self, sources=kept)

    def docnames(self) -> dict[str, str]:
        """Return the file of each page and post, by docname."""
        pages = {page.docname: page.path for page in self.pages}
        return pages | {source.docname: source.path for source in self.sources}

    def listings(self) -> dict[str, str]:
        """Return what each listing's address shows, in French, by address."""
        listings = dict(_STANDING_LISTINGS)
        for source in self.sources:
            listings |= _find_listings(source, self.registers)
        return listings

    def addresses(self) -> dict[str, str]:
        """Return the address of each page, post and listing, by the name links give it."""
        pages = {docname: f"{docname}.html" for docname in self.docnames()}
        return {address.rstrip("/"): address for address in self.listings()} | pages


_STANDING_LISTINGS = {
    "": "l’accueil",
    "page/": "les pages de l’accueil",
    "archives/": "les archives par date",
    "tag/": "la liste des étiquettes",
    "category/": "la liste des catégories",
    "author/": "la liste des auteurs",
    "location/": "la liste des lieux",
    "language/": "la liste des langues",
    "posts/": "le dossier des billets",
}


def _find_listings(source: Source, registers: Registers) -> Iterator[tuple[str, str]]:
    fields = source.fields
    year, _, rest = (fields["date"].text if "date" in fields else "").partition("-")
    if year:
        yield f"{year}/", f"l’année {year}"
        yield f"{year}/{rest[:2]}/", f"le mois {rest[:2]}/{year}"
    for label, _ in split_list(fields.get("tags")):
        yield f"tag/{to_slug(label)}/", f"l’étiquette « {label} »"
    for label, _ in split_categories(fields.get("category"), registers):
        yield f"category/{to_slug(label)}/", f"la catégorie « {label} »"
    for key, _ in split_list(fields.get("author")):
        yield f"author/{key}/", f"l’auteur « {key} »"


def _docname(path: Path, docs: Path) -> str:
    return path.relative_to(docs).with_suffix("").as_posix()


def _find_files(docs: Path) -> Iterator[Path]:
    """Yield the Markdown files Sphinx would read, in a fixed order."""
    for path in sorted(docs.rglob("*.md")):
        parts = path.relative_to(docs).parts
        if not any(part.startswith(("_", ".")) for part in parts):
            yield path


def _read_page(path: Path, shown_as: str, docname: str) -> Page:
    text = path.read_text(encoding="utf-8-sig")
    return Page(path=shown_as, docname=docname, body=read_body(text))


def _read_post_redirects(source: Source) -> tuple[list[Redirect], list[Problem]]:
    redirects, problems = [], []
    for text, line in split_list(source.fields.get("redirect")):
        try:
            old = normalise_address(text)
        except AddressError as error:
            problems.append(Problem(path=source.path, line=line, message=str(error)))
            continue
        redirects.append(Redirect(old=old, new=source.docname, path=source.path, line=line))
    return redirects, problems


def _read_redirects_file(docs: Path, name: str) -> tuple[list[Redirect], list[Problem]]:
    path = docs / "redirects.txt"
    if not path.exists():
        return [], []
    return read_redirects(path.read_text(encoding="utf-8"), f"{name}/redirects.txt")


def read_archive(docs: Path) -> Archive:
    """Return the archive in the folder *docs*; messages call it by its own name."""
    name = docs.name
    sources, pages = [], []
    registers = read_registers(docs, name)
    redirects, problems = _read_redirects_file(docs, name)
    problems += registers.problems
    for path in _find_files(docs):
        docname = _docname(path, docs)
        shown_as = f"{name}/{path.relative_to(docs).as_posix()}"
        if not docname.startswith(f"{POSTS}/"):
            pages.append(_read_page(path, shown_as, docname))
            continue
        source = read_source(path, shown_as=shown_as, docname=docname)
        if isinstance(source, Problem):
            problems.append(source)
            continue
        sources.append(source)
        found, faults = _read_post_redirects(source)
        redirects += found
        problems += faults
    return Archive(
        sources=tuple(sources),
        pages=tuple(pages),
        registers=registers,
        redirects=tuple(redirects),
        problems=tuple(problems),
    )
