"""A build goes on from the last one, and ends as a clean one would."""

import os
from pathlib import Path

import pytest
from PIL import Image

from archivist.build.build import build_site
from archivist.errors import ArchiveError
from tests.soak.soak import read_files, try_sequence

PHOTO = (Path(__file__).parent.parent / "data/photo.png").read_bytes()


@pytest.fixture
def docs(make_docs, make_post):
    posts = {
        f"2017/billet-{month}.md": make_post(title=f"Billet {month}", date=f"2017-{month:02}-01")
        for month in range(1, 13)
    }
    return make_docs(posts)


@pytest.fixture
def build(docs, tmp_path):
    """Build the site; return what was done."""
    return lambda name="html", **settings: build_site(docs, tmp_path / name, settings)


def write(docs, name, text):
    path = docs / "posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_build_of_the_same_sources_writes_nothing(build, docs):
    first = build()
    for path in docs.rglob("*.md"):
        os.utime(path)

    again = build()

    assert first.written == first.pages
    assert (again.pages, again.written) == (first.pages, 0)


def test_only_pages_that_show_a_change_are_written(build, docs, make_post, tmp_path):
    build()
    before = read_files(tmp_path / "html")
    body = "Du texte.\n\nEt la suite."
    write(docs, "2017/billet-3.md", make_post(title="Billet 3", date="2017-03-01", body=body))

    report = build()

    after = read_files(tmp_path / "html")
    changed = {name for name in after if before.get(name) != after[name]}
    assert report.written == sum(name.endswith(".html") for name in changed)
    assert "posts/2017/billet-3.html" in changed
    assert "tag/index.html" not in changed


def test_a_post_that_comes_to_stay_first_changes_the_home_page_alone(
    build, docs, make_post, tmp_path
):
    build()
    before = read_files(tmp_path / "html")
    post = make_post(title="Billet 3", date="2017-03-01", sticky="true")
    write(docs, "2017/billet-3.md", post)

    build()

    after = read_files(tmp_path / "html")
    changed = {name for name in after if before.get(name) != after[name]}
    assert {name for name in changed if name.endswith(".html")} == {"index.html"}


def test_an_older_file_with_another_text_is_read(build, docs, make_post, tmp_path):
    build()
    write(docs, "2017/billet-3.md", make_post(title="Ancien", date="2017-03-01"))
    os.utime(docs / "posts/2017/billet-3.md", (0, 0))

    build()

    assert "Ancien" in (tmp_path / "html/posts/2017/billet-3.html").read_text("utf-8")


def test_the_address_of_the_site_changes_every_page_that_names_it(build, tmp_path, monkeypatch):
    build(html_baseurl="https://exemple.fr/")
    pages = (data for name, data in read_files(tmp_path / "html").items() if ".html" in name)
    naming = sum(b"https://exemple.fr/" in data for data in pages)

    assert build(html_baseurl="https://exemple.fr/archives/").written == naming
    # What the host says that builds it comes after what the maintainer says.
    monkeypatch.setenv("CF_PAGES_URL", "https://0f1e2d3c.archives.pages.dev")
    assert build(html_baseurl="https://exemple.fr/archives/").written == 0
    assert build().written == naming
    robots = (tmp_path / "html/robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://archives.pages.dev/sitemap.xml" in robots


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("_templates/components/footer.html", "<p>Au revoir.</p>"),
        ("_static/posts.css", ".x { margin: 1px }\n"),
        ("categories.yml", "  description: Tout autre chose.\n"),
        ("conf.py", "# Rien.\n"),
        ("conf.py", 'html_theme_options["announcement"] = "Bonjour."\n'),
        ("a-propos.md", "\nEt la suite.\n"),
        ("rgaa.yml", "# Rien.\n"),
    ],
)
def test_what_pages_show_around_texts_makes_no_text_anew(build, docs, tmp_path, name, more):
    path = docs / name
    categories = docs / "categories.yml"
    categories.write_text("Innovation publique:\n", encoding="utf-8")
    build()
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")

    report = build()

    assert report.clean == ""
    assert "texte" not in report.reasons.get("posts/2017/billet-3", "")
    build("clean")
    assert read_files(tmp_path / "html") == read_files(tmp_path / "clean")


def test_a_setting_that_texts_are_read_by_makes_all_anew_and_is_named(build, docs):
    build()
    path = docs / "conf.py"
    path.write_text(path.read_text("utf-8") + 'html_permalinks_icon = "¶"\n', encoding="utf-8")

    assert build().clean == "a changé : le réglage html_permalinks_icon"


