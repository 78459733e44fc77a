import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from archivist.__main__ import main
from archivist.build.build import build_site
from archivist.errors import ArchiveError

GOOD = "2018/billet.md"


@pytest.fixture
def docs(make_docs, make_post):
    return make_docs({GOOD: make_post(title="Bon")})


@pytest.fixture
def output(docs):
    """A site already built."""
    output = docs.parent / "html"
    build_site(docs, output, {})
    return output


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def spoil(docs, make_post, **fields):
    (docs / "posts/2018/faux.md").write_text(make_post(**fields), encoding="utf-8")


def test_a_mistake_is_one_line_exit_1_and_the_site_as_it_was(docs, output, make_post, capsys):
    before = contents(output)
    spoil(docs, make_post, author="amor")
    (docs / "posts/2018/vide.md").write_text("", encoding="utf-8")

    code = main(["build", "--docs", str(docs), "--output", str(output)])

    assert code == 1
    assert capsys.readouterr().err.splitlines() == [
        "docs/posts/2018/faux.md:3: auteur inconnu « amor » : vouliez-vous dire « amoor » ?",
        "docs/posts/2018/vide.md:1: ce fichier est vide : copiez l’en-tête d’un autre billet.",
    ]
    assert contents(output) == before
    assert sorted(path.name for path in output.parent.iterdir()) == [".html-work", "docs", "html"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{term}`INCONNU`", "« INCONNU » n’est pas dans le glossaire"),
        ("{ref}`nulle-part`", "référence inconnue « nulle-part »."),
        ("{doc}`zut`", "page inconnue « zut »"),
        ("{nimporte}`x`", "rôle inconnu « {nimporte} »"),
        ("Note[^9].", "la note [^9] n’est écrite nulle part."),
        ("[^1]: Note.", "la note [^1] n’est appelée nulle part."),
    ],
)
def test_a_warning_of_sphinx_about_a_page_is_told_in_french_and_spares_the_site(
    docs, output, body, message
):
    before = contents(output)
    (docs / "faux.md").write_text(
        f"---\norphan: true\n---\n\n# Une page\n\n{body}\n", encoding="utf-8"
    )

    with pytest.raises(ArchiveError) as caught:
        build_site(docs, output, {})

    (line,) = str(caught.value).splitlines()
    assert re.match(r"docs/faux\.md:(7|8): ", line)
    assert message in line
    assert contents(output) == before


def test_a_failing_build_fails_again(docs, output, make_post):
    spoil(docs, make_post, body="{term}`INCONNU`")

    messages = set()
    for _ in range(2):
        with pytest.raises(ArchiveError) as caught:
            build_site(docs, output, {})
        messages.add(str(caught.value))

    assert len(messages) == 1


def test_a_build_replaces_the_whole_site(docs, output, make_post):
    (docs / "posts" / GOOD).unlink()
    (docs / "posts/2018/autre.md").write_text(make_post(title="Autre"), encoding="utf-8")

    build_site(docs, output, {})

    assert (output / "posts/2018/autre.html").exists()
    assert not (output / "posts/2018/billet.html").exists()
    assert sorted(path.name for path in output.parent.iterdir()) == [".html-work", "docs", "html"]


def test_a_folder_that_is_no_site_is_never_replaced(docs, tmp_path, capsys):
    (tmp_path / "thèse").mkdir()
    (tmp_path / "thèse/chapitre.txt").write_text("Précieux.", encoding="utf-8")

    code = main(["build", "--docs", str(docs), "--output", str(tmp_path / "thèse")])

    assert code == 1
    assert "autre chose qu’un site" in capsys.readouterr().err
    assert (tmp_path / "thèse/chapitre.txt").read_text(encoding="utf-8") == "Précieux."


@pytest.mark.parametrize("where", ["", "conf.py"])
def test_an_output_that_would_hurt_the_sources_is_refused(docs, where):
    with pytest.raises(ArchiveError, match="--output"):
        build_site(docs, docs / where, {})


