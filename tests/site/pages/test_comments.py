import datetime as dt

import pytest

from archivist.site.pages.comments import spell_span

FILE = """\
- author: Claire
  date: 2017-11-12T09:30:00+01:00
  text: |-
    Merci pour ce *xylophone* !

    Voir [là](https://exemple.fr/).
  replies:
    - author: a.m.o.o.r. <b>
      date: 2017-11-13
      text: Avec <b>plaisir</b>.
- author: Un autre blog
  date: 2019-03-01
  kind: pingback
  text: "[…] un extrait […]"
"""
POST = "posts/2017/billet.html"


@pytest.fixture
def make_page(make_site, make_post):
    """Return a function from comments, and fields of a post, to the page of the post."""

    def make(comments=FILE, **fields):
        post = make_post(**{"date": "2017-11-02"} | fields)
        files = {"2017/billet.md": post, "2017/billet.comments.yml": comments}
        return make_site(files).page(POST)

    return make


def thread(levels):
    """Return a comment with replies, one in another, by Un, Deux, Trois…"""
    lines = []
    for level in range(levels):
        space = "    " * level
        lines += [f"{space}- author: Lecteur {level + 1}", f"{space}  date: 2017-11-12"]
        lines += [f"{space}  text: Bien."] + [f"{space}  replies:"] * (level + 1 < levels)
    return "\n".join(lines)


def test_comments_stand_closed_after_the_post(make_page):
    page = make_page()

    section = page.select_one("section.comments")
    assert section.find_previous("article")["class"] == ["page", "post"]
    assert section.h2["id"] == section["aria-labelledby"] == "_commentaires"
    assert section.h2.get_text() == "Commentaires d’époque"
    assert not section.details.has_attr("open")
    assert section.summary.get_text() == (
        "2 commentaires et 1 mention d’époque, de novembre 2017 à mars 2019"
    )
    assert section.select_one(".comments-closed").get_text() == (
        "Les commentaires sont fermés\xa0: ceux-ci datent du blog d’origine."
    )


def test_a_comment_says_who_when_and_what(make_page):
    comment = make_page().select_one(".comments-list > li > article")

    assert comment.select_one(".comment-author").get_text() == "Claire"
    assert comment.time["datetime"] == "2017-11-12"
    assert comment.time.get_text() == "12 novembre 2017"
    text = comment.select_one(".comment-text")
    assert [each.get_text() for each in text.select("p")] == [
        "Merci pour ce xylophone\u202f!",
        "Voir là.",
    ]
    assert text.a["rel"] == ["nofollow", "ugc"]


def test_a_reply_stands_inside_what_it_answers_and_a_mention_says_so(make_page):
    first, second = make_page().select(".comments-list > li")

    (reply,) = first.select(".comment-replies > li > article")
    assert reply.select_one(".comment-author").get_text() == "a.m.o.o.r. <b>"
    assert reply.select_one(".comment-text").get_text().strip() == "Avec <b>plaisir</b>."
    assert first.select(".comment-kind") == []
    assert second.select_one(".comment-kind").get_text() == "Mention"


def test_a_reply_that_is_not_set_back_says_whom_it_answers(make_page):
    page = make_page(thread(10))

    assert [each.get_text() for each in page.select(".comment-answers")] == [
        f"à Lecteur {level}" for level in range(4, 10)
    ]


def test_a_post_without_comments_says_nothing_of_them(make_site, make_post):
    site = make_site({"2017/billet.md": make_post(date="2017-11-02")})

    assert not [
        name
        for name, text in site.texts().items()
        if name.endswith(".html")
        and "ommentaire" in text
        and name not in {"a-propos.html", "contribuer.html", "emporter.html"}
    ]


def test_comments_are_on_the_page_of_their_post_alone(make_site, make_post):
    files = {"2017/billet.md": make_post(date="2017-11-02"), "2017/billet.comments.yml": FILE}
    texts = make_site(files).texts()

    assert [name for name, text in texts.items() if "xylophone" in text.lower()] == [POST]
    assert [name for name in texts if "comments" in name] == []


def test_comments_take_no_time_to_read(make_page):
    long = "- author: Claire\n  date: 2018-07-01\n  text: " + "mot " * 3000

    assert make_page(long).select_one(".post-minutes").get_text() == "1\xa0min de lecture"


def test_the_comments_of_a_draft_are_nowhere(make_site, make_post):
    site = make_site(
        {
            "2018/billet.md": make_post(),
            "2017/brouillon.md": make_post(draft="true", date="2017-11-02"),
            "2017/brouillon.comments.yml": FILE,
        }
    )

    assert [name for name, text in site.texts().items() if "xylophone" in text.lower()] == []


def test_comments_of_a_post_in_another_language_are_in_it(make_page):
    text = make_page(language="en").select_one(".comment-text")

    assert text["lang"] == "en"
    assert "xylophone !" in text.get_text()


def test_code_in_a_comment_is_kept_as_it_is(make_page):
    text = (
        "- author: Claire\n  date: 2018-07-01\n  text: |-\n    ```\n    a\n      <b> !\n    ```\n"
    )

    assert make_page(text).select_one(".comment-text pre").get_text() == "a\n  <b> !\n"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2017-11-12", "2017-11-30", "en novembre 2017"),
        ("2017-03-12", "2017-11-30", "de mars à novembre 2017"),
        ("2017-04-12", "2017-05-30", "d’avril à mai 2017"),
        ("2017-08-12", "2018-08-30", "d’août 2017 à août 2018"),
        ("2017-10-12", "2018-01-30", "d’octobre 2017 à janvier 2018"),
    ],
)
def test_when_comments_were_written_is_told_in_french(first, last, words):
    assert spell_span(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("comments", "mentions", "words"),
    [
        (1, 0, "1 commentaire d’époque, en novembre 2017"),
        (2, 0, "2 commentaires d’époque, en novembre 2017"),
        (0, 1, "1 mention d’époque, en novembre 2017"),
        (1, 2, "1 commentaire et 2 mentions d’époque, en novembre 2017"),
        (1200, 0, "1\u202f200 commentaires d’époque, en novembre 2017"),
    ],
)
def test_comments_and_mentions_are_counted_apart(make_page, comments, mentions, words):
    said = "- author: Claire\n  date: 2017-11-12\n  text: Bien.\n"

    page = make_page(said * comments + f"{said}  kind: trackback\n" * mentions)

    assert page.select_one(".comments summary").get_text() == words


def test_comments_of_a_page_are_under_it(make_site, make_post):
    files = {"2017/billet.md": make_post(), "/nous.md": "# Nous\n\nTexte.\n"}
    page = make_site(files | {"/nous.comments.yml": FILE}).page("nous.html")

    assert page.main.select_one("section.comments .comment-author").get_text() == "Claire"
    assert "Texte." in page.main.article.get_text()


def test_comments_beside_no_page_are_told(check, make_post):
    files = {"2017/billet.md": make_post(), "/nous.comments.yml": FILE}

    assert check(files) == [
        "docs/nous.comments.yml:1: aucune page de ce nom à côté : donnez à ces commentaires le nom de leur page."
    ]
