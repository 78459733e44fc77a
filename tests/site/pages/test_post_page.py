import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.posts.fields import FORMATS
from archivist.site.pages import post as post_page
from archivist.site.text.excerpts import shorten
from archivist.site.text.fragments import count_minutes

SECTIONS = "Début.\n\n## Un\n\nTexte.\n\n## Deux\n\nTexte.\n\n### Détail\n\nTexte.\n"


def text_of(element):
    return " ".join(element.get_text(" ").split())


def test_a_post_says_when_by_whom_and_under_what(make_site, make_post):
    site = make_site(
        {"2018/billet.md": make_post(date_edtf="2018-06~", tags="CNFPT, Été", location="Angers")}
    )

    page = site.page("posts/2018/billet.html")
    assert text_of(page.select_one(".post-date")) == "vers juin 2018"
    assert text_of(page.select_one(".post-authors")) == "par a.m.o.o.r."
    assert page.select_one(".post-minutes").get_text() == "1\xa0min de lecture"
    labels = [(a.get_text(), a["href"]) for a in page.select(".labels a")]
    assert labels == [
        ("Innovation publique", "../../category/innovation-publique/index.html"),
        ("CNFPT", "../../tag/cnfpt/index.html"),
        ("Été", "../../tag/ete/index.html"),
        ("Angers", "../../location/angers/index.html"),
    ]


def test_the_byline_stands_between_title_and_text(make_site, make_post):
    page = make_site({"2018/billet.md": make_post(title="Mon titre")}).page(
        "posts/2018/billet.html"
    )

    text = text_of(page.select_one("article"))
    assert text.index("Mon titre") < text.index("22 juin 2018") < text.index("Du texte.")
    assert [h1.find(string=True) for h1 in page.select("h1")] == ["Mon titre"]


def test_a_partial_post_says_so_and_leads_to_the_rest(make_site, make_post):
    post = make_post(partial="true", source="http://exemple.fr/billet/")
    page = make_site({"2018/billet.md": post}).page("posts/2018/billet.html")

    notice = page.select_one(".post-partial")
    assert text_of(notice) == (
        "Seul cet extrait du billet est conservé ici ; la suite est à lire sur le blog d’origine ."
    )
    assert notice.a["href"] == "http://exemple.fr/billet/"
    assert page.select_one(".post-source a").get_text() == "http://exemple.fr/billet/"


@pytest.mark.parametrize(("word", "name"), [("quote", "citation"), ("aside", "en passant")])
def test_a_post_says_what_format_it_had(make_site, make_post, word, name):
    page = make_site({"2018/billet.md": make_post(format=word)}).page("posts/2018/billet.html")

    assert page.select_one(".post-byline .post-format").get_text() == f"Format\xa0: {name}"
    assert page.data["value"] == word


def test_each_format_has_a_name():
    assert tuple(post_page.FORMATS) == FORMATS


def test_a_whole_post_says_nothing_of_the_kind(make_site, make_post):
    page = make_site({"2018/billet.md": make_post()}).page("posts/2018/billet.html")

    assert page.select(".post-partial, .post-source") == []


def test_a_post_leads_to_its_neighbours_in_time(make_site, make_post):
    site = make_site(
        {
            "2017/b.md": make_post(title="Premier", date="2017-01-01"),
            "2018/a.md": make_post(title="Deuxième", date="2018-01-01"),
            "2018/c.md": make_post(title="Troisième", date="2018-01-02"),
        }
    )

    page = site.page("posts/2018/a.html")
    assert page.select_one("[rel=prev]")["href"] == "../2017/b.html"
    assert text_of(page.select_one("[rel=next]")) == "Billet suivant Troisième"
    assert site.page("posts/2017/b.html").select(".neighbour-previous") == []
    assert site.page("posts/2018/c.html").select(".neighbour-next") == []


def test_a_post_with_sections_has_a_table_of_contents(make_site, make_post):
    page = make_site({"2018/billet.md": make_post(body=SECTIONS)}).page("posts/2018/billet.html")

    links = [(a.get_text(), a["href"]) for a in page.select(".sections a")]
    assert links == [("Un", "#un"), ("Deux", "#deux"), ("Détail", "#detail")]
    assert all(page.find(id=target[1:]) for _, target in links)


