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
    posts = numbered(22, make_post)
    for number in (2, 11):
        name = f"2018/billet-{number}.md"
        posts[name] = posts[name].replace("tags:", "sticky: true\ntags:")
    site = make_site(posts)

    assert site.titles("index.html") == [
        *("Billet 11", "Billet 2"),
        *(f"Billet {each}" for each in range(22, 11, -1)),
    ]
    assert [each.get_text() for each in site.page("index.html").select(".entry-first")] == [
        "À la une",
        "À la une",
    ]
    assert site.titles("page/1/index.html") == [f"Billet {each}" for each in range(10, 0, -1)]
    for name in ("tag/cnfpt/index.html", "2018/index.html", "2018/03/index.html"):
        assert site.titles(name) == [f"Billet {each}" for each in range(22, 10, -1)]
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


def test_an_entry_shows_date_minutes_excerpt_category_and_a_link_of_its_own(three):
    entry = three.page("tag/cnfpt/index.html").select(".entry")[0]

    assert entry.select_one(".entry-title a")["href"] == "../../posts/2018/milieu.html"
    assert entry.select_one("time")["datetime"] == "2018-03-02"
    assert "Début." in entry.select_one(".entry-excerpt").get_text()
    assert "Fin." not in entry.get_text()
    assert (
        entry.select_one(".entry-more a").get_text()
        == "Continuer la lecture de «\xa0Le milieu\xa0»"
    )
    assert [each.get_text() for each in entry.select(".entry-about span")] == [
        "2 mars 2018",
        "1\xa0min",
    ]
    assert entry.select_one(".entry-category a")["href"] == (
        "../../category/innovation-publique/index.html"
    )
    assert len(entry.select("a")) == 3


def test_an_entry_that_shows_the_whole_of_a_post_promises_no_more(three):
    entry = three.page("index.html").select(".entry")[0]

    assert entry.select_one(".entry-title").get_text(strip=True) == "Le récent"
    assert not entry.select(".entry-more")


def test_an_entry_names_its_authors_where_there_are_several(make_site, make_post):
    authors = "amoor:\n  name: a.m.o.o.r.\nclaire:\n  name: Claire Dubois\n"
    site = make_site(
        {
            "/authors.yml": authors,
            "2018/un.md": make_post(author="claire"),
            "2018/deux.md": make_post(author="[amoor, claire]", date="2018-01-01"),
        }
    )

    abouts = site.page("index.html").select(".entry-about")
    assert [each.select("span")[1].get_text() for each in abouts] == [
        "Claire Dubois",
        "a.m.o.o.r., Claire Dubois",
    ]


def test_an_excerpt_says_so_and_leads_to_the_blog_it_came_from(make_site, make_post):
    source = "https://blog.exemple.fr/billet/"
    site = make_site({"2018/un.md": make_post(partial="true", source=source, body="Début.")})

    entry = site.page("index.html").select_one(".entry")
    assert entry.select_one(".entry-partial").get_text() == "Extrait"
    assert entry.select_one(".entry-more a")["href"] == source
    assert site.page("posts/2018/un.html").select_one(".post-byline strong").get_text() == "Extrait"


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
    assert [len(chart.select("rect:not(.year-chart-target)")) for chart in page.select("svg")] == [
        2,
        1,
    ]
    assert [link["href"] for link in page.select("svg a")] == [
        "../2018/03/index.html",
        "../2018/06/index.html",
        "../2017/11/index.html",
    ]
    assert [link["href"] for link in page.select(".year-names a")] == ["#_2018", "#_2017"]
    assert page.main.select("script") == []


def test_all_titles_stand_on_a_page_by_year_and_month(three):
    page = three.page("archives/titres/index.html")

    assert [each.get_text() for each in page.main.select("h2, h3, li > a")][1:] == [
        *("2018", "Juin 2018", "Le récent", "Mars 2018", "Le milieu"),
        *("2017", "Novembre 2017", "Un ancien"),
    ]


def test_years_lead_to_their_months_and_these_up_and_to_both_sides(three):
    year, month = three.page("2018/index.html"), three.page("2018/03/index.html")

    months = [(each.get_text(), each["href"]) for each in year.select(".months a")]
    assert months == [("Mars", "03/index.html"), ("Juin", "06/index.html")]
    assert [each["href"] for each in month.select(".trail a")] == [
        "../../archives/index.html",
        "../index.html",
    ]
    assert [each["href"] for each in month.select(".neighbours a")] == [
        "../../2017/11/index.html",
        "../06/index.html",
    ]


def test_twenty_three_posts_make_two_pages_that_lead_to_each_other(make_site, make_post):
    site = make_site(numbered(23, make_post))

    for path in ("", "tag/cnfpt/", "2018/", "2018/03/"):
        assert len(site.titles(f"{path}index.html")) == 13
        assert site.titles(f"{path}page/1/index.html")[0] == "Billet 10"
        assert not site.page(f"{path}page/2/index.html").select(".entry")
        newer = site.page(f"{path}page/1/index.html").select_one(".pages-newer")["href"]
        assert newer == "../2/index.html"


def test_a_new_post_changes_only_what_shows_it(make_site, make_post, tmp_path):
    before = make_site(numbered(23, make_post)).contents()

    after = make_site(numbered(24, make_post)).contents()

    changed = {name for name in before if before[name] != after.get(name)}
    changed = {name for name in changed if not name.startswith(("_search/", "mots/"))}
    listings = {f"{path}index.html" for path in ("", "tag/cnfpt/", "2018/", "2018/03/")}
    listings |= {"author/amoor/index.html", "category/innovation-publique/index.html"}
    indexes = {"tag/index.html", "category/index.html", "author/index.html", "archives/index.html"}
    indexes |= {"archives/titres/index.html"}
    machine_read = {"SHA256SUMS", "objects.inv", "_redirects", "nginx-redirects.conf"}
    machine_read |= {"billets.bib", "billets.csv", "billets.json", ".htaccess", "caddy.conf"}
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
    site = make_site(
        {
            "2018/billet.md": make_post(
                external_link="https://exemple.fr/billet",
                body="Début.\n\n<!-- more -->\n\nFin.",
            )
        }
    )

    entry = site.page("index.html").select_one(".entry")
    assert entry.select_one(".entry-title a")["href"] == "https://exemple.fr/billet"
    assert entry.select_one(".entry-site").get_text() == "(exemple.fr)"
    assert entry.select_one(".entry-more a")["href"] == "posts/2018/billet.html"
    page = site.page("posts/2018/billet.html")
    assert page.select_one(".post-link a")["href"] == "https://exemple.fr/billet"


def test_an_empty_archive_says_so(make_site):
    site = make_site({})

    assert "Aucun billet pour l’instant." in site.page("index.html").main.get_text()
    assert "Rien pour l’instant." in site.page("tag/index.html").main.get_text()
