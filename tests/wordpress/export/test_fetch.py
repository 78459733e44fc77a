"""Missing files are fetched from the old blog: whole, resumed, bounded, and never anywhere else."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath

import pytest

from archivist.__main__ import main
from archivist.commands.importing import MediaSources, import_export
from archivist.links.connection import is_public
from archivist.syntax.limits import LARGEST_FILE
from archivist.wordpress.export import fetch
from archivist.wordpress.export.fetch import fetch_files, name_file
from tests.wordpress.conftest import draw, write_item

DATA = bytes(range(256)) * 400


class _Handler(BaseHTTPRequestHandler):
    """Answers as an old blog does: *asked* are the paths and ranges of all requests."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server
        server.asked.append((self.path, self.headers.get("Range")))
        name = self.path.rpartition("/")[2].partition("?")[0]
        answer = getattr(self, f"answer_{name.partition('.')[0].partition('-')[0]}", None)
        if answer:
            answer()
        else:
            self.send_error(404)

    def send(self, data, status=200, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def answer_whole(self):
        self.send(DATA)

    def answer_picture(self):
        self.send(draw("red"))

    def answer_resumed(self):
        begun = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.send(DATA[begun:], 206 if begun else 200)

    def answer_stubborn(self):
        # Ranges are not for everybody.
        self.send(DATA)

    def answer_done(self):
        self.send(b"", 416)

    def answer_grown(self):
        # What is there now is not what was begun.
        ranges = {"Content_Range": f"bytes */{len(DATA)}"}
        self.send(b"", 416, **ranges) if self.headers.get("Range") else self.send(DATA)

    def answer_shifted(self):
        ranges = {"Content_Range": f"bytes 0-999/{len(DATA)}"}
        self.send(DATA[:1000], 206, **ranges)

    def answer_empty(self):
        self.send(b"")

    def answer_cut(self):
        self.send(DATA[:1000], length=len(DATA))

    def answer_busy(self):
        first = len([path for path, _ in self.server.asked if path == self.path]) < 3
        self.send(b"", 503) if first else self.send(DATA)

    def answer_huge(self):
        self.send(b"x", length=10**10)

    def answer_gone(self):
        self.send(b"", 410)

    def answer_slow(self):
        self.server.release.wait(5)

    def answer_moved(self):
        self.send(b"", 301, Location="whole.png")

    def answer_loop(self):
        self.send(b"", 302, Location="loop.png")

    def answer_away(self):
        self.send(b"", 302, Location="file:///etc/hostname")


@pytest.fixture
def blog(monkeypatch):
    """The old blog, on this machine; *asked* is what it was asked."""
    monkeypatch.setattr(fetch, "_BETWEEN", 0)
    monkeypatch.setattr(fetch, "_TIMEOUT", 0.5)
    monkeypatch.setattr(fetch, "is_admitted", lambda _: True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.asked, server.release = [], threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    server.url = f"http://127.0.0.1:{server.server_port}/wp-content/uploads/2016"
    yield server
    server.release.set()
    server.shutdown()
    server.server_close()


def fetch_one(blog, folder, name):
    """Fetch one file; return why it was not, and what is there."""
    failed = fetch_files([f"{blog.url}/{name}"], folder, io.StringIO())
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return "".join(failed.values()), files


@pytest.mark.parametrize("name", ["whole.png", "moved.png", "busy.png", "cut-no.png"])
def test_a_file_that_is_there_comes_whole(blog, tmp_path, name):
    reason, files = fetch_one(blog, tmp_path, name)

    if name == "cut-no.png":
        assert reason
        assert "cut-no.png" not in files
    else:
        assert (reason, files) == ("", {name: DATA})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("absent.png", "réponse 404"),
        ("gone.png", "réponse 410"),
        ("empty.png", "réponse vide"),
        ("huge.png", "plus de "),
        ("slow.png", "pas de réponse à temps"),
        ("loop.png", "redirections sans fin"),
        ("away.png", "adresse mal formée"),
    ],
)
def test_a_file_that_cannot_be_had_is_told_and_leaves_nothing(blog, tmp_path, name, said):
    reason, files = fetch_one(blog, tmp_path, name)

    assert reason
    assert said in reason
    assert name not in files


def test_what_is_gone_is_asked_for_once(blog, tmp_path):
    fetch_one(blog, tmp_path, "gone.png")

    assert len(blog.asked) == 1


def test_a_machine_of_the_private_network_is_asked_for_nothing(blog, tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "is_admitted", is_public)

    reason, files = fetch_one(blog, tmp_path, "whole.png")

    assert (reason, files) == ("adresse d’un réseau privé", {})
    assert blog.asked == []


