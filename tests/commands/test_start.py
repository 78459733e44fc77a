"""`archivist start`: a clone becomes an archive of one's own, whole or not at all."""

import io
import os
import shutil
import subprocess
import sys

import pytest

from archivist.__main__ import main
from archivist.build.build import build_site
from archivist.words.manifest import read_records
from tests.conftest import SETTINGS, Site

NAME = 'Carnets "du" Pays *basque*'
SAID = ["--name", NAME, "--description", "Ce que nous apprenons : tout."]
WHO = ["--author", "Claire Durand"]


def git(folder, *words):
    environment = os.environ | {"GIT_COMMITTER_DATE": "2026-01-02T12:00:00Z"}
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@exemple.fr", *words]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def folder(root, tmp_path, monkeypatch):
    """Return a clone of the project, as far as an archive is begun from it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    shutil.copytree(root / "docs", "docs")
    shutil.copy(root / "README.md", "README.md")
    settings = SETTINGS.replace('"source_repository": ""', '"source_repository": "https://x.fr"')
    (tmp_path / "docs/conf.py").write_text(settings, encoding="utf-8")
    (tmp_path / "docs/wordpress.json").write_text("{}", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    return tmp_path


def read_all(folder):
    paths = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_clone_becomes_an_archive_that_passes_builds_and_names_itself(folder, capsys):
    assert main(["start", *SAID, *WHO, "--base-url", "https://exemple.fr/c/"]) == 0
    assert "docs/posts/2026/bienvenue.md" in capsys.readouterr().out

    assert main(["check"]) == 0
    build_site(folder / "docs", folder / "html", {})
    site = Site(folder / "html")
    assert site.titles("index.html") == ["Bienvenue"]
    home = site.page("index.html")
    assert home.title.get_text() == NAME
    assert home.h1.get_text().rstrip("#") == NAME
    assert "apprenons\u00a0: tout." in home.get_text()
    assert home.select_one("link[rel=canonical]")["href"] == "https://exemple.fr/c/"
    assert site.titles("author/claire-durand/index.html") == ["Bienvenue"]


def test_nothing_of_the_other_archive_is_left(folder):
    main(["start", *SAID, *WHO])

    texts = b"\n".join(data for name, data in read_all(folder / "docs").items() if name[0] != "_")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for word in ("nnovation publique", "amoor", "a.m.o.o.r", "https://x.fr"):
        assert word.encode() not in texts
        assert word not in readme.partition("\n> ")[0]
    assert read_records(folder / "docs") == {}
    assert not (folder / "docs/wordpress.json").exists()
    assert "## La preuve" in (folder / "docs/a-propos.md").read_text(encoding="utf-8")


def test_what_is_not_said_is_asked_in_a_terminal(folder, monkeypatch):
    keyboard = io.StringIO("Carnets\nUne phrase.\nClaire\n")
    keyboard.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", keyboard)

    assert main(["start", "--category", "Vie: locale", "--author-key", "cl"]) == 0
    assert main(["check"]) == 0
    assert "cl:\n  name: Claire\n" in (folder / "docs/authors.yml").read_text(encoding="utf-8")


def change(folder):
    (folder / "docs/index.md").write_text("# À moi\n", encoding="utf-8")


def add(folder):
    (folder / "docs/posts/2018").mkdir(exist_ok=True)
    (folder / "docs/posts/2018/nouveau.md").write_text("x", encoding="utf-8")


def forget(folder):
    shutil.rmtree(folder / ".git")


def spoil(folder):
    (folder / "docs/glossaire.md").unlink()
    (folder / "docs/autre.md").write_text("[x](posts/2017/avoir-des-bons-copains.md)", "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "x")


@pytest.mark.parametrize(
    ("prepare", "words", "message"),
    [
        (change, [*SAID, *WHO], "git commit (docs/index.md)"),
        (add, [*SAID, *WHO], "docs/posts/2018/"),
        (forget, [*SAID, *WHO], "rien ne pourrait être repris"),
        (spoil, [*SAID, *WHO, "--force"], "docs/autre.md:1: lien mort"),
        (None, SAID, "ajoutez --author"),
        (None, [*SAID, "--author", "李"], "sert d’adresse"),
        (None, [*SAID, *WHO, "--base-url", "exemple.fr"], "écrivez https://exemple.fr"),
    ],
)
def test_an_archive_that_would_be_lost_or_wrong_stays(folder, capsys, prepare, words, message):
    if prepare:
        prepare(folder)
    before = read_all(folder)

    assert main(["start", *words]) == 1
    assert message in capsys.readouterr().err
    assert read_all(folder) == before


def test_an_archive_is_begun_once_unless_told(folder, capsys):
    main(["start", *SAID, *WHO])
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")

    assert main(["start", *SAID, *WHO]) == 1
    assert "est une archive déjà commencée" in capsys.readouterr().err
    assert main(["start", "--name", "Encore", *SAID[2:], *WHO, "--force"]) == 0
    assert 'project = "Encore"' in (folder / "docs/conf.py").read_text(encoding="utf-8")


def test_the_tests_of_the_project_pass_on_the_new_archive(folder, root):
    for name in ("archivist", "tests"):
        shutil.copytree(root / name, name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml"):
        shutil.copy(root / name, name, follow_symlinks=False)
    main(["start", *SAID, *WHO])

    tests = [
        "tests/test_archive.py",
        "tests/words/test_proof.py",
        "tests/commands/test_commands.py",
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout
