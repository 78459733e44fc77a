"""`archivist verify --words`: what it says, to whom, and what it leaves alone."""

import pytest

from archivist.__main__ import main

SOURCE = "https://exemple.fr/billet/"
POST = "docs/posts/2018/billet.md"


@pytest.fixture
def docs(make_docs, make_post, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return make_docs({"2018/billet.md": make_post(source=SOURCE)})


def change(docs):
    path = docs / "posts/2018/billet.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Du texte", "Le texte"), "utf-8")


def test_a_new_post_is_told_and_is_no_fault(docs, capsys):
    assert main(["verify", "--words"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{POST} : pas encore d’empreinte ; « make record » la prend.",
        "0 billet, 0 erratum : les mots des auteurs sont ceux des empreintes.",
    ]


def test_a_recorded_post_is_compared(docs, capsys):
    assert main(["verify", "--record"]) == 0
    assert main(["verify", "--words"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "posts/2018/billet : empreinte prise ou retirée.",
        "1 billet, 0 erratum : les mots des auteurs sont ceux des empreintes.",
    ]


def test_a_changed_word_is_told_in_a_line_and_fails(docs, capsys):
    main(["verify", "--record"])
    change(docs)

    assert main(["verify", "--words"]) == 1
    assert capsys.readouterr().err.startswith(f"{POST}:10: les mots de l’auteur ont changé")
    assert main(["verify", "--words", "--format", "github"]) == 1
    assert capsys.readouterr().err.startswith(f"::error file={POST},line=10::les mots")


def test_only_a_post_that_is_named_is_recorded_again(docs):
    main(["verify", "--record"])
    change(docs)

    assert main(["verify", "--record"]) == 0
    assert main(["verify", "--words"]) == 1
    assert main(["verify", "--record", POST]) == 0
    assert main(["verify", "--words"]) == 0


@pytest.mark.parametrize("path", ["docs/index.md", "docs/posts/2018", "../ailleurs.md"])
def test_what_is_no_post_is_not_recorded(docs, path, capsys):
    assert main(["verify", "--record", path]) == 1
    assert "ce n’est pas un billet" in capsys.readouterr().err
    assert not (docs / "manifest.json").exists()


def test_a_broken_manifest_is_told_in_a_line(docs, capsys):
    (docs / "manifest.json").write_text("{", "utf-8")

    assert main(["verify", "--words"]) == 1
    assert capsys.readouterr().err.startswith("docs/manifest.json:1: JSON abîmé")


def test_a_changed_word_does_not_stop_the_build(docs):
    main(["verify", "--record"])
    change(docs)

    assert main(["build"]) == 0


def test_a_post_that_never_was_is_not_recorded(docs, capsys):
    main(["verify", "--record"])
    assert main(["verify", "--record", "docs/posts/2018/typo.md"]) == 1
    assert "typo.md : aucun billet de ce nom" in capsys.readouterr().err

    # One that is gone loses its record.
    (docs / "posts/2018/billet.md").unlink()
    assert main(["verify", "--record", POST]) == 0
    assert main(["verify", "--words"]) == 0
