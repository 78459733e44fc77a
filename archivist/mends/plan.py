"""What has one right answer in the posts of docs/, as changes to their files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from archivist.addresses.old import AddressError, fold_address, normalise_address
from archivist.addresses.owned import POSTS
from archivist.checks.context import find_spellings
from archivist.errors import FileError
from archivist.files import is_safe, walk
from archivist.mends.decoding import decode
from archivist.mends.files import NewFile, Shelf, list_unnamed
from archivist.mends.header import mend_header
from archivist.mends.places import choose_docname, find_folder, find_stem, find_texts, read_name
from archivist.mends.text.around import Around
from archivist.mends.text.body import mend_body, mend_signs, read_plain
from archivist.mends.text.codes import tell_put_aside
from archivist.mends.text.edits import read_once
from archivist.mends.values import HeaderFacts
from archivist.posts.archive import Archive, read_archive
from archivist.posts.body import read_body
from archivist.posts.fields import split_list
from archivist.posts.file import cut_header, find_header_day, find_header_fields
from archivist.posts.tree import split_day
from archivist.syntax.limits import LARGEST_TEXT, check_measures
from archivist.words.manifest import read_known


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of a post, and of the files that go with it."""

    path: Path
    """Where it is."""
    docname: str
    """Where it will be."""
    before: str
    after: str
    files: tuple[NewFile, ...] = ()
    goes_along: tuple[Path, ...] = ()
    """What else is in its folder, where that moves."""
    told: tuple[str, ...] = ()
    """What is lost, or left, in French."""

    def makes_a_difference(self, docs: Path) -> bool:
        """Tell whether there is anything to write."""
        return self.before != self.after or bool(self.files) or self.target(docs) != self.path

    def target(self, docs: Path) -> Path:
        """Return where the post will be."""
        return docs / f"{self.docname}.md"


@dataclass
class Planner:
    """Plans the changes to the posts of *docs*; *fetched* are pictures of other sites, by address."""

    docs: Path
    fetched: Mapping[str, Path] = field(default_factory=dict)
    opens_pictures: bool = True
    """Whether the files of posts are looked at: a picture may take long."""

    @cached_property
    def _archive(self) -> Archive:
        return read_archive(self.docs)

    @cached_property
    def _recorded(self) -> Collection[str]:
        return read_known(self.docs).keys()

    @cached_property
    def _facts(self) -> HeaderFacts:
        archive = self._archive
        return HeaderFacts(registers=archive.registers, spellings=find_spellings(archive))

    @cached_property
    def _files(self) -> frozenset[str]:
        """All that is no text, what may not be there too."""
        found = (here / name for here, _, names in walk(self.docs) for name in names)
        return frozenset(
            path.relative_to(self.docs).as_posix() for path in found if path.suffix != ".md"
        )

    @cached_property
    def _old(self) -> dict[str, str]:
        """The docname that each old address leads to."""
        archive = self._archive
        found = {fold_address(each.old): each.new for each in archive.redirects}
        for source in archive.sources:
            for address, _ in split_list(source.fields.get("redirect")):
                try:
                    found[fold_address(normalise_address(address))] = source.docname
                except AddressError:
                    continue
        return found

    def plan(self, wanted: Collection[Path]) -> Iterator[Change]:
        """Yield the changes to the posts of *wanted*, files or folders, that make a difference."""
        paths = list(find_texts(self.docs))
        texts = [
            _Text(path, self._give_facts(path))
            for path in paths
            if _is_in(path, wanted) and may_be_mended(path)
        ]
        places = self._choose_places(texts, set(map(self._name, paths)))
        around = self._look_around(places)
        for text in texts:
            change = self._plan_one(text, replace(around, docname=places[text.path]))
            if change.makes_a_difference(self.docs):
                yield change

    def list_pictures(self, wanted: Collection[Path]) -> list[str]:
        """Return the addresses of the pictures of other sites that the posts of *wanted* show."""
        changes = (self._read_signs(path) for path in find_texts(self.docs) if _is_in(path, wanted))
        return list(dict.fromkeys(address for each in changes for address in each))

    def _read_signs(self, path: Path) -> Iterator[str]:
        text = _Text(path, self._give_facts(path))
        body = read_body(mend_signs(_cut(text.header)[1], Around(docname=self._name(path))))
        for image in body.images:
            if image.target.startswith(("https://", "http://", "//")):
                yield image.target

    def _give_facts(self, path: Path) -> HeaderFacts:
        return replace(
            self._facts, slug=path.stem, day=split_day(find_stem(path))[0], title=read_name(path)
        )

    def _choose_places(self, texts: list[_Text], taken: set[str]) -> dict[Path, str]:
        """Return the docname that each text is to have; *taken* are those that there are."""
        places = {}
        for text in texts:
            name, year = self._name(text.path), text.year
            is_kept = name in self._recorded or not year or not text.header
            places[text.path] = (
                name if is_kept else choose_docname(text.path, self.docs, year, taken - {name})
            )
            taken.add(places[text.path])
        return places

    def _name(self, path: Path) -> str:
        root = self.docs if path.is_relative_to(self.docs) else self.docs.parent
        return path.relative_to(root).with_suffix("").as_posix()

    def _look_around(self, places: Mapping[Path, str]) -> Around:
        moved = {self._name(path) for path in places} - set(places.values())
        names = sorted({*self._archive.docnames(), *places.values()} - moved)
        slugs: dict[str, str] = {}
        for name in names:
            slug = name.rpartition("/")[2]
            # Two posts of one slug are neither.
            slugs[slug] = "" if slug in slugs and name.startswith(f"{POSTS}/") else name
        return Around(
            docname="", docnames=frozenset(names), files=self._files, old=self._old, slugs=slugs
        )

    def _plan_one(self, text: _Text, around: Around) -> Change:
        shelf = Shelf(
            docs=self.docs,
            around=around,
            was=self._name(text.path),
            folder=self._name(find_folder(text.path)),
            is_recorded=self._name(text.path) in self._recorded,
            fetched=self.fetched,
            is_open=self.opens_pictures,
        )
        after, told = text.mend(shelf)
        if (
            shelf.is_recorded
            and after != text.typed
            and read_plain(_cut(after)[1]) != read_plain(_cut(text.typed)[1])
        ):
            # What is archived says what it said.
            after, told = text.typed, ()
        moves = shelf.was != around.docname
        return Change(
            path=text.path,
            docname=around.docname,
            before=text.typed,
            after=after,
            files=tuple(shelf.files.values()),
            goes_along=tuple(list_unnamed(shelf)) if moves else (),
            told=(*told, *shelf.told),
        )


