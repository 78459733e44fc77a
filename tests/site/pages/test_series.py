"""Series: posts that follow one another."""

import pytest

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from tests.conftest import Site, write_docs, write_post

NAME = "Apprendre, ensemble !"
FOLDER = "series/apprendre-ensemble"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Twelve posts in a series, one in another, one in none, a draft."""
    folder = tmp_path_factory.mktemp("series")
    posts = {
        f"2017/billet-{day}.md": write_post(
            title=f"Billet {day}", date=f"2017-03-{day:02}", series=NAME
        )
        for day in range(1, 21)
    }
    posts["2018/seul.md"] = write_post(title="Seul", series="Mooc", body="{ref}`series-mooc`")
    posts["2018/hors.md"] = write_post(title="Hors", body="{ref}`les séries <blog-series>`")
    posts["2017/cache.md"] = write_post(date="2017-03-04", series=NAME, draft="true")
    build_site(write_docs(folder, posts), folder / "html", {})
    return Site(folder / "html")


def text_of(element):
    return " ".join(element.get_text().split())


def test_a_post_says_its_place_in_its_series(site):
    page = site.page("posts/2017/billet-2.html")

    place = page.select_one(".post-series")
    assert place.get_text() == "Série\xa0: Apprendre, ensemble\u202f!, 2 sur 20"
    assert place.a["href"] == f"../../{FOLDER}/index.html"
    links = page.select("nav[aria-label='Billets de la série'] a")
    assert [(text_of(link), link["href"]) for link in links] == [
        ("Précédent dans la série Billet 1", "billet-1.html"),
        ("Suivant dans la série Billet 3", "billet-3.html"),
    ]


def test_the_ends_of_a_series_lead_one_way(site):
    for name, count in (("2017/billet-1", 1), ("2017/billet-20", 1), ("2018/seul", 0)):
        links = site.page(f"posts/{name}.html").select("nav[aria-label='Billets de la série'] a")
        assert (name, len(links)) == (name, count)
    assert not site.page("posts/2018/hors.html").select(".post-series")


def test_the_list_of_a_series_is_read_from_its_beginning(site):
    first, second = f"{FOLDER}/index.html", f"{FOLDER}/page/2/index.html"

    assert site.titles(first) == [f"Billet {day}" for day in range(1, 11)]
    assert site.titles(second) == [f"Billet {day}" for day in range(11, 21)]
    assert site.page(first).select_one(".pages-newer")["href"] == "page/2/index.html"
    assert site.page(second).select_one(".pages-older")["href"] == "../../index.html"
    assert [len(site.page(name).select(".page-number")) for name in (first, second)] == [0, 1]
    assert not site.has(f"{FOLDER}/page/1/index.html")


def test_the_index_of_series_counts_their_posts(site):
    page = site.page("series/index.html")

    assert [text_of(each) for each in page.select(".catalogue li")] == [
        "Apprendre, ensemble ! 20 billets",
        "Mooc 1 billet",
    ]
    assert page.select_one(".site-menu a[aria-current]").get_text() == "Séries"


def test_references_lead_to_a_series_and_to_their_index(site):
    own, all_of_them = (
        site.page(f"posts/2018/{name}.html").select_one("article a[href*=series].internal")
        for name in ("seul", "hors")
    )

    assert own["href"] == "../../series/mooc/index.html"
    assert all_of_them["href"] == "../../series/index.html"


def test_without_series_there_is_no_index_and_no_link(make_site):
    make_site({"2018/billet.md": write_post(series="Mooc")})
    site = make_site({"2018/billet.md": write_post()})

    assert not [name for name in site.files() if name.startswith("series/")]
    assert not [name for name, page in site.pages().items() if page.select("a[href*='series/']")]


def test_a_series_written_otherwise_than_elsewhere_is_told(make_docs):
    files = {
        "2017/un.md": write_post(series="Le Mooc", date="2017-01-01"),
        "2017/deux.md": write_post(series="Le Mooc", date="2017-01-02"),
        "2018/trois.md": write_post(series="le mooc"),
    }

    (problem,) = check_archive(read_archive(make_docs(files)))
    assert str(problem) == (
        "docs/posts/2018/trois.md:5: « le mooc » existe déjà, écrit « Le Mooc » : écrivez-le ainsi."
    )
