"""Titles and labels are text: nothing a writer puts there is markup on any page."""

import pytest

LABEL = """Si a & "x" & 'y'"""
NASTY = """Si a < b & c > d, "x" & 'y' <script>alert(1)</script>"""


@pytest.fixture
def site(make_site, make_post):
    yaml, label = NASTY.replace("'", "''"), LABEL.replace("'", "''")
    return make_site(
        {
            "2018/un.md": make_post(
                title=NASTY.replace("<", "\\<"), tags=f"['{label}']", location=f"['{label}']",
                source="https://exemple.fr/?a=1&b=<x>", summary=f"'{yaml}'",
            ),
            "2018/deux.md": make_post(title="Voisin", date="2018-06-23"),
            "2017/un.md": make_post(title="Même nom", date="2017-01-01"),
            "/authors.yml": f"amoor:\n  name: '{yaml}'\n",
            "/categories.yml": f"Innovation publique:\n  description: '{yaml}'\n",
        }
    )  # fmt: skip


def test_no_page_runs_what_a_writer_typed(site):
    for page in site.pages().values():
        assert all("alert" not in script.get_text() for script in page.find_all("script"))


@pytest.mark.parametrize(
    ("page", "selector"),
    [
        ("index.html", ".entry-title a"),
        ("index.html", ".entry-excerpt p"),
        ("posts/2018/un.html", ".labels dd a"),
        ("posts/2018/un.html", ".post-authors a"),
        ("posts/2018/deux.html", ".neighbour-previous"),
        ("tag/si-a-x-y/index.html", "h1"),
        ("tag/index.html", ".catalogue a"),
        ("category/index.html", ".catalogue p"),
        ("category/innovation-publique/index.html", ".page-description"),
        ("author/amoor/index.html", "h1"),
        ("un/index.html", ".catalogue a"),
        ("archives/index.html", ".site-menu a"),
    ],
)
def test_each_place_shows_the_words_as_typed(site, page, selector):
    texts = [element.get_text() for element in site.page(page).select(selector)]

    assert any(NASTY in text or LABEL in text for text in texts)


def test_an_address_stays_whole(site):
    link = site.page("posts/2018/un.html").select_one(".post-source a")

    assert link["href"] == link.get_text() == "https://exemple.fr/?a=1&b=<x>"


def test_a_list_has_the_title_of_its_heading(site):
    for name in ("tag/si-a-x-y/index.html", "author/amoor/index.html"):
        page = site.page(name)
        assert page.title.get_text().startswith(page.h1.get_text())


def test_every_page_has_one_title_and_one_h1(site):
    for name, page in site.pages().items():
        assert (name, len(page.find_all("h1")), len(page.find_all("title"))) == (name, 1, 1)
