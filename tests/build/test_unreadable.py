"""What cannot be read is told by its path, and never makes a smaller site."""

import ctypes
import os
import shutil
from contextlib import contextmanager

import pytest

from archivist.__main__ import main
from archivist.build.build import build_site
from archivist.errors import ArchiveError
from archivist.files import UNREADABLE
from archivist.progress import Progress
from archivist.site.plan import BuildPlan
from tests.conftest import ROOT, write_docs, write_post
from tests.soak.soak import read_files

PHOTO = (ROOT / "tests/data/photo.png").read_bytes()
COMMENTS = "- author: Anne\n  date: 2018-06-23\n  text: Oui.\n"
# https://man7.org/linux/man-pages/man7/capabilities.7.html: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH.
RIGHTS_OF_ROOT = 0b110
CAPABILITIES_3 = 0x20080522


@contextmanager
def as_anybody():
    """Take from this thread, if it is root's, the right to read what nobody may read."""
    libc, head = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0)
    if os.geteuid() or not hasattr(libc, "capset"):
        yield
        return
    held = (ctypes.c_uint32 * 6)()
    assert libc.capget(head, held) == 0
    less = (ctypes.c_uint32 * 6)(*held)
    less[0] &= ~RIGHTS_OF_ROOT
    assert libc.capset(head, less) == 0
    try:
        yield
    finally:
        assert libc.capset(head, held) == 0


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the folder of docs/ and its site, as they are before anything goes wrong."""
    folder = tmp_path_factory.mktemp("lisible")
    posts = {f"2017/ancien-{name}.md": write_post(date="2017-06-01", title=name) for name in "abc"}
    rest = {
        "2018/billet.md": write_post(body="![Une vue](billet/photo.png)"),
        "2018/billet/photo.png": PHOTO,
        "2018/billet.comments.yml": COMMENTS,
        "/manifest.json": '{"rule": 1, "posts": {}}',
        "/redirects.txt": "/ancien/  a-propos\n",
    }
    docs = write_docs(folder, posts | rest)
    build_site(docs, folder / "html", {})
    return folder


@pytest.fixture
def folder(whole, monkeypatch):
    """Return the same folder, whose site nothing may change, and work there."""
    monkeypatch.chdir(whole)
    before = read_files(whole / "html")
    yield whole
    assert read_files(whole / "html") == before


@pytest.fixture
def run(folder, capsys):
    """Return a function that runs a command as anybody would, to the lines it complains of."""
    paths = {"check": ["docs"], "build": ["--output", "html"], "tags": []}

    def run(word):
        with as_anybody():
            assert main([word, *paths[word]]) == 1
        lines = capsys.readouterr().err.splitlines()
        assert not any("--output" in line for line in lines)
        return lines

    return run


@contextmanager
def closed(path, mode=0o000):
    """Let nobody read *path* for a moment."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


@pytest.mark.parametrize("word", ["check", "build", "tags"])
@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *(("docs/posts", 0o000), ("docs/posts/2017", 0o000), ("docs/posts/2018/billet", 0o000)),
        *(("docs/posts/2017", 0o400), ("docs/_static/search", 0o000), ("docs/_templates", 0o000)),
    ],
)
def test_a_folder_that_cannot_be_read_or_entered_is_told(run, folder, word, name, mode):
    with closed(folder / name, mode):
        (line,) = run(word)

    assert f"/{name}" in line
    assert line.endswith(" : impossible d’y accéder (droits insuffisants).")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "posts/2017/ancien-a.md",
            "posts/2018/billet.comments.yml",
            "posts/2018/billet/photo.png",
        ),
        *("a-propos.md", "conf.py", "manifest.json", "rgaa.yml", "authors.yml", "redirects.txt"),
        *("_templates/page.html", "_static/print.css", "categories.yml"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(run, folder, name):
    with closed(folder / "docs" / name):
        told = [run(word) for word in ("check", "build")]

    assert f"docs/{name}:1: {UNREADABLE}" in told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["posts", "a-propos.md", "extra"])
def test_what_is_a_link_is_told_by_the_check_as_by_the_build(run, folder, tmp_path, name):
    there, elsewhere = folder / "docs" / name, tmp_path / name
    is_new = not there.exists()
    if is_new:
        elsewhere.mkdir()
        (elsewhere / "page.md").write_text("# Une page\n", encoding="utf-8")
    else:
        there.rename(elsewhere)
    there.symlink_to(elsewhere)
    try:
        told = [run(word) for word in ("check", "build")]
    finally:
        there.unlink()
        if not is_new:
            elsewhere.rename(there)

    message = "lien symbolique interdit : mettez le fichier lui-même à cette place."
    assert f"docs/{name}:1: {message}" in told[0]
    assert told[0] == told[1]


class Hindrance(Progress):
    """Does something the moment a build comes to a stage."""

    def __init__(self, stage, do):
        super().__init__()
        self.hindered, self.do = stage, do

    def begin(self, stage, total=0):
        super().begin(stage, total)
        if stage == self.hindered:
            self.do()


@pytest.mark.parametrize(
    ("name", "stage", "goes"),
    [
        ("posts/2017/ancien-a.md", "lecture", True),
        ("posts/2017/ancien-a.md", "lecture", False),
        ("posts/2018/billet/photo.png", "recherche", True),
        ("posts/2018/billet/photo.png", "rendu des textes", False),
        ("_templates/page.html", "rendu des textes", True),
        ("manifest.json", "recherche", True),
    ],
)
def test_what_goes_or_changes_during_a_build_is_told(folder, tmp_path, name, stage, goes):
    docs, path = folder / "docs", folder / "docs" / name
    kept = tmp_path / "kept"
    shutil.copy2(path, kept)

    def hinder():
        path.unlink()
        if not goes:
            path.write_bytes(kept.read_bytes() + b"\n")

    # Something else to do for the build.
    (docs / "posts/2018/neuf.md").write_text(write_post(title="Neuf"), encoding="utf-8")
    try:
        with pytest.raises(ArchiveError) as caught:
            build_site(docs, folder / "html", {}, BuildPlan(progress=Hindrance(stage, hinder)))
    finally:
        (docs / "posts/2018/neuf.md").unlink()
        shutil.copy2(kept, path)

    (line,) = str(caught.value).splitlines()
    assert f"docs/{name}" in line
    assert "--output" not in line


def test_what_an_editor_writes_for_itself_during_a_build_is_of_no_matter(whole, tmp_path):
    path = whole / "docs/posts/2018/.billet.md.swp"
    progress = Hindrance("lecture", lambda: path.write_bytes(b"x"))
    try:
        build_site(whole / "docs", tmp_path / "html", {}, BuildPlan(progress=progress))
    finally:
        path.unlink()
