"""An import runs again: what changed is updated, what was edited by hand is kept."""

import shutil

import pytest

from archivist.addresses.old import resolve_redirects
from archivist.checks.run import check_archive
from archivist.errors import ArchiveError
from archivist.moving.moves import rename_post, take_away_post
from archivist.posts.archive import read_archive
from archivist.wordpress.staging import CREATED, DELETED, KEPT, UNCHANGED, UPDATED
from archivist.words.verify import verify_words
from tests.wordpress.conftest import BLOG, draw, write_item, write_remark, write_term

POST = "posts/2016/billet-1.md"


def write_many():
    picture = f'<img src="{BLOG}/wp-content/uploads/a.png" alt="A">'
    return (
        write_item(
            1, f"Un {picture}", raw=write_term("category", "x", "Été") + write_remark(5, "Oui")
        ),
        write_item(
            2, "Deux", link=f"{BLOG}/2016/09/02/billet-2/", raw=write_term("post_tag", "y", "Y")
        ),
        write_item(3, "Trois", type="page", name="trois"),
        write_item(4, "![Quatre](a) " + "[gallery]"),
    )


def test_the_dry_run_writes_nothing(imports):
    before = imports.files()
    dry = imports.run(*write_many(), is_dry=True)

    assert imports.files() == before
    assert sorted(path.name for path in imports.folder.iterdir()) == ["docs", "export.xml"]
    wet = imports.run(*write_many())
    assert (wet.posts, wet.general, wet.media) == (dry.posts, dry.general, dry.media)


def test_the_second_run_changes_nothing(imports):
    media = imports.put("a.png", draw("red"))
    first = imports.run(*write_many(), media=media)
    before = imports.files()
    second = imports.run(*write_many(), media=media)

    assert imports.files() == before
    assert first.states == {CREATED: 4}
    assert second.states == {UNCHANGED: 4}


def test_the_same_export_gives_the_same_bytes_anywhere(imports, tmp_path_factory, bare_docs):
    other = type(imports)(
        tmp_path_factory.mktemp("ailleurs"), tmp_path_factory.mktemp("x") / "docs"
    )
    shutil.copytree(bare_docs, other.docs)
    imports.run(*write_many())
    other.run(*write_many())

    assert other.files() == imports.files()


def test_a_newer_export_updates_what_changed_alone(imports):
    imports.run(write_item(1, "Un"), write_item(2, "Deux"))
    report = imports.run(
        write_item(1, "Un, plus long"), write_item(2, "Deux"), write_item(3, "Trois")
    )

    assert report.states == {UPDATED: 1, UNCHANGED: 1, CREATED: 1}
    assert imports.body() == "Un, plus long"


def test_what_was_edited_by_hand_is_kept(imports):
    imports.run(write_item(1, "Un"), write_item(2, "Deux"))
    path = imports.docs / POST
    path.write_text(path.read_text("utf-8").replace("Un\n", "Uno\n"), "utf-8")
    before = imports.files()

    for text in ("Un", "Un, plus long"):
        report = imports.run(write_item(1, text), write_item(2, "Deux"))
        assert report.states == {KEPT: 1, UNCHANGED: 1}
        assert imports.files() == before


def test_what_was_edited_by_hand_is_written_over_on_demand(imports):
    imports.run(write_item(1, "Un"))
    (imports.docs / POST).write_text("# Autre\n", "utf-8")
    report = imports.run(write_item(1, "Un"), is_forced=True)

    assert report.states == {UPDATED: 1}
    assert imports.body() == "Un"


def test_what_was_deleted_by_hand_stays_so(imports):
    imports.run(write_item(1, "Un"), write_item(2, "Deux"))
    (imports.docs / POST).unlink()
    report = imports.run(write_item(1, "Un"), write_item(2, "Deux"))

    assert report.states == {DELETED: 1, UNCHANGED: 1}
    assert not (imports.docs / POST).exists()
    assert report.is_conserved


def test_comments_edited_by_hand_are_kept(imports):
    imports.run(write_item(1, raw=write_remark(5, "Oui")))
    path = imports.docs / "posts/2016/billet-1.comments.yml"
    path.write_text(path.read_text("utf-8").replace("Oui", "Non"), "utf-8")
    imports.run(write_item(1, raw=write_remark(5, "Oui") + write_remark(6, "Encore")))

    assert "Non" in path.read_text("utf-8")
    assert "Encore" not in path.read_text("utf-8")


def test_a_post_keeps_its_file_when_its_name_changes(imports):
    imports.run(write_item(1, "Un"))
    imports.run(write_item(1, "Un", name="autre-nom", date="2017-01-01 00:00:00"))

    assert (imports.docs / POST).exists()
    assert not (imports.docs / "posts/2017").exists()


def test_a_picture_found_later_takes_the_place_of_the_stand_in(imports):
    content = f'<img src="{BLOG}/wp-content/uploads/a.png" alt="A">'
    imports.run(write_item(1, content))
    media = imports.put("a.png", draw("red"))
    report = imports.run(write_item(1, content), media=media)

    assert (imports.docs / "posts/2016/billet-1/a.png").read_bytes() == draw("red")
    assert report.missing == {}


def test_a_picture_put_by_hand_for_a_missing_one_is_kept(imports):
    content = f'<img src="{BLOG}/wp-content/uploads/a.png" alt="A">'
    imports.run(write_item(1, content))
    path = imports.docs / "posts/2016/billet-1/a.png"
    path.write_bytes(draw("green"))
    imports.run(write_item(1, content))

    assert path.read_bytes() == draw("green")


STUB = """---
date: 2016-09
author: amoor
category: Autre
tags: [Y]
partial: true
source: {source}
---

# {title}

Le début […]
"""


@pytest.mark.parametrize(
    ("name", "source", "title"),
    [
        ("billet-1", f"{BLOG}/ailleurs/", "Autre titre"),
        ("autre-nom", f"{BLOG}/billet-1", "Autre titre"),
        ("autre-nom", f"{BLOG}/ailleurs/", "Un  billet"),
    ],
    ids=["by its name", "by its address", "by its title"],
)
def test_an_excerpt_of_the_same_post_is_replaced_where_it_is(imports, name, source, title):
    path = imports.docs / f"posts/2016/{name}.md"
    path.parent.mkdir()
    path.write_text(STUB.format(source=source, title=title), "utf-8")
    (imports.docs / "categories.yml").write_text("Autre:\n  description: Le reste\n", "utf-8")
    item = write_item(1, "Le début et la fin.", raw=write_term("post_tag", "z", "Z"))

    report = imports.run(item)

    assert report.states == {UPDATED: 1}
    text = path.read_text("utf-8")
    assert "Le début et la fin." in text
    assert "partial" not in text
    assert "tags: [Z, Y]" in text
    assert "category: Autre" in text
    assert len(list((imports.docs / "posts").rglob("*.md"))) == 1
    assert check_archive(read_archive(imports.docs)) == []


def test_an_excerpt_that_names_its_own_address_is_found(imports):
    path = imports.docs / POST
    path.parent.mkdir()
    stub = STUB.format(source=f"{BLOG}/x/", title="Autre titre")
    path.write_text(stub.replace("partial:", "redirect: /billet-1/\npartial:"), "utf-8")
    (imports.docs / "categories.yml").write_text("Autre:\n  description: Le reste\n", "utf-8")

    assert imports.run(write_item(1, "Un")).states == {UPDATED: 1}


def test_a_page_takes_no_address_of_an_excerpt(imports):
    path = imports.docs / POST
    path.parent.mkdir()
    path.write_text(STUB.format(source=f"{BLOG}/x/", title="Autre titre"), "utf-8")
    (imports.docs / "categories.yml").write_text("Autre:\n  description: Le reste\n", "utf-8")

    imports.run(write_item(9, "Neuf"), write_item(1, "Une page", type="page"))

    assert imports.read("billet-1-2.md") == "# Un billet\n\nUne page\n"


def test_excerpts_that_one_page_showed_are_each_replaced(imports):
    source = f"{BLOG}/tag/ete/"
    for number in (1, 2):
        path = imports.docs / f"posts/2016/billet-{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(STUB.format(source=source, title=f"Titre {number}"), "utf-8")
    (imports.docs / "categories.yml").write_text("Autre:\n  description: Le reste\n", "utf-8")

    report = imports.run(write_item(1, "Un"), write_item(2, "Deux"))

    assert report.states == {UPDATED: 2}
    assert (imports.body(), imports.body("posts/2016/billet-2.md")) == ("Un", "Deux")


def test_an_excerpt_of_another_post_of_that_name_is_not_touched(imports):
    for year in (2016, 2017):
        path = imports.docs / f"posts/{year}/billet-{year}.md"
        path.parent.mkdir()
        path.write_text(STUB.format(source=f"{BLOG}/x/", title="Un billet"), "utf-8")
    (imports.docs / "categories.yml").write_text("Autre:\n  description: Le reste\n", "utf-8")

    report = imports.run(write_item(1, "Un", name="autre"))

    assert report.states == {CREATED: 1}


@pytest.mark.parametrize(("number", "kept"), [(148, True), (2, False)])
def test_the_old_addresses_of_an_excerpt_are_kept(imports, number, kept):
    path = imports.docs / POST
    path.parent.mkdir()
    stub = STUB.format(source=f"{BLOG}/x/", title="Un billet")
    path.write_text(stub.replace("---\n\n", f'redirect: ["/?p={number}"]\n---\n\n', 1), "utf-8")
    (imports.docs / "categories.yml").write_text("Autre:\n  description: Le reste\n", "utf-8")

    imports.run(write_item(1, "Un"), write_item(2, "Deux"))

    assert (f"/?p={number}" in "".join(imports.header())) is kept
    assert check_archive(read_archive(imports.docs)) == []


