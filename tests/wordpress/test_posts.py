"""What the header of a post says: title, dates, people, labels, summary, name."""

import pytest
import yaml

from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from tests.wordpress.conftest import BLOG, draw, write_item, write_medium, write_meta, write_term

_CATEGORY = """<wp:category><wp:category_nicename>{}</wp:category_nicename>
<wp:category_parent>{}</wp:category_parent><wp:cat_name><![CDATA[{}]]></wp:cat_name>
<wp:category_description><![CDATA[{}]]></wp:category_description></wp:category>"""


def head(imports, name="posts/2016/billet-1.md"):
    """Return the header of a post."""
    return yaml.safe_load("\n".join(imports.header(name)))


def convert(imports, *others, **fields):
    """Import one post, check it, and return its header."""
    imports.convert("Un", *others, **fields)
    assert check_archive(read_archive(imports.docs)) == []
    return head(imports)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('Été\u00a0: "L’€" #1 &amp; <em>co</em>', '# Été\u00a0: "L’€" #1 & *co*'),
        ("100 % public", "# 100 % public"),
        ("% seul", "# % seul"),
        ("# dièse #", "# # dièse \\#"),
        ("🎈 fête", "# 🎈 fête"),
        ("\u00a0Titre\u00a0", "# &nbsp;Titre&nbsp;"),
        ('<a href="https://exemple.fr/">Lien</a>', "# Lien"),
        ("a_b *c* `d` {e}", "# a_b \\*c\\* \\`d\\` {e}"),
        ("", "# Un"),
        ("&lt;balise&gt;", "# \\<balise>"),
        ("1. Un", "# 1. Un"),
    ],
)
def test_a_title_says_the_same(imports, title, expected):
    convert(imports, title=title)

    assert expected in imports.read("posts/2016/billet-1.md").split("\n")


def test_a_title_too_long_is_whole_in_the_text(imports):
    title = "mot " * 100
    convert(imports, title=title.strip())

    assert "…\n\n" in imports.read("posts/2016/billet-1.md")
    assert imports.body().startswith(title.strip())
    assert "titre coupé, donné en entier dans le texte" in imports.notes()


@pytest.mark.parametrize(
    ("date", "date_gmt", "expected"),
    [
        ("2016-07-02 10:00:00", "2016-07-02 08:00:00", "2016-07-02T10:00:00+02:00"),
        ("2016-01-02 10:00:00", "2016-01-02 09:00:00", "2016-01-02T10:00:00+01:00"),
        ("2016-01-02 10:00:00", "0000-00-00 00:00:00", "2016-01-02T10:00:00+00:00"),
        ("0000-00-00 00:00:00", "2016-01-02 09:00:00", "2016-01-02T09:00:00+00:00"),
        ("2016-01-01 00:30:00", "2015-12-31 23:30:00", "2016-01-01T00:30:00+01:00"),
    ],
)
def test_a_date_keeps_the_zone_of_the_blog(imports, date, date_gmt, expected):
    convert(imports, date=date, date_gmt=date_gmt)

    assert f"date: {expected}" in imports.header()


def test_two_posts_of_the_same_second_are_both_there(imports):
    imports.run(write_item(1, "Un"), write_item(2, "Deux"))

    assert imports.body() == "Un"
    assert imports.body("posts/2016/billet-2.md") == "Deux"


def test_a_later_change_is_dated(imports):
    header = convert(imports, modified="2017-05-06 07:08:09")

    assert str(header["updated"]) == "2017-05-06"


def test_a_change_of_the_same_day_is_none(imports):
    assert "updated" not in convert(imports, modified="2016-09-02 12:00:00")


def test_an_author_is_named_and_never_by_address(imports):
    header = convert(imports, creator="claire")

    assert header["author"] == "claire"
    assert "claire:\n  name: Claire Dubois\n" in imports.read("authors.yml")
    assert "secret.exemple" not in imports.read("authors.yml")


def test_an_author_who_left_is_called_by_login(imports):
    assert convert(imports, creator="parti")["author"] == "parti"


def test_a_login_that_is_an_address_is_cut(imports):
    assert convert(imports, creator="jean.petit@secret.exemple")["author"] == "jean-petit"
    assert "secret.exemple" not in "".join(map(str, imports.files().values()))


def test_several_authors_sign_in_their_order(imports):
    raw = write_term("author", "cap-zoe", "Zoé") + write_term(
        "author", "cap-claire", "Claire Dubois"
    )

    assert convert(imports, raw=raw)["author"] == ["zoe", "claire"]


def test_categories_keep_parents_and_descriptions(imports):
    head_of_blog = _CATEGORY.format("metiers", "", "Métiers", "Les <b>métiers</b>") + (
        _CATEGORY.format("agents", "metiers", "Agents &amp; co", "")
    )
    item = write_item(1, "Un", raw=write_term("category", "agents", "Agents & co"))
    imports.run(files=[imports.write(item, head=head_of_blog.replace("&amp;", "&"))])

    assert head(imports)["category"] == "Agents & co"
    registered = yaml.safe_load(imports.read("categories.yml"))
    assert registered["Agents & co"] == {"parent": "Métiers"}
    assert registered["Métiers"] == {"description": "Les métiers"}
    assert check_archive(read_archive(imports.docs)) == []


