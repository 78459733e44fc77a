"""The foot of a post says where it comes from, and nothing that its header does not say."""

import pytest

from archivist.build.build import build_site
from tests.conftest import Site, write_docs, write_post

SOURCE = "http://www.exemple.fr/billet/"
NOTICE = "Début.\n\n:::{outdated}\nTout a changé : voir [là](../2017/la.md).\n:::\n\nSuite."
ERRATUM = (
    "Combien d’inconnus.\n\n```{erratum} 2026-11-20\n« inconus » est devenu « inconnus ».\n```"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("provenance")
    files = {
        "2018/entier.md": write_post(source=SOURCE, copied="2026-11-03", license="CC <BY> 4.0"),
        "2018/extrait.md": write_post(source=SOURCE, partial="true", date_edtf="2018-06~"),
        "2018/libre.md": write_post(body=NOTICE),
        "2018/corrige.md": write_post(source=SOURCE, body=ERRATUM),
        "2018/doute.md": write_post(body=NOTICE, date_edtf="2017-11/2018-12", date="2018-01-01"),
        "2017/la.md": write_post(date="2017-01-01", author="claire"),
        "/authors.yml": "amoor:\n  name: a.m.o.o.r.\nclaire:\n  license: Domaine public\n",
        "/manifest.json": '{"rule": 1, "posts": {}}\n',
    }
    build_site(write_docs(folder, files), folder / "html", {})
    return Site(folder / "html")


def tell(site, name):
    page = site.page(f"posts/{name}.html")
    return {
        line.dt.get_text(): " ".join(line.dd.get_text().split())
        for line in page.select(".provenance dl > div")
    }


def test_a_post_says_where_and_when_it_first_appeared_and_when_it_was_copied(site):
    assert tell(site, "2018/entier") == {
        "Première publication": "22 juin 2018, sur www.exemple.fr",
        "Adresse d’origine": SOURCE,
        "Conservé ici": "le texte entier",
        "Copie faite": "le 3 novembre 2026",
        "Licence annoncée": "CC <BY> 4.0",
    }


def test_nothing_is_made_up_of_an_excerpt(site):
    assert tell(site, "2018/extrait") == {
        "Première publication": "vers juin 2018, sur www.exemple.fr",
        "Adresse d’origine": SOURCE,
        "Conservé ici": "un extrait",
        "Licence annoncée": "aucune",
    }


def test_a_post_written_here_has_a_provenance_only_if_a_licence_is_stated(site):
    assert tell(site, "2018/libre") == {}
    assert tell(site, "2017/la") == {"Licence annoncée": "Domaine public"}


def test_the_provenance_has_a_heading_of_its_own(site):
    section = site.page("posts/2018/entier.html").select_one("section.provenance")

    assert section.h2["id"] == section["aria-labelledby"] == "_provenance"
    assert section.h2.get_text() == "D’où vient ce billet"


def test_an_erratum_is_shown_with_its_date(site):
    note = site.page("posts/2018/corrige.html").select_one(".erratum")

    assert note.select_one(".admonition-title").get_text() == "Erratum du 20\xa0novembre 2026"
    assert note.select("p")[1].get_text() == "«\xa0inconus\xa0» est devenu «\xa0inconnus\xa0»."


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("libre", "Ce billet date de 2018"),
        ("doute", "Date de ce billet\xa0: entre novembre 2017 et décembre 2018"),
    ],
)
def test_what_has_changed_is_told_above_the_text(site, name, title):
    section = site.page(f"posts/2018/{name}.html").select_one(".page.post > section")
    note = section.select_one(".e-content > .outdated")

    assert note.select_one(".admonition-title").get_text() == title
    assert note.a["href"] == "../2017/la.html"
    text = section.get_text()
    assert text.index("Tout a changé") < text.index("Début.")
    assert len(site.page(f"posts/2018/{name}.html").select(".outdated")) == 1


def test_no_list_shows_what_is_later(site):
    entries = site.page("index.html").get_text()

    assert "Début." in entries
    assert "Tout a changé" not in entries
    assert "est devenu" not in entries


def test_readers_are_handed_the_checksums(site):
    assert site.contents()["manifest.json"] == b'{"rule": 1, "posts": {}}\n'