def test_a_whole_post_of_the_same_name_is_not_touched(imports):
    path = imports.docs / POST
    path.parent.mkdir()
    path.write_text("---\ndate: 2016-09-02\nauthor: amoor\n---\n\n# Le mien\n\nTexte.\n", "utf-8")
    before = path.read_bytes()

    imports.run(write_item(1, "Un"))

    assert path.read_bytes() == before
    assert imports.body("posts/2016/billet-1-2.md") == "Un"


def test_a_damaged_record_of_imports_is_told(imports):
    imports.run(write_item(1, "Un"))
    path = imports.docs / "wordpress.json"
    path.write_text(path.read_text("utf-8").replace("{", "<<<<<<< HEAD\n{", 1), "utf-8")

    with pytest.raises(ArchiveError, match=r"wordpress\.json:1: JSON abîmé"):
        imports.run(write_item(1, "Un"))


def test_an_import_takes_the_checksums_of_what_it_writes(imports):
    imports.run(*write_many())
    assert verify_words(imports.docs).problems == ()
    assert verify_words(imports.docs).unrecorded == ()

    imports.run(write_item(1, "Un autre texte"))
    assert verify_words(imports.docs).problems == ()

    post = imports.docs / POST
    post.write_text(post.read_text(encoding="utf-8").replace("autre", "autr"), encoding="utf-8")
    assert imports.run(write_item(1, "Un autre texte")).states == {KEPT: 1}
    assert [each.path for each in verify_words(imports.docs).problems] == [f"docs/{POST}"]


def find_changed(imports):
    return [each.path for each in verify_words(imports.docs).problems]


def test_an_import_records_anew_what_it_wrote_and_nothing_that_a_hand_did(imports):
    picture = f'<img src="{BLOG}/wp-content/uploads/a.png" alt="A">'
    imports.run(write_item(1, picture, raw=write_remark(1, "Bravo")))
    media = imports.put("a.png", draw("red"))
    remarks = imports.docs / POST.replace(".md", ".comments.yml")
    by_hand = remarks.read_text("utf-8").replace("Bravo", "Honte")

    imports.run(write_item(1, picture, raw=write_remark(1, "Bravo") + write_remark(2, "Oui")))
    assert find_changed(imports) == []
    imports.run(write_item(1, picture, raw=write_remark(1, "Bravo")), media=media)
    assert find_changed(imports) == []

    remarks.write_text(by_hand, "utf-8")
    imports.run(write_item(1, f"{picture} Deux", raw=write_remark(1, "Bravo")), media=media)
    assert find_changed(imports) == [f"docs/{POST.replace('.md', '.comments.yml')}"]


def test_an_import_does_not_begin_where_checksums_cannot_be_read(imports):
    (imports.docs / "manifest.json").write_text("{", encoding="utf-8")
    before = imports.files()

    with pytest.raises(ArchiveError, match=r"docs/manifest\.json:1: JSON abîmé"):
        imports.run(*write_many())
    assert imports.files() == before


def test_a_renamed_post_is_known_under_its_new_name(imports):
    leads = write_item(5, f'Voir <a href="{BLOG}/billet-1/">un</a>.')
    media = imports.put("a.png", draw("red"))
    imports.run(*write_many(), leads, media=media)
    rename_post(imports.docs, POST, "autre-nom")
    before = imports.files()
    assert "(autre-nom.md)" in imports.read("posts/2016/billet-5.md")

    report = imports.run(*write_many(), leads, media=media)
    assert not (imports.docs / POST).exists()
    # Its pictures and its comments are where it is.
    assert set(report.states) <= {UNCHANGED, UPDATED}
    assert imports.files().keys() == before.keys()
    archive = read_archive(imports.docs)
    assert check_archive(archive) == []
    targets, _ = resolve_redirects(archive.redirects, archive.addresses())
    for old in ("posts/2016/billet-1.html", "billet-1/", "?p=1"):
        assert targets[old] == "posts/2016/autre-nom.html"
    again = imports.files()
    imports.run(*write_many(), leads, media=media)
    assert imports.files() == again
    assert verify_words(imports.docs).problems == ()


def test_a_deleted_post_does_not_come_back(imports):
    imports.run(*write_many())
    take_away_post(imports.docs, "billet-2", "Son autrice l’a demandé.", "")
    report = imports.run(*write_many())

    assert report.states[DELETED] == 1
    assert not (imports.docs / "posts/2016/billet-2.md").exists()
    assert check_archive(read_archive(imports.docs)) == []
