"""A Markdown blog is brought over: each post in its place, its addresses, links and files with it."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from archivist.__main__ import main
from archivist.blogs.audit import prepare_blog_audit
from archivist.commands.importing import MediaSources, find_source
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive
from archivist.progress import Progress
from archivist.wordpress.audit.audit import audit_site
from archivist.wordpress.staging import CREATED, DELETED, KEPT, UNCHANGED, UPDATED
from tests.blogs.conftest import BLOGS, ENGINES
from tests.conftest import build_site
from tests.wordpress.conftest import draw

POSTS = {
    "jekyll": ("2017/premiers-ateliers", "2018/le-bilan", "2019/accueil", "2020/bombe", "2020/usagers"),
    "hugo": ("2019/ouvrir-les-donnees", "2020/une-note"),
    "pelican": ("2015/printemps-2015", "2016/jardins-partages-lete-dapres", "2016/notes-de-marche"),
    "eleventy": ("2021/couleurs", "2021/formulaires", "2022/une-adresse"),
    "zola": ("2020/comparer-les-mesures", "2020/mesures"),
}  # fmt: skip
ADDRESSES = {
    "labo/innovation/territoires/2017/03/14/premiers-ateliers/": "2017/premiers-ateliers",
    "labo/ateliers/": "2017/premiers-ateliers",
    "labo/territoires/2018/06/22/le-bilan/": "2018/le-bilan",
    "labo/cartes/accueil.html": "2019/accueil",
    "posts/ouvrir-les-donnees/": "2019/ouvrir-les-donnees",
    "posts/ancien-nom/": "2019/ouvrir-les-donnees",
    "2020/01/une-note/": "2020/une-note",
    "articles/2015/printemps-2015.html": "2015/printemps-2015",
    "articles/2016/jardins-partages-lete-dapres.html": "2016/jardins-partages-lete-dapres",
    "posts/couleurs/": "2021/couleurs",
    "posts/formulaires/": "2021/formulaires",
    "speciaux/une-adresse/": "2022/une-adresse",
    "blog/journal/mesures/": "2020/mesures",
    "blog/comparer-les-mesures/": "2020/comparer-les-mesures",
    "blog/vieux/comparer/": "2020/comparer-les-mesures",
}
LEFT = {
    "jekyll": {"about.md : page", "_posts/2019-02-30-jour-impossible.md : sans date lisible",
               "_posts/sans-date.md : nom sans date", "_drafts/secret.md : brouillon",
               "_posts/2018-09-01-retire.md : brouillon"},
    "hugo": {"content/about.md : sans date lisible", "content/posts/_index.md : page de section",
             "content/posts/perime.md : périmé", "content/posts/plus-tard.md : daté de plus tard"},
    "pelican": {"content/ancien.rst : texte qui n’est pas en Markdown (.rst)",
                "content/pages/contact.md : page", "content/brouillon.md : brouillon"},
    "eleventy": {"src/posts/essai.md : brouillon", "src/posts/invisible.md : sans page"},
    "zola": {"content/_index.md : page de section", "content/journal/_index.md : page de section",
             "content/journal/cache.md : brouillon"},
}  # fmt: skip
# Words of texts that nobody was to read, and addresses of people.
SECRETS = re.compile(
    "brouillon que n|confidentiels|bien plus tard que|annonce périmée|sans page que|essai que"
    r"|cachés du journal|@secret|root:x:|/bin/(?:ba)?sh",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", ENGINES)
def test_each_post_is_in_its_place_and_passes(moved, name):
    archive, reports, _ = moved

    assert reports[name].problems == []
    assert reports[name].states == {CREATED: len(POSTS[name])}
    assert reports[name].is_conserved
    for post in POSTS[name]:
        assert f"posts/{post}.md" in archive.files()


@pytest.mark.parametrize("name", ENGINES)
def test_what_is_no_published_post_is_listed_with_its_reason(moved, name):
    notes = moved[1][name].general

    assert {text for kind, text in notes if kind.name == "NO_POST"} == LEFT[name]


def test_headers_are_ours(moved):
    assert (
        moved[0]
        .read("posts/2017/premiers-ateliers.md")
        .startswith(
            """\
