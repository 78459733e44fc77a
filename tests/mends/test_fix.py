"""`archivist fix`, as a writer runs it: what it shows, asks, writes, and leaves alone."""

import io
import subprocess

import pytest
from PIL import Image

from archivist.__main__ import main
from archivist.build.docs import check_docs
from archivist.mends.mendable import find_mendable

WRONG = """---
layout: post
title: Un titre : le sien
date: 22/06/2018
author: A.M.O.O.R.
category: innovation publique
---

## Partie

Un ==mot== et ![[salle.png|La salle]].
"""
RIGHT = """---
date: 2018-06-22
author: amoor
category: Innovation publique
---

# Un titre : le sien

## Partie

Un <mark>mot</mark> et ![La salle](billet/salle.png).
"""


def draw(kind="PNG", size=(20, 10), **options):
    file = io.BytesIO()
    Image.new("RGB", size, "#369").save(file, kind, **options)
    return file.getvalue()


def fix(docs, *options):
    return main(["fix", "--yes", *options, str(docs)])


def list_posts(docs):
    return sorted(path.relative_to(docs).as_posix() for path in (docs / "posts").rglob("*.md"))


def test_what_has_one_right_answer_is_written_and_passes(make_docs, capsys):
    docs = make_docs({"2018/billet.md": WRONG, "2018/billet/salle.png": draw()})

    assert fix(docs) == 0

    assert (docs / "posts/2018/billet.md").read_text(encoding="utf-8") == RIGHT
    assert check_docs(docs)[1] == []
    assert "-layout: post" in capsys.readouterr().out


def test_a_second_time_there_is_nothing_to_write(make_docs, capsys):
    docs = make_docs({"2018/billet.md": WRONG, "2018/billet/salle.png": draw()})
    fix(docs)
    before = (docs / "posts/2018/billet.md").stat().st_mtime_ns
    capsys.readouterr()

    assert fix(docs) == 0
    assert (docs / "posts/2018/billet.md").stat().st_mtime_ns == before
    assert "+++" not in capsys.readouterr().out


def test_nothing_is_written_that_nobody_wanted(make_docs, capsys, monkeypatch):
    docs = make_docs({"2018/billet.md": WRONG, "2018/billet/salle.png": draw()})
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    assert main(["fix", str(docs)]) == 1

    shown = capsys.readouterr()
    assert (docs / "posts/2018/billet.md").read_text(encoding="utf-8") == WRONG
    assert "+Un <mark>mot</mark>" in shown.out
    assert "--yes" in shown.err


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("answers", "written"), [("o\nn\n", 1), ("t\n", 2), ("q\n", 0), ("n\no\n", 1)]
)
def test_each_change_is_asked_for(make_docs, monkeypatch, answers, written):
    docs = make_docs({"2018/un.md": WRONG, "2018/deux.md": WRONG})
    monkeypatch.setattr("sys.stdin", Terminal(answers))

    main(["fix", str(docs)])

    texts = [
        (docs / f"posts/2018/{name}.md").read_text(encoding="utf-8") for name in ("un", "deux")
    ]
    assert sum(text != WRONG for text in texts) == written


def test_a_difference_is_a_patch_that_git_takes(make_docs, capsys, tmp_path):
    docs = make_docs({"2018/billet.md": WRONG, "2018/billet/salle.png": draw()})

    assert main(["fix", "--diff", str(docs)]) == 0

    (tmp_path / "mend.patch").write_text(capsys.readouterr().out, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=docs.parent, check=True)
    subprocess.run(["git", "apply", tmp_path / "mend.patch"], cwd=docs.parent, check=True)
    assert (docs / "posts/2018/billet.md").read_text(encoding="utf-8") == RIGHT


def test_only_the_posts_that_are_named_are_mended(make_docs):
    docs = make_docs({"2018/un.md": WRONG, "2018/deux.md": WRONG})

    fix(docs / "posts/2018/un.md")

    assert (docs / "posts/2018/deux.md").read_text(encoding="utf-8") == WRONG


@pytest.mark.parametrize(
    ("place", "right"),
    [
        ("2018/Mon Billet.md", "posts/2018/mon-billet.md"),
        ("2018/2018-06-22-billet.md", "posts/2018/billet.md"),
        ("billet.md", "posts/2018/billet.md"),
        ("2017/billet.md", "posts/2018/billet.md"),
        ("2018/juin/billet.md", "posts/2018/billet.md"),
        ("18/billet.md", "posts/2018/billet.md"),
        ("2018/billet.markdown", "posts/2018/billet.md"),
        ("/_posts/2018-06-22-billet.md", "posts/2018/billet.md"),
        ("Le billet/index.md", "posts/2018/le-billet.md"),
        ("/2018/billet.md", "posts/2018/billet.md"),
    ],
)
def test_a_post_goes_where_posts_are(make_docs, make_post, place, right):
    docs = make_docs({place: make_post(date="2018-06-23")})

    assert fix(docs) == 0
    assert list_posts(docs) == [right]
    assert not (docs / "_posts").exists()


def test_what_lies_beside_a_post_goes_with_it_and_links_follow(make_docs, make_post):
    docs = make_docs(
        {
            "2018/Le Billet.md": make_post(body="![x](<Le Billet/La salle.png>)"),
            "2018/Le Billet/La salle.png": draw(),
            "2018/Le Billet/autre.png": draw(),
            "2018/autre.md": make_post(title="Autre", body="[x](<Le Billet.md>)"),
        }
    )

    assert fix(docs) == 0
    assert "![x](le-billet/la-salle.png)" in (docs / "posts/2018/le-billet.md").read_text("utf-8")
    assert "[x](le-billet.md)" in (docs / "posts/2018/autre.md").read_text("utf-8")
    assert {path.name for path in (docs / "posts/2018/le-billet").iterdir()} == {
        "la-salle.png",
        "autre.png",
    }
    assert not (docs / "posts/2018/Le Billet").exists()


