"""The whole archive as its files give it, read once."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from archivist.addresses.old import AddressError, Redirect, normalise_address, read_redirects
from archivist.addresses.owned import OWNED, OWNED_NAMES, POSTS, STANDING_LISTS
from archivist.addresses.slugs import to_slug
from archivist.comments.reading import ENDING, Comment, Discussion, read_discussion
from archivist.errors import FileError
from archivist.files import UNREADABLE, can_be_read, is_left_behind, is_safe, read_text, walk
from archivist.posts.body import Body, read_body
from archivist.posts.fields import read_one, split_categories, split_list
from archivist.posts.file import PostFile, blank_header, read_header_fields, read_source
from archivist.posts.labels import name_list_labels
from archivist.posts.people import Registers, read_registers
from archivist.posts.post import Post, to_post
from archivist.posts.tree import (
    LINK,
    NO_FILE,
    check_files,
    find_long,
    find_misplaced,
    name_place,
)
from archivist.problems import Problem
from archivist.syntax.limits import DEEPEST_FOLDER, OLD_TIMES

T = TypeVar("T")


class Once(Protocol):
    """Makes something of one file alone, and of no other; who remembers makes it once."""

    def __call__(self, name: str, what: str, make: Callable[[], T], /) -> T:
        """Return *what* is made of the file *name* below docs/."""


def make_anew(_: str, __: str, make: Callable[[], T]) -> T:
    """Return what *make* makes."""
    return make()


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingPage:
    """A standing page of docs/ that is no post."""

    path: str
    docname: str
    body: Body


# Sphinx spells out each setting for its log: this one would take long.
@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Archive:
    """Posts, their comments, pages, registers, redirects; what could not be read as problems.

    *files* are the other files of docs/, as images are, by their path below it.
    """

    docs: Path
    sources: tuple[PostFile, ...]
    discussions: tuple[Discussion, ...]
    pages: tuple[StandingPage, ...]
    registers: Registers
    redirects: tuple[Redirect, ...]
    files: frozenset[str]
    problems: tuple[Problem, ...]

    def posts(self) -> tuple[Post, ...]:
        """Return the posts, oldest first; only right when no check found a mistake."""
        comments = self.find_comments()
        posts = (
            to_post(each, self.registers, comments.get(each.docname, ())) for each in self.sources
        )
        return tuple(sorted(posts, key=lambda post: (post.date, post.docname)))

    def find_comments(self) -> dict[str, tuple[Comment, ...]]:
        """Return the comments of each post and page that has some."""
        return {each.docname: each.comments for each in self.discussions}

    def without(self, docnames: Container[str]) -> Archive:
        """Return the archive as if the posts of *docnames* were not there."""
        return replace(self, sources=tuple(s for s in self.sources if s.docname not in docnames))

    def without_texts(self) -> Archive:
        """Return the archive with no more of its texts than their titles, once they are checked."""
        return replace(
            self,
            sources=tuple(replace(each, body=each.body.title_alone()) for each in self.sources),
            pages=tuple(replace(each, body=each.body.title_alone()) for each in self.pages),
        )

    def docnames(self) -> dict[str, str]:
        """Return the file of each page and post, by docname."""
        pages = {page.docname: page.path for page in self.pages}
        return pages | {source.docname: source.path for source in self.sources}

    def bodies(self) -> dict[str, Body]:
        """Return the text of each page and post, by docname."""
        return {p.docname: p.body for p in self.pages} | {s.docname: s.body for s in self.sources}

    def listings(self) -> dict[str, str]:
        """Return what each list shows, by address, as « de … » continues in French."""
        listings = dict(STANDING_LISTS)
        for source in self.sources:
            listings |= _find_listings(source, self.registers)
        return listings

    def addresses(self) -> dict[str, str]:
        """Return the address of each page, post and list, by the name links give it."""
        pages = {docname: f"{docname}.html" for docname in self.docnames()}
        return {address.rstrip("/"): address for address in self.listings()} | pages

    def taken_slugs(self) -> frozenset[str]:
        """Return the names that a new post may not have: its address or label would be another's."""
        posts, lists = {source.slug for source in self.sources}, self.listings()
        others = {name.partition("/")[0] for name in (*self.docnames(), *lists)}
        redirects = {redirect.old.strip("/") for redirect in self.redirects}
        return OWNED_NAMES | name_list_labels(lists) | posts | others | redirects


# Those that have no list before a post bears one.
_OTHER_LABELS = {
    **dict.fromkeys(("location", "language"), ("de", split_list)),
    "series": ("de la série", read_one),
    "blog": ("du blog", read_one),
}


