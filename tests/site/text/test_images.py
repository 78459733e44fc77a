import io

import pytest
from PIL import Image

from archivist.site.text.images import choose_widths


@pytest.fixture
def photo(root):
    return (root / "tests/data/photo.png").read_bytes()


@pytest.fixture
def picture(make_site, make_post, photo):
    """Return a function from the way an image is written to the element on the page."""

    def show(written):
        post = make_post(body=f"{written}\n\n## Une partie\n\nTexte.")
        site = make_site({"2018/billet.md": post, "2018/billet/photo.png": photo})
        return site, site.page("posts/2018/billet.html")

    return show


def test_an_image_is_sized_lazy_and_offered_in_webp(picture):
    site, page = picture("![Une vue](billet/photo.png)")
    image, source = page.select_one("picture img"), page.select_one("picture source")

    assert (image["width"], image["height"], image["loading"], image["alt"]) == (
        "1600",
        "900",
        "lazy",
        "Une vue",
    )
    candidates = [each.split() for each in source["srcset"].split(", ")]
    assert [width for _, width in candidates] == ["480w", "960w", "1600w"]
    for address, width in candidates:
        with Image.open((site.folder / "posts/2018" / address).resolve()) as variant:
            assert (variant.format, f"{variant.width}w") == ("WEBP", width)


def test_the_original_is_kept_as_it_was(picture, photo):
    site, page = picture("![Une vue](billet/photo.png)")

    assert (site.folder / "posts/2018" / page.img["src"]).resolve().read_bytes() == photo
    (link,) = page.select("a:has(img)")
    assert (link["href"], link["aria-label"]) == (page.img["src"], "Agrandir\xa0: Une vue")
    assert "data-whole" not in str(page)


def test_pages_alone_lead_to_whole_pictures(sink_site):
    links = sink_site.page("posts/2018/evier.html").select("a.whole-picture")

    assert [link["aria-label"].replace("\xa0", " ") for link in links] == [
        "Agrandir : Une vue de l’évier : tout y est",
        "Agrandir : Une photo",
        "Agrandir : Une image",
        "Agrandir l’image",
        *(f"Agrandir : {alt}" for alt in ("Une vue", "La même", "Une autre", "Une image")),
    ]
    assert {
        name for name, text in sink_site.texts().items() if 'class="whole-picture"' in text
    } == {"posts/2018/evier.html"}


def test_an_image_that_tells_nothing_is_passed_over(picture):
    _, page = picture("![](billet/photo.png){.decorative}")

    assert page.img["alt"] == ""


def test_a_figure_bears_its_caption(picture):
    _, page = picture("```{figure} billet/photo.png\n:alt: Une vue\n\nUne légende : oui.\n```")

    assert (
        page.figure["aria-label"]
        == page.figcaption.p.find(string=True).strip()
        == "Une légende\xa0: oui."
    )
    assert page.figure.img["alt"] == "Une vue"


def test_a_photo_stands_upright_and_says_nothing_of_its_camera(make_site, make_post):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Appareil"
    data = io.BytesIO()
    Image.new("RGB", (1200, 800), "red").save(data, "JPEG", exif=exif)
    small = io.BytesIO()
    Image.new("RGB", (600, 400)).save(small, "PNG")
    site = make_site(
        {
            "2018/x.md": make_post(body="![x](x/p.jpg)\n\n![Petite](x/q.png)"),
            "2018/x/p.jpg": data.getvalue(),
            "2018/x/q.png": small.getvalue(),
        }
    )

    (name,) = [name for name in site.files() if name.endswith("-800.webp")]
    page = site.page("posts/2018/x.html")
    assert (page.img["width"], page.img["height"]) == ("800", "1200")
    with Image.open(site.folder / name) as variant:
        assert variant.height > variant.width
        assert not variant.getexif()
    # One that is shown as it is leads nowhere.
    assert [link.img["alt"] for link in page.select("a:has(img)")] == ["x"]


@pytest.mark.parametrize(
    ("width", "widths"), [(100, [100]), (480, [480]), (700, [480, 700]), (5000, [480, 960, 1600])]
)
def test_an_image_is_never_made_larger(width, widths):
    assert choose_widths(width) == widths


def test_two_images_of_one_name_stay_apart(make_site, make_post, photo):
    posts = {f"2018/{name}.md": make_post(body=f"![x]({name}/photo.png)") for name in ("a", "b")}
    site = make_site(posts | {"2018/a/photo.png": photo, "2018/b/photo.png": photo})

    sources = {site.page(f"posts/2018/{name}.html").img["src"] for name in ("a", "b")}
    assert sources == {"../../_images/2018--a--photo.png", "../../_images/2018--b--photo.png"}


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("![x](billet/photo.png){width=300px}", ("300", "169")),
        ("![x](billet/photo.png){width=300}", ("300", "169")),
        ("![x](billet/photo.png){height=90px}", ("160", "90")),
        ("![x](billet/photo.png){width=320 height=320}", ("320", "180")),
        ("![x](billet/photo.png){width=1700px}", ("1600", "900")),
        ("![x](billet/photo.png){width=0px}", ("1600", "900")),
        ("```{figure} billet/photo.png\n:alt: x\n:width: 300px\n\nLégende.\n```", ("300", "169")),
        ("```{image} billet/photo.png\n:alt: x\n:height: 90\n```", ("160", "90")),
    ],
)
def test_an_image_is_as_small_as_its_writer_says_and_keeps_its_shape(picture, written, size):
    _, page = picture(written)

    assert (page.img["width"], page.img["height"]) == size
    assert page.select("article [style]") == []
    assert [link["href"] for link in page.select("article a:has(img)")] == [page.img["src"]]


def test_a_browser_is_told_how_small_an_image_is_shown(picture, sink_site):
    gallery = sink_site.page("posts/2018/evier.html").select_one(".gallery source")
    assert gallery["sizes"] == "(min-width: 46rem) 19rem, 50vw"
    _, page = picture("![x](billet/photo.png){width=300px}")

    assert page.select_one("picture source")["sizes"] == "min(300px, 42rem, 100vw)"


FIGURE = "```{{figure}} billet/photo.png\n:alt: Une vue\n:target: {0}\n\nUne légende.\n```"


def test_a_figure_leads_to_another_site(picture):
    _, page = picture(FIGURE.format("https://exemple.fr/été?a=1&b=2"))

    assert (
        page.select_one("figure > a:has(img)")["href"] == "https://exemple.fr/%C3%A9t%C3%A9?a=1&b=2"
    )
    assert page.select_one("figure > a img")["alt"] == "Une vue"
    assert page.select(".whole-picture") == []


def test_a_figure_leads_to_the_copy_of_a_file(picture, photo):
    site, page = picture(FIGURE.format("billet/photo.png"))

    link = page.select_one("figure > a:has(img)")
    assert (site.folder / "posts/2018" / link["href"]).resolve().read_bytes() == photo


def test_a_figure_leads_to_another_post(make_site, make_post, photo):
    site = make_site(
        {
            "2018/billet.md": make_post(body=FIGURE.format("../2017/autre.md")),
            "2018/billet/photo.png": photo,
            "2017/autre.md": make_post(date="2017-01-01"),
        }
    )

    link = site.page("posts/2018/billet.html").select_one("figure > a:has(img)")
    assert link["href"] == "../2017/autre.html"
