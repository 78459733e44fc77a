import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from archivist.pictures.fault import PictureError
from archivist.pictures.picture import check_picture, publish_picture, read_picture
from archivist.pictures.private import find_private
from tests.pictures import photos

MAKERS = {
    ".jpg": photos.make_jpeg,
    ".png": photos.make_png,
    ".webp": photos.make_webp,
}


@pytest.fixture
def publish(tmp_path):
    """Return a function from a picture to the file to publish, once it is checked."""

    def run(data, ending):
        path = tmp_path / f"x{ending}"
        path.write_bytes(data)
        check_picture(path)
        return publish_picture(path)

    return run


def open_bytes(data):
    return Image.open(io.BytesIO(data))


def is_same(one, other):
    return ImageChops.difference(one.convert("RGBA"), other.convert("RGBA")).getbbox() is None


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
@pytest.mark.parametrize("ending", MAKERS)
def test_a_picture_keeps_its_pixels_and_profile_and_says_nothing(publish, ending):
    data = MAKERS[ending]()
    published = publish(data, ending)

    assert photos.SECRET.encode() in data
    assert photos.SECRET.encode() not in published
    with open_bytes(data) as before, open_bytes(published) as after:
        assert is_same(before, after)
        assert after.info["icc_profile"] == photos.PROFILE
        told = {"exif", "xmp", "comment", "Author", "Comment", "Copyright", "photoshop", "mp"}
        assert told & before.info.keys()
        assert not told & after.info.keys()
    assert not find_private(published, ending)
    assert publish(published, ending) == published


def test_a_gif_goes_on_moving(publish):
    with open_bytes(published := publish(photos.make_gif(), ".gif")) as image:
        assert (image.n_frames, image.info["loop"], image.info["duration"]) == (3, 0, 99 // 10 * 10)
    assert photos.SECRET.encode() not in published


@pytest.mark.parametrize("moving", [".png", ".webp"])
def test_pictures_of_other_kinds_go_on_moving(publish, moving):
    frames = [photos.draw().rotate(90 * turn) for turn in (1, 2)]
    data = MAKERS[moving](save_all=True, append_images=frames, duration=99, loop=3)

    with open_bytes(published := publish(data, moving)) as after, open_bytes(data) as before:
        assert (after.n_frames, after.info["loop"]) == (3, 3)
        for number in range(3):
            before.seek(number), after.seek(number)
            assert is_same(before, after)
    assert photos.SECRET.encode() not in published


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", MAKERS)
def test_a_picture_is_published_upright(publish, ending, orientation):
    turn = {
        **dict.fromkeys((0, 1)), 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
    }[orientation]  # fmt: skip
    whole = photos.draw((320, 160))
    upright = whole if turn is None else whole.transpose(turn)
    published = publish(MAKERS[ending](orientation, whole), ending)

    with open_bytes(published) as after:
        assert after.size == upright.size
        difference = ImageStat.Stat(ImageChops.difference(upright, after.convert("RGB"))).rms
        assert max(difference) < 5
        assert after.info["icc_profile"] == photos.PROFILE
        assert "exif" not in after.info
    assert photos.SECRET.encode() not in published


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize(
    "exif",
    [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff", b"x" * 99],
)
def test_what_a_camera_says_may_be_damaged(tmp_path, publish, ending, exif):
    file = io.BytesIO()
    photos.draw().save(file, MAKERS[ending].__name__.removeprefix("make_"), exif=exif)

    with open_bytes(publish(file.getvalue(), ending)) as after:
        assert after.size == (600, 400)


def test_a_profile_that_is_none_is_left_out(publish):
    for ending, make in MAKERS.items():
        data = make().replace(photos.PROFILE[:64], b"x" * 64)
        with open_bytes(publish(data, ending)) as after:
            assert ending == ".png" or "icc_profile" not in after.info


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_of_any_colours_is_published(publish, mode, orientation):
    with open_bytes(
        publish(photos.make_jpeg(orientation, photos.draw(mode=mode)), ".jpg")
    ) as after:
        assert after.mode == mode


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_png_of_any_colours_is_published_and_made_smaller(tmp_path, publish, mode, orientation):
    image = photos.draw(mode=mode) if mode != "I;16" else Image.new("I;16", (600, 400), 999)
    with open_bytes(publish(photos.make_png(orientation, image), ".png")) as after:
        assert after.mode == mode
    small = read_picture(tmp_path / "x.png").shrink((20, 30))
    assert small.size == (20, 30)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("bad-exif.png", (600, 40)),
        ("rotated-16000x8.png", (8, 16_000)),
        ("rotated-1200x900.jpg", (900, 1200)),
    ],
)
def test_odd_pictures_are_shown(name, size):
    path = Path(__file__).parent / "data" / name
    check_picture(path)

    assert read_picture(path).measure() == size
    with open_bytes(publish_picture(path)) as image:
        assert image.size == size


