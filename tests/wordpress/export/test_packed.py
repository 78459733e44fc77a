"""Exports as they come: packed, in several files, in a folder."""

import gzip
import zipfile

import pytest

from archivist.__main__ import main
from archivist.errors import ArchiveError
from archivist.wordpress.export import packed
from tests.wordpress.conftest import BLOG, write_export, write_item, write_medium

FIRST = write_export(write_item(1, f'<a href="{BLOG}/billet-2/">là</a>'))
SECOND = write_export(write_item(2, "Deux"))


@pytest.fixture
def folder(imports, monkeypatch):
    monkeypatch.chdir(imports.folder)
    (imports.folder / "blog").mkdir()
    return imports.folder / "blog"


def pack(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def refuse(capsys, path):
    """Return the one line that is said of an export that is refused."""
    assert main(["import", str(path)]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    return said.err


@pytest.mark.parametrize("kind", ["zip", "folder", "gzip", "files"])
def test_an_export_in_parts_is_one_blog(imports, folder, kind):
    parts = {"b/blog.010.xml": FIRST, "b/blog.2.xml": SECOND}
    given = [folder]
    if kind == "zip":
        given = [
            pack(folder / "blog.zip", {**parts, "__MACOSX/._blog.2.xml": "x", "lisez.txt": "y"})
        ]
    for name, text in () if kind == "zip" else parts.items():
        path = folder / name.removeprefix("b/")
        path.write_text(text, "utf-8")
        if kind == "gzip":
            given = [*given, path.with_suffix(".xml.gz")]
            given[-1].write_bytes(gzip.compress(text.encode()))
    given = given[1:] if kind == "gzip" else given
    given = sorted(folder.iterdir(), reverse=True) if kind == "files" else given

    assert main(["import", *map(str, given)]) == 0
    assert imports.body() == "[là](billet-2.md)"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 coupe", "archive abîmée : téléchargez-la à nouveau."),
        (b"\x1f\x8b coupe", "archive abîmée : téléchargez-la à nouveau."),
        (b"Rar!\x1a\x07", "archive RAR : décompressez-la"),
        (b"", "XML abîmé (le fichier est vide"),
        (FIRST.encode()[:-80], "XML abîmé (le fichier s’arrête avant sa fin)"),
    ],
)
def test_what_cannot_be_opened_is_told_as_what_it_is(folder, capsys, data, said):
    path = folder / "blog.zip"
    path.write_bytes(data)

    assert said in refuse(capsys, path)


def test_a_mistake_in_an_archive_is_told_by_its_place_there(folder, capsys):
    pack(folder / "blog.zip", {"a/../../../coupe.xml": FIRST[:-80]})

    assert refuse(capsys, "blog/blog.zip").startswith("blog/blog.zip/a/../../../coupe.xml:")
    assert not list(folder.parent.parent.glob("coupe.xml"))


def test_an_archive_without_exports_is_told(folder, capsys):
    assert "aucun fichier .xml" in refuse(capsys, pack(folder / "a.zip", {"photo.png": "x"}))


def test_an_archive_that_opens_too_large_is_refused(folder, monkeypatch):
    monkeypatch.setattr(packed, "_LARGEST", 2_000_000)
    path = pack(folder / "bombe.zip", {"a.xml": "a" * 1_500_000, "b.xml": "b" * 1_500_000})

    with pytest.raises(ArchiveError, match="Go une fois ouverte"), packed.unpack([path]):
        pytest.fail("it was opened")


def test_a_part_without_posts_says_what_it_lacks(imports, folder, capsys):
    (folder / "deux.xml").write_text(write_export(write_medium(9, "a.png")), "utf-8")

    assert "1 image ou document, 0 autre élément" in refuse(capsys, folder / "deux.xml")
