import re
from pathlib import Path

import pytest

from archivist.build.build import build_site
from tests.conftest import Site, write_docs, write_post

PHOTO = (Path(__file__).parents[2] / "data/photo.png").read_bytes()


def numbered(count, write_post):
    """Return as many posts as asked, one a day from 1 March 2018, each with its photo."""
    files = {}
    for number in range(1, count + 1):
        name, body = f"2018/billet-{number}", f"![Une photo](billet-{number}/photo.png)"
        post = write_post(
            title=f"Billet {number}",
            date=f"2018-03-{number:02}",
            tags="CNFPT",
            partial="true",
            body=body,
        )
        files |= {f"{name}.md": post, f"{name}/photo.png": PHOTO}
    return files


def words(text):
    return re.findall(r"\S+", text)


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A site of three posts."""
    posts = {
        "2017/ancien.md": write_post(
            title="Un ancien", date="2017-11-10", date_edtf="2017-11", tags="[Été, CNFPT]"
        ),
        "2018/milieu.md": write_post(
            title="Le milieu",
            date="2018-03-02",
            tags="CNFPT",
            body="Début.\n\n<!-- more -->\n\nFin.",
        ),
        "2018/recent.md": write_post(title="Le récent", date="2018-06-22"),
    }
    folder = tmp_path_factory.mktemp("three")
    build_site(write_docs(folder, posts), folder / "html", {})
    return Site(folder / "html")


def test_the_home_page_lists_the_newest_first(three):
    assert three.titles("index.html") == ["Le récent", "Le milieu", "Un ancien"]


def test_sticky_posts_stay_first_on_the_home_page_alone(make_site, make_post):
    posts = numbered(12, make_post)
    for number in (2, 11):
        name = f"2018/billet-{number}.md"
        posts[name] = posts[name].replace("tags:", "sticky: true\ntags:")
    site = make_site(posts)

    assert site.titles("index.html") == ["Billet 11", "Billet 2", "Billet 12"]
    assert [each.get_text() for each in site.page("index.html").select(".entry-first")] == [
        "À la une",
        "À la une",
    ]
    assert site.titles("page/1/index.html") == [f"Billet {each}" for each in range(10, 0, -1)]
    for name in ("tag/cnfpt/index.html", "2018/index.html", "2018/03/index.html"):
        assert site.titles(name) == ["Billet 12", "Billet 11"]
        assert site.page(name).select(".entry-first") == []


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ("tag/cnfpt/index.html", ["Le milieu", "Un ancien"]),
        ("tag/ete/index.html", ["Un ancien"]),
        ("category/innovation-publique/index.html", ["Le récent", "Le milieu", "Un ancien"]),
        ("author/amoor/index.html", ["Le récent", "Le milieu", "Un ancien"]),
        ("2017/index.html", ["Un ancien"]),
        ("2017/11/index.html", ["Un ancien"]),
        ("2018/index.html", ["Le récent", "Le milieu"]),
        ("2018/03/index.html", ["Le milieu"]),
    ],
)
def test_each_list_is_where_the_old_blog_had_it(three, page, titles):
    assert three.titles(page) == titles


def test_an_entry_shows_date_excerpt_labels_and_a_link_of_its_own(three):
    entry = three.page("tag/cnfpt/index.html").select(".entry")[0]

    assert entry.select_one(".entry-title a")["href"] == "../../posts/2018/milieu.html"
    assert entry.select_one("time")["datetime"] == "2018-03-02"
    assert "Début." in entry.select_one(".entry-excerpt").get_text()
    assert "Fin." not in entry.get_text()
    assert (
        entry.select_one(".entry-more a").get_text()
        == "Continuer la lecture de «\xa0Le milieu\xa0»"
    )
    assert [dd.get_text() for dd in entry.select(".labels dd")] == ["Innovation publique", "CNFPT"]


def test_a_category_tells_what_it_covers(three):
    for page in ("category/innovation-publique/index.html", "category/index.html"):
        assert "Faire autrement." in three.page(page).main.get_text()


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("tag/index.html", ["CNFPT 2 billets", "Été 1 billet"]),
        ("category/index.html", ["Innovation publique 3 billets Faire autrement."]),
        ("author/index.html", ["a.m.o.o.r. 3 billets http://www.amoor.fr/"]),
    ],
)
def test_indexes_count_the_posts_of_each_label(three, page, lines):
    items = three.page(page).select(".catalogue li")

    assert [" ".join(words(item.get_text(" "))) for item in items] == lines


def test_the_archive_page_draws_the_months_and_tells_them_in_words(three):
    page = three.page("archives/index.html")

    assert [chart["aria-label"] for chart in page.select("svg")] == [
        "Billets par mois en 2018\xa0: mars 1, juin 1.",
        "Billets par mois en 2017\xa0: novembre 1.",
    ]
    assert [len(chart.select("rect")) for chart in page.select("svg")] == [2, 1]
    assert [link["href"] for link in page.select(".months a")] == [
        "../2018/03/index.html",
        "../2018/06/index.html",
        "../2017/11/index.html",
    ]
    assert page.main.select("script") == []


def test_twenty_three_posts_make_three_pages_that_lead_to_each_other(make_site, make_post):
    site = make_site(numbered(23, make_post))

    for path in ("", "tag/cnfpt/", "2018/", "2018/03/"):
        assert len(site.titles(f"{path}index.html")) == 3
        assert len(site.titles(f"{path}page/1/index.html")) == 10
        assert site.titles(f"{path}page/2/index.html")[0] == "Billet 20"
        assert not site.page(f"{path}page/3/index.html").select(".entry")
        newer = site.page(f"{path}page/2/index.html").select_one(".pages-newer")["href"]
        assert newer == "../3/index.html"


def test_a_new_post_changes_only_what_shows_it(make_site, make_post, tmp_path):
    before = make_site(numbered(23, make_post)).contents()

    after = make_site(numbered(24, make_post)).contents()

    changed = {name for name in before if before[name] != after.get(name)}
    changed = {name for name in changed if not name.startswith(("_search/", "mots/"))}
    listings = {f"{path}index.html" for path in ("", "tag/cnfpt/", "2018/", "2018/03/")}
    listings |= {"author/amoor/index.html", "category/innovation-publique/index.html"}
    indexes = {"tag/index.html", "category/index.html", "author/index.html", "archives/index.html"}
    machine_read = {"SHA256SUMS", "objects.inv", "_redirects", "nginx-redirects.conf"}
    machine_read |= {"billets.bib", "billets.csv", "billets.json"}
    neighbour = {"posts/2018/billet-23.html"}
    assert changed == listings | indexes | machine_read | neighbour
    added = {
        name
        for name in set(after) - set(before)
        if not name.startswith(("_images/", "_search/", "mots/"))
    }
    files = {f"posts/2018/billet-24.{ending}" for ending in ("html", "bib", "ris", "csl.json")}
    assert added == files | {"billet-24/index.html"}


def test_links_of_an_excerpt_hold_from_every_list(make_site, make_post):
    body = "Voir [l’autre](../2017/autre.md), {term}`CNFPT`, [ici](#plus-bas) et la note[^1].\n\n<!-- more -->\n\n## Plus bas\n\n[^1]: Note."
    site = make_site(
        {
            "2018/billet.md": make_post(body=body, tags="x"),
            "2017/autre.md": make_post(date="2017-01-01", title="L’autre"),
        },
    )

    for page, root in (
        ("index.html", ""),
        ("tag/x/index.html", "../../"),
        ("2018/06/index.html", "../../"),
    ):
        links = [a["href"] for a in site.page(page).select(".entry-excerpt p:first-child a")][:4]
        assert links[:3] == [
            f"{root}posts/2017/autre.html",
            f"{root}glossaire.html#term-CNFPT",
            f"{root}posts/2018/billet.html#plus-bas",
        ]
        assert links[3].startswith(f"{root}posts/2018/billet.html#")


def test_an_external_link_leads_from_the_title(make_site, make_post):
    site = make_site({"2018/billet.md": make_post(external_link="https://exemple.fr/billet")})

    entry = site.page("index.html").select_one(".entry")
    assert entry.select_one(".entry-title a")["href"] == "https://exemple.fr/billet"
    assert entry.select_one(".entry-more a")["href"] == "posts/2018/billet.html"


def test_an_empty_archive_says_so(make_site):
    site = make_site({})

    assert "Aucun billet pour l’instant." in site.page("index.html").main.get_text()
    assert "Rien pour l’instant." in site.page("tag/index.html").main.get_text()