---
date: 2017-03-14 09:30:00 +0100
author: claire
category: [innovation, Territoires]
tags: [atelier, usagers]
summary: 'Trois journées, et un bilan : il faut du temps.'
source: https://carnet.exemple.fr/labo/innovation/territoires/2017/03/14/premiers-ateliers/
blog: carnet-exemple-fr-labo
redirect: [/labo/innovation/territoires/2017/03/14/premiers-ateliers/, /labo/ateliers/]
---

# Premiers ateliers : ce qu’on a appris

Nous avons réuni **trente agents** pendant trois jours, à Rennes.

![Des agents autour d’une table](<premiers-ateliers/atelier-1.png>)
"""
        )
    )


def test_each_blog_comes_with_its_name_and_address(moved):
    blogs = read_archive(moved[0].docs).registers.blogs.values()
    told = [f"{each.name} | {each.url}" for each in blogs]

    assert told == [
        "Le carnet du laboratoire | https://carnet.exemple.fr/labo",
        "Le blog des données | https://blog.exemple.fr",
        "Chroniques | https://chroniques.exemple.fr",
        "Atelier | https://atelier.exemple.fr",
        "Journal | https://zola.exemple.fr/blog",
    ]


def test_authors_and_categories_come_with_their_names(moved):
    authors, categories = moved[0].read("authors.yml"), moved[0].read("categories.yml")

    for name in ("claire:\n  name: Claire Dubois", "lea-martin:\n  name: Léa Martin", "karim:"):
        assert name in authors
    for name in ("Territoires:", "Données ouvertes:", "Saisons:", "ville:", "Méthodes:"):
        assert f"\n{name}\n" in categories


@pytest.mark.parametrize(("old", "post"), ADDRESSES.items())
def test_an_old_address_answers(moved, old, post):
    page = f"{old}index.html" if old.endswith("/") else old
    target = moved[2].page(page).select_one("link[rel=canonical]")["href"]

    assert normpath(join(dirname(page), target)) == f"posts/{post}.html"


def test_lists_of_labels_answer_where_they_were(moved):
    redirects = moved[0].read("redirects.txt")

    assert "/tags/methode/  tag/methode\n" in redirects
    assert "/blog/categories/methodes/  category/methodes\n" in redirects


def test_links_inside_lead_to_posts_and_files(moved):
    _, _, site = moved

    for names in POSTS.values():
        for name in names:
            page = f"posts/{name}.html"
            for link in site.page(page).select("article a[href]"):
                path = link["href"].partition("#")[0]
                if path and ":" not in path:
                    where = (site.folder / page).parent / path
                    assert (where / "index.html" if path.endswith("/") else where).is_file()


@pytest.mark.parametrize("name", ENGINES)
def test_the_audit_finds_every_word_link_and_picture(moved, name):
    archive, _, site = moved
    source = find_source([BLOGS / name], MediaSources())
    audit = prepare_blog_audit(source, archive.docs, site.folder)
    audit_site(audit, Progress())

    assert audit.faults == []
    assert audit.counts["mots"] > 10


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("trente agents", "agents", "mots perdus : trente."),
        ("trente agents", "trente agents ivres", "mots en trop : ivres."),
        ("trente agents", "agents trente", "ordre changé"),
        ('href="../2018/le-bilan.html#les-chiffres"', 'href="../2018/"', "liens perdus"),
        ("<img", "<i", "images perdues"),
    ],
)
def test_the_audit_sees_what_a_page_lost(moved, tmp_path, before, after, fault):
    archive, _, site = moved
    audit = prepare_blog_audit(
        find_source([BLOGS / "jekyll"], MediaSources()), archive.docs, site.folder
    )
    page = site.folder / "posts/2017/premiers-ateliers.html"
    text = page.read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, after), encoding="utf-8")
    try:
        audit_site(audit, Progress())
    finally:
        page.write_text(text, encoding="utf-8")

    assert [each for each in audit.faults if fault in each]


def test_nothing_that_was_not_public_is_anywhere(moved):
    archive, reports, site = moved
    texts = {name: data.decode("utf-8", "ignore") for name, data in archive.files().items()}
    texts |= site.texts()
    texts |= {name: report.to_html() for name, report in reports.items()}

    assert [name for name, text in texts.items() if SECRETS.search(text)] == []
    assert "le brouillon n’est pas prêt" in texts["posts/2017/premiers-ateliers.md"]


def test_the_dry_run_writes_nothing_and_the_second_run_changes_nothing(archive):
    bare = archive.files()
    dry = archive.run(BLOGS / "hugo", is_dry=True)
    assert archive.files() == bare

    first = archive.run(BLOGS / "hugo")
    before = archive.files()
    second = archive.run(BLOGS / "hugo")

    assert (dry.posts, dry.general) == (first.posts, first.general)
    assert (first.states, second.states) == ({CREATED: 2}, {UNCHANGED: 2})
    assert archive.files() == before


BLOG = {
    "hugo.toml": 'baseURL = "https://blog.exemple.fr/"\n[params]\nauthor = "Léa"\n',
    "content/posts/un.md": "---\ntitle: Un\ndate: 2018-01-02\n---\nLe premier.\n",
    "content/posts/deux.md": "---\ntitle: Deux\ndate: 2018-02-03\n---\nLe deuxième.\n",
    "content/posts/trois.md": "---\ntitle: Trois\ndate: 2018-03-04\n---\nLe troisième.\n",
}


def test_what_a_hand_changed_stays_and_what_the_blog_changed_comes(archive, make_blog):
    blog = make_blog(BLOG)
    archive.run(blog)
    path = archive.docs / "posts/2018/un.md"
    path.write_text(path.read_text("utf-8").replace("premier", "tout premier"), "utf-8")
    (archive.docs / "posts/2018/trois.md").unlink()
    make_blog({"content/posts/deux.md": BLOG["content/posts/deux.md"].replace("Le", "Voici le")})

    assert archive.run(blog).states == {KEPT: 1, UPDATED: 1, DELETED: 1}
    assert "tout premier" in archive.read("posts/2018/un.md")
    assert "Voici le" in archive.read("posts/2018/deux.md")


def test_what_is_withdrawn_later_is_told(archive, make_blog):
    blog = make_blog(BLOG)
    archive.run(blog)
    make_blog(
        {"content/posts/un.md": BLOG["content/posts/un.md"].replace("date:", "draft: true\ndate:")}
    )

    notes = archive.run(blog).general
    assert ("UNPUBLISHED", "posts/2018/un.md") in {(kind.name, text) for kind, text in notes}


def test_a_post_that_cannot_pass_is_left_alone_with_its_lines(archive, make_blog):
    bad = "---\ntitle: Piège\ndate: 2018-05-06\n---\n\n```{include} a.md\n```\n"
    report = archive.run(make_blog(BLOG | {"content/posts/piege.md": bad}))

    assert [each.partition(" ")[0] for each in report.problems] == ["docs/posts/2018/piege.md:11:"]
    assert "posts/2018/piege.md" not in archive.files()
    assert "posts/2018/un.md" in archive.files()


def test_remote_pictures_are_asked_for_and_found_once_fetched(archive, make_blog, tmp_path):
    text = BLOG["content/posts/un.md"] + "\n![Un logo](https://cdn.exemple.fr/img/logo.png)\n"
    blog = make_blog(BLOG | {"content/posts/un.md": text})
    assert archive.run(blog).wanted == ["https://cdn.exemple.fr/img/logo.png"]

    fetched = tmp_path / "media/cdn.exemple.fr/img/logo.png"
    fetched.parent.mkdir(parents=True)
    fetched.write_bytes(draw("red"))
    report = archive.run(blog, media=tmp_path / "media")

    assert report.wanted == []
    assert archive.files()["posts/2018/un/logo.png"] == fetched.read_bytes()


@pytest.mark.parametrize("kind", ["folder", "several"])
def test_what_is_no_blog_is_refused(archive, make_blog, tmp_path, kind):
    blog = make_blog(BLOG)
    paths = [tmp_path / "docs"] if kind == "folder" else [blog, blog]

    with pytest.raises(ArchiveError, match=r"aucun blog reconnu|un dossier à la fois"):
        find_source(paths, MediaSources())


def test_a_blog_without_posts_is_refused(archive, make_blog):
    with pytest.raises(ArchiveError, match="aucun billet publié"):
        archive.run(make_blog({"hugo.toml": "", "content/a.md": "Du texte.\n"}))


def test_settings_that_cannot_be_read_are_told(archive, make_blog):
    report = archive.run(make_blog(BLOG | {"hugo.toml": "baseURL = [\n"}))

    assert report.problems == [
        "hugo.toml : réglages illisibles, passés : les adresses peuvent être fausses."
    ]
    assert report.states == {CREATED: 3}


def test_the_command_imports_and_audits_a_folder(archive, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blog, docs = str(BLOGS / "zola"), ["--docs", str(archive.docs)]

    assert main(["import", blog, *docs]) == 0
    assert "2 billets créés" in capsys.readouterr().out
    assert Path("build/import/rapport.html").is_file()
    build_site(archive.docs, tmp_path / "html", {})
    assert main(["import", blog, *docs, "--audit", "--output", str(tmp_path / "html")]) == 0
    assert "mots" in capsys.readouterr().out


HOSTILE = {
    "un": "title: Un\npermalink: /tag/piege/\ntags: [piege]",
    "deux": 'title: Deux\nredirect_from: [/feed/, /search.html, /mots/, "/../../x/", /trois/, "/a b/"]',
    "trois": "title: Trois\nimage: ../../../../../../etc/passwd\nauthor: ../../x",
    "quatre": "title: !!python/object/apply:os.system ['touch piege']\na: &a [x]\nb: [*a, *a]",
    "cinq": f"title: Cinq\nsummary: {'x' * 1_000_000}",
    "six": "title: Six\nslug: ../../../conf\ncategory: [[[[[[a]]]]]]",
    "sept": "title: [Sept\ntags: {a: {b: {c: d}}}\n\tdate: hier",
}


def test_a_hostile_blog_does_no_harm(archive, make_blog, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.png").write_bytes(draw("red"))
    links = "![a](../../secret.png) ![b](/../../secret.png) [c](../../../etc/passwd) ![d](lien.png)"
    files = {
        f"_posts/2018-01-0{day}-{name}.md": f"---\n{header}\n---\nTexte {name}.\n\n{links}\n"
        for day, (name, header) in enumerate(HOSTILE.items(), start=1)
    }
    blog = make_blog({"_config.yml": "x: &a [*a]\n", **files})
    (blog / "lien.png").symlink_to(tmp_path / "secret.png")
    (blog / "_posts/2018-01-09-lien.md").symlink_to("/etc/passwd")
    before = {path for path in tmp_path.rglob("*") if archive.docs not in path.parents}

    report = archive.run(blog)

    assert before == {path for path in tmp_path.rglob("*") if archive.docs not in path.parents}
    assert [each for each in archive.files().values() if each == draw("red")] == []
    assert [name for name, data in archive.files().items() if b"root:x:" in data] == []
    texts = {name: data for name, data in archive.files().items() if name.startswith("posts/")}
    assert not any(b"blog.invalid" in text or b"etc/passwd" in text for text in texts.values())
    # The one that is too long is left; all others come, without the addresses of the site.
    assert {each.partition(":")[0] for each in report.problems} == {"docs/posts/2018/cinq.md"}
    assert report.states[CREATED] == len(HOSTILE) - 1
    header = archive.read("posts/2018/deux.md").partition("\n---\n")[0]
    assert not any(each in header for each in ("feed", "search", "mots", "..", "/trois/", "a b"))
    assert (
        "/tag/piege/"
        not in archive.read("posts/2018/piege.md").partition("source:")[2].partition("\n")[2]
    )