@pytest.mark.parametrize("name", ["resumed.png", "stubborn.png", "done.png"])
def test_a_file_cut_short_is_gone_on_with(blog, tmp_path, name):
    begun = DATA if name == "done.png" else DATA[:777]
    part = tmp_path / f"2016/{name}.part"
    part.parent.mkdir()
    part.write_bytes(begun)

    reason, files = fetch_one(blog, tmp_path, name)

    assert (reason, files) == ("", {name: DATA})
    assert blog.asked == [(f"/wp-content/uploads/2016/{name}", f"bytes={len(begun)}-")]


def test_what_is_no_part_of_the_file_begun_is_not_put_together_with_it(blog, tmp_path):
    for name in ("grown.png", "shifted.png"):
        part = tmp_path / f"2016/{name}.part"
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(DATA[:777])

    assert fetch_one(blog, tmp_path, "grown.png")[1]["grown.png"] == DATA
    assert fetch_one(blog, tmp_path, "shifted.png")[0] == "réponse 206"
    assert (tmp_path / "2016/shifted.png.part").read_bytes() == DATA[:777]


def test_what_was_begun_without_a_limit_is_begun_anew(blog, tmp_path):
    part = tmp_path / "2016/whole.png.part"
    part.parent.mkdir()
    with part.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)

    assert fetch_one(blog, tmp_path, "whole.png") == ("", {"whole.png": DATA})


def test_a_name_that_no_system_takes_and_a_folder_in_the_way_are_told(blog, tmp_path):
    (tmp_path / "2016/dossier.png/x").mkdir(parents=True)
    names = [f"{'x' * 300}.png", f"{'é' * 130}.png", "dossier.png/x/y.png", "/".join(["x"] * 3000)]
    urls = [f"{blog.url}/{name}" for name in names]

    failed = fetch_files(
        [*urls, f"{blog.url}/whole.png", "http://[x/y.png"], tmp_path, io.StringIO()
    )

    assert (tmp_path / "2016/whole.png").read_bytes() == DATA
    assert failed.keys() == {*urls, "http://[x/y.png"}


def test_a_file_that_is_there_is_not_asked_for_again(blog, tmp_path):
    fetch_one(blog, tmp_path, "whole.png")
    fetch_one(blog, tmp_path, "whole.png")

    assert len(blog.asked) == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://b.fr/wp-content/uploads/2016/09/a.png", "2016/09/a.png"),
        ("https://b.fr/wp-content/uploads/%C3%A9t%C3%A9.png", "été.png"),
        ("https://b.fr/vieux/a.png?w=3", "b.fr/vieux/a.png"),
        ("https://b.fr/wp-content/uploads/../../a.png", None),
        ("https://b.fr/wp-content/uploads/..%2Fa.png", None),
        ("https://b.fr/wp-content/uploads//etc/a.png", None),
        ("https://b.fr/wp-content/uploads/a%00.png", None),
        ("https://b.fr/wp-content/uploads/a\\b.png", None),
        ("https://b.fr/wp-content/uploads/a.php", None),
        ("https://b.fr/wp-content/uploads/.htaccess", None),
        ("https://b.fr/", None),
    ],
)
def test_a_file_goes_where_the_blog_had_it_and_nowhere_else(address, expected):
    assert name_file(address) == (PurePosixPath(expected) if expected else None)


@pytest.mark.parametrize("scheme", ["file", "ftp", "data"])
def test_only_the_web_is_asked(tmp_path, scheme):
    address = f"{scheme}://127.0.0.1/wp-content/uploads/a.png"
    failed = fetch_files([address], tmp_path, io.StringIO())

    assert list(failed) == [address]


def test_an_import_fetches_what_it_lacks(blog, imports, monkeypatch, capsys):
    url = f"{blog.url}/picture.png"
    content = f'<img src="{url}" alt="A"> <img src="{blog.url}/gone.png" alt="B">'
    imports.write(write_item(1, content))
    monkeypatch.chdir(imports.folder)

    code = main(["import", "export.xml", "--media", "uploads", "--fetch"])

    assert code == 0
    assert (imports.docs / "posts/2016/billet-1/picture.png").read_bytes() == draw("red")
    assert f"{blog.url}/gone.png : réponse 410" in capsys.readouterr().err
    report = import_export(
        [imports.folder / "export.xml"],
        imports.docs,
        MediaSources(folder=imports.folder / "uploads"),
    )
    assert list(report.missing.values()) == [f"{blog.url}/gone.png"]


def test_an_import_asks_nobody_of_itself(blog, imports):
    imports.run(write_item(1, f'<img src="{blog.url}/picture.png" alt="A">'))

    assert blog.asked == []
