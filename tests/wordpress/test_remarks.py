"""What becomes of the comments of a post."""

import pytest
import yaml

from archivist.build.docs import check_docs
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from archivist.wordpress.comments import name_author
from tests.wordpress.conftest import write_item, write_remark


def read_comments(imports, *remarks):
    """Import a post with those comments, check it, and return what is kept of them."""
    imports.run(write_item(1, raw="".join(remarks)))
    assert check_archive(read_archive(imports.docs)) == []
    return yaml.safe_load(imports.read("posts/2016/billet-1.comments.yml"))


def texts(comments):
    """Return the texts of comments, those of answers in lists."""
    return [
        [each["text"].strip(), texts(each["replies"])]
        if "replies" in each
        else each["text"].strip()
        for each in comments
    ]


def test_comments_are_in_threads(imports):
    found = read_comments(
        imports,
        write_remark(3, "Réponse", parent=1, day=3),
        write_remark(1, "Un", day=1),
        write_remark(2, "Deux", day=2),
        write_remark(4, "Encore", parent=3, day=4),
    )

    assert texts(found) == [["Un", [["Réponse", ["Encore"]]]], "Deux"]


@pytest.mark.parametrize("approved", ["0", "spam"])
def test_an_answer_to_what_is_not_there_stands_alone(imports, approved):
    found = read_comments(
        imports, write_remark(1, "Un", approved=approved), write_remark(2, "Deux", parent=1)
    )

    assert texts(found) == ["Deux"]


def test_comments_that_answer_each_other_in_a_ring_are_all_there(imports):
    found = read_comments(
        imports, write_remark(1, "Un", parent=2, day=1), write_remark(2, "Deux", parent=1, day=2)
    )

    assert texts(found) == ["Un", "Deux"]


def test_names_and_moments_are_kept(imports):
    (comment,) = read_comments(imports, write_remark(1, "Un", author="Zoé d’Été", day=7))

    assert comment["author"] == "Zoé d’Été"
    assert str(comment["date"]) == "2016-10-07 12:00:00+02:00"


@pytest.mark.parametrize("kind", ["pingback", "trackback"])
def test_a_mention_says_that_it_is_one(imports, kind):
    (comment,) = read_comments(imports, write_remark(1, "[…] Un […]", kind=kind))

    assert comment["kind"] == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un\ndeux\n\nTrois", "Un\\\ndeux\n\nTrois"),
        ("<b>gras</b> <i>penché</i> <code>x</code>", "**gras** *penché* `x`"),
        ('<a href="https://exemple.fr/">là</a>', "[là](https://exemple.fr/)"),
        ('<a href="javascript:alert(1)">là</a>', "là"),
        ("<script>alert(1)</script>Un", "Un"),
        ('<img src="https://exemple.fr/x.png" onerror="x()">', "<https://exemple.fr/x.png>"),
        ('<p style="x" onclick="y()">Un</p>', "Un"),
        ("<blockquote>cité</blockquote>\n\nUn", "> cité\n\nUn"),
        ("# pas un titre", "\\# pas un titre"),
    ],
)
def test_a_text_keeps_its_words_and_no_danger(imports, text, expected):
    (comment,) = read_comments(imports, write_remark(1, text))

    assert comment["text"].strip() == expected


def test_comments_of_a_page_are_beside_it(imports):
    report = imports.run(write_item(1), write_item(2, type="page", raw=write_remark(1, "Un")))

    assert "text: |-\n    Un" in imports.read("billet-2.comments.yml")
    assert report.remarks["gardés"] == 1
    assert report.problems == []


def test_a_comment_that_is_older_than_its_post_is_kept_and_excused(imports):
    old = write_remark(1, "Un").replace("2016-10", "2014-10")
    imports.run(write_item(1, raw=old))

    assert len(list(imports.docs.rglob("*.comments.yml"))) == 1
    excused = (imports.docs / "exceptions.txt").read_text(encoding="utf-8")
    assert " comment_dates " in excused
    assert check_docs(imports.docs)[1] == []


def test_a_name_is_read_as_wordpress_shows_it():
    assert name_author("Ping &laquo; L&#8217;&eacute;t&eacute; &amp; nous") == "Ping « L’été & nous"