def test_a_picture_that_changed_is_on_the_pages_that_show_it(build, docs, make_post, tmp_path):
    folder = docs / "posts/2017/billet-3"
    folder.mkdir()
    Image.new("RGB", (30, 20)).save(folder / "vue.png")
    body = "![Une vue](billet-3/vue.png)"
    write(docs, "2017/billet-3.md", make_post(title="Vue", date="2017-03-01", body=body))
    build()
    Image.new("RGB", (60, 20)).save(folder / "vue.png")

    report = build()

    assert report.clean == ""
    assert 'width="60"' in (tmp_path / "html/posts/2017/billet-3.html").read_text("utf-8")
    with Image.open(tmp_path / "html/_images/2017--billet-3--vue.png") as picture:
        assert picture.size == (60, 20)


def test_a_page_that_was_spoilt_is_written_again(build, tmp_path):
    build()
    before = read_files(tmp_path / "html")
    (tmp_path / "html/index.html").write_text("Abîmé.", encoding="utf-8")
    (tmp_path / "html/en-trop.html").write_text("En trop.", encoding="utf-8")

    build()

    assert read_files(tmp_path / "html") == before


def test_a_picture_is_made_again_only_when_it_changes(build, docs, make_post, monkeypatch):
    made = []
    monkeypatch.setattr(
        "archivist.site.files.pictures.draw_variant",
        lambda source, width: made.append(width) or b"WEBP",
    )
    write(docs, "2017/image.md", make_post(date="2017-01-02", body="![Une](image/photo.png)"))
    (docs / "posts/2017/image").mkdir()
    (docs / "posts/2017/image/photo.png").write_bytes(PHOTO)
    build()
    first = list(made)
    write(docs, "2017/autre.md", make_post(date="2017-01-03"))
    build()
    (docs / "glossaire.md").write_text("# Glossaire\n", encoding="utf-8")
    build()

    assert first
    assert made == first


def comment(text):
    return f"- author: Claire\n  date: 2018-01-02\n  text: {text}\n"


def test_comments_that_come_change_and_go_write_the_page_of_their_post_alone(
    build, docs, monkeypatch, tmp_path
):
    build()
    before = read_files(tmp_path / "html")
    read = []
    monkeypatch.setattr(
        "archivist.site.sphinx.reading.DocumentsRead.on_env_before_read_docs",
        lambda _, __, ___, docnames: read.append(list(docnames)),
    )
    reports, pages = [], []
    for text in (comment("Un."), comment("Deux."), None):
        path = docs / "posts/2017/billet-3.comments.yml"
        path.write_text(text, encoding="utf-8") if text else path.unlink()
        reports.append(build())
        pages.append((tmp_path / "html/posts/2017/billet-3.html").read_text(encoding="utf-8"))

    assert [report.written for report in reports] == [1, 1, 1]
    assert [("Un." in page, "Deux." in page) for page in pages] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert not any(read)
    assert read_files(tmp_path / "html") == before


def test_comments_that_are_wrong_leave_the_site_as_it_was(build, docs, tmp_path):
    write(docs, "2017/billet-3.comments.yml", comment("Un."))
    build()
    before = read_files(tmp_path / "html")
    write(docs, "2017/billet-3.comments.yml", comment("[là](javascript:x)"))

    with pytest.raises(ArchiveError, match=r"billet-3\.comments\.yml:3: .*"):
        build()

    assert read_files(tmp_path / "html") == before


@pytest.mark.parametrize("record", [b"carchivist.build.workspace\nGone\n.", b"cgone\nGone\n."])
def test_what_code_of_before_has_left_begins_a_clean_build(build, tmp_path, record):
    first = build()
    (tmp_path / ".html-work/record.pickle").write_bytes(record)

    assert build().written == first.pages


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_end_as_a_clean_build(seed, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    outcome = try_sequence(seed)

    assert outcome.different == (), outcome.edits


def test_what_other_code_left_is_not_read(build, tmp_path):
    build()
    record = tmp_path / ".html-work/record.pickle"
    _, _, data = record.read_bytes().partition(b"\n")
    record.write_bytes(b"autre code\ncasse" + data)

    assert build().written == build_pages(tmp_path)


def build_pages(tmp_path):
    return sum(1 for path in (tmp_path / "html").rglob("*.html"))
