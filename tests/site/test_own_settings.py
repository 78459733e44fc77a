"""The archive's own settings are checked as posts are: all at once, each with its line and the fix."""

import shutil
import subprocess
import sys

import pytest

from archivist.__main__ import main
from archivist.build.build import build_site
from archivist.errors import ArchiveError
from archivist.site.settings import check_settings, find_address_fault, find_hosted_address
from tests.conftest import ROOT, write_post

CONF = (ROOT / "docs/conf.py").read_text(encoding="utf-8")
LAST = len(CONF.splitlines())
WRONG = """\
html_baseurl = "exemple.fr/archives"
archive_contact = "Écrivez-nous"
archive_contct = "moi@exemple.fr"
achive_takeaway = "https://exemple.fr/fichiers/"
archive_timezone = "Europe/Pari"
archive_not_in_book = "contribuer"
archive_takeaway = 3
archive_repository = "https://github.com/moi/archives"
archive_stylesheets = ["variable.css"]
"""
TOLD = [
    "html_baseurl : « exemple.fr/archives » n’est pas l’adresse entière d’un site : écrivez https://exemple.fr/archives.",
    "archive_contact : « Écrivez-nous » n’est pas une adresse : écrivez une adresse électronique ou une adresse en https://.",
    "archive_contct : ce réglage n’existe pas ; vouliez-vous dire « archive_contact » ?",
    "achive_takeaway : ce réglage n’existe pas ; vouliez-vous dire « archive_takeaway » ?",
    "archive_timezone : fuseau horaire inconnu « Europe/Pari » : vouliez-vous dire « Europe/Paris » ?",
    'archive_not_in_book : écrivez une liste de noms, comme ["404", "emporter"].',
    "archive_takeaway : écrivez un texte entre guillemets.",
    "archive_repository : ce réglage ne sert plus ; écrivez html_theme_options = ",
    "archive_stylesheets : « variable.css » n’est pas dans docs/_static/ : vouliez-vous dire « variables.css » ?",
]


@pytest.fixture
def set_conf(make_docs):
    """Return a function from lines at the end of conf.py to the archive, and what is said of it."""

    def run(lines, files=None):
        docs = make_docs((files or {}) | {"/conf.py": f"{CONF}{lines}\n"})
        said = [f"{each.line - LAST} {each.message}" for each in check_settings(docs)]
        return docs, sorted(said)

    return run


@pytest.mark.parametrize("command", ["check", "build"])
def test_all_that_is_wrong_is_told_at_once_beside_the_posts(set_conf, capsys, command):
    docs, _ = set_conf(WRONG, {"2018/b.md": write_post(author="amor")})
    words = {"check": [docs], "build": ["--docs", docs, "--output", docs.parent / "html"]}

    assert main([command, *map(str, words[command])]) == 1
    *settings, post = (line for line in capsys.readouterr().err.splitlines() if "docs/" in line[:5])
    told = [f"docs/conf.py:{LAST + at}: {each}" for at, each in enumerate(TOLD, start=1)]
    assert len(settings) == len(told)
    assert all(line.startswith(each) for line, each in zip(settings, told, strict=True))
    assert post.startswith("docs/posts/2018/b.md:3: auteur inconnu")


@pytest.mark.parametrize(
    "lines",
    [
        "",
        'archive_contact = "moi@mairie-de.exemple.fr"',
        'archive_contact = "https://exemple.fr/contact"',
        'html_baseurl: str = "https://exemple.fr:8443/archives/"',
        'html_baseurl = "http://archives.intranet"',
        'archive_timezone = "Indian/Reunion"',
        'archive_not_in_book = ("404", "page-retiree")',
        'extensions.remove("archivist.site.book.book")',
        "archive_not_in_book += ['glossaire']",
        "import os\nannee = 2026\ncopyright = f'{annee}, Moi'",
        "project = 'Mon site'",
        "def setup(app):\n    archive_contct = 3",
    ],
)
def test_what_works_is_admitted_as_it_is_written(set_conf, lines):
    assert set_conf(lines)[1] == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('html_baseurl = "//exemple.fr/a"', "écrivez https://exemple.fr/a."),
        ('html_baseurl = "htps://exemple.fr/a/"', "écrivez https://exemple.fr/a/."),
        ('html_baseurl = "http://moi:secret@exemple.fr/"', "écrivez http://exemple.fr/."),
        ('html_baseurl = "https://exemple.fr/?a=1"', "écrivez https://exemple.fr/."),
        ('html_baseurl = "https://"', "écrivez https://exemple.fr/."),
        ('html_baseurl = "https://[::1"', "n’est pas l’adresse entière d’un site"),
        ("html_baseurl = None", "écrivez un texte entre guillemets."),
        ('archive_contact = "mailto:moi@exemple.fr"', "écrivez moi@exemple.fr, sans rien devant."),
        ('archive_contact = "moi@exemple"', "n’est pas une adresse"),
        ('archive_contact = "ftp://exemple.fr/"', "écrivez https://exemple.fr/."),
        ('archive_takeaway = "fichiers/"', "écrivez https://exemple.fr/fichiers/."),
        ('archive_timezone = "Paris"', "vouliez-vous dire « Europe/Paris » ?"),
        ('archive_timezone = "europe/paris"', "vouliez-vous dire « Europe/Paris » ?"),
        ('archive_timezone = "localtime"', "fuseau horaire inconnu « localtime »"),
        ('archive_timezone = "../../etc/passwd"', "écrivez un nom comme Indian/Reunion."),
        ('archive_timezone = ""', "écrivez un nom comme Indian/Reunion."),
        ('archive_not_in_book = ["404", "acessibilite"]', "vouliez-vous dire « accessibilite » ?"),
        ("archive_stylesheets = [1]", "écrivez une liste de noms"),
        ('html_base_url = "https://exemple.fr/"', "vouliez-vous dire « html_baseurl » ?"),
    ],
)
def test_a_setting_that_is_wrong_is_told_with_what_to_write(set_conf, lines, said):
    (line,) = set_conf(lines)[1]

    assert line.startswith("1 ")
    assert said in line


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("html_baseurl = 'exemple' + '.fr'", "html_baseurl : « exemple.fr » n’est pas"),
        ("archive_timezone = 'Indian/' + 'Reunion'", 'écrivez archive_timezone = "Indian/Reunion" sur une ligne'),
        ("htlm_title = 'x'", "htlm_title : ce réglage n’existe pas ; vouliez-vous dire « html_title » ?"),
        ("projet = 'x'", "projet : ce réglage n’existe pas ; vouliez-vous dire « project » ?"),
        ("contact = 'moi@exemple.fr'", "contact : ce réglage n’existe pas ; vouliez-vous dire « archive_contact » ?"),
    ],
)  # fmt: skip
def test_a_build_tells_what_only_running_the_settings_shows(set_conf, tmp_path, lines, said):
    docs, before = set_conf(lines)
    with pytest.raises(ArchiveError) as caught:
        build_site(docs, tmp_path / "html", {})

    assert before == []
    assert said in str(caught.value)


def test_a_conf_that_is_no_python_is_told_by_sphinx_alone(set_conf, tmp_path):
    docs, before = set_conf("html_baseurl = (")
    with pytest.raises(ArchiveError, match=r"conf\.py"):
        build_site(docs, tmp_path / "html", {})

    assert before == []


def test_the_address_of_one_build_is_judged_as_the_setting_is(capsys):
    assert main(["build", "--base-url", "exemple.fr/archives/"]) == 1
    fault = find_address_fault("exemple.fr/archives/")
    assert capsys.readouterr().err.splitlines() == [f"--base-url : {fault}"]


@pytest.mark.parametrize("word", ["check", "format"])
def test_a_maintainer_lays_out_the_settings_as_they_like(root, tmp_path, word):
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / "docs").mkdir()
    for name in ("docs/conf.py", "autre.py"):
        (tmp_path / name).write_text("import os\nproject = 'Mon site'  \n", encoding="utf-8")
    words = [sys.executable, "-m", "ruff", word, *["--check"] * (word == "format"), "."]

    told = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "autre.py" in told
    assert "conf.py" not in told


NETLIFY = {"NETLIFY": "true", "URL": "https://exemple.fr", "DEPLOY_PRIME_URL": "https://essai.fr"}


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({"READTHEDOCS_CANONICAL_URL": "https://a.readthedocs.io/fr/"}, "https://a.readthedocs.io/fr/"),
        ({"CI_PAGES_URL": "https://nous.gitlab.io/archives"}, "https://nous.gitlab.io/archives"),
        ({"CF_PAGES_URL": "https://0a1b2c3d.archives.pages.dev"}, "https://archives.pages.dev"),
        ({"CF_PAGES_URL": "https://archives.pages.dev"}, "https://archives.pages.dev"),
        (NETLIFY, "https://exemple.fr"),
        (NETLIFY | {"CONTEXT": "deploy-preview"}, "https://essai.fr"),
        # The name is one that anybody may use.
        ({"URL": "https://exemple.fr"}, ""),
    ],
)  # fmt: skip
def test_hosts_that_build_the_site_tell_its_address(monkeypatch, said, address):
    for name, value in said.items():
        monkeypatch.setenv(name, value)

    assert find_hosted_address() == address
