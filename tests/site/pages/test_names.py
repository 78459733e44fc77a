"""{person} and {organisation}: the index of names."""

import pytest

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from archivist.posts.labels import read_name
from tests.conftest import Site, write_docs, write_post

ARMELLE = "{person}`Armelle Dufour <Dufour, Armelle>`"


@pytest.mark.parametrize(
    ("text", "words", "filed"),
    [
        ("Etalab", "Etalab", "Etalab"),
        ("Armelle Dufour <Dufour, Armelle>", "Armelle Dufour", "Dufour, Armelle"),
        ("elle\n<Dufour,\nArmelle>", "elle", "Dufour, Armelle"),
        ("<Dufour>", "<Dufour>", "<Dufour>"),
        ("a > b", "a > b", "a > b"),
        ("a <b> c", "a <b> c", "a <b> c"),
    ],
)
def test_a_name_is_its_words_unless_another_is_given(text, words, filed):
    name = read_name(text)

    assert (name.words, name.filed) == (words, filed)


POSTS = {
    "2017/ancien.md": write_post(
        title="Ancien",
        date="2017-01-01",
        body=f"Avec {ARMELLE} et {{organisation}}`la 27e Région <27e Région>`, {ARMELLE} encore.",
    ),
    "2018/recent.md": write_post(
        title="Rencontre avec {person}`Élise`",
        body="## Chez {person}`elle <Dufour, Armelle>`\n\nAu {organisation}`Cercle : 12 ans` d’{person}`Eugène`.",
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names")
    build_site(write_docs(folder, POSTS), folder / "html", {})
    return Site(folder / "html")


def index_of(site):
    page = site.page("noms/index.html")
    return {
        heading.get_text(): [
            (each.dt.get_text(), [(a.get_text(), a["href"]) for a in each.select("dd a")])
            for each in heading.find_next("dl").select("div")
        ]
        for heading in page.select("main h2")
    }


def test_the_index_leads_from_each_name_to_its_posts(site):
    old, new = (
        ("Ancien", "../posts/2017/ancien.html"),
        (
            "Rencontre avec Élise",
            "../posts/2018/recent.html",
        ),
    )

    assert index_of(site) == {
        "0-9": [("27e Région", [old])],
        "C": [("Cercle\xa0: 12\xa0ans", [new])],
        "D": [("Dufour, Armelle", [old, new])],
        "E": [("Élise", [new]), ("Eugène", [new])],
    }


def test_the_letters_lead_to_their_parts_and_the_menu_to_the_index(site):
    page = site.page("noms/index.html")
    for link in page.select(".letters a"):
        assert page.select_one(link["href"]).get_text() == link.get_text()
    assert page.select_one(".site-menu a[aria-current]").get_text() == "Index des noms"
    assert site.page("posts/2017/ancien.html").select(".site-menu a[href='../../noms/index.html']")


def test_a_mark_changes_nothing_of_a_page_but_for_its_menu(make_site, site):
    marked = site.page("posts/2017/ancien.html").select_one("article")
    plain = POSTS["2017/ancien.md"].replace(ARMELLE, "Armelle Dufour")
    plain = plain.replace("{organisation}`la 27e Région <27e Région>`", "la 27e Région")

    assert (
        make_site(POSTS | {"2017/ancien.md": plain})
        .page("posts/2017/ancien.html")
        .select_one("article")
        == marked
    )


def test_without_names_there_is_no_index_and_no_link(make_site):
    make_site({"2018/billet.md": write_post(body=ARMELLE)})
    site = make_site({"2018/billet.md": write_post()})

    assert not site.has("noms/index.html")
    assert not [name for name, page in site.pages().items() if page.select("a[href*='noms/']")]


def test_drafts_name_nobody(make_site):
    body = "{person}`Armelle`"
    site = make_site({"2018/a.md": write_post(body=body, draft="true"), "2018/b.md": write_post()})

    assert not site.has("noms/index.html")


def test_a_name_written_otherwise_than_elsewhere_is_told(make_docs):
    files = {
        "2017/un.md": write_post(body=ARMELLE, date="2017-01-01"),
        "2017/deux.md": write_post(body=ARMELLE, date="2017-01-02"),
        "2018/trois.md": write_post(body="{person}`dufour armelle`"),
    }

    (problem,) = check_archive(read_archive(make_docs(files)))
    assert str(problem) == (
        "docs/posts/2018/trois.md:9: « dufour armelle » est déjà dans l’index, écrit "
        "« Dufour, Armelle » : écrivez {person}`dufour armelle <Dufour, Armelle>`."
    )
