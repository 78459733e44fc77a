"""A site that loses posts says which; one that loses many is not published unasked."""

import pytest

from archivist.__main__ import main
from archivist.build.build import build_site
from archivist.build.published import read_published, tell_gone
from archivist.site.plan import BuildPlan
from tests.soak.soak import read_files

NAMES = [f"2018/billet-{number}.md" for number in range(7)]


@pytest.fixture
def docs(make_docs, make_post, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    docs = make_docs({name: make_post(title=name) for name in NAMES})
    build_site(docs, tmp_path / "html", {})
    return docs


@pytest.fixture
def build(capsys):
    def run(*options):
        status = main(["build", "--output", "html", *options])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def drop(docs, count):
    for name in NAMES[:count]:
        (docs / "posts" / name).unlink()


def test_a_site_with_fewer_posts_says_how_many_and_which(docs, build):
    drop(docs, 2)

    status, said = build()

    assert status == 0
    assert "2 billets en moins sur le site : posts/2018/billet-0, posts/2018/billet-1.\n" in said
    assert "en moins" not in build()[1]


def test_a_draft_is_a_post_that_readers_lose(docs, build, make_post):
    (docs / "posts" / NAMES[3]).write_text(make_post(draft="true"), encoding="utf-8")

    assert "1 billet en moins sur le site : posts/2018/billet-3." in build()[1]


def test_a_post_that_moves_is_not_told(docs, build):
    (docs / "posts" / NAMES[3]).rename(docs / "posts/2018/autre-nom.md")

    assert "en moins" not in build()[1]


def test_a_site_that_loses_a_third_is_left_as_it_was_until_that_is_confirmed(docs, build, tmp_path):
    before = read_files(tmp_path / "html")
    drop(docs, 3)

    for _ in range(2):
        status, said = build()
        assert status == 1
        assert said == (
            "3 billets en moins sur le site : posts/2018/billet-0, posts/2018/billet-1, "
            "posts/2018/billet-2 ; remettez-les, ou confirmez avec make html FEWER=1 "
            "(archivist build --fewer).\n"
        )
    assert read_files(tmp_path / "html") == before
    assert build("--fewer")[0] == 0
    assert not (tmp_path / "html/posts/2018/billet-0.html").exists()


def test_of_many_posts_some_are_named_and_all_are_counted():
    said = tell_gone([f"posts/2018/{number:02}" for number in range(12)])

    assert said.startswith("12 billets en moins sur le site : posts/2018/00, posts/2018/01, ")
    assert said.endswith(", posts/2018/09 et 2 autres")


@pytest.mark.parametrize("data", [None, b"", b"{}", b"[1]", b'{"billets": [1]}', b"\xff"])
def test_where_no_list_of_posts_is_there_nothing_is_known_to_be_gone(tmp_path, data):
    if data is not None:
        (tmp_path / "billets.json").write_bytes(data)

    assert read_published(tmp_path) == frozenset()


def test_a_preview_is_made_of_what_there_is(docs, tmp_path):
    drop(docs, 6)

    build_site(docs, tmp_path / "html", {}, BuildPlan(is_preview=True))
