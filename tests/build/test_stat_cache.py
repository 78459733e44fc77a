"""A file is hashed again only when the system says that it may have changed."""

import os
import time

import pytest

from archivist.build import stat_cache
from archivist.build.stat_cache import StatCache
from archivist.files import hash_file


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "billet.md").write_text("Un", encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path):
    return StatCache(tmp_path / "stats.pickle")


@pytest.fixture
def hashed(monkeypatch):
    """The names of the files that are read, as they are."""
    names = []

    def note(path):
        names.append(path.name)
        return hash_file(path)

    monkeypatch.setattr(stat_cache, "hash_file", note)
    return names


def look(cache, folder):
    cache.begin()
    return cache.hash_files(folder)


def wait_for_the_clock(folder):
    """Let the disk's clock go on: what was written in this tick is not trusted."""
    probe, before = folder.parent / "probe", (folder / "billet.md").stat().st_mtime_ns
    while not probe.exists() or probe.stat().st_mtime_ns == before:
        time.sleep(0.002)
        probe.touch()


def test_what_did_not_change_is_not_read_again(cache, folder, hashed, tmp_path):
    wait_for_the_clock(folder)
    before = look(cache, folder)
    cache.save()

    assert look(cache, folder) == before
    assert look(StatCache(tmp_path / "stats.pickle"), folder) == before
    assert hashed == ["billet.md"]


def test_what_was_written_in_the_tick_of_the_look_is_read_again(cache, folder, monkeypatch, hashed):
    # As if the look had begun when the file was written.
    status = (folder / "billet.md").stat()
    monkeypatch.setattr(StatCache, "begin", lambda self: None)
    cache._began = status.st_mtime_ns

    cache.hash_files(folder)
    cache.hash_files(folder)

    assert hashed == ["billet.md", "billet.md"]


def test_another_text_of_the_same_size_and_date_is_seen(cache, folder):
    path = folder / "billet.md"
    wait_for_the_clock(folder)
    before, status = look(cache, folder), path.stat()

    path.write_text("Du", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert look(cache, folder) != before


def test_a_file_put_in_the_place_of_another_is_seen(cache, folder):
    path, other = folder / "billet.md", folder.parent / "autre.md"
    other.write_text("Du", encoding="utf-8")
    os.utime(path, (0, 0))
    os.utime(other, (0, 0))
    wait_for_the_clock(folder)
    before = look(cache, folder)

    other.replace(path)

    assert look(cache, folder) != before