def may_be_mended(path: Path) -> bool:
    """Tell whether the text in *path* is one that a writer wrote: no larger than posts are."""
    try:
        if not is_safe(path) or path.stat().st_size > LARGEST_TEXT:
            return False
        check_measures(decode(path.read_bytes()))
    except (FileError, OSError):
        return False
    return True


def _is_in(path: Path, wanted: Collection[Path]) -> bool:
    return any(path == each or each in path.parents for each in wanted)


class _Text:
    """A text of a post as it stands."""

    def __init__(self, path: Path, facts: HeaderFacts) -> None:
        self.path, self._facts = path, facts
        data = path.read_bytes()
        typed = data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
        # The ends of its lines may be those of Windows.
        self.typed = typed.replace("\r\n", "\n").replace("\r", "\n")
        self._read = decode(data)
        self.header, self._told = mend_header(self._read, facts)
        self.fields = find_header_fields(self.header)

    @property
    def year(self) -> str:
        """The year of its date, or nothing."""
        day = find_header_day(self.fields)
        return str(day.year) if day else ""

    def mend(self, shelf: Shelf) -> tuple[str, tuple[str, ...]]:
        """Return the whole text mended, and what is to be told; its files are put on the *shelf*."""
        head, body = _cut(self.header)
        if not head:
            return self._read, tuple(self._told)
        source, featured = self.fields.get("source"), self.fields.get("featured_image")
        around = replace(shelf.around, source=source.text if source else "")
        body = mend_signs(body, around)
        shelf.place_all(read_once(body), featured.text if featured else "")
        files = around.files | shelf.files.keys()
        body = mend_body(body, replace(around, placed=shelf.placed, files=files))
        facts = replace(self._facts, pictures=shelf.placed)
        whole, told = mend_header(head + body, facts)
        aside = tell_put_aside(self._read, body)
        return whole, tuple(dict.fromkeys([*self._told, *told, *aside]))


def _cut(text: str) -> tuple[str, str]:
    """Return the header of *text* with its fences, and what is below it; all of it is below none."""
    try:
        return cut_header(text)
    except FileError:
        return "", text


def mend_text(text: str, facts: HeaderFacts, around: Around) -> tuple[str, list[str]]:
    """Return a whole post mended, header and body, and in French what is to be told of it."""
    mended, told = mend_header(text, facts)
    head, body = _cut(mended)
    if not head:
        return mended, told
    right = mend_body(body, around)
    return head + right, [*told, *tell_put_aside(body, right)]