def test_a_photo_cut_short_is_told_and_a_small_one_shown(publish):
    large = photos.make_jpeg(image=Image.effect_noise((900, 600), 50))
    with pytest.raises(PictureError, match="est illisible"):
        publish(large[: len(large) * 2 // 3], ".jpg")
    small = photos.make_jpeg(image=Image.effect_noise((300, 200), 50))

    assert publish(small[: len(small) * 2 // 3], ".jpg").endswith(b"\xff\xd9")


def claim(width, height):
    """Return a PNG that says it is as large as that."""
    data = photos.make_png()
    size = width.to_bytes(4) + height.to_bytes(4)
    return data[:16] + size + data[24:]


@pytest.mark.parametrize(
    ("make", "ending", "told"),
    [
        (lambda: claim(40_000, 2), ".png", "a 40000 pixels de côté, 30000 au plus"),
        (lambda: claim(6_000, 6_000), ".png", "a 36,0 mégapixels, 24 au plus"),
        (
            lambda: photos.make_jpeg(image=Image.new("L", (7_000, 7_000))),
            ".jpg",
            "a 49,0 mégapixels, 40 au plus",
        ),
        (
            lambda: photos.make_jpeg(6, Image.new("L", (5_000, 5_000))),
            ".jpg",
            "a 25,0 mégapixels, 15 au plus",
        ),
        (lambda: photos.make_gif()[:-10] + b"\x2c" + bytes(8), ".gif", ""),
        (
            lambda: photos.make_png(6, save_all=True, append_images=[photos.draw()]),
            ".png",
            "est animée, et à tourner",
        ),
        (
            lambda: b"GIF89a" + bytes(7) + (b"\x2c" + bytes(10)) * 1_001,
            ".gif",
            "illisible|1001 vues",
        ),
        (
            lambda: b"<svg/>",
            ".png",
            "est en SVG, et son nom finit en « .png » : renommez le fichier",
        ),
        (lambda: bytes(4) + b"ftypheic", ".jpg", "est en HEIC, .* : enregistrez-la en JPEG ou"),
        (lambda: b"", ".gif", "est illisible"),
        (photos.make_png, ".jpg", "est en PNG, .* : renommez le fichier « .*.png »"),
        (lambda: bytes(5_000_001), ".jpg", "pèse 5,0 Mo, 5 au plus : allégez-la"),
    ],
)
def test_a_picture_that_would_take_too_much_is_told(publish, make, ending, told):
    if told:
        with pytest.raises(PictureError, match=told):
            publish(make(), ending)
    else:
        publish(make(), ending)


def test_a_photo_that_is_drawn_again_and_again_is_told(publish):
    data = photos.make_jpeg(image=photos.draw((16, 16)), progressive=True)
    scan = data.rindex(
        b"\xff\xda", 0, data.index(b"\xff\xd9", data.rindex(b"\xff\xda", 0, len(data) // 2))
    )
    with pytest.raises(PictureError, match="est illisible"):
        publish(data[:scan] + b"\xff\xda\0\x08\1\1\0\0\x3f\0\0" * 101 + data[scan:], ".jpg")
