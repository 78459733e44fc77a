"""Old addresses lead where they should: one hop, to a page that is there."""

import pytest

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
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
