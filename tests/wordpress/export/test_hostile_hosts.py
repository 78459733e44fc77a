"""Whatever the hosts of a blog's files do, `import --fetch` ends soon, stays small, asks the next."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from archivist.syntax.limits import LARGEST_FILE
from tests.links.laboratory import HARM, MOST_MEMORY, Laboratory, frame, run_apart
from tests.wordpress.conftest import Import, draw, write_item

UPLOADS = "/wp-content/uploads/2016"
PICTURE = draw("red")
# What no file system takes, and what is no address.
IMPOSSIBLE = (f"http://good.exemple.test{UPLOADS}/{'x' * 300}.png", f"http://[x{UPLOADS}/y.png")


@dataclass(frozen=True)
class Fetched:
    """What came of an import."""

    code: int
    said: str
    memory: int
    seconds: float
    folder: Path

    def find(self, name):
        """Return the bytes of a file that was fetched, or nothing."""
        path = self.folder / f"uploads/2016/{name}.png"
        return path.read_bytes() if path.exists() else None


@pytest.fixture(scope="module")
def laboratory():
    laboratory = Laboratory(good=b"HTTP/1.1 200 OK\r\n" + frame(PICTURE))
    yield laboratory
    laboratory.close()


@pytest.fixture(scope="module")
def fetched(laboratory, bare_docs, tmp_path_factory):
    """Import a post with a picture from each of them, the one that means no harm the last."""
    folder = tmp_path_factory.mktemp("fetch")
    imports = Import(folder, shutil.copytree(bare_docs, folder / "docs"))
    names = [*HARM, "good"]
    urls = [laboratory.name_address(name, f"{UPLOADS}/{name}.png") for name in names]
    pictures = (f'<img src="{url}" alt="A">' for url in (*IMPOSSIBLE, *urls))
    imports.write(write_item(1, " ".join(pictures)))
    # What was there before, whole or in part.
    imports.put("2016/endless-error.png", PICTURE)
    imports.put("2016/silent.png.part", PICTURE[:50])
    began = time.monotonic()
    said = run_apart("import", "export.xml", "--media", "uploads", "--fetch", cwd=folder)
    return Fetched(*said, time.monotonic() - began, folder)


def test_an_import_asks_every_host_ends_soon_and_stays_small(fetched, laboratory):
    assert (fetched.code, "Traceback" in fetched.said) == (0, False), fetched.said
    assert laboratory.asked >= laboratory.ports.keys() - {"endless-error"}
    assert fetched.memory < MOST_MEMORY
    assert fetched.seconds < 90


def test_what_is_there_comes_and_what_was_there_stays(fetched):
    assert fetched.find("good") == fetched.find("endless-error") == PICTURE
    assert fetched.find("silent") is None
    assert (fetched.folder / "uploads/2016/silent.png.part").read_bytes() == PICTURE[:50]
    assert (fetched.folder / "docs/posts/2016/billet-1/good.png").read_bytes() == PICTURE
    report = (fetched.folder / "build/import/rapport.html").read_text(encoding="utf-8")
    assert "endless-body.png" in report


def test_nothing_endless_is_kept(fetched):
    kept = [path for path in fetched.folder.rglob("*") if path.is_file()]

    assert max(path.stat().st_size for path in kept) <= LARGEST_FILE


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("endless-body", "plus de 20 Mo"),
        ("endless-chunks", "plus de 20 Mo"),
        ("length-of-20-digits", "plus de 20 Mo"),
        ("endless-redirect", "redirections sans fin"),
        ("bomb-in-redirect", "redirections sans fin"),
        ("endless-headers", "réponse illisible ou sans fin"),
        ("endless-chunk-size", "réponse illisible ou sans fin"),
        ("silent.", "pas de réponse à temps"),
        ("drip-body", "pas de réponse à temps"),
        ("length-that-lies", "connexion refusée ou coupée"),
        ("year-9999", "le site demande d’attendre, ou ne répond à rien"),
        ("status-999", "réponse 999"),
        ("location-bracket", "adresse mal formée"),
        ("tls-none", "certificat refusé"),
        ("good.exemple.test/", "nom de fichier refusé"),
    ],
)
def test_each_host_is_told_for_what_it_is(fetched, name, told):
    (line,) = (line for line in fetched.said.splitlines() if f"://{name}" in line and " : " in line)

    assert line.endswith(f" : {told}")


@pytest.mark.parametrize(
    "address",
    ["http://intranet/", "http://127.1/", "http://2130706433/", "https://lefigaro.fr@exemple.fr/"],
)
def test_a_link_that_lies_or_leads_nowhere_keeps_its_words_and_is_told(imports, address):
    assert imports.convert(f'<a href="{address}">ici</a>') == "ici"
    assert imports.notes() == ["adresse interdite, privée ou incomplète retirée"]
