"""What the commands of `archivist` say and do for who writes."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from archivist.__main__ import main
from archivist.commands.summary import write_summary
from archivist.problems import Problem


@pytest.fixture
def docs(make_docs, make_post, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return make_docs(
        {
            "2017/juste.md": make_post(date="2017-06-01", tags="[CNFPT]"),
            "2018/faux.md": make_post(author="amor"),
            "2018/sans-titre.md": make_post(title=""),
        }
    )


@pytest.fixture
def type_in(monkeypatch):
    """Return a function that types lines in a terminal."""

    def run(*lines):
        keyboard = io.StringIO("".join(f"{line}\n" for line in lines))
        keyboard.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", keyboard)

    return run


def test_check_reads_docs_where_nothing_is_named(docs, capsys):
    assert main(["check"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_check_tells_only_of_what_is_named(docs, capsys):
    assert main(["check", "docs/posts/2017", "docs/posts/2018/faux.md"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "docs/posts/2018/faux.md:3: auteur inconnu « amor » : vouliez-vous dire « amoor » ?"
    ]


def test_check_says_nothing_when_all_is_right(docs, capsys):
    assert main(["check", "docs/posts/2017/juste.md"]) == 0
    assert capsys.readouterr() == ("", "")


def test_check_annotates_a_pull_request(docs, capsys):
    (docs / "posts/2018/a,b: 100 %.md").write_text("x", encoding="utf-8")

    assert main(["check", "--format", "github"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert (
        "::error file=docs/posts/2018/faux.md,line=3::"
        "auteur inconnu « amor » : vouliez-vous dire « amoor » ?"
    ) in lines
    assert lines[0].startswith("::error file=docs/posts/2018/a%2Cb%3A 100 %25.md,line=1::")


def test_the_page_of_a_run_has_all_mistakes_and_the_last_line_says_how_many_more(
    docs, capsys, monkeypatch, tmp_path
):
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    (docs / "posts/2018/deux.md").write_text("![](a.png)\n\n" * 6, encoding="utf-8")

    assert main(["check", "--format", "github"]) == 1
    lines = capsys.readouterr().err.splitlines()
    table = BeautifulSoup(summary.read_text(encoding="utf-8"), "lxml")
    told = [row.get_text() for row in table.select("tr") if row.td]
    assert len(told) == len(lines) - 1 > 10
    assert lines[-1].startswith("::notice file=docs/posts/2018/")
    more = f"::… et {len(told) - 10} autres : le résumé de cette étape les montre toutes."
    assert lines[-1].endswith(more)
    captions = [each.get_text() for each in table.select("caption")]
    assert captions[:2] == ["docs/posts/2018/deux.md", "docs/posts/2018/faux.md"]


HOSTILE = (
    "</td><script>x</script> [a](https://x.fr) ![b](c) | **d** `e` @moi #12 :tada: &lt; \n\n# f"
)


def test_nothing_of_a_post_is_more_than_its_signs_on_the_page_of_a_run():
    problem = Problem(path=f"docs/{HOSTILE}", line=1, message=f"« {HOSTILE} »")

    text = write_summary([problem])

    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert rendered.split("\n") == [*filter(None, text.split("\n")), ""]
    page = BeautifulSoup(text, "lxml")
    assert page.caption.get_text() == f"docs/{HOSTILE}".replace("\n", "\\x0a")
    assert page.find_all(["script", "a", "img", "strong", "code", "h1"]) == []
    assert not set("@#*`[]|") & set(re.sub(r"&#[0-9]+;", "", text))


def test_a_page_of_a_run_too_long_for_github_says_how_many_are_left_out():
    problems = [
        Problem(path=f"docs/{number}.md", line=1, message="x" * 500) for number in range(3000)
    ]

    text = write_summary(problems)

    assert len(text.encode()) < 1_048_576
    left = 3000 - text.count("<caption>")
    assert f"… et {left} autres" in text


@pytest.mark.parametrize(
    ("path", "message"),
    [("absent.md", "n’existe pas"), ("/", "n’est pas dans docs/")],
)
def test_check_of_a_wrong_path_says_which_is_right(docs, capsys, path, message):
    assert main(["check", path]) == 1
    assert message in capsys.readouterr().err


def test_new_begins_a_post_and_says_where_and_with_which_labels(docs, capsys):
    assert main(["new", "Mon billet", "--date", "2018-06-22", "--tags", "CNFPT"]) == 0

    said = capsys.readouterr()
    assert said.out == "docs/posts/2018/mon-billet.md\n"
    assert "Catégories : Innovation publique" in said.err
    assert "Étiquettes : CNFPT" in said.err
    text = (docs / "posts/2018/mon-billet.md").read_text(encoding="utf-8")
    assert text.startswith(
        "---\ndate: 2018-06-22\nauthor: amoor\ncategory: Innovation publique\ntags: [CNFPT]\n"
    )


def test_new_asks_what_it_does_not_know_in_a_terminal(docs, type_in):
    type_in("Un billet demandé", "Œuvre commune", "CNFPT, MOOC")

    assert main(["new", "--date", "2018-06-22"]) == 0

    text = (docs / "posts/2018/un-billet-demande.md").read_text(encoding="utf-8")
    assert "category: Œuvre commune\ntags: [CNFPT, MOOC]\n" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "donnez un titre : make new TITLE="),
        (["Titre", "--author", "amor"], "vouliez-vous dire « amoor » ?"),
        (["Titre", "--category", "Emploi"], "choisissez parmi : Emploi, formation"),
    ],
)
def test_new_says_what_to_give_where_nobody_can_answer(docs, capsys, monkeypatch, words, message):
    monkeypatch.setattr("sys.stdin", io.StringIO())

    assert main(["new", *words]) == 1
    assert message in capsys.readouterr().err


def test_new_tells_what_is_wrong_with_what_was_given(docs, capsys):
    assert main(["new", "Titre", "--tags", "oui"]) == 1
    assert "« tags: oui » ne nomme rien" in capsys.readouterr().err


def test_tags_prints_the_labels(docs, capsys):
    assert main(["tags"]) == 0
    assert "     1  CNFPT" in capsys.readouterr().out
