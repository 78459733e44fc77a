"""Old addresses lead where they should: one hop, to a page that is there."""

import pytest

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from tests.served import Served
from tests.wordpress.conftest import BLOG, draw, write_item, write_medium, write_remark, write_term


def redirects(imports):
    """Return the old addresses that redirects.txt names, and where they lead."""
    lines = imports.read("redirects.txt").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def old_addresses(imports, name="posts/2016/billet-1.md"):
    """Return the old addresses that the header of a post names."""
    (line,) = [line for line in imports.header(name) if line.startswith("redirect:")] or [": []"]
    return line.partition(": ")[2].strip("[]").replace("'", "").split(", ")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (f"{BLOG}/billet-1/", ["/?p=1"]),
        (f"{BLOG}/2016/09/02/billet-1/", ["/2016/09/02/billet-1/", "/?p=1"]),
        (f"{BLOG}/archives/1", ["/archives/1/", "/?p=1"]),
        (f"{BLOG}/2016/09/billet-1.html", ["/2016/09/billet-1.html", "/?p=1"]),
        (f"{BLOG}/2016/%c3%a9t%c3%a9/", ["/2016/été/", "/?p=1"]),
        (f"{BLOG}/?p=1", ["/?p=1"]),
    ],
)
def test_a_post_answers_at_its_old_addresses(imports, link, expected):
    imports.convert("Un", link=link)

    assert old_addresses(imports) == expected
    assert check_archive(read_archive(imports.docs)) == []


def test_a_number_that_another_post_has_is_not_taken(imports):
    imports.run(write_item(1, guid=f"{BLOG}/?p=2"), write_item(2, "Deux"))

    assert old_addresses(imports) == ["/?p=1"]
    assert old_addresses(imports, "posts/2016/billet-2.md") == ["/?p=2"]


@pytest.mark.parametrize(
    "link", [f"{BLOG}/../../x/", f"{BLOG}/_static/a/", f"{BLOG}/a<b>/", "x", ""]
)
def test_an_address_that_no_site_can_have_breaks_nothing(imports, link):
    imports.convert("Un", link=link)

    assert check_archive(read_archive(imports.docs)) == []


def test_a_page_and_its_media_answer_at_their_old_addresses(imports):
    page = write_item(
        2, type="page", name="nous", link=f"{BLOG}/agence/nous/", guid=f"{BLOG}/?page_id=2"
    )
    medium = write_medium(9, "a.png", parent=1, link=f"{BLOG}/billet-1/a/")
    imports.run(write_item(1), page, medium)

    found = redirects(imports)
    assert found["/agence/nous/"] == found["/?page_id=2"] == "nous"
    assert found["/billet-1/a/"] == found["/?attachment_id=9"] == "posts/2016/billet-1"


def test_lists_answer_at_their_old_addresses(imports):
    raw = write_term("post_tag", "ete-2", "Été") + write_term("category", "metiers", "Les métiers")
    imports.run(write_item(1, raw=raw))

    found = redirects(imports)
    assert found["/tag/ete-2/"] == "tag/ete"
    assert found["/category/metiers/"] == "category/les-metiers"


def test_no_address_is_given_twice(imports):
    raw = write_term("post_tag", "billet-1", "X")
    twins = [write_item(each, link=f"{BLOG}/2016/meme/", raw=raw) for each in (1, 2, 3)]
    imports.run(*twins)

    assert check_archive(read_archive(imports.docs)) == []


def test_each_old_address_answers_on_the_site_in_one_hop(imports):
    raw = write_term("post_tag", "ete-2", "Été") + write_remark(5, "Oui")
    imports.run(
        write_item(1, "Un", link=f"{BLOG}/2016/09/02/billet-1/", raw=raw),
        write_item(2, type="page", name="nous", link=f"{BLOG}/agence/nous/"),
        write_medium(9, "a.png", parent=1, link=f"{BLOG}/billet-1/a/"),
        media=imports.put("a.png", draw("red")),
    )
    output = imports.folder / "html"
    build_site(imports.docs, output, {})

    for old in (
        "2016/09/02/billet-1",
        "billet-1",
        "agence/nous",
        "nous",
        "billet-1/a",
        "tag/ete-2",
    ):
        text = (output / old / "index.html").read_text("utf-8")
        target = text.partition('http-equiv="refresh" content="0; url=')[2].partition('"')[0]
        assert target, old
        reached = (output / old / target.partition("#")[0]).resolve()
        reached = reached / "index.html" if reached.is_dir() else reached
        assert 'http-equiv="refresh"' not in reached.read_text("utf-8")


OTHER = "https://www.autre.exemple"
_AUTHOR = (
    "<wp:author><wp:author_id>3</wp:author_id><wp:author_login>claire</wp:author_login>"
    "<wp:author_display_name>Claire Dubois</wp:author_display_name></wp:author>"
    "<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>{0}</wp:category_nicename>"
    "<wp:cat_name>{1}</wp:cat_name></wp:category>"
)
LONG = "un-titre-qui-n-en-finit-pas-" * 6 + "fin"


