"""A blog in its folder, as its engine sees it: settings, texts, addresses, authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar
from urllib.parse import urlsplit

from archivist.blogs.settings import look_up_text, read_settings
from archivist.blogs.texts import DRAFT, BlogText
from archivist.files import is_left_behind, walk

DATA = (".yml", ".yaml", ".toml", ".json")
"""What files of settings and data end in."""
_MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mdown"})
_OTHER_TEXTS = frozenset({".adoc", ".htm", ".html", ".ipynb", ".mdx", ".org", ".qmd", ".rst"})
# What engines make, and what others made for them.
_NOT_WRITTEN = frozenset({"node_modules", "_site", "vendor", "public", "resources", "themes"})
_ABOUT_FOLDERS = frozenset({"readme", "license", "changelog", "contributing", "code_of_conduct"})


class Engine:
    """A blog; *root* is its folder. Each engine says how it is known and what it does otherwise."""

    name: ClassVar[str]
    marks: ClassVar[tuple[str, ...]]
    """Files and folders, one of which a blog of this engine has."""
    settings_files: ClassVar[tuple[str, ...]]
    """Where it keeps its settings; the first that says something is right."""
    needed_folder = ""
    needed_setting = ""
    url_setting = "url"
    title_setting = "title"
    base_setting = ""
    """What says in which folder of its host it is, if that is not in the address."""
    contents: ClassVar[tuple[str, ...]] = ("content",)
    """The folders that texts may be in: the first that is there; else the root."""
    statics: ClassVar[tuple[str, ...]] = ("static",)
    """The folders whose files answer at the top of the site."""
    lists: ClassVar[Mapping[str, str]] = {"category": "/categories/{}/", "tag": "/tags/{}/"}
    """Where the list of a label was, by kind."""
    is_spaced = False
    """Whether spaces part labels."""
    unwanted: ClassVar[frozenset[str]] = frozenset()
    """Labels that gather texts for the engine, and say nothing of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # All texts of a folder ask for its settings.
        self.read_settings = cache(lambda name: read_settings(root / name))

    @property
    def is_known(self) -> bool:
        """Whether the folder is a blog of this engine."""
        has_mark = any((self.root / name).exists() for name in self.marks)
        has_setting = not self.needed_setting or self.needed_setting in self.settings
        return has_mark and (self.root / self.needed_folder).is_dir() and has_setting

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What the blog says of itself."""
        found: dict[str, Any] = {}
        for name in reversed(self.settings_files):
            found |= self.read_settings(name)
        return found

    def list_unread(self) -> list[str]:
        """Return the names of files of settings that are there and cannot be read."""
        there = [name for name in self.settings_files if (self.root / name).is_file()]
        return [
            name
            for name in there
            if not self.read_settings(name) and (self.root / name).read_bytes().strip()
        ]

    @property
    def base(self) -> str:
        """The folder of the blog on its host, as `/blog`, or nothing."""
        if self.base_setting:
            return f"/{look_up_text(self.settings, self.base_setting).strip('/')}".rstrip("/")
        return urlsplit(look_up_text(self.settings, self.url_setting)).path.rstrip("/")

    @property
    def url(self) -> str:
        """Where the blog was, or nothing."""
        url = look_up_text(self.settings, self.url_setting).rstrip("/")
        return url + self.base if url and self.base_setting else url

    @property
    def title(self) -> str:
        """What the blog is called, or nothing."""
        return look_up_text(self.settings, self.title_setting)

    @property
    def content(self) -> str:
        """The folder of texts, below the root."""
        return next((name for name in self.contents if (self.root / name).is_dir()), "")

    def list_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the names of texts, and in French why one is no post, or nothing."""
        for name in list_names(self.root / self.content):
            path, whole = PurePosixPath(name), PurePosixPath(self.content, name).as_posix()
            if path.suffix.lower() in _MARKDOWN and path.stem.lower() not in _ABOUT_FOLDERS:
                yield whole, self.leave(path)
            elif path.suffix.lower() in _OTHER_TEXTS and self.leave(path) in {"", DRAFT}:
                yield whole, f"texte qui n’est pas en Markdown ({path.suffix.lower()})"

    def leave(self, path: PurePosixPath) -> str:
        """Return in French why the text at *path*, below the folder of texts, is no post."""
        return "page de section" if path.stem.split(".")[0] == "_index" else ""

    def find_defaults(self, name: str) -> Mapping[str, Any]:
        """Return what the blog says of each text that lies where *name* does."""
        return {}

    def find_categories(self, text: BlogText) -> list[str]:
        """Return the categories that *text* has by its place."""
        return []

    def find_path(self, text: BlogText) -> str:
        """Return the address of *text* below that of the blog, or nothing if that is not known."""
        raise NotImplementedError

    def find_address(self, text: BlogText) -> str:
        """Return the address of *text* from the top of its host, or nothing if that is not known."""
        path = self.find_path(text)
        return (self.base + path) if path else ""

    def place(self, text: BlogText) -> str:
        """Return the folders of *text* below the folder of texts: `posts/2018`, or nothing."""
        return text.folder.removeprefix(self.content).strip("/")

    @cached_property
    def authors(self) -> Mapping[str, str]:
        """The names of authors, by what headers call them."""
        found: dict[str, str] = {}
        for folder in ("_data", "data", f"{self.content}/_data"):
            for ending in DATA:
                found |= _name_authors(read_settings(self.root / folder / f"authors{ending}"))
            for name in list_names(self.root / folder / "authors"):
                read = read_settings(self.root / folder / "authors" / name)
                found |= _name_authors({PurePosixPath(name).stem: read})
        return found

    @property
    def author(self) -> str:
        """Who signs what nobody signed, or nothing."""
        places = (
            ("author",),
            ("author", "name"),
            ("params", "author"),
            ("params", "author", "name"),
        )
        named = (look_up_text(self.settings, *names) for names in (*places, ("AUTHOR",)))
        return next(filter(None, named), "")


def _name_authors(read: Mapping[str, Any]) -> dict[str, str]:
    """Return the names that a file of data gives, by key."""
    names = {
        key: look_up_text(value, "name") or look_up_text(value, "display_name")
        for key, value in read.items()
        if isinstance(value, Mapping)
    }
    return {key: name for key, name in names.items() if name}


def list_names(folder: Path) -> Iterator[str]:
    """Yield the names of files in *folder* and below; no link is followed."""
    for here, folders, names in walk(folder) if folder.is_dir() else ():
        folders[:] = [
            name for name in folders if not name.startswith(".") and name not in _NOT_WRITTEN
        ]
        for name in names:
            if not is_left_behind(name):
                yield (here / name).relative_to(folder).as_posix()
