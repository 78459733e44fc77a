import json
import re

import pytest

BODIES = {
    "compost": "Le compost nourrit le potager.\n\n## Retourner le tas\n\nTous les mois.",
    "potager": "Un potager demande du compost.",
    "budget": "La commune vote son budget.",
}


@pytest.fixture
def posts(make_post):
    return {
        f"{2016 + number}/{slug}.md": make_post(
            title=slug.title(), body=body, date=f"{2016 + number}-01-02", tags="Jardin, Été"
        )
        for number, (slug, body) in enumerate(BODIES.items())
    }


def read_texts(site):
    """Return what the index holds of each page, in their order."""
    paths = sorted(site.folder.glob("_search/texts/*/*.json"), key=lambda path: int(path.stem))
    return [json.loads(path.read_bytes()) for path in paths]


def test_posts_and_pages_are_indexed_posts_by_date_and_no_list(make_site, posts):
    urls = [page["url"] for page in read_texts(make_site(posts))]

    assert urls[-3:] == [
        "posts/2016/compost.html",
        "posts/2017/potager.html",
        "posts/2018/budget.html",
    ]
    assert set(urls[:-3]) == {
        "a-propos.html",
        "accessibilite.html",
        "contribuer.html",
        "ecrire-un-billet.html",
        "emporter.html",
        "glossaire.html",
        "tenir-l-archive.html",
        "verifications.html",
    }


def test_a_post_has_the_anchors_of_its_sections(make_site, posts):
    compost = read_texts(make_site(posts))[-3]

    assert [anchor for _, _, anchor, _ in compost["heads"]] == ["compost", "retourner-le-tas"]


def test_the_facets_tell_which_pages_bear_a_label(make_site, posts):
    site = make_site(posts)

    facets = json.loads(next(site.folder.glob("_search/facets/*.json")).read_bytes())
    first = len(read_texts(site)) - 3
    assert facets == {
        "annee": {"2016": [first], "2017": [first + 1], "2018": [first + 2]},
        "categorie": {"Innovation publique": [first, 1, 1]},
        "etiquette": {"Jardin": [first, 1, 1], "Été": [first, 1, 1]},
        "auteur": {"a.m.o.o.r.": [first, 1, 1]},
    }


def test_what_stands_around_a_post_is_not_indexed(make_site, posts):
    content = read_texts(make_site(posts))[-3]["text"]

    assert "lecture" not in content
    assert "Adresse" not in content


def test_sphinx_makes_no_index_of_its_own(live_site):
    assert not {"searchindex.js", "_static/searchtools.js", "_static/language_data.js"} & set(
        live_site.files()
    )


def test_each_file_the_page_asks_for_ahead_is_there(live_site):
    links = live_site.page("search.html").find("template").find_all("link")

    assert links
    assert [link["href"] for link in links if not live_site.has(link["href"])] == []


def test_each_module_the_search_imports_is_asked_for_ahead(live_site):
    links = live_site.page("search.html").find("template").find_all("link")
    ahead = {link["href"].rpartition("/")[2] for link in links}

    for path in (live_site.folder / "_static/search").glob("*.js"):
        if path.name != "not-found.js":
            imported = re.findall(r'from "\./(.*)"', path.read_text(encoding="utf-8"))
            assert set(imported) <= ahead


def test_related_posts_share_their_words_and_stand_under_the_post(make_site, make_post, posts):
    # What stands beside a post in time is named there already.
    between = make_post(title="Entre les deux", date="2016-12-31", body="Rien de tout cela.")
    site = make_site(posts | {"2016/entre.md": between})

    related = site.page("posts/2016/compost.html").select(".related a")
    assert [(link.get_text(), link["href"]) for link in related] == [
        ("Potager", "../2017/potager.html")
    ]
    assert not site.page("posts/2018/budget.html").select(".related")


def test_a_word_leads_to_its_posts_without_script(make_site, posts):
    site = make_site(posts)

    entry = next(
        each
        for each in site.page("mots/t/index.html").select(".words div")
        if each.dt.get_text() == "tas"
    )
    assert [link["href"] for link in entry.select("a")] == ["../../posts/2016/compost.html"]
    assert site.page("mots/index.html").select_one(".letters a[href='t/index.html']")


def test_an_archive_without_posts_has_a_search_and_an_index_of_words(make_site):
    site = make_site({})

    assert site.has("_search/settings.json")
    assert not site.page("mots/index.html").select(".letters li")
