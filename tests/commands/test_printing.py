"""Whatever files say, what a command prints is text: to a terminal, and to a workflow."""

import io
import os
import re
import subprocess
import sys

import pytest

from archivist.__main__ import main
from archivist.printing import SafeStream, draw, safe_printing
from tests.conftest import write_docs, write_post

EVIL = "\x1b]0;titre\x07\x1b[2J\u202e\u2028\x9b31m\r\x85"
YAML = '"\\e]0;titre\\a\\e[2J\\u202e\\u2028\\x9b31m\\r\\x85"'
ALLOWED = "\n\u00a0\u202f"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return where an archive is that has such signs wherever it can."""
    folder = tmp_path_factory.mktemp("signes")
    posts = {
        "2018/faux.md": write_post(tags=f'[{YAML}, {YAML[:-1]}s"]', author=YAML, category=YAML),
        "2018/lien.md": write_post(body=f"[x]({EVIL.strip()}) [y](https://{EVIL}.fr/)"),
        f"2018/{EVIL}.md": write_post(title=EVIL),
    }
    docs = write_docs(folder, posts | {"/redirects.txt": f"/{EVIL}/ {EVIL}\n"})
    (docs / "categories.yml").write_text(f"{YAML}:\n  description: {YAML}\n", encoding="utf-8")
    (docs / "authors.yml").write_text(f"{YAML}:\n  name: {YAML}\n", encoding="utf-8")
    title = "&#x9b;31m&#x202e;&#x85;::error::x ##[add-mask]e"
    (folder / "blog.xml").write_text(
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2'
        f"</wp:wxr_version><item><title>{title}</title><wp:post_id>1</wp:post_id>"
        f"<wp:post_type>{title}</wp:post_type><wp:status>publish</wp:status></item>"
        "</channel></rss>",
        encoding="utf-8",
    )
    (folder / f"{EVIL}.xml").write_text("<a/>", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        *(["check", "docs"], ["check", "--format", "github", "docs"], ["check", EVIL], ["tags"]),
        *(["build", "--explain", "--output", "html"], ["build", "--docs", EVIL]),
        *(["new", EVIL], ["new", "Titre", "--category", EVIL], ["links", "--timegate", EVIL]),
        *(["verify", EVIL], ["verify", "--words"], ["verify", "--record", f"{EVIL}.md"]),
        *(
            ["import", "blog.xml", "--dry-run"],
            ["import", f"{EVIL}.xml"],
            ["epub", "--output", EVIL],
        ),
        *(["offline", "--base-url", EVIL], ["links", "--days", EVIL], [EVIL]),
    ],
    ids=lambda words: " ".join(words).encode("unicode_escape").decode(),
)
def test_no_command_prints_a_sign_that_a_terminal_obeys(folder, words, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    try:
        main(words)
    except SystemExit as error:
        assert error.code == 2

    said = "".join(capsys.readouterr())
    assert {sign for sign in said if not sign.isprintable()} <= set(ALLOWED)
    orders = [line for line in said.split("\n") if line.lstrip().startswith("::")]
    assert [
        line
        for line in orders
        if not line.startswith(("::error file=docs/", "::notice file=docs/"))
    ] == []
    assert "##[" not in said


def test_what_it_prints_is_not_nothing(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)

    assert main(["tags"]) == 0
    assert "\\x1b]0;titre\\x07\\x1b[2J\\x202e" in capsys.readouterr().out


def test_a_mistake_cannot_be_two_annotations(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)

    assert main(["check", "--format", "github", "docs"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 5
    for line in lines:
        assert re.fullmatch(r"::(?:error|notice) file=docs/[^:,]*,line=[0-9]+::.+", line)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::stop-commands::x\n  ::error::y", "\\x3a:stop-commands::x\n  \\x3a:error::y"),
        ("a ::b:: ##[group]c", "a ::b:: ##\\x5bgroup]c"),
        ("::error file=a.md,line=1::b", "::error file=a.md,line=1::b"),
        ("« a » : b", "« a » : b"),
        ("a\tb\x00\udcff", "a\\x09b\\x00\\xdcff"),
    ],
)
def test_lines_stay_and_orders_are_spelled_out(text, shown):
    stream = io.StringIO()
    SafeStream(stream).write(text)

    assert stream.getvalue() == shown


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "utf-16", "cp1252"])
def test_a_stream_that_lacks_a_sign_is_written_all_the_same(encoding):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    SafeStream(stream).write("l’été → 😀\n")
    stream.flush()

    said = raw.getvalue().decode(encoding)
    assert said.endswith("\n")
    assert said == "l’été → 😀\n" or "\\" in said


def run(words, folder, script="{}", **environment):
    """Run a command in a shell of its own, as where it is called from would."""
    command = script.format(f"{sys.executable} -m archivist {words}")
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder, env=os.environ | environment, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_a_finished_command_succeeds_whatever_the_terminal_can_show(folder, environment):
    done = run("tags", folder, **environment)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Cat\\xe9gories" in done.stdout or "Catégories".encode("latin-1") in done.stdout


@pytest.mark.parametrize("script", ["{} | head -n 0", "{} >&- 2>&-"])
def test_a_reader_who_leaves_is_no_mistake(folder, script):
    done = run("tags", folder, script)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has this disk")  # noqa: PTH110
def test_a_disk_that_is_full_is_told_in_a_line(folder):
    done = run("tags", folder, "{} >/dev/full")

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "le système a refusé d’écrire ou de lire (plus de place sur le disque)."
    ]


def test_streams_are_put_back(capsys):
    before = sys.stdout, sys.stderr
    with safe_printing():
        print("\x1b")
        assert sys.stdout is not before[0]

    assert (sys.stdout, sys.stderr) == before
    assert capsys.readouterr().out == "\\x1b\n"


def test_only_what_is_ours_moves_about_on_a_terminal(root):
    sources = (path.read_text(encoding="utf-8") for path in (root / "archivist").rglob("*.py"))
    moving = [line.strip() for text in sources for line in text.splitlines() if r"\x1b" in line]

    assert len(moving) == 4
    assert all(line.startswith("draw(") for line in moving)


def test_a_bar_is_drawn_on_a_terminal_that_lacks_its_signs():
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, encoding="ascii")
    draw(SafeStream(terminal), "\r█\x1b[K")

    assert raw.getvalue() == b"\r\\u2588\x1b[K"
