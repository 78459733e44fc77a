"""What GitHub and HTML have beyond CommonMark, as readers of a page, a feed or a book see it."""

import pytest

SECRET = "06 00 00 00 00"


@pytest.fixture
def show(make_site, make_post, root):
    """Return a function from a text to the article of its page, and its site."""
    photo = (root / "tests/data/photo.png").read_bytes()

    def run(body):
        files = {"2018/billet.md": make_post(body=body), "2018/billet/vue.png": photo}
        site = make_site(files, html_baseurl="https://exemple.fr/")
        return site.page("posts/2018/billet.html").select_one("article"), site

    return run


def test_a_remark_is_in_no_file_of_the_site(show):
    body = (
        f"Un <!-- {SECRET} --> mot.\n\n<!--\n\n{SECRET}\n\n-->\n\n"
        f"<p>a <!-- {SECRET} --></p>\n\n<!-- more -->\n\nDeux.\n\n> <!-- {SECRET} -->\n\n"
        f"<table><tr><td>a<!-- {SECRET} --></td></tr></table>\n\n[//]: # ({SECRET})\n"
    )
    article, site = show(body)

    assert "Un  mot." in article.get_text()
    for path in site.folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
    entry = site.page("index.html").select_one(".entry")
    assert "Un" in entry.get_text()
    assert "Deux" not in entry.get_text()


def test_blocks_stand_together_as_their_writer_says(show):
    body = (
        "![Vue](billet/vue.png){width=20px align=right}Un.\n\n"
        "::::{gallery}\n![Vue](billet/vue.png)\n\n:::{figure} billet/vue.png\n:alt: V\n\nLa vue.\n:::\n::::\n\n"
        "::::{columns}\n:::{column}\nGauche.\n:::\n\n:::{column}\nDroite.\n:::\n::::\n\n"
        ":::{list}\n:type: a\n:reversed:\n\n3. c\n2. b\n:::\n"
    )
    article, _ = show(body)

    assert len(article.select("p img.align-right")) == 1
    assert len(article.select(".gallery > :is(p, figure) img")) == 2
    assert [each.get_text().strip() for each in article.select(".columns > .column")] == [
        "Gauche.",
        "Droite.",
    ]
    (numbers,) = article.select("section ol")
    assert (numbers["type"], numbers["start"], "reversed" in numbers.attrs) == ("a", "3", True)


@pytest.mark.parametrize(
    "attribute",
    [
        "class='headerlink'",
        "id='search'",
        "style='color: red'",
        "onfocus=x",
        "data-x=y",
        "align=left",
    ],
)
def test_no_attribute_of_html_reaches_a_page(show, check_body, attribute):
    body = (
        f"<p {attribute}>a <b {attribute}>b</b></p>\n\n"
        f"<table {attribute}><tr {attribute}><td>c</td></tr></table>"
    )
    if attribute == "onfocus=x":
        assert len(check_body(body)) > 1
        return
    article, _ = show(body)

    for found in article.select("p b, table, table tr"):
        assert found.attrs == {}


def test_a_point_says_aloud_whether_it_is_done(show):
    article, site = show("- [ ] un\n- [x] deux\n- trois")

    signs = [(sign["aria-label"], sign.get_text()) for sign in article.select("[role=img]")]
    assert signs == [("à faire", "☐"), ("fait", "☑")]
    assert [point.get_text() for point in article.select("section li")] == [
        "☐ un",
        "☑ deux",
        "trois",
    ]
    feeds = [path for path in (site.folder / "feed").rglob("*") if path.is_file()]
    assert any("☑" in path.read_text("utf-8") for path in feeds)


@pytest.mark.parametrize("kind", ["NOTE", "tip", "Important", "WARNING", "CAUTION"])
def test_a_box_of_github_is_a_box(show, kind):
    article, _ = show(f"> [!{kind}]\n> Mots.\n\n:::{{{kind.lower()}}}\nMots.\n:::")

    one, other = article.select(".admonition")
    assert str(one) == str(other)