def test_a_post_without_sections_has_none(make_site, make_post):
    page = make_site({"2018/billet.md": make_post()}).page("posts/2018/billet.html")

    assert page.select(".sections") == []


@pytest.mark.parametrize(
    "link", ["../2017/autre.md", "/posts/2017/autre.md", "../2017/autre.md#suite"]
)
def test_a_plain_markdown_link_leads_to_another_post(make_site, make_post, link):
    site = make_site(
        {
            "2018/billet.md": make_post(body=f"[voir]({link})"),
            "2017/autre.md": make_post(date="2017-01-01", body="## Suite\n\nTexte."),
        },
    )

    href = site.page("posts/2018/billet.html").find("a", string="voir")["href"]
    assert href.partition("#")[0] == "../2017/autre.html"


@pytest.mark.parametrize(
    ("reference", "href", "text"),
    [
        ("{ref}`tag-cnfpt`", "../../tag/cnfpt/index.html", "CNFPT"),
        ("{ref}`les autres <category-innovation-publique>`", "../../category/innovation-publique/index.html", "les autres"),
        ("[**les** (autres)](#category-innovation-publique)", "../../category/innovation-publique/index.html", "les (autres)"),
        ('<a href="#tag-cnfpt">là</a>', "../../tag/cnfpt/index.html", "là"),
        ("{ref}`archive-2018`", "../../2018/index.html", "2018"),
        ("{ref}`blog-tags`", "../../tag/index.html", "Étiquettes"),
        ("{ref}`autre`", "../2017/autre.html", "Un autre"),
        ("{ref}`2017/autre`", "../2017/autre.html", "Un autre"),
        ("{term}`Cnfpt <CNFPT>`", "../../glossaire.html#term-CNFPT", "Cnfpt"),
    ],
)  # fmt: skip
def test_labels_posts_and_terms_can_be_referred_to(make_site, make_post, reference, href, text):
    site = make_site(
        {
            "2018/billet.md": make_post(body=f"Voir {reference}.", tags="CNFPT"),
            "2017/autre.md": make_post(title="Un autre", date="2017-01-01"),
        }
    )

    link = site.page("posts/2018/billet.html").select_one("article section p:not([class]) a")
    assert (link["href"], link.get_text()) == (href, text)


def test_a_post_in_another_language_says_which(make_site, make_post):
    site = make_site({"2018/billet.md": make_post(language="en")})

    assert site.page("posts/2018/billet.html").article["lang"] == "en"
    assert site.page("index.html").article["lang"] == "en"


def test_an_update_is_dated_in_french(make_site, make_post):
    body = "Texte.\n\n:::{update} 2019-02-01\nÇa a changé.\n:::"
    page = make_site({"2018/billet.md": make_post(body=body, updated="2019-02-01")}).page(
        "posts/2018/billet.html"
    )

    assert page.select_one(".admonition-title").get_text() == "Mise à jour du 1er\xa0février 2019"
    assert "Mis à jour le 1er février 2019" in text_of(page.select_one(".post-footer"))


def test_a_post_has_a_description_and_a_lasting_address(make_site, make_post):
    site = make_site(
        {"2018/billet.md": make_post(body="Un début.\n\nUne suite.")},
        html_baseurl="https://exemple.fr/b",
    )

    page = site.page("posts/2018/billet.html")
    assert page.select_one("meta[name=description]")["content"] == "Un début."
    assert (
        page.select_one("link[rel=canonical]")["href"]
        == "https://exemple.fr/b/posts/2018/billet.html"
    )
    for name, address in (
        ("index.html", ""),
        ("2018/06/index.html", "2018/06/"),
        ("a-propos.html", "a-propos.html"),
    ):
        canonical = site.page(name).select_one("link[rel=canonical]")["href"]
        assert canonical == f"https://exemple.fr/b/{address}"


@given(st.integers(min_value=0, max_value=20_000))
def test_reading_takes_a_whole_minute_at_least(words):
    assert count_minutes(words) == max(1, round(words / 214))


@given(st.text())
def test_a_description_is_short_and_on_one_line(text):
    short = shorten(text)

    assert len(short) <= 161
    assert "\n" not in short
