"""Nothing that nobody could read comes out of an export, anywhere."""

import pytest

from archivist.commands.importing import MediaSources, import_export
from tests.wordpress.conftest import BLOG, write_item, write_medium, write_remark, write_term

SECRET = "zzsecretzz"
HIDDEN = ["private", "draft", "future", "pending", "trash", "auto-draft", "inherit", "", "perso"]


def find_secrets(imports):
    """Return the files below docs/, and parts of the report, that hold the secret."""
    report = imports.reports[-1]
    texts = {name: data.decode("utf-8", "replace") for name, data in imports.files().items()}
    texts |= {"json": report.to_json(), "html": report.to_html()}
    texts |= {"summary": "\n".join(report.summarise())}
    wanted = (SECRET, "secret.exemple", "203.0.113.77")
    return [name for name, text in texts.items() if any(each in text.lower() for each in wanted)]


def write_secret(number=2, **fields):
    values = {
        "title": f"Titre {SECRET}",
        "excerpt": f"Chapô {SECRET}",
        "name": SECRET,
        "link": f"{BLOG}/{SECRET}/",
        "raw": write_term("post_tag", SECRET, SECRET)
        + write_term("category", SECRET, SECRET)
        + write_remark(5, f"Commentaire {SECRET}"),
    }
    return write_item(number, f"Texte {SECRET}", **(values | fields))


@pytest.mark.parametrize("status", HIDDEN)
@pytest.mark.parametrize("kind", ["post", "page"])
def test_what_is_not_published_leaves_no_word(imports, status, kind):
    report = imports.run(write_item(1), write_secret(status=status, type=kind))

    assert find_secrets(imports) == []
    assert report.counts[kind, f"état {status or 'inconnu'}"] == 1
    assert report.is_conserved


def test_what_has_a_password_leaves_no_word(imports):
    report = imports.run(write_item(1), write_secret(password="motdepasse"))

    assert find_secrets(imports) == []
    assert "motdepasse" not in report.to_json()
    assert report.counts["post", "protégé par mot de passe"] == 1


def test_a_password_of_a_space_is_a_password(imports):
    imports.run(write_item(1), write_secret(password=" "))

    assert find_secrets(imports) == []


@pytest.mark.parametrize(
    "kind",
    "nav_menu_item revision custom_css oembed_cache wp_template wp_navigation wpcf7_contact_form".split(),
)
def test_other_types_are_counted_and_left(imports, kind):
    report = imports.run(write_item(1), write_secret(type=kind))

    assert find_secrets(imports) == []
    assert report.counts[kind, f"type {kind}"] == 1
    assert any("laissé" in line for line in report.summarise())


def test_a_link_to_a_secret_keeps_its_words_only(imports):
    content = f'<a href="{BLOG}/{SECRET}/">mes mots</a> <a href="/?p=2">et là</a>'
    imports.run(write_item(1, content), write_secret(status="private"))

    assert imports.body() == "mes mots et là"
    assert find_secrets(imports) == []


def test_a_gallery_of_secrets_shows_none(imports):
    medium = write_medium(9, f"{SECRET}.png", alt=SECRET, status="private")
    imports.run(write_item(1, '[gallery ids="9"]'), medium)

    assert find_secrets(imports) == []


def test_a_shared_block_that_is_a_draft_is_not_shown(imports):
    block = write_item(9, SECRET, type="wp_block", status="draft", name="bloc", title="Bloc")
    imports.run(write_item(1, 'Un\n<!-- wp:block {"ref":9} /-->'), block)

    assert find_secrets(imports) == []


def test_addresses_of_people_are_not_kept(imports):
    imports.run(write_item(1, raw=write_remark(5, "Bravo")))

    assert "Bravo" in imports.read("posts/2016/billet-1.comments.yml")
    assert find_secrets(imports) == []


@pytest.mark.parametrize(
    "state", [{"approved": "0"}, {"approved": "spam"}, {"approved": "trash"}, {"kind": "note"}]
)
def test_comments_that_readers_never_saw_are_left(imports, state):
    raw = write_remark(5, "Bravo") + write_remark(6, SECRET, author=SECRET, **state)
    report = imports.run(write_item(1, raw=raw))

    assert find_secrets(imports) == []
    assert report.remarks["gardés"] == 1


def test_a_name_that_is_an_address_is_nobodys(imports):
    imports.run(write_item(1, raw=write_remark(5, "Bravo", author="jean@secret.exemple")))

    assert "author: Anonyme" in imports.read("posts/2016/billet-1.comments.yml")
    assert find_secrets(imports) == []


def test_a_post_made_private_since_is_told_and_left(imports):
    imports.run(write_item(1), write_item(2, "Deux"))
    report = imports.run(write_item(1), write_item(2, "Deux", status="private"))

    kinds = dict(report.general)
    assert kinds["publié lors d’un import, et qui ne l’est plus"] == "posts/2016/billet-2.md"


def test_without_comments_none_is_written(imports):
    path = imports.write(write_item(1, raw=write_remark(5, "Bravo")))
    report = import_export([path], imports.docs, MediaSources(), with_remarks=False)

    assert not list(imports.docs.rglob("*.comments.yml"))
    assert report.remarks["laissés"] == 1