def test_a_comma_in_a_label_does_not_cut_it(imports):
    raw = write_term("category", "a-b", "Atelier, bilan") + write_term("post_tag", "x-y", "x, y")
    header = convert(imports, raw=raw)

    assert header["category"] == "Atelier – bilan"
    assert header["tags"] == ["x – y"]
    assert ("étiquette écrite autrement", "x, y → x – y") in imports.reports[-1].general


def test_a_category_and_a_tag_of_one_name_are_two(imports):
    raw = write_term("category", "ete", "Été") + write_term("post_tag", "ete", "Été")
    header = convert(imports, raw=raw)

    assert (header["category"], header["tags"]) == ("Été", ["Été"])


@pytest.mark.parametrize(
    "name", ["yes", "no", "null", "2016", "1e3", "~", "a: b", "- x", "[a]", "@x"]
)
def test_a_label_that_yaml_would_take_for_something_else_is_text(imports, name):
    tags = convert(imports, raw=write_term("post_tag", "x", name))["tags"]

    assert len(tags) == 1
    assert isinstance(tags[0], str)


def test_a_format_is_no_label(imports):
    header = convert(imports, raw=write_term("post_format", "post-format-quote", "Citation"))

    assert header["format"] == "quote"
    assert "tags" not in header


def test_what_was_put_forward_still_is(imports):
    assert convert(imports, sticky=1)["sticky"] is True


def test_the_picture_put_forward_comes_with_its_words(imports):
    media = imports.put("une.png", draw("red", size=(400, 300)))
    item = write_item(1, "Un", raw=write_meta("_thumbnail_id", "9"))
    imports.run(item, write_medium(9, "une.png", alt="La une"), media=media)

    header = head(imports)
    assert (header["featured_image"], header["featured_alt"]) == ("billet-1/une.png", "La une")
    assert check_archive(read_archive(imports.docs)) == []


def test_a_picture_put_forward_that_is_missing_is_told(imports):
    header = convert(imports, write_medium(9, "une.png"), raw=write_meta("_thumbnail_id", "9"))

    assert "featured_image" not in header
    assert "image à la une manquante" in imports.notes()


def test_an_excerpt_is_a_summary_in_words(imports):
    header = convert(imports, excerpt="Un <b>mot</b>,\nl’été\u00a0: « fin » &amp; suite")

    assert header["summary"] == "Un mot, l’été\u00a0: « fin » & suite"


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("%c3%a9t%c3%a9-%e2%82%ac", "ete"),
        ("", "post-1"),
        ("retour-sur-l-ete-2", "retour-sur-l-ete-2"),
        ("index", "billet-index"),
        ("Majuscules", "majuscules"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_is_that_of_the_address(imports, slug, expected):
    imports.run(write_item(1, "Un", name=slug))

    names = [path.stem for path in (imports.docs / "posts").rglob("*.md")]
    assert len(names) == 1
    assert names[0] == expected or (len(slug) == 300 and set(names[0]) == {"x"})
    assert check_archive(read_archive(imports.docs)) == []


def test_names_that_differ_by_case_alone_are_told_apart(imports):
    imports.run(write_item(1, "Un", name="ete"), write_item(2, "Deux", name="ETE"))

    assert imports.body("posts/2016/ete.md") == "Un"
    assert imports.body("posts/2016/ete-2.md") == "Deux"


def test_one_name_in_two_years_is_two(imports):
    second = write_item(2, "Deux", name="ete", date="2017-01-01 00:00:00", link=f"{BLOG}/2017/ete/")
    imports.run(write_item(1, "Un", name="ete", link=f"{BLOG}/2016/ete/"), second)

    assert imports.body("posts/2016/ete.md") == "Un"
    assert imports.body("posts/2017/ete-2.md") == "Deux"


def test_a_page_is_a_page(imports):
    item = write_item(2, "Le texte", type="page", name="qui-sommes-nous", title="Qui sommes-nous")
    imports.run(write_item(1), item)

    assert imports.read("qui-sommes-nous.md") == "# Qui sommes-nous\n\nLe texte\n"


def test_the_mark_that_hid_an_excerpt_is_no_loss(imports):
    imports.convert("Un\n\n<!--more--><!--noteaser-->\n\nDeux")

    assert imports.notes() == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Chapô\n\n<!--more-->\n\nSuite", "Chapô\n\n<!-- more -->\n\nSuite"),
        ("Chapô <!--more Lire la suite--> suite", "Chapô\n\n<!-- more -->\n\nsuite"),
        (
            "Un\n\n<!--more-->\n\nDeux\n\n<!--more-->\n\nTrois",
            "Un\n\n<!-- more -->\n\nDeux\n\nTrois",
        ),
        ("Un\n\n<!--more--><!--noteaser-->\n\nDeux", "Un\n\n<!-- more -->\n\nDeux"),
        ("Un\n\n<!--nextpage-->\n\nDeux", "Un\n\n---\n\nDeux"),
    ],
)
def test_where_a_post_was_cut_is_kept(imports, content, expected):
    assert imports.convert(content) == expected
    assert check_archive(read_archive(imports.docs)) == []
