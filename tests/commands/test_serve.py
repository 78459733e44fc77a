import threading
from urllib.request import urlopen

import pytest

from archivist.commands.serve import open_server
from archivist.errors import ArchiveError
from archivist.site.files.hosts import Netlify

POLICY = "default-src 'none'; img-src 'self' data:"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text("<p>Un</p>", encoding="utf-8")
    (tmp_path / "plan.svg").write_text("<svg/>", encoding="utf-8")
    headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    (tmp_path / "_headers").write_text(Netlify.write_headers(headers), encoding="utf-8")
    return tmp_path


def test_the_site_is_served_with_the_headers_that_hosts_send(folder):
    with open_server(folder, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in ("", "plan.svg"):
            with urlopen(f"http://127.0.0.1:{server.server_port}/{name}") as answer:
                assert answer.headers["Content-Security-Policy"] == POLICY
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
        server.shutdown()


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
