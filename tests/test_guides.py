"""What the guides tell people to type works: each command is run, or is there with its options."""

import ast
import io
import os
import re
import shlex
import shutil
import subprocess
from contextlib import suppress

import pytest

from archivist.__main__ import _COMMANDS, _parse, main
from archivist.build.build import build_site
from tests.commands.test_start import git
from tests.conftest import ROOT, SETTINGS, Site, write_post

GUIDES = ("README.md", "docs/contribuer.md", "docs/tenir-l-archive.md")
# What asks other machines, or answers until it is stopped: its options are read, no more.
NOT_RUN = {"links", "live", "serve"}
# What is made anew of the project itself, or of its tools: make knows it, no more.
OF_CODE = {"bench", "clean", "fuzz", "lint", "lock", "soak", "test"}
EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Un blog</title><link>https://blog.exemple.fr</link><language>fr-FR</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://blog.exemple.fr</wp:base_blog_url>
<item><title>Un billet venu d’ailleurs</title><link>https://blog.exemple.fr/ailleurs/</link>
<dc:creator>claire</dc:creator><content:encoded><![CDATA[<p>Du texte.</p>]]></content:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2018-06-22 10:00:00</wp:post_date>
<wp:post_name>ailleurs</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
</item></channel></rss>
"""


def read_guide(name):
    return (ROOT / name).read_text(encoding="utf-8")


def list_blocks(name, language):
    return re.findall(rf"^```{language}\n(.*?)^```", read_guide(name), re.MULTILINE | re.DOTALL)


def list_commands(name):
    """Return the lines that the blocks of a guide have people type, in order."""
    blocks = "".join(list_blocks(name, "sh")).replace("\\\n", " ")
    lines = (shlex.join(shlex.split(line, comments=True)) for line in blocks.splitlines())
    return [line for line in lines if line]


def list_calls(line):
    """Return how `archivist` is called by a line: itself, or by make."""
    words = shlex.split(line)
    if words[0] == ".venv/bin/archivist":
        return [words[1:]]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    # What prepares the environment is not told: its files are taken for new.
    ready = [
        f"--old-file=.venv/{name}"
        for name in ("ready", "ready-deposit", "ready-dev", "ready-fix", "ready-live")
    ]
    told = subprocess.run(
        ["make", "--dry-run", *ready, *words[1:]],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    ).stdout.replace("\\\n", " ")  # fmt: skip
    calls = [shlex.split(each) for each in told.splitlines() if each.startswith(".venv/bin/arch")]
    assert calls or set(words[1:]) & (OF_CODE | {"help"}), line
    return [call[1:] for call in calls]


def is_understood(call):
    """Tell whether `archivist` knows the words and options of *call*."""
    try:
        return bool(_parse(call).run)
    except SystemExit as ended:
        return ended.code == 0


def is_only_read(call):
    return call[0] in NOT_RUN or "--fetch" in call or "--help" in call


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a clone of the project, with a blog beside it to bring over."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    shutil.copytree(ROOT / "docs", "docs")
    shutil.copy(ROOT / "README.md", "README.md")
    (tmp_path / "docs/conf.py").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("/build/\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    (tmp_path / "uploads").mkdir()
    posts = tmp_path / "mon-blog/_posts"
    posts.mkdir(parents=True)
    (tmp_path / "mon-blog/_config.yml").write_text("title: Un blog\n", encoding="utf-8")
    text = "---\ntitle: Un autre\nauthor: Claire\n---\n\nDu texte.\n"
    (posts / "2018-06-22-un-autre.md").write_text(text, encoding="utf-8")
    (tmp_path / "blog.xml").write_text(EXPORT, encoding="utf-8")
    return tmp_path


def prepare(folder, call):
    """Put there what a reader who types *call* has."""
    for word in call:
        path = folder / word
        if word.startswith("docs/posts/") and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            key = (folder / "docs/authors.yml").read_text(encoding="utf-8")
            author = re.search(r"^[\w-]+(?=:)", key, re.MULTILINE)[0]
            post = write_post(author=author, category=None, source="https://exemple.fr/x/")
            path.write_text(post, encoding="utf-8")
    if call[0] == "start":
        shutil.rmtree(folder / "build", ignore_errors=True)


@pytest.mark.parametrize("name", GUIDES)
def test_each_command_of_a_guide_does_what_it_says(folder, capsys, name):
    commands = list_commands(name)
    assert commands
    for line in commands:
        if line.startswith("git "):
            continue
        for call in list_calls(line):
            prepare(folder, call)
            if is_only_read(call):
                assert is_understood(call), line
            else:
                assert main(call) == 0, (line, capsys.readouterr().err)


def test_each_setting_of_the_guide_is_one_that_shows(folder):
    (settings,) = list_blocks("docs/tenir-l-archive.md", "python")
    ast.parse(settings)
    with (folder / "docs/conf.py").open("a", encoding="utf-8") as file:
        file.write(settings)

    build_site(folder / "docs", folder / "html", {})
    page = Site(folder / "html").page("a-propos.html")
    assert page.select_one(".announcement").get_text() == "Fermé en août."
    assert page.select_one(".site-brand img")


@pytest.mark.parametrize("name", [*GUIDES, "docs/verifications.md", "docs/ecrire-un-billet.md"])
def test_each_word_that_a_guide_names_is_one_there_is(name):
    text = read_guide(name)
    targets = set(re.findall(r"^([a-z]+):", read_guide("Makefile"), re.MULTILINE))

    named = {word for words in re.findall(r"`make ((?:[a-z]+ ?)+)", text) for word in words.split()}
    assert named <= targets
    typed = [*list_commands(name), *re.findall(r"`(make [^`\n]+)`", text)]
    given = {value for line in typed for value in re.findall(r"\b([A-Z]+)=", line)}
    assert given <= set(re.findall(r"(?:\$\(|given,)([A-Z]+)\b", read_guide("Makefile")))
    for command, options in re.findall(r"`(?:\.venv/bin/)?archivist (\w+)([^`\n]*)`", text):
        assert command in _COMMANDS, command
        for option in re.findall(r"--[a-z-]+", options):
            assert is_known(command, option), (command, option)


def is_known(command, option):
    """Tell whether a command says that it knows an option."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, suppress(SystemExit):
        patch.setattr("sys.stdout", out)
        _parse([command, "--help"])
    return option in out.getvalue()


def test_a_word_or_an_option_that_is_not_there_is_seen():
    assert is_known("build", "--explain")
    assert not is_known("build", "--explian")
    assert is_understood(["serve", "--port", "1"])
    assert not is_understood(["serve", "--prot", "1"])
    with pytest.raises(subprocess.CalledProcessError):
        list_calls("make htlm")
