"""What a build is told before it begins, and what it tells: what it goes on from, what it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archivist.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

    from archivist.posts.archive import Archive


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as it was written: its size and date, by which it is known, and its hash, if whole."""

    stamp: tuple[int, int]
    digest: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What a build wrote: why each page, by docname, in French; the files, by name."""

    reasons: Mapping[str, str]
    files: Mapping[str, WrittenFile]


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildPlan:
    """What `archivist` knows when it runs Sphinx; `sphinx-build` by itself knows nothing."""

    builder: str = "html"
    """The builder of Sphinx."""
    jobs: int = 1
    """How many processes read."""
    progress: Progress = field(default_factory=Progress)
    """Told how far it is."""
    archive: Archive | None = None
    """Read and checked already, if it is."""
    readings: Mapping[tuple[str, str], tuple[str, Any]] = field(default_factory=dict)
    """What it was read from, for the next build to know."""
    changed: frozenset[str] | None = None
    """The files of docs/ that changed since the last build, None where that is not known."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """Those of files of docs/, by their path below it, as far as they are known."""
    keeps_pages: bool = False
    """Whether the pages of the last build are in the output, and right where they show the same."""
    keeps_posts: bool = False
    """Whether a site that would lose a third of its posts is refused."""
    cache: Path | None = None
    """The folder where pictures are kept from build to build."""
    is_kept: bool = False
    """Whether what it knows is kept in this process for the next, and nowhere else."""
    is_preview: bool = False
    """Whether it is for who writes: drafts are shown; what takes all posts at once is not."""
    is_folder: bool = False
    """Whether it is to be read from a folder, without a host."""

    def is_same(self, name: str) -> bool:
        """Tell whether the file *name* of docs/ is known to be as the last build found it."""
        return self.changed is not None and name not in self.changed


def find_plan(app: Sphinx) -> BuildPlan:
    """Return the plan of the build that *app* runs."""
    return getattr(app, "plan", BuildPlan())


def prints_site(app: Sphinx) -> bool:
    """Tell whether the builder prints the site; a book has neither its lists nor its search."""
    return app.builder.name == "html"
