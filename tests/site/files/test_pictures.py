"""What is published of pictures: what is drawn of them, upright, and their colours."""

import io
import re
import shutil
import warnings
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from archivist.build.build import build_site
from archivist.commands.take_away import bind_book
from archivist.progress import Progress
from archivist.site.plan import BuildPlan
from archivist.wordpress.audit.leaks import Leaks
from tests.checks.test_svg import INKSCAPE
from tests.conftest import Site, write_docs, write_post
from tests.pictures import photos

BODY = """\
![a](billet/photo.jpg) ![b](billet/debout.jpg) ![c](billet/vue.png) ![d](billet/vue.webp)
![e](billet/anime.gif) ![f](billet/plan.svg) ![g](billet/bad-exif.png) ![h](billet/rotated-16000x8.png)

[La photo](billet/photo.jpg), [le plan](billet/plan.svg), [debout](billet/debout.jpg), [un texte](billet/note.txt).

```{figure} billet/vue.png
:alt: Une vue
:target: billet/vue.png

Une légende.
```
"""
# What a profile of colours, a size and a film need; nothing else has a reason to be there.
ADMITTED = {
    *("icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform"),
    *("version", "background", "duration", "loop", "timestamp", "extension", "transparency", "dpi"),
}  # fmt: skip


def list_files():
    data = Path(__file__).parents[2] / "pictures/data"
    pictures = {
        "photo.jpg": photos.make_jpeg(),
        "debout.jpg": photos.make_jpeg(6, photos.draw((1920, 960))),
        "vue.png": photos.make_png(),
        "vue.webp": photos.make_webp(8),
        "anime.gif": photos.make_gif(),
        "plan.svg": INKSCAPE.replace("Calque 1", photos.SECRET).encode(),
        "note.txt": b"Un texte.",
        **{path.name: path.read_bytes() for path in data.iterdir()},
    }
    return {"2018/billet.md": write_post(body=BODY)} | {
        f"2018/billet/{name}": data for name, data in pictures.items()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a site whose pictures say all that pictures can."""
    folder = tmp_path_factory.mktemp("pictures")
    build_site(write_docs(folder, list_files()), folder / "html", {})
    return Site(folder / "html")


def list_published(site):
    """Return the pictures of the site, by name; its icon is the maintainer's."""
    contents = site.contents()
    return {
        name: data for name, data in contents.items()
        if name.startswith(("_images/", "_downloads/")) and not name.endswith(".txt")
    }  # fmt: skip


def test_no_picture_says_more_than_its_pixels_and_colours(site):
    published = list_published(site)

    assert {Path(name).suffix for name in published} == {".jpg", ".png", ".webp", ".gif", ".svg"}
    for data in published.values():
        assert photos.SECRET.encode() not in data
        if not data.startswith(b"<svg"):
            with Image.open(io.BytesIO(data)) as image:
                image.load()
                assert set(image.info) <= ADMITTED
                assert not image.getexif()
    assert not list(Leaks().find(site.folder / "none", site.folder, ()))


def test_pictures_stand_upright_wherever_they_are(site):
    sizes = {"debout.jpg": (960, 1920), "vue.webp": (400, 600), "rotated-16000x8.png": (8, 16_000)}
    found = {
        Path(name).name.rpartition("--")[2]: data for name, data in list_published(site).items()
    }
    page = site.page("posts/2018/billet.html")
    for name, size in sizes.items():
        with Image.open(io.BytesIO(found[name])) as image:
            assert image.size == size
        image = page.select_one(f'img[src$="--{name}"]')
        assert (int(image["width"]), int(image["height"])) == size


def test_variants_are_never_larger_and_keep_their_colours(site):
    variants = {
        name: data for name, data in list_published(site).items() if re.search(r"-\d+\.webp$", name)
    }
    assert sorted(name.rpartition("--")[2] for name in variants) == [
        *("bad-exif.png-480.webp", "bad-exif.png-600.webp", "debout.jpg-480.webp"),
        *("debout.jpg-960.webp", "photo.jpg-480.webp", "photo.jpg-600.webp"),
        *("vue.png-480.webp", "vue.png-600.webp"),
    ]
    for name, data in variants.items():
        with Image.open(io.BytesIO(data)) as image:
            assert f"-{image.width}.webp" in name
            assert ("icc_profile" in image.info) != ("bad-exif" in name)


def test_a_drawing_is_served_as_it_was_written_anew(site):
    drawings = [data for name, data in list_published(site).items() if name.endswith(".svg")]

    assert len(drawings) == 2
    assert len(set(drawings)) == 1
    tags = {etree.QName(each).localname for each in etree.fromstring(drawings[0]).iter()}
    assert tags == {"svg", "defs", "linearGradient", "stop", "g", "path", "text", "tspan", "use"}


def test_the_originals_stay_as_they_were(site):
    for name, data in list_files().items():
        if isinstance(data, bytes):
            assert (site.folder.parent / "docs/posts" / name).read_bytes() == data


def test_the_book_says_no_more_of_its_pictures(site):
    docs = site.folder.parent / "docs"
    path = site.folder.parent / "a.epub"
    bind_book(docs, path, {})
    with zipfile.ZipFile(path) as book:
        pictures = [name for name in book.namelist() if "_images/" in name]
        assert len(pictures) == 8
        for name in pictures:
            assert photos.SECRET.encode() not in book.read(name)


def test_a_second_build_makes_no_picture_again(site, monkeypatch):
    made = []
    monkeypatch.setattr(
        "archivist.site.files.pictures.publish_picture", lambda path: made.append(path) or b""
    )
    before = site.contents()
    docs = site.folder.parent / "docs"
    write_docs(docs.parent, {"2018/autre.md": write_post(title="Un autre")})
    build_site(docs, site.folder, {})

    assert made == []
    assert {name: before[name] for name in list_published(site)} == list_published(site)


def test_a_published_picture_that_tells_its_maker_is_a_leak(tmp_path):
    (tmp_path / "_images").mkdir()
    (tmp_path / "_images/x.jpg").write_bytes(photos.make_jpeg())

    (leak,) = Leaks().find(tmp_path / "none", tmp_path, ())
    told = "position (47,47° N, 0,55° O) et nom (« Jeanne Secret ») dans l’image."
    assert leak == f"{tmp_path}/_images/x.jpg : {told}"


DRAWN = "archivist.site.files.pictures.draw_variant"
SHELF = ".html-work/pictures"


@pytest.fixture
def docs(make_docs):
    photo = photos.make_jpeg(6, photos.draw((1920, 960)))
    body = "![a](b/a.jpg) ![b](b/b.png) ![c](b/c.jpg)"
    pictures = {"a.jpg": photo, "b.png": photos.make_png(), "c.jpg": photo}
    files = {f"2018/b/{name}": data for name, data in pictures.items()}
    return make_docs(files | {"2018/b.md": write_post(body=body)})


@pytest.fixture
def kept(docs, tmp_path):
    """Return a site built once, and the folder of another with no more than the pictures of it."""
    build_site(docs, tmp_path / "one/html", {})
    (tmp_path / "two/.html-work").mkdir(parents=True)
    shutil.copytree(tmp_path / "one" / SHELF, tmp_path / "two" / SHELF)
    return Site(tmp_path / "one/html"), tmp_path / "two"


def test_pictures_made_at_once_are_those_made_one_by_one(docs, monkeypatch, tmp_path):
    def build(cores):
        monkeypatch.setattr("os.cpu_count", lambda: cores)
        build_site(docs, tmp_path / str(cores) / "html", {})
        return Site(tmp_path / str(cores) / "html").contents()

    before = list(warnings.filters)
    assert build(1) == build(4)
    assert warnings.filters == before


def test_pictures_kept_elsewhere_are_not_made_again(docs, kept, monkeypatch):
    made = []
    monkeypatch.setattr(DRAWN, lambda *args: made.append(args) or b"")
    one, two = kept
    build_site(docs, two / "html", {})

    assert made == []
    assert Site(two / "html").contents() == one.contents()


def test_a_kept_picture_that_is_damaged_is_made_again(docs, kept):
    one, two = kept
    first, second, *_ = sorted((two / SHELF).iterdir())
    first.write_bytes(first.read_bytes()[:-1])
    second.write_bytes(b"")
    build_site(docs, two / "html", {})

    assert Site(two / "html").contents() == one.contents()


def test_pictures_have_a_stage_of_their_own(docs, tmp_path):
    steps, progress = [], Progress()
    progress.step = lambda number=1: steps.append((progress._stage, number))
    build_site(docs, tmp_path / "html", {}, BuildPlan(progress=progress))

    # `c.jpg` is `a.jpg` again: one file upright and two widths, and two of the drawing.
    assert sum(number for stage, number in steps if stage == "images") == 5
    assert list(progress.seconds)[-3:] == ["images", "recherche", "publication"]
