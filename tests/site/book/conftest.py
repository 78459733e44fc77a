"""An archive with all that a post can contain, and what readers take of it away."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from archivist.commands.take_away import bind_book
from tests.checks.test_honest_texts import MARKDOWN, TYPOGRAPHY
from tests.conftest import ROOT, WHOLE, write_docs, write_post

ADDRESS = "https://exemple.fr/archives/"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"

LINKS = """\
Un [autre billet](../2016/ancien.md#la-suite), {ref}`une étiquette <tag-cnfpt>`, {term}`CNFPT`,
[un fichier](../2018/notes.pdf), [les archives](../../contribuer.md), [ailleurs](https://exemple.fr/),
[plus bas](#plus-bas).

## Plus bas

![Une grande vue](liens/vue.jpg)

![Un dessin](liens/dessin.svg){.decorative}

![Une vue d’ailleurs](liens/ailleurs.webp) ![Un signe](liens/signe.webp)

| Commune | Département | Région | Participants | Propositions | Délibérations | Financements | Réalisations |
|---------|-------------|--------|--------------|--------------|---------------|--------------|--------------|
| Châteauneuf-sur-Isère | Drôme | Auvergne-Rhône-Alpes | 1 200 | 340 | 12 | 1 250 000 € | laboratoires-des-usages |
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
)


def draw(width, height, kind, mode="RGB"):
    data = io.BytesIO()
    Image.new(mode, (width, height), "#00808080").save(data, kind)
    return data.getvalue()


def list_files():
    data = ROOT / "tests/data"
    honest = {
        f"2015/honnete-{number}.md": write_post(body=body, date="2015-03-01")
        for number, body in enumerate(TYPOGRAPHY + MARKDOWN)
    }
    return (
        honest
        | WHOLE
        | {
            "2018/evier.md": (data / "evier.md").read_text(encoding="utf-8"),
            "2018/evier/photo.png": (data / "photo.png").read_bytes(),
            "2018/evier.comments.yml": (data / "evier.comments.yml").read_text(encoding="utf-8"),
            "/links.yml": (data / "evier.links.yml").read_text(encoding="utf-8"),
            "2018/liens.md": write_post(
                title="Des liens & *d’autres*", body=LINKS, date="2018-07-01", tags="CNFPT"
            ),
            "2018/notes.pdf": b"%PDF-1.4 essai",
            "2018/liens/vue.jpg": draw(4000, 1000, "JPEG"),
            "2018/liens/dessin.svg": SVG,
            "2018/liens/ailleurs.webp": draw(2000, 500, "WEBP"),
            "2018/liens/signe.webp": draw(20, 20, "WEBP", "RGBA"),
            "2016/ancien.md": write_post(
                title="Ancien",
                body="Du texte.\n\n## La suite\n\nFin.",
                date="2016-01-01",
                date_edtf="2016",
            ),
            "2017/ete.md": write_post(title="L’été", date="2017-06-21", date_edtf="2017-22"),
            "2017/english.md": write_post(
                title="In English", body="Some text.", date="2017-05-01", language="en"
            ),
            "2017/brouillon.md": write_post(
                title="Le secret", body="Pas encore.", date="2017-05-02", draft="true"
            ),
        }
    )


@dataclass(frozen=True)
class Book:
    """An EPUB file, read as a reader would."""

    path: Path

    def names(self):
        """Return the names of all its files, in their order."""
        return zipfile.ZipFile(self.path).namelist()

    def read(self, name):
        """Return what the file *name* in the folder of the book holds."""
        return zipfile.ZipFile(self.path).read(f"EPUB/{name}")

    def page(self, name):
        """Return the page *name*, which must be XML."""
        return etree.fromstring(self.read(name))

    def spine(self):
        """Return the pages in the order they are read."""
        package = self.page("content.opf")
        items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
        return [items[each.get("idref")] for each in package.iter(f"{OPF}itemref")]

    def text(self, name):
        """Return the words of the page *name*."""
        return " ".join("".join(self.page(name).find(f"{XHTML}body").itertext()).split())

    def links(self, name):
        """Return the words of each link of the page *name*, and where it leads."""
        return [
            (" ".join("".join(link.itertext()).split()), link.get("href"))
            for link in self.page(name).iter(f"{XHTML}a")
        ]


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    return write_docs(tmp_path_factory.mktemp("takeaway"), list_files())


@pytest.fixture(scope="module")
def book(docs):
    path = docs.parent / "archives.epub"
    bind_book(docs, path, {"html_baseurl": ADDRESS})
    return Book(path)
