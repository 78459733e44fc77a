"""Categories that are part of others lead to each other, and nowhere that is not."""

import pytest

CATEGORIES = """\
Vide:
Cuisine:
  parent: Maison
Maison:
  description: Chez soi.
'Jardin !':
  parent: Maison
Outils:
  parent: 'Atelier : bois'
'Atelier : bois':
  parent: Maison
"""


@pytest.fixture
def site(make_site, make_post):
    names = {"un": "Maison", "deux": "Jardin !", "trois": "Outils", "quatre": "Cuisine"}
    posts = {f"2018/{name}.md": make_post(category=f"'{each}'") for name, each in names.items()}
    return make_site(posts | {"/categories.yml": CATEGORIES})


def family(page):
    """Return what a page says of its category, and where each name leads."""
    return {
        each.dt.get_text(): [
            (name.get_text(strip=True), name.a and name.a["href"]) for name in each.find_all("dd")
        ]
        for each in page.select(".page-header .labels > div")
    }


def test_a_category_leads_to_those_that_are_part_of_it(site):
    assert family(site.page("category/maison/index.html")) == {
        "Sous-catégories": [
            ("Atelier\xa0: bois", None),
            ("Cuisine", "../cuisine/index.html"),
            ("Jardin\u202f!", "../jardin/index.html"),
        ]
    }


@pytest.mark.parametrize(
    ("name", "parent"),
    [("cuisine", ("Maison", "../maison/index.html")), ("outils", ("Atelier\xa0: bois", None))],
)
def test_a_category_leads_to_what_it_is_part_of(site, name, parent):
    assert family(site.page(f"category/{name}/index.html")) == {"Fait partie de": [parent]}


def test_the_index_shows_them_under_what_they_are_part_of(site):
    page = site.page("category/index.html")

    (first,) = page.select(".catalogue > li")
    assert first.a["href"] == "maison/index.html"
    members = first.select(".catalogue-members")[0].find_all("li", recursive=False)
    assert [each.get_text(" ", strip=True) for each in members] == [
        "Atelier\xa0: bois Outils 1 billet",
        "Cuisine 1 billet",
        "Jardin\u202f! 1 billet",
    ]
    assert [a["href"] for a in members[0].find_all("a")] == ["outils/index.html"]


def test_no_link_leads_to_a_category_without_posts(site):
    assert not site.has("category/vide/index.html")
    assert not site.has("category/atelier-bois/index.html")
    for page in site.pages().values():
        assert [
            a["href"] for a in page.find_all("a", href=True) if "atelier-bois" in a["href"]
        ] == []


def test_categories_that_are_part_of_nothing_say_nothing(make_site, make_post):
    site = make_site({"2018/un.md": make_post()})

    assert family(site.page("category/innovation-publique/index.html")) == {}
    assert site.page("category/index.html").select(".catalogue-members") == []
