import subprocess

import pytest

from archivist.dates.today import find_today

WORD = "xylophone"


@pytest.fixture
def posts(make_post):
    return {
        "2018/paru.md": make_post(title="Paru", date="2018-06-22"),
        "2018/pas-encore.md": make_post(
            title="Pas encore", draft="true", body=WORD, tags=WORD, redirect="/ancien/"
        ),
        "2019/a-venir.md": make_post(title="À venir", date="2019-01-01", body=WORD, tags=WORD),
    }


def places_of(site, word):
    return [name for name, text in site.texts().items() if word in text.lower() or word in name]


def test_drafts_and_future_posts_are_in_no_output(make_site, posts, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1540000000")  # 20 October 2018

    site = make_site(posts)

    assert site.titles("index.html") == ["Paru"]
    for word in (WORD, "pas-encore", "a-venir", "ancien/"):
        assert places_of(site, word) == []


def test_a_post_appears_on_its_day(make_site, posts, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1546300800")  # 1 January 2019, midnight UTC

    assert make_site(posts).titles("index.html") == ["À venir", "Paru"]


def test_without_a_day_nothing_counts_as_future(make_site, posts):
    assert make_site(posts).titles("index.html") == ["À venir", "Paru"]


def test_the_day_is_that_of_the_last_commit(tmp_path):
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@exemple.fr", "-C", str(tmp_path)]
    dates = {
        "GIT_COMMITTER_DATE": "2018-10-20T23:30:00-0500",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
    }
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run(
        [*git, "commit", "--quiet", "--allow-empty", "-m", "x"],
        check=True,
        env=dates | {"PATH": "/usr/bin:/bin"},
    )

    assert str(find_today(tmp_path)) == "2018-10-21"


def test_a_folder_without_history_has_no_day(tmp_path):
    assert find_today(tmp_path) is None


def test_a_wrong_day_names_the_variable(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "demain")

    with pytest.raises(Exception, match="SOURCE_DATE_EPOCH"):
        find_today(tmp_path)
