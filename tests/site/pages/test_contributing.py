"""Links to the editor of who hosts the sources: right file, right folder, or none."""

from urllib.parse import parse_qs, urlsplit

import pytest

from archivist.checks.run import check_archive
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive

REPOSITORY = "https://exemple.fr/moi/archives"


@pytest.fixture
def build(make_site, make_post, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1546300800")  # 1 January 2019
    return lambda **settings: make_site({"2018/billet.md": make_post()}, **settings)


def find_link(site, page, words):
    return site.page(page).find("a", string=words)


def test_no_repository_no_links(build):
    site = build()

    for page in site.pages().values():
        assert page.find("a", string=["Corriger ce billet", "Proposer un billet"]) is None


@pytest.mark.parametrize(
    ("platform", "edit", "new"),
    [
        ("github", "/edit/main/", "/new/main/docs/posts/2019"),
        ("gitlab", "/-/edit/main/", "/-/new/main/docs/posts/2019"),
        ("forgejo", "/_edit/main/", "/_new/main/docs/posts/2019"),
    ],
)
def test_a_post_is_corrected_where_its_file_is(build, platform, edit, new):
    site = build(archive_repository=f"{REPOSITORY}/", archive_platform=platform)

    correct = find_link(site, "posts/2018/billet.html", "Corriger ce billet")
    propose = find_link(site, "index.html", "Proposer un billet")
    assert correct["href"] == f"{REPOSITORY}{edit}docs/posts/2018/billet.md"
    assert propose["href"].startswith(f"{REPOSITORY}{new}?")
    assert find_link(site, "a-propos.html", "Corriger ce billet") is None


def test_what_is_proposed_passes_the_checks_once_named(build, make_docs):
    site = build(archive_repository=REPOSITORY)

    query = parse_qs(urlsplit(find_link(site, "index.html", "Proposer un billet")["href"]).query)
    docs = make_docs({"2019/mon-texte.md": query["value"][0]})
    assert query["filename"] == ["nom-du-billet.md"]
    assert check_archive(read_archive(docs)) == []


def test_a_proposed_file_that_keeps_its_first_name_is_told(make_docs, make_post):
    docs = make_docs({"2019/nom-du-billet.md": make_post(date="2019-01-01")})

    (problem,) = check_archive(read_archive(docs))

    assert "changez le nom du fichier" in problem.message


@pytest.mark.parametrize(
    "settings", [{"archive_repository": "exemple.fr"}, {"archive_platform": "svn"}]
)
def test_a_wrong_setting_is_named_with_the_fix(build, settings):
    with pytest.raises(ArchiveError, match=f"^{next(iter(settings))} = "):
        build(**settings)
