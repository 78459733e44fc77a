"""Several blogs in one archive: each has its lists, and posts say which they come from."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from tests.conftest import Site, write_docs
from tests.wordpress.conftest import Import, write_export, write_item, write_term

NAMES = {"un": "L&#039;atelier", "deux": "Autre <em>carnet</em>"}
EMPLOI, VILLE = write_term("category", "emploi", "Emploi"), write_term("post_tag", "ville", "Ville")


def write_blog(imports, name, *items, title=None):
    """Write the export of the blog at *name*.exemple.fr, and return its path."""
    title = NAMES.get(name, name) if title is None else title
    text = write_export(*items).replace("blog.exemple.fr", f"{name}.exemple.fr")
    shown = title.replace("&", "&amp;").replace("<", "&lt;")
    path = imports.folder / f"{name}.xml"
    path.write_text(text.replace("Un blog", shown), encoding="utf-8")
    return path


def bring(imports, name, *items, title=None):
    """Import the blog *name* with *items*; return its report."""
    report = imports.run(files=[write_blog(imports, name, *items, title=title)])
    assert report.problems == []
    return report


def list_entries(imports):
    """Return the blogs that docs/ knows."""
    blogs = read_archive(imports.docs).registers.blogs.values()
    return [(each.key, each.name, each.url) for each in blogs]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """An archive of two blogs, the second of which alone has tags, built."""
    folder = tmp_path_factory.mktemp("both")
    imports = Import(folder, write_docs(folder, {}))
    bring(imports, "un", write_item(1, "Le premier texte.", raw=EMPLOI), write_item(2, "Deux."))
    bring(imports, "deux", write_item(1, "D’ailleurs.", name="ailleurs", raw=EMPLOI + VILLE))
    assert check_archive(read_archive(imports.docs)) == []
    base = {"html_baseurl": "https://archives.exemple.org/"}
    build_site(imports.docs, folder / "html", base)
    return imports, Site(folder / "html")


def test_each_blog_has_an_entry_that_its_posts_name(both):
    imports, _ = both

    assert list_entries(imports) == [
        ("un-exemple-fr", "L'atelier", "https://un.exemple.fr"),
        ("deux-exemple-fr", "Autre carnet", "https://deux.exemple.fr"),
    ]
    assert "blog: un-exemple-fr" in imports.header("posts/2016/billet-1.md")
    assert "blog: deux-exemple-fr" in imports.header("posts/2016/ailleurs.md")


def test_each_blog_lists_its_posts_and_the_menu_lists_the_blogs(both):
    _, site = both
    index, blog = site.page("blog/index.html"), site.page("blog/un-exemple-fr/index.html")

    named = [(a.get_text(), a["href"]) for a in index.select(".catalogue li > a")]
    assert named == [
        ("Autre carnet", "deux-exemple-fr/index.html"),
        ("L'atelier", "un-exemple-fr/index.html"),
    ]
    assert [each.get_text() for each in index.select(".catalogue .count")] == [
        "1 billet",
        "2 billets",
    ]
    assert index.select_one(".catalogue p a")["href"] == "https://deux.exemple.fr"
    assert {a["href"] for a in blog.select(".entry-title a")} == {
        "../../posts/2016/billet-1.html",
        "../../posts/2016/billet-2.html",
    }
    menu = [a.get_text() for a in site.page("index.html").select(".site-menu a")]
    assert {"Blogs", "L'atelier", "Autre carnet"} <= set(menu)


def test_a_blog_names_its_categories_and_tags_and_where_these_alone_are(both):
    _, site = both
    page = site.page("blog/deux-exemple-fr/index.html")

    shelves = {
        shelf.summary.contents[0].strip(): [
            (li.a.get_text(), li.a["href"], li.span.get_text()) for li in shelf.select("li")
        ]
        for shelf in page.select(".shelf")
    }
    ((name, shared, count),) = shelves["Catégories de ce blog"]
    assert (name, count) == ("Emploi", "1")
    # The other blog has it too.
    assert urlsplit(shared).path == "../../search.html"
    asked = {"blog": ["Autre carnet"], "categorie": ["Emploi"]}
    assert parse_qs(urlsplit(shared).query) == asked
    assert shelves["Étiquettes de ce blog"] == [("Ville", "../../tag/ville/index.html", "1")]


def test_a_post_says_which_blog_it_appeared_on(both):
    _, site = both
    page = site.page("posts/2016/ailleurs.html")

    assert page.select_one(".post-blog").get_text() == "Blog\xa0: Autre carnet"
    assert page.select_one(".post-blog a")["href"] == "../../blog/deux-exemple-fr/index.html"
    first = page.select_one(".provenance dd")
    assert " ".join(first.get_text().split()) == "2 septembre 2016, sur Autre carnet"
    assert first.a["href"] == "https://deux.exemple.fr"
    (entry,) = site.page("tag/ville/index.html").select(".entry")
    assert "Autre carnet" in entry.select_one(".entry-about").get_text()


def test_the_search_the_data_and_the_feeds_tell_blogs_apart(both):
    _, site = both
    facets = json.loads(next(site.folder.glob("_search/facets/*.json")).read_bytes())
    billets = json.loads((site.folder / "billets.json").read_bytes())["billets"]

    assert list(facets["blog"]) == ["Autre carnet", "L'atelier"]
    assert {each["titre"]: each["blog"] for each in billets}.keys() == {"Un billet"}
    assert sorted(each["blog"] for each in billets) == ["Autre carnet", "L'atelier", "L'atelier"]
    assert "Blog Autre carnet" in site.texts()["blog/deux-exemple-fr/feed/atom.xml"]


def test_one_blog_alone_is_told_where_its_posts_come_from_and_nowhere_else(imports, tmp_path):
    bring(imports, "un", write_item(1), write_item(2))
    build_site(imports.docs, tmp_path / "html", {})
    site = Site(tmp_path / "html")

    post = site.page("posts/2016/billet-1.html")
    assert not post.select(".post-blog")
    assert "L'atelier" in post.select_one(".provenance").get_text()
    assert "L'atelier" not in site.page("index.html").get_text()
    assert "Blogs" not in site.page("index.html").get_text()
    assert "blog" not in json.loads(next(site.folder.glob("_search/facets/*.json")).read_bytes())
    assert site.has("blog/un-exemple-fr/index.html")


def test_a_second_run_and_another_export_of_a_blog_know_it_again(imports):
    bring(imports, "un", write_item(1))
    before = imports.files()
    bring(imports, "un", write_item(1))
    assert imports.files() == before

    path = write_blog(imports, "un", write_item(2), title="Nouveau nom")
    text = path.read_text(encoding="utf-8")
    host = "<wp:base_blog_url>{}</wp:base_blog_url>".format
    path.write_text(text.replace(host("https://un.exemple.fr"), host("http://www.Un.exemple.fr/")))
    imports.run(files=[path])
    assert list_entries(imports) == [("un-exemple-fr", "L'atelier", "https://un.exemple.fr")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: L'atelier", "name: Notre atelier"),
        ("https://un.exemple.fr", "https://archive.exemple.org/un/"),
        ("un-exemple-fr", "atelier"),
    ],
)
def test_an_entry_that_a_hand_changed_stays(imports, old, new):
    bring(imports, "un", write_item(1))
    changed = imports.read("blogs.yml").replace(old, new)
    (imports.docs / "blogs.yml").write_text(changed, encoding="utf-8")

    bring(imports, "un", write_item(1), write_item(2))

    assert imports.read("blogs.yml") == changed
    (key,) = read_archive(imports.docs).registers.blogs
    assert f"blog: {key}" in imports.header("posts/2016/billet-2.md")


def test_two_blogs_of_one_name_or_of_one_key_are_two(imports):
    bring(imports, "un", write_item(1), title="Mon blog")
    bring(imports, "un.autre", write_item(1, name="x"), title="Mon blog")
    bring(imports, "un-autre", write_item(1, name="y"), title="\u200b")

    entries = [
        ("un-exemple-fr", "Mon blog", "https://un.exemple.fr"),
        ("un-autre-exemple-fr", "Mon blog (un.autre.exemple.fr)", "https://un.autre.exemple.fr"),
        ("un-autre-exemple-fr-2", "un-autre.exemple.fr", "https://un-autre.exemple.fr"),
    ]
    assert list_entries(imports) == entries
    bring(imports, "un-autre", write_item(1, name="y"), title="\u200b")
    assert list_entries(imports) == entries


def test_a_blog_on_somebodys_own_machine_has_no_address(imports):
    path = write_blog(imports, "un", write_item(1, link="", guid=""))
    text = path.read_text(encoding="utf-8").replace(
        "https://un.exemple.fr", "http://localhost:8080"
    )
    path.write_text(text, encoding="utf-8")

    imports.run(files=[path])
    imports.run(files=[path])

    assert list_entries(imports) == [("localhost-8080", "L'atelier", "")]


def test_what_brings_no_post_adds_no_blog(imports):
    bring(imports, "un", write_item(1, type="page"))

    assert list_entries(imports) == []