def test_what_stands_between_tags_of_a_detail_is_markdown(show):
    article, _ = show(
        "<details open>\n<summary>Un <b>mot</b></summary>\n\n- *a*\n\n</details>\n\nb"
    )

    details = article.select_one("details")
    assert str(details.select_one("summary")) == "<summary>Un <b>mot</b></summary>"
    assert str(details.select_one("li em")) == "<em>a</em>"
    assert details.attrs == {}
    assert "b" not in details.get_text(" ").split()


def test_html_is_what_markdown_makes(show):
    html, _ = show(
        '<h2>Une partie</h2>\n\n<p>Un <a href="billet.md#une-partie">lien</a>.</p>\n\n<hr>\n\n'
        "<blockquote>Mots</blockquote>\n\nFin ~~x~~."
    )
    markdown, _ = show(
        "## Une partie\n\nUn [lien](billet.md#une-partie).\n\n---\n\n> Mots\n\nFin <s>x</s>."
    )

    assert str(html) == str(markdown)


def test_a_title_of_an_image_is_its_caption(show):
    article, _ = show('![Une vue](billet/vue.png "Atelier du 12 mars")\n![Deux](billet/vue.png)')

    assert article.select_one("figcaption .caption-text").get_text() == "Atelier du 12\u00a0mars"
    assert article.select_one("figure img")["alt"] == "Une vue"
    assert [image["alt"] for image in article.select("p picture img")] == ["Deux"]


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("Voir https://www.cnfpt.fr/.", "https://www.cnfpt.fr/", "https://www.cnfpt.fr/"),
        ("(www.exemple.fr/a_(b)),", "www.exemple.fr/a_(b)", "http://www.exemple.fr/a_(b)"),
        ("« https://e.fr/été\u00a0»", "https://e.fr/été", "https://e.fr/%C3%A9t%C3%A9"),
        ("l’adresse:http://e.fr/a_b_c…", "http://e.fr/a_b_c", "http://e.fr/a_b_c"),
        ("**https://e.fr/?a=1&b=2**", "https://e.fr/?a=1&b=2", "https://e.fr/?a=1&b=2"),
        ("https://e.fr/?a=1&amp;b=2 !", "https://e.fr/?a=1&b=2", "https://e.fr/?a=1&b=2"),
        ("*voir https://e.fr/*.", "https://e.fr/", "https://e.fr/"),
        ("| a |\n|---|\n| https://e.fr/x |", "https://e.fr/x", "https://e.fr/x"),
    ],
)
def test_an_address_that_stands_bare_is_a_link(show, written, shown, href):
    article, _ = show(written)

    (link,) = article.select("a.external")
    assert (link.get_text(), link["href"]) == (shown, href)


@pytest.mark.parametrize(
    "written",
    [
        "https\\://e.fr/", "`https://e.fr/`", "http://localhost:8000/", "https://127.0.0.1/", "x@www.e.fr",
        "www.exemple", "https://a@e.fr/", "awww.e.fr", "http://", "file:///x", "javascript://e.fr/%0ax",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address_is_text(show, written):
    article, _ = show(f"Un {written} là.")

    assert article.select("a.external") == []
    assert written.replace("\\", "").strip("`") in article.get_text()


def test_code_in_a_language_that_nobody_knows_is_shown(show, check_body):
    body = "```mermaid\ngraph TD; A-->B;\n```\n\n```go-html-template\n{{ x }}\n```"
    article, _ = show(body)

    assert check_body(body) == []
    assert [code.get_text() for code in article.select("pre")] == [
        "graph TD; A-->B;\n",
        "{{ x }}\n",
    ]


def test_who_is_quoted_stands_apart_and_people_who_talk_do_not(show):
    article, _ = show(
        "> Mots\n>\n> -- Une agente\n\n> — Oui ?\n>\n> — Non.\n\n> Mots – autres\n\nFin."
    )

    assert [each.get_text() for each in article.select(".attribution")] == ["-- Une agente"]
