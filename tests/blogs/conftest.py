"""Small blogs, one an engine, brought over together."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from archivist.commands.importing import MediaSources, import_export
from tests.conftest import ROOT, Site, build_site, write_docs

BLOGS = ROOT / "tests/data/blogs"
ENGINES = ("jekyll", "hugo", "pelican", "eleventy", "zola")


@dataclass(frozen=True)
class Archive:
    """An archive to bring blogs to."""

    docs: Path

    def run(self, folder, media=None, **options):
        """Import the blog in *folder*; return the report."""
        return import_export([folder], self.docs, MediaSources(folder=media), **options)

    def read(self, name):
        """Return the text of a file below docs/."""
        return (self.docs / name).read_text(encoding="utf-8")

    def files(self):
        """Return what all files of docs/ hold."""
        found = (path for path in self.docs.rglob("*") if path.is_file())
        return {path.relative_to(self.docs).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def archive(tmp_path):
    """An archive without posts."""
    return Archive(write_docs(tmp_path, {}))


@pytest.fixture
def make_blog(tmp_path):
    """Return a function from files to the folder of a blog."""

    def make(files):
        for name, text in files.items():
            path = tmp_path / "blog" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return tmp_path / "blog"

    return make


@pytest.fixture(scope="session")
def moved(tmp_path_factory):
    """An archive to which all the blogs came, the report of each, and the site built of it."""
    folder = tmp_path_factory.mktemp("blogs")
    archive = Archive(write_docs(folder, {}))
    reports = {name: archive.run(BLOGS / name) for name in ENGINES}
    build_site(archive.docs, folder / "html", {})
    return archive, reports, Site(folder / "html")