def test_a_folder_that_is_a_post_becomes_one_with_all_that_lies_in_it(make_docs, make_post):
    docs = make_docs(
        {
            "2018/2018-06-22-le-billet/index.md": make_post(body="![x](img/01.png)"),
            "2018/2018-06-22-le-billet/img/01.png": draw(),
            "2018/2018-06-22-le-billet/autre.png": draw(),
        }
    )

    assert fix(docs) == 0
    assert "![x](le-billet/01.png)" in (docs / "posts/2018/le-billet.md").read_text("utf-8")
    assert sorted(path.name for path in (docs / "posts/2018/le-billet").iterdir()) == [
        "01.png",
        "autre.png",
    ]
    assert not (docs / "posts/2018/2018-06-22-le-billet").exists()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("photo.png", draw("JPEG"), "JPEG"),
        ("photo.bmp", draw("BMP"), "JPEG"),
        ("photo.avif", draw("AVIF"), "JPEG"),
        ("photo.tiff", draw("TIFF"), "JPEG"),
    ],
)
def test_a_picture_of_another_kind_becomes_one_that_is_shown(
    make_docs, make_post, name, data, kind
):
    docs = make_docs(
        {"2018/billet.md": make_post(body=f"![x](billet/{name})"), f"2018/billet/{name}": data}
    )

    assert fix(docs) == 0

    (picture,) = (docs / "posts/2018/billet").iterdir()
    with Image.open(picture) as image:
        assert (image.format, picture.suffix) == (kind, ".jpg")
    assert f"![x](billet/{picture.name})" in (docs / "posts/2018/billet.md").read_text("utf-8")


def test_a_photo_of_a_telephone_is_read(make_docs, make_post, tmp_path):
    import pillow_heif  # noqa: PLC0415

    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "#369")).save(tmp_path / "x.heic")
    photo = (tmp_path / "x.heic").read_bytes()
    docs = make_docs(
        {
            "2018/billet.md": make_post(body="![x](billet/IMG_1.HEIC)"),
            "2018/billet/IMG_1.HEIC": photo,
        }
    )

    assert fix(docs) == 0
    assert [path.name for path in (docs / "posts/2018/billet").iterdir()] == ["IMG_1.jpg"]


def test_a_picture_too_large_is_made_smaller_and_one_on_its_side_upright(make_docs, make_post):
    exif = Image.Exif()
    exif[0x0112] = 6
    files = {
        "2018/billet.md": make_post(body="![x](billet/large.png)\n\n![y](billet/tournee.jpg)"),
        "2018/billet/large.png": draw("PNG", (7000, 6500)),
        "2018/billet/tournee.jpg": draw("JPEG", (40, 20), exif=exif),
    }
    docs = make_docs(files)

    assert fix(docs) == 0

    with Image.open(docs / "posts/2018/billet/tournee.jpg") as image:
        assert image.size == (20, 40)
        assert not image.getexif()


def test_a_picture_from_elsewhere_in_the_docs_is_copied_beside_the_post(make_docs, make_post):
    docs = make_docs(
        {"2018/billet.md": make_post(body="![x](/images/a.png)"), "/images/a.png": draw()}
    )

    assert fix(docs) == 0
    assert "![x](billet/a.png)" in (docs / "posts/2018/billet.md").read_text("utf-8")
    assert (docs / "images/a.png").exists()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_text_in_another_encoding_is_read(make_docs, make_post, encoding):
    docs = make_docs({"2018/billet.md": "x"})
    text = make_post(body="L’été à Nîmes.")
    (docs / "posts/2018/billet.md").write_bytes(text.encode(encoding))

    assert fix(docs) == 0
    assert "L’été à Nîmes." in (docs / "posts/2018/billet.md").read_text("utf-8-sig")


def test_an_archived_post_keeps_its_words_and_its_name(make_docs, make_post, capsys):
    post = make_post(body="Un ==mot==.", source="https://ancien.fr/", date="2018-06-23")
    docs = make_docs({"2017/billet.md": post})
    main(["verify", "--words", "--docs", str(docs), "--record"])

    fix(docs)

    assert (docs / "posts/2017/billet.md").read_text("utf-8") == post
    assert main(["verify", "--words", "--docs", str(docs)]) == 0
    capsys.readouterr()


def test_what_only_its_writer_knows_is_left_and_told(make_docs, make_post, capsys):
    docs = make_docs({"2018/billet.md": make_post(body="[x](perdu.pdf) ==mot==")})

    assert fix(docs) == 1

    told = capsys.readouterr().err
    assert "lien mort « perdu.pdf »" in told
    assert "==mot==" not in told


def test_a_code_that_has_no_equal_here_is_told_once(make_docs, make_post, capsys):
    docs = make_docs({"2018/billet.md": make_post(body='Mots.\n\n{{< gallery "photos" >}}')})

    assert fix(docs) == 0
    assert '« {{< gallery "photos" >}} » n’a pas d’équivalent' in capsys.readouterr().out
    fix(docs)
    assert "équivalent" not in capsys.readouterr().out


def test_the_mistakes_that_it_would_mend_are_known(make_docs, make_post):
    docs = make_docs({"2018/billet.md": make_post(body="[x](perdu.pdf) ==mot==")})
    _, problems = check_docs(docs)

    (mendable,) = find_mendable(docs, problems)

    assert "==mot==" in mendable.message
    assert len(problems) == 2
    assert "==mot==" in (docs / "posts/2018/billet.md").read_text("utf-8")