def test_an_output_that_cannot_be_written_is_told(docs, tmp_path):
    (tmp_path / "fichier").write_text("", encoding="utf-8")

    with pytest.raises(ArchiveError, match="impossible d’y écrire"):
        build_site(docs, tmp_path / "fichier/html", {})


def test_where_the_output_is_a_link_what_it_leads_to_is_replaced(docs, output, tmp_path, make_post):
    (tmp_path / "lien").symlink_to(output)
    (docs / "posts/2018/autre.md").write_text(make_post(title="Autre"), encoding="utf-8")

    build_site(docs, tmp_path / "lien", {})

    assert (tmp_path / "lien").is_symlink()
    assert (output / "posts/2018/autre.html").exists()


def test_a_wrong_day_names_the_variable(docs, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "demain")

    assert main(["check", str(docs)]) == 1
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


def test_a_base_url_without_scheme_is_refused(docs, tmp_path, capsys):
    options = ["--docs", str(docs), "--output", str(tmp_path / "html"), "--base-url", "exemple.fr"]

    assert main(["build", *options]) == 1
    assert "https://" in capsys.readouterr().err


def test_a_wrong_docs_folder_is_told(tmp_path, capsys):
    assert main(["tags", "--docs", str(tmp_path)]) == 1
    assert "conf.py" in capsys.readouterr().err


def test_the_base_url_is_set_for_one_build(docs, output):
    main(
        [
            "build",
            "--docs",
            str(docs),
            "--output",
            str(output),
            "--base-url",
            "https://exemple.fr/x/",
        ]
    )

    assert 'href="https://exemple.fr/x/"' in (output / "index.html").read_text(encoding="utf-8")


def test_check_is_silent_when_all_is_right(docs, capsys):
    assert main(["check", str(docs)]) == 0
    assert capsys.readouterr() == ("", "")


def build_elsewhere(docs, output, **environment):
    command = [sys.executable, "-m", "archivist", "build", "--docs", docs, "--output", output]
    subprocess.run(command, check=True, env=os.environ | environment, capture_output=True)
    return contents(Path(output))


def test_the_same_sources_give_the_same_bytes(docs, make_post, tmp_path):
    for number in range(1, 13):
        spoil(docs, make_post, title="Été", tags="Été, CNFPT", date=f"2018-{number:02}-01")
        (docs / "posts/2018/faux.md").rename(docs / f"posts/2018/billet-{number}.md")
    other = tmp_path / "un autre dossier"
    other.mkdir()
    (tmp_path / "docs").rename(other / "docs")

    first = build_elsewhere(
        other / "docs", tmp_path / "a", TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1"
    )
    (other / "docs").rename(tmp_path / "docs")
    second = build_elsewhere(
        tmp_path / "docs",
        tmp_path / "b",
        TZ="America/Los_Angeles",
        LC_ALL="fr_FR.UTF-8",
        LANG="fr_FR.UTF-8",
        PYTHONHASHSEED="2",
    )

    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_two_jobs_read_and_write_what_one_does(docs, output, run_sphinx, tmp_path, make_post):
    for number in range(1, 13):
        spoil(docs, make_post, title="Été", tags="Été", date=f"2018-{number:02}-01")
        (docs / "posts/2018/faux.md").rename(docs / f"posts/2018/billet-{number}.md")

    results = [
        run_sphinx(docs, tmp_path / jobs, "-q", "-W", "-j", jobs, "-d", tmp_path / f"d{jobs}")
        for jobs in "12"
    ]

    assert [result.returncode for result in results] == [0, 0], results[1].stderr
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_no_page_names_the_machine(output, docs):
    places = [str(docs.parent).encode(), str(Path.home()).encode() + b"/", sys.prefix.encode()]

    assert [
        name for name, data in contents(output).items() if any(place in data for place in places)
    ] == []
