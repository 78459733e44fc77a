import pytest

from archivist.errors import ArchiveError


@pytest.fixture
def posts(make_post):
    return {
        "2017/ancien.md": make_post(
            title="Ancien", date="2017-11-10", date_edtf="2017-11", tags="Été"
        ),
        "2018/recent.md": make_post(title="Récent", body="Le [début](../2017/ancien.md)."),
    }


def lines_of(make_site, posts, directive):
    page = f"# Listes\n\n```{directive}\n```\n"
    site = make_site(
        posts | {"/listes.md": page.replace("# Listes", "---\norphan: true\n---\n\n# Listes")}
    )
    return site.page("listes.html").select(".postlist > li")


@pytest.mark.parametrize(
    ("directive", "lines"),
    [
        ("{postlist}", ["22 juin 2018 - Récent", "novembre 2017 - Ancien"]),
        ("{postlist} 1", ["22 juin 2018 - Récent"]),
        ("{postlist}\n:sort:", ["novembre 2017 - Ancien", "22 juin 2018 - Récent"]),
        ("{postlist}\n:tags: ete", ["novembre 2017 - Ancien"]),
        ("{postlist}\n:category: innovation publique\n:format: '{title} ({category})'", ["Récent (Innovation publique)", "Ancien (Innovation publique)"]),
    ],
)  # fmt: skip
def test_a_page_may_list_posts(make_site, posts, directive, lines):
    assert [item.get_text().strip() for item in lines_of(make_site, posts, directive)] == lines


def test_a_listed_excerpt_keeps_its_links(make_site, posts):
    item = lines_of(make_site, posts, "{postlist} 1\n:excerpts:")[0]

    assert item.find("a", string="début")["href"] == "posts/2017/ancien.html"


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        (
            "{postlist}\n:category: inovation publique",
            "vouliez-vous dire « Innovation publique » ?",
        ),
        ("{postlist}\n:tags: absent", "n’est porté par aucun billet"),
        ("{postlist} zut", "« zut » n’est pas un nombre de billets"),
        (
            "{postlist}\n:format: '{titre}'",
            "« {titre} » est inconnu ; vouliez-vous dire « title » ?",
        ),
    ],
)
def test_a_slip_is_told_with_its_line_and_lists_nothing(make_site, posts, directive, message):
    with pytest.raises(ArchiveError, match=r"docs/listes\.md:7: ") as caught:
        lines_of(make_site, posts, directive)

    assert message in str(caught.value)
