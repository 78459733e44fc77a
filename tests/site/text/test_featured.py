"""The picture that the header of a post puts above its text."""

import pytest
from PIL import Image

HEADER = {"featured_image": "billet/photo.png"}


@pytest.fixture
def build(make_site, make_post, root):
    """Return a function from a post to the site of it and of its picture."""
    photo = (root / "tests/data/photo.png").read_bytes()

    def run(**fields):
        post = make_post(**(HEADER | fields))
        return make_site({"2018/billet.md": post, "2018/billet/photo.png": photo})

    return run


@pytest.fixture
def show(build):
    """Return a function from a post to its page."""
    return lambda **fields: build(**fields).page("posts/2018/billet.html")


def test_it_stands_below_the_title_and_the_byline(show):
    page = show(body="Le début.\n\n## Un\n\nx\n\n## Deux\n\nx")

    shown = page.article.select("h1, .post-byline, img, .sections, .e-content > p")
    assert [each.name for each in shown][:5] == ["h1", "p", "img", "nav", "p"]
    assert "featured" in page.img.find_parent("div")["class"]


def test_it_is_sized_and_offered_in_webp_as_images_of_the_text_are(build):
    site = build()
    page = site.page("posts/2018/billet.html")

    assert (page.img["width"], page.img["height"]) == ("1600", "900")
    address = page.select_one(".featured source")["srcset"].split()[0]
    with Image.open((site.folder / "posts/2018" / address).resolve()) as variant:
        assert (variant.format, variant.width) == ("WEBP", 480)


@pytest.mark.parametrize(
    ("fields", "alt"),
    [
        ({}, ""),
        ({"featured_alt": "Une vue, oui ?"}, "Une vue, oui\u202f?"),
        ({"featured_alt": "A view ?", "language": "en"}, "A view ?"),
        ({"featured_alt": """'"><script>x</script>'"""}, '"><script>x</script>'),
    ],
)
def test_it_says_what_the_writer_says_it_shows_or_nothing(show, fields, alt):
    assert show(**fields).img["alt"] == alt


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("![Une vue](billet/photo.png)\n\nDu texte.", 1),
        ("![Une vue](../2018/billet/photo.png) Du texte.", 1),
        ("```{figure} billet/photo.png\n:alt: Une vue\n\nLégende.\n```", 1),
        ("Du texte.\n\n![Une vue](billet/photo.png)", 2),
        ("## Une partie\n\n![Une vue](billet/photo.png)", 2),
    ],
)
def test_it_is_not_shown_twice_where_the_text_begins_with_it(show, body, count):
    assert len(show(body=body).article.find_all("img")) == count


@pytest.mark.parametrize(
    "fields",
    [{}, {"body": "Du texte.\n\n<!-- more -->\n\nLa suite."}, {"partial": "true"}],
)
def test_lists_show_it_small(build, fields):
    (source,) = build(**fields).page("index.html").select(".entry-picture source")

    assert source["sizes"] == "9rem"


def test_it_is_no_image_that_lists_count(build):
    site = build(body="Du texte.\n\n![Une vue](billet/photo.png)", image="1")

    assert [each["alt"] for each in site.page("index.html").select(".entry img")] == ["Une vue"]
