import pytest

from archivist.errors import ArchiveError

BODY = "Premier.\n\nDeuxième.\n\n<!-- more -->\n\nTroisième.\n\n![](photo.png)"


@pytest.fixture
def excerpt(make_site, make_post):
    """Return a function from a post to the words of its excerpt on the home page."""

    def read(**fields):
        site = make_site({"2018/billet.md": make_post(**fields)})
        entry = site.page("index.html").select_one(".entry-excerpt")
        for more in entry.select(".entry-more"):
            more.decompose()
        return " ".join(entry.get_text(" ").split())

    return read


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body": "Un.\n\nDeux.\n\n<!-- more -->\n\nTrois."}, "Un. Deux."),
        ({"body": "Un.\n\n<!--more-->\n\nDeux."}, "Un."),
        ({"body": "Un.\n\n## Titre\n\nDeux.\n\n<!-- more -->\n\nTrois.\n\n## Fin\n\nQuatre."}, "Un. Titre Deux."),
        ({"body": "Un.\n\nDeux."}, "Un."),
        ({"body": "Un.\n\nDeux.", "partial": "true"}, "Un. Deux."),
        ({"body": "Un.\n\nDeux.\n\nTrois.", "excerpt": "2"}, "Un. Deux."),
        ({"body": "Un.\n\n<!-- more -->\n\nDeux.", "summary": "Résumé & <co>."}, "Résumé & <co>."),
        ({"body": "Un[^1].\n\n[^1]: Note."}, "Un [1] ."),
        ({"body": "- un\n- deux\n\n<!-- more -->"}, "un deux"),
        ({"body": "> Cité.\n>\n> Encore.\n\nTexte."}, "Cité. Encore."),
    ],
)  # fmt: skip
def test_an_excerpt_is_what_the_writer_chose(excerpt, fields, words):
    assert excerpt(**fields) == words


def test_a_marker_inside_html_is_told(make_site, make_post):
    body = "<b>Un. <!-- more --> Deux.</b>"

    with pytest.raises(ArchiveError, match="à l’intérieur d’un autre signe"):
        make_site({"2018/billet.md": make_post(body=body)})


def test_the_marker_leaves_no_trace(make_site, make_post):
    site = make_site({"2018/billet.md": make_post(body="Un.\n\n<!-- more -->\n\nDeux.")})

    for name in ("index.html", "posts/2018/billet.html"):
        assert "more --" not in (site.folder / name).read_text(encoding="utf-8")


def test_headings_of_an_excerpt_stand_under_the_title_of_the_entry(make_site, make_post):
    body = "Un.\n\n## Titre\n\nDeux.\n\n### Sous-titre\n\nTrois.\n\n<!-- more -->"
    page = make_site({"2018/billet.md": make_post(body=body)}).page("index.html")

    levels = [heading.name for heading in page.select_one(".entry").find_all(["h2", "h3", "h4"])]
    assert levels == ["h2", "h3", "h4"]


def test_an_image_of_an_excerpt_is_found_from_every_list(make_site, make_post, root):
    png = (root / "tests/data/photo.png").read_bytes()
    post = make_post(body="![Une photo](billet/photo.png)\n\n<!-- more -->", tags="x")
    site = make_site({"2018/billet.md": post, "2018/billet/photo.png": png})

    for name in ("index.html", "tag/x/index.html", "2018/06/index.html"):
        image = site.page(name).select_one(".entry img")
        assert (site.folder / name).parent.joinpath(image["src"]).resolve().read_bytes() == png


def test_a_file_to_download_is_the_same_from_every_list(make_site, make_post):
    post = make_post(body="Lire [le rapport](billet/rapport.pdf).", tags="x")
    site = make_site({"2018/billet.md": post, "2018/billet/rapport.pdf": b"%PDF-1"})

    for name in ("posts/2018/billet.html", "index.html", "tag/x/index.html"):
        link = site.page(name).find("a", string="le rapport")
        assert (site.folder / name).parent.joinpath(link["href"]).read_bytes() == b"%PDF-1"


def test_ids_of_an_excerpt_are_not_repeated_on_a_list(make_site, make_post):
    body = "(ancre)=\n\n## Titre\n\nUn[^1].\n\n[^1]: Note.\n\n<!-- more -->"
    site = make_site(
        {
            f"2018/billet-{n}.md": make_post(body=body.replace("ancre", f"ancre-{n}"))
            for n in range(3)
        }
    )

    ids = [element["id"] for element in site.page("index.html").find_all(id=True)]
    assert len(ids) == len(set(ids))
