"""Links to the editor of who hosts the sources: right file, right folder, or none."""

from urllib.parse import parse_qs, urlsplit

import pytest

from archivist.checks.run import check_archive
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive
from archivist.site.pages.contributing import find_edit_link

GITHUB = {"source_repository": "https://github.com/moi/archives"}


@pytest.fixture
def build(make_site, make_post, monkeypatch):
    """Return a function from options of Furo to a site; they are added to those of conf.py."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1546300800")  # 1 January 2019
    known = {"source_branch": "main", "source_directory": "docs/"}

    def run(**options):
        return make_site({"2018/billet.md": make_post()}, html_theme_options=known | options)

    return run


def find_link(site, page, words):
    return site.page(page).find("a", string=words)


def test_no_repository_no_links(build):
    site = build()

    for page in site.pages().values():
        assert page.find("a", string=["Corriger ce billet", "Proposer un billet"]) is None


@pytest.mark.parametrize(
    ("repository", "edit", "new"),
    [
        ("https://github.com/moi/archives", "/edit/main/", "/new/main/docs/posts/2019"),
        ("https://gitlab.com/moi/archives", "/-/edit/main/", "/-/new/main/docs/posts/2019"),
        ("https://codeberg.org/moi/archives", "/_edit/main/", "/_new/main/docs/posts/2019"),
    ],
)
def test_a_post_is_corrected_where_its_file_is(build, repository, edit, new):
    site = build(source_repository=f"{repository}/")

    correct = find_link(site, "posts/2018/billet.html", "Corriger ce billet")
    propose = find_link(site, "index.html", "Proposer un billet")
    assert correct["href"] == f"{repository}{edit}docs/posts/2018/billet.md"
    assert propose["href"].startswith(f"{repository}{new}?")
    assert find_link(site, "a-propos.html", "Corriger ce billet") is None


def test_a_host_of_ones_own_is_told_by_the_link_to_edit(build):
    site = build(source_edit_link="https://exemple.fr/moi/archives/_edit/main/docs/{filename}")

    correct = find_link(site, "posts/2018/billet.html", "Corriger ce billet")
    propose = find_link(site, "index.html", "Proposer un billet")
    begin = "https://exemple.fr/moi/archives/_new/main/docs/posts/2019?filename=nom-du-billet.md&"
    assert correct["href"] == "https://exemple.fr/moi/archives/_edit/main/docs/posts/2018/billet.md"
    assert propose["href"].startswith(begin)


def test_a_host_where_no_file_can_be_begun_is_asked_for_none(build):
    site = build(source_repository="https://bitbucket.org/moi/archives", source_directory="")

    correct = find_link(site, "posts/2018/billet.html", "Corriger ce billet")
    address = "https://bitbucket.org/moi/archives/src/main/posts/2018/billet.md?mode=edit&at=main"
    assert correct["href"] == address
    assert find_link(site, "index.html", "Proposer un billet") is None


def test_what_is_proposed_is_signed_by_nobody_and_passes_once_it_is_filled(build, make_docs):
    site = build(**GITHUB)

    query = parse_qs(urlsplit(find_link(site, "index.html", "Proposer un billet")["href"]).query)
    text = query["value"][0]
    docs = make_docs({"2019/mon-texte.md": text})
    assert query["filename"] == ["nom-du-billet.md"]
    assert "amoor" not in text
    told = [problem.message.partition(" :")[0] for problem in check_archive(read_archive(docs))]
    assert told == [
        "« author » est vide",
        "« Titre du billet »",
        "« Écrivez ici le début, qu’on lira dans les listes. »",
        "« Écrivez ici la suite. »",
    ]
    for given, filled in (
        ("author:", "author: amoor"),
        ("Titre du billet", "Retour"),
        ("Écrivez ici le début, qu’on lira dans les listes.", "Le début."),
        ("Écrivez ici la suite.", "La suite."),
    ):
        text = text.replace(given, filled)
    assert check_archive(read_archive(make_docs({"2019/mon-texte.md": text}))) == []


def test_a_proposed_file_that_keeps_its_first_name_is_told(make_docs, make_post):
    docs = make_docs({"2019/nom-du-billet.md": make_post(date="2019-01-01")})

    (problem,) = check_archive(read_archive(docs))

    assert "changez le nom du fichier" in problem.message


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"source_repository": "exemple.fr"}, "source_repository"),
        ({"source_repository": "http://github.com/moi/archives"}, "source_repository"),
        ({"source_repository": "https://exemple.fr/moi/archives"}, "source_repository"),
        (GITHUB | {"source_branch": ""}, "source_branch"),
        ({"source_edit_link": "https://exemple.fr/moi"}, "source_edit_link"),
    ],
)
def test_a_wrong_option_is_named_with_the_fix(options, name):
    with pytest.raises(ArchiveError, match=rf'html_theme_options\["{name}"\] : .*écrivez'):
        find_edit_link(options)