def _find_listings(source: PostFile, registers: Registers) -> Iterator[tuple[str, str]]:
    fields = source.fields
    year, _, rest = (fields["date"].text if "date" in fields else "").partition("-")
    if year:
        yield f"{year}/", f"de l’année {year}"
        yield f"{year}/{rest[:2]}/", f"du mois {rest[:2]}/{year}"
    for label, _ in split_list(fields.get("tags")):
        yield f"tag/{to_slug(label)}/", f"de l’étiquette « {label} »"
    for label, _ in split_categories(fields.get("category"), registers):
        yield f"category/{to_slug(label)}/", f"de la catégorie « {label} »"
    for key, _ in split_list(fields.get("author")):
        yield f"author/{key}/", f"de l’auteur « {key} »"
    for kind, (owner, read) in _OTHER_LABELS.items():
        for label, _ in read(fields.get(kind)):
            yield f"{kind}/", OWNED[f"{kind}/"]
            yield f"{kind}/{to_slug(label)}/", f"{owner} « {label} »"


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file of docs/: where it is, its path below docs/, and how messages name it."""

    path: Path
    name: str
    shown_as: str
    is_long: bool = False
    """Whether it belongs to a post that is allowed to be long."""

    @property
    def docname(self) -> str:
        """Its path without the ending; for comments, that of their post."""
        return self.name.removesuffix(".md").removesuffix(ENDING)

    @property
    def holds_comments(self) -> bool:
        """Whether it is the file of comments of a post, or of a page."""
        return self.name.endswith(ENDING)

    @property
    def is_read(self) -> bool:
        """Whether it is more than something to show: a page, a post or its comments."""
        return self.name.endswith(".md") or self.holds_comments


def _walk(docs: Path) -> Iterator[File]:
    """Yield what docs/ holds but folders, in a fixed order."""
    paths: list[Path] = []
    long = find_long(docs)
    for here, folders, names in walk(docs):
        # Nobody makes as many folders in one another.
        if len(here.relative_to(docs).parts) >= DEEPEST_FOLDER:
            folders.clear()
        paths += [here / name for name in names if not is_left_behind(name)]
    for path in sorted(paths):
        name = path.relative_to(docs).as_posix()
        file = File(path=path, name=name, shown_as=f"{docs.name}/{name}")
        yield replace(file, is_long=True) if file.docname in long else file


def _is_own(file: File) -> bool:
    """Tell whether *file* is the machine's own, or hidden."""
    parts = PurePosixPath(file.name).parts
    return any(part.startswith(("_", ".")) for part in parts[parts[0] == "_static" :])


def _find_unread(file: File) -> Iterator[Problem]:
    """Yield why *file*, the machine's own or not, would be missing from a site."""
    message = ""
    if is_safe(file.path):
        message = "" if can_be_read(file.path) else UNREADABLE
    elif not _is_own(file) and (file.name.endswith(".md") or file.path.is_dir()):
        # Sphinx would follow it.
        message = LINK if file.path.is_symlink() else NO_FILE
    if message:
        yield Problem(path=file.shown_as, line=1, message=message)


def find_posts(docs: Path) -> Iterator[File]:
    """Yield the files of the posts in the folder *docs*, in a fixed order."""
    for file in _walk(docs):
        is_post = file.name.startswith(f"{POSTS}/") and file.name.endswith(".md")
        if is_post and not _is_own(file) and is_safe(file.path):
            yield file


def _read_page_text(path: Path, name: str) -> str:
    """Return the text of a standing page; its header may say `orphan`, for Sphinx, at most."""
    text = read_text(path)
    if not text.startswith("---\n"):
        return text
    for key, field in read_header_fields(text).items():
        if key != "orphan":
            place = name_place(name, text)
            raise FileError(field.line, f"seul un billet a un en-tête : rangez-le dans {place}.")
    return blank_header(text)


def read_file(file: File) -> PostFile | Discussion | StandingPage | Problem:
    """Return the post, comments or page in *file*, or the problem that hides it."""
    if file.holds_comments:
        return read_discussion(file.path, shown_as=file.shown_as, docname=file.docname)
    if file.name.startswith(f"{POSTS}/"):
        times = OLD_TIMES if file.is_long else 1
        return read_source(file.path, shown_as=file.shown_as, docname=file.docname, times=times)
    try:
        text = _read_page_text(file.path, file.name)
    except FileError as error:
        return Problem(path=file.shown_as, line=error.line, message=error.message)
    return StandingPage(path=file.shown_as, docname=file.docname, body=read_body(text))


def _read_post_redirects(source: PostFile) -> Iterator[Redirect | Problem]:
    for text, line in split_list(source.fields.get("redirect")):
        try:
            old = normalise_address(text)
        except AddressError as error:
            yield Problem(path=source.path, line=line, message=str(error))
        else:
            yield Redirect(old=old, new=source.docname, path=source.path, line=line)


def _read_redirects_file(docs: Path) -> Iterator[Redirect | Problem]:
    path = docs / "redirects.txt"
    if path.exists():
        shown_as = f"{docs.name}/redirects.txt"
        try:
            yield from read_redirects(read_text(path), shown_as)
        except FileError as error:
            yield Problem(path=shown_as, line=error.line, message=error.message)


def read_archive(docs: Path, once: Once = make_anew) -> Archive:
    """Return the archive in the folder *docs*; messages call it by its own name."""
    refused = [
        Problem(path=f"{docs.name}/{POSTS}/{name}".rstrip("/"), line=1, message=message, rule=rule)
        for name, message, rule in check_files(docs / POSTS, find_long(docs))
    ]
    refused += (
        Problem(path=path, line=1, message=message) for path, message in find_misplaced(docs)
    )
    there = list(_walk(docs))
    refused += chain.from_iterable(map(_find_unread, there))
    paths = {problem.path for problem in refused}
    shown = (file for file in there if file.shown_as not in paths and not _is_own(file))
    files = [file for file in shown if is_safe(file.path)]
    read = [
        once(file.name, "long" if file.is_long else "text", partial(read_file, file))
        for file in files
        if file.is_read
    ]
    sources = [each for each in read if isinstance(each, PostFile)]
    redirects = [*_read_redirects_file(docs), *chain(*map(_read_post_redirects, sources))]
    registers = read_registers(docs, docs.name)
    problems = [each for each in (*read, *redirects) if isinstance(each, Problem)]
    return Archive(
        docs=docs,
        sources=tuple(sources),
        discussions=tuple(each for each in read if isinstance(each, Discussion)),
        pages=tuple(each for each in read if isinstance(each, StandingPage)),
        registers=registers,
        redirects=tuple(each for each in redirects if isinstance(each, Redirect)),
        files=frozenset(file.name for file in files if not file.is_read),
        problems=(*refused, *problems, *registers.problems),
    )