def write_blog(imports, blog, category="Métiers", slug="metiers"):
    """Write the export of a blog whose logins, numbers and names are those of all others."""
    raw = write_term("category", slug, category) + write_term("post_tag", "ete-2", "Été")
    picture = f'<img src="{BLOG}/wp-content/uploads/seule.png" alt="Une">'
    items = [
        write_item(1, "Un.", link=f"{BLOG}/2016/billet-1/", raw=raw),
        write_item(2, picture, name=LONG, link=f"{BLOG}/{LONG}/", raw=raw),
        write_item(3, "Nous.", type="page", name="nous", link=f"{BLOG}/agence/nous/"),
        write_medium(8, "jointe.png", parent=1, link=f"{BLOG}/billet-1/jointe/"),
        write_medium(9, "seule.png", link=f"{BLOG}/seule/"),
    ]
    name = f"{blog.rpartition('/')[2]}.xml"
    path = imports.write(*items, head=_AUTHOR.format(slug, category), name=name)
    path.write_text(path.read_text("utf-8").replace(BLOG, blog), "utf-8")
    return path


def read_all(docs):
    return {
        path.relative_to(docs).as_posix(): path.read_bytes()
        for path in docs.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("order", [1, -1])
def test_two_blogs_that_have_all_in_common_answer_each_at_its_host(imports, order):
    blogs = [(BLOG, ""), (OTHER, "-2")][::order]
    files = [write_blog(imports, blog) for blog, _ in blogs]
    reports = [imports.run(files=[file]) for file in files]
    before = read_all(imports.docs)
    assert [report.problems for report in reports] == [[], []]
    for file in files:
        imports.run(files=[file])
    assert read_all(imports.docs) == before
    told = " ".join(reports[1].summarise())
    assert "ancienne adresse qu’un autre blog a déjà, écrite avec son domaine" in told

    build_site(imports.docs, imports.folder / "html", {})
    served = Served(imports.folder / "html")
    first = f"posts/2016/{LONG[: LONG.index('-en-finit', 90)]}"
    for (blog, _), ending in zip(blogs, ("", "-2"), strict=True):
        one, long = f"posts/2016/billet-1{ending}.html", f"{first}{ending}.html"
        asked = {
            "/?p=1": one,
            "/2016/billet-1/": one,
            "/?p=2": long,
            f"/{LONG}/": long,
            "/seule/": long,
            "/?attachment_id=9": long,
            "/billet-1/jointe/": one,
            "/?attachment_id=8": one,
            "/?page_id=3": f"nous{ending}.html",
            "/agence/nous/": f"nous{ending}.html",
            "/?cat=7": "category/metiers/index.html",
            "/?author=3": "author/claire/index.html",
            "/category/metiers/": "category/metiers/index.html",
            "/tag/ete-2/": "tag/ete/index.html",
            "/author/claire/": "author/claire/index.html",
        }
        assert {old: served.follow(blog + old) for old in asked} == asked


def test_the_same_slug_of_another_label_answers_at_its_host(imports):
    imports.run(files=[write_blog(imports, BLOG)])
    imports.run(files=[write_blog(imports, OTHER, "Emplois", "metiers")])

    found = redirects(imports)
    assert found["https://autre.exemple/category/metiers/"] == "category/emplois"
    assert found["https://autre.exemple/?cat=7"] == "category/emplois"
    assert found["/?cat=7"] == "category/metiers"


def test_the_page_of_a_file_that_no_post_shows_is_told(imports):
    report = imports.run(write_item(1), write_medium(9, "a.png", link=f"{BLOG}/seule/"))

    assert f"{BLOG}/seule/" in [text for kind, text in report.general if "fichier" in kind]


def test_a_blog_in_a_folder_answers_at_its_numbers_there(imports):
    path = imports.write(write_item(1), write_item(2, type="page", name="nous"))
    path.write_text(path.read_text("utf-8").replace(BLOG, f"{BLOG}/ici"), "utf-8")
    imports.run(files=[path])

    assert old_addresses(imports) == ["/ici/billet-1/", "/ici/?p=1"]
    assert redirects(imports)["/ici/?page_id=2"] == "nous"


@pytest.mark.parametrize(
    "link", [f"{BLOG}/billet-1/?lang=en", f"{BLOG}/en/billet-1/", "https://en.exemple.fr/billet-1/"]
)
def test_both_languages_of_a_post_answer(imports, link):
    imports.run(write_item(1), write_item(2, name="billet-1", link=link))

    expected = link.removeprefix(BLOG)
    assert expected in old_addresses(imports, "posts/2016/billet-1-2.md")
    assert check_archive(read_archive(imports.docs)) == []


@pytest.mark.parametrize(
    ("link", "raw", "language"),
    [
        (f"{BLOG}/billet-1/?lang=en", "", ["language: en"]),
        (f"{BLOG}/de/billet-1/", "", ["language: de"]),
        (f"{BLOG}/it/billet-1/", write_term("category", "it", "Informatique"), []),
        (f"{BLOG}/billet-1/", write_term("language", "pt_br", "Português"), ["language: pt-BR"]),
        (f"{BLOG}/en/billet-1/", write_term("language", "fr", "Français"), []),
        (f"{BLOG}/billet-1/?lang=klingon", "", []),
    ],
)
def test_a_post_in_another_language_says_so(imports, link, raw, language):
    imports.convert("Text.", link=link, raw=raw)

    assert [line for line in imports.header() if line.startswith("language")] == language
    assert check_archive(read_archive(imports.docs)) == []
