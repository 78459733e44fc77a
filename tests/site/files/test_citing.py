"""« Citer ce billet »: what readers, reference managers and Zotero find on and beside a page."""

import json

import pytest
import rispy
from bs4 import BeautifulSoup
from pybtex.database import parse_string

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from tests.conftest import Site, write_docs, write_post

BASE = "https://exemple.fr/archives"
PAGE = "posts/2018/billet.html"
AUTHORS = """\
amoor:
  name: a.m.o.o.r.
claire:
  name: Claire Durand
  family: Durand
  given: Claire
"""
POSTS = {
    "/authors.yml": AUTHORS,
    "2018/billet.md": write_post(
        title=r"L’été : *CNFPT* & \<b> « 50 % »",
        date="2018-06-01",
        date_edtf="2018-06~",
        author="[claire, amoor]",
        tags="[CNFPT, Été]",
        source="http://amoor.exemple/tag/cnfpt/",
        partial="true",
    ),
    "2017/billet.md": write_post(title="Certain", date="2017-01-02"),
    "2017/english.md": write_post(title="Who: us?", date="2017-01-03", language="en"),
    "2017/brouillon.md": write_post(title="Secret", date="2017-01-04", draft="true"),
}


def build(folder, **settings):
    build_site(write_docs(folder, POSTS), folder / "html", settings)
    return Site(folder / "html")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site that knows its address."""
    return build(tmp_path_factory.mktemp("citing"), html_baseurl=f"{BASE}/")


@pytest.fixture(scope="module")
def homeless(tmp_path_factory):
    """A site that does not."""
    return build(tmp_path_factory.mktemp("homeless"))


def read(site, name):
    return (site.folder / name).read_bytes().decode("utf-8")


def read_tags(page):
    """Return the tags that Zotero reads, in order, from a page read as a browser would."""
    found = {}
    for tag in page.head.select("meta[name^=citation_], meta[name^=DC], meta[name^=prism]"):
        found.setdefault(tag["name"], []).append(tag["content"])
    return found


def text_of(element):
    return " ".join(element.get_text().split())


def test_a_post_tells_how_to_cite_it_without_scripts(site):
    details = site.page(PAGE).select_one("details.citing")

    assert details.summary.get_text() == "Citer ce billet"
    assert text_of(details.select_one(".citing-reference")) == (
        "DURAND, Claire et a.m.o.o.r. « L’été : CNFPT & <b> « 50 % » » (extrait)."
        " Archives de l’innovation publique [en ligne], vers juin 2018."
        f" Disponible à l’adresse : {BASE}/posts/2018/billet.html"
        " ; paru d’abord à l’adresse : http://amoor.exemple/tag/cnfpt/"
    )
    assert details.cite.get_text() == "Archives de l’innovation publique"
    assert details.find("script") is None


def test_the_permanent_address_is_shown(site):
    link = site.page(PAGE).select_one(f'details.citing a[href^="{BASE}"]')

    assert link["href"] == link.get_text() == f"{BASE}/posts/2018/billet.html"


def test_an_archive_that_has_no_address_gives_the_one_of_origin_alone(homeless):
    page = homeless.page(PAGE)

    assert text_of(page.select_one(".citing-reference")).endswith(
        "vers juin 2018. Paru d’abord à l’adresse : http://amoor.exemple/tag/cnfpt/"
    )
    assert "Adresse permanente" not in page.select_one("details.citing").get_text()
    assert "citation_public_url" not in read_tags(page)
    assert "http://amoor.exemple/tag/cnfpt/" in read(homeless, "posts/2018/billet.bib")
    certain = homeless.page("posts/2017/billet.html")
    assert text_of(certain.select_one(".citing-reference")).endswith("2 janvier 2017.")


def test_a_title_is_said_in_its_own_language(site):
    page = site.page("posts/2017/english.html")

    assert page.select_one(".citing-reference [lang=en]").get_text() == "Who: us?"
    assert read_tags(page)["citation_language"] == ["en"]


def test_each_form_can_be_kept_and_bibtex_copied(site):
    details = site.page(PAGE).select_one("details.citing")

    links = {link.get_text(): link["href"] for link in details.select("a[download]")}
    assert links == {
        "BibTeX": "billet.bib",
        "RIS": "billet.ris",
        "CSL-JSON": "billet.csl.json",
    }
    assert all(site.has(f"posts/2018/{name}") for name in links.values())
    assert details.pre.get_text() == read(site, "posts/2018/billet.bib")


def test_all_forms_say_the_same(site):
    (bibtex,) = parse_string(read(site, "posts/2018/billet.bib"), "bibtex").entries.values()
    (ris,) = rispy.loads(read(site, "posts/2018/billet.ris"))
    (csl,) = json.loads(read(site, "posts/2018/billet.csl.json"))
    tags = read_tags(site.page(PAGE))

    title, address = "L’été : CNFPT & <b> « 50 % »", f"{BASE}/posts/2018/billet.html"
    assert bibtex.fields["title"] == r"{L’été : CNFPT \& <b> « 50 \% »}"
    assert ris["title"] == csl["title"] == tags["citation_title"][0] == title
    assert bibtex.fields["url"] == ris["urls"][0] == csl["URL"] == address
    assert tags["citation_public_url"] == [address]
    assert bibtex.key == ris["id"] == csl["id"] == "billet-2018"
    assert (bibtex.fields["date"], ris["date"]) == ("2018-06~", "2018/06//vers")
    assert csl["issued"] == {"date-parts": [[2018, 6]], "circa": True}
    assert tags["DC.date"] == ["2018-06~"]
    assert ris["authors"] == tags["citation_author"] == ["Durand, Claire", "a.m.o.o.r."]
    assert csl["author"] == [{"family": "Durand", "given": "Claire"}, {"literal": "a.m.o.o.r."}]
    assert ris["keywords"] == ["CNFPT", "Été"]


def test_a_day_that_is_known_is_told_as_google_scholar_asks(site):
    assert read_tags(site.page("posts/2017/billet.html"))["citation_publication_date"] == [
        "2017/01/02"
    ]


def test_no_made_up_day_is_anywhere(site):
    for name in ("billet.html", "billet.bib", "billet.ris", "billet.csl.json"):
        text = read(site, f"posts/2018/{name}")
        assert not [form for form in ("2018-06-01", "2018/06/01", "6, 1") if form in text], name


def test_one_file_holds_all_published_posts_oldest_first(site):
    entries = parse_string(read(site, "billets.bib"), "bibtex").entries

    assert list(entries) == ["billet-2017", "english-2017", "billet-2018"]
    link = site.page("archives/index.html").select_one("a[download]")
    assert link["href"] == "../billets.bib"
    assert "Secret" not in read(site, "billets.bib")
    assert not site.has("posts/2017/brouillon.bib")


def test_other_pages_are_cited_by_none(site):
    for name in ("index.html", "a-propos.html", "2018/index.html"):
        assert read_tags(site.page(name)) == {}
        assert site.page(name).select("details.citing") == []


def test_files_follow_their_posts(make_site):
    first = make_site({"2018/un.md": write_post(), "2018/deux.md": write_post(title="Deux")})
    before = (first.folder / "posts/2018/un.ris").stat()

    site = make_site({"2018/deux.md": None, "2018/trois.md": write_post(title="Trois")})

    assert sorted(
        name for name in site.files() if name.endswith((".bib", ".ris", ".csl.json"))
    ) == [
        "billets.bib",
        *(f"posts/2018/{name}" for name in ("trois.bib", "trois.csl.json", "trois.ris")),
        *(f"posts/2018/{name}" for name in ("un.bib", "un.csl.json", "un.ris")),
    ]
    assert "Trois" in read(site, "billets.bib")
    assert "Deux" not in read(site, "billets.bib")
    assert (site.folder / "posts/2018/un.ris").stat().st_mtime_ns == before.st_mtime_ns


def test_an_author_has_both_parts_of_a_name_or_none(make_docs):
    docs = make_docs({"/authors.yml": "amoor:\n  name: x\n  family: Durand\n"})

    (problem,) = check_archive(read_archive(docs))
    assert str(problem).startswith("docs/authors.yml:3: « family » va avec « given »")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("type: asso", "docs/authors.yml:3: « type » attend personne ou organisation."),
        (
            "type: organisation\n  family: x\n  given: y",
            "docs/authors.yml:3: une organisation n’a qu’un nom",
        ),
    ],
)
def test_an_author_is_a_person_or_an_organisation(make_docs, lines, message):
    (problem,) = check_archive(
        read_archive(make_docs({"/authors.yml": f"amoor:\n  name: x\n  {lines}\n"}))
    )
    assert str(problem).startswith(message)


def test_nothing_of_a_title_is_taken_for_html(site):
    page = BeautifulSoup(read(site, PAGE), "html.parser")

    assert page.select_one("details.citing b") is None
    assert page.head.find("b") is None
