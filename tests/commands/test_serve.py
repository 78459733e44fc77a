import threading
from urllib.request import urlopen

import pytest

from archivist.commands.serve import open_server
from archivist.errors import ArchiveError
from archivist.site.hosts import netlify


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text("<p>Un</p>", encoding="utf-8")
    (tmp_path / "plan.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "billets.bib").write_text("@online{un}", encoding="utf-8")
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static/archive.css").write_text("p { }", encoding="utf-8")
    (tmp_path / "_headers").write_text(netlify.write_headers("/"), encoding="utf-8")
    return tmp_path


def test_the_site_is_served_with_the_headers_that_hosts_send(folder):
    with open_server(folder, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        names = ("", "plan.svg", "billets.bib", "_static/archive.css?v=01234567")
        sent = []
        for name in names:
            with urlopen(f"http://127.0.0.1:{server.server_port}/{name}") as answer:
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                sent.append((answer.headers["Content-Type"], answer.headers["Cache-Control"]))
        server.shutdown()
    assert sent == [
        ("text/html", None),
        ("image/svg+xml", None),
        ("application/x-bibtex; charset=utf-8", None),
        ("text/css", "public, max-age=31536000, immutable"),
    ]


def test_where_no_site_is_or_something_answers_already_is_told(folder):
    with open_server(folder, 0) as server:
        port = server.server_port
        with pytest.raises(ArchiveError, match=f"--port {port} : quelque chose répond déjà ici"):
            open_server(folder, port)
    (folder / "index.html").unlink()
    with pytest.raises(ArchiveError, match="aucun site ici"):
        open_server(folder, 0)


@pytest.mark.parametrize("port", [99999, 65536])
def test_a_port_that_is_none_is_told_with_one_that_is(folder, port):
    with pytest.raises(ArchiveError, match=r"de 0 à 65535, essayez make serve PORT=8\d\d\d\."):
        open_server(folder, port)
