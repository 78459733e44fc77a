import gzip
import json

import cbor2
import pytest

from archivist.search.article import ArticleBlock, read_blocks
from archivist.search.pagefind import IndexedPage, IndexingError, write_index


def page(number, text="Un jardin", **told):
    return IndexedPage(
        url=f"p/{number}.html",
        reading=read_blocks([ArticleBlock(f"Page {number}", "h1"), ArticleBlock(text)]),
        **told,
    )


@pytest.fixture
def index(tmp_path):
    """Return a function that indexes pages into a folder of some name."""

    def index(pages, name="index"):
        write_index(pages, tmp_path / name, tmp_path / "nothing")
        return tmp_path / name

    return index


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def unpack(path):
    return gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")


def read_pages(folder):
    """Return the ids of the pages as the list of pages has them."""
    (meta,) = folder.glob("*.pf_meta")
    return [name for name, _ in cbor2.loads(unpack(meta))[1]]


def test_pages_keep_their_order_under_names_that_sort(index):
    folder = index([page(number) for number in range(80)])

    names = read_pages(folder)
    urls = [json.loads(unpack(folder / f"fragment/{name}.pf_fragment"))["url"] for name in names]
    assert names == sorted(names)
    assert urls == [f"p/{number}.html" for number in range(80)]


def test_the_same_pages_give_the_same_bytes(index):
    pages = [page(number) for number in range(50)]

    assert contents(index(pages, "one")) == contents(index(pages, "other"))


def test_what_is_packed_says_nothing_of_the_python_that_did(index, monkeypatch):
    # From 3.13 on, its head says that the system is not known.
    monkeypatch.setattr("gzip.compress", lambda *_, **__: 1 / 0)

    packed = {data[:10] for name, data in contents(index([page(1)])).items() if ".pf_" in name}

    assert packed == {bytes.fromhex("1f8b0800000000000203")}


def test_the_entry_file_names_the_list_of_pages(index):
    folder = index([page(1)])

    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    (language,) = entry["languages"].values()
    assert (folder / f"pagefind.{language['hash']}.pf_meta").exists()


def test_what_the_search_does_not_load_is_not_published(index):
    names = {name.split("/")[0] for name in contents(index([page(1)]))}

    kept = {
        "pagefind.js",
        "pagefind-entry.json",
        "wasm.unknown.pagefind",
        "index",
        "fragment",
    }
    assert {name for name in names if not name.endswith(".pf_meta")} == kept


def test_a_page_costs_two_bytes_of_the_list(index):
    few, many = (
        index([page(n) for n in range(100)], "few"),
        index([page(n) for n in range(1100)], "many"),
    )

    sizes = [next(folder.glob("*.pf_meta")).stat().st_size for folder in (few, many)]
    assert (sizes[1] - sizes[0]) / 1000 < 3


def test_a_program_that_stops_is_told(monkeypatch, index):
    monkeypatch.setattr("archivist.search.pagefind.get_executable", lambda: "true")

    with pytest.raises(IndexingError, match="stopped"):
        index([page(1)])
