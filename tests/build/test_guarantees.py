"""Whatever fails, the published folder is wholly the old site or wholly the new one."""

import errno
import io
import os
import subprocess
import sys

import pytest

from archivist.__main__ import main
from archivist.build import workspace
from archivist.build.build import build_site
from archivist.errors import ArchiveError
from archivist.progress import STAGES, Progress
from archivist.site.files.run import Output
from tests.soak.kill import try_kills, try_two_at_once
from tests.soak.soak import read_files


@pytest.fixture
def docs(make_docs, make_post):
    return make_docs({"2018/billet.md": make_post(title="Bon")})


@pytest.fixture
def output(docs, tmp_path):
    """A site already built."""
    build_site(docs, tmp_path / "html", {})
    return tmp_path / "html"


def change(docs, make_post):
    """Make the sources differ from the site in a post, and in a page."""
    (docs / "posts/2018/neuf.md").write_text(make_post(title="Neuf"), encoding="utf-8")
    (docs / "a-propos.md").write_text("# À propos\n\nNeuf.\n", encoding="utf-8")


def fail_with(number):
    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    "place",
    [
        "archivist.site.files.run.Output.replace",
        "archivist.site.sphinx.builder.ArchiveBuilder.end",
        "archivist.site.files.styles.bundle_styles",
        "archivist.search.files.find_postings",
        "archivist.build.build.write_manifest",
        "archivist.build.workspace.Workspace.write_readings",
        "archivist.build.stat_cache.StatCache.save",
        "archivist.build.workspace.put_in_place",
    ],
)
def test_a_full_disk_leaves_the_site_as_it_was_and_the_next_build_needs_no_help(
    place, docs, output, make_post, monkeypatch
):
    before = read_files(output)
    change(docs, make_post)
    with monkeypatch.context() as patch:
        patch.setattr(place, fail_with(errno.ENOSPC))
        with pytest.raises(ArchiveError) as caught:
            build_site(docs, output, {})

    assert len(str(caught.value).splitlines()) == 1
    assert "plus de place sur le disque" in str(caught.value)
    assert read_files(output) == before
    build_site(docs, output, {})
    assert (output / "posts/2018/neuf.html").exists()


def test_a_surprise_in_the_build_leaves_the_site_as_it_was(docs, output, make_post, monkeypatch):
    before = read_files(output)
    change(docs, make_post)
    with monkeypatch.context() as patch:
        patch.setattr("archivist.site.pages.lists.paginate", lambda *_: 1 / 0)
        with pytest.raises((ArchiveError, ZeroDivisionError)):
            build_site(docs, output, {})

    assert read_files(output) == before


def test_a_page_cut_short_is_never_published(docs, output, make_post, monkeypatch):
    before = read_files(output)
    change(docs, make_post)
    write = Output.replace
    monkeypatch.setattr(Output, "replace", lambda self, name, data: write(self, name, data[:99]))

    with pytest.raises(ArchiveError, match="cette page n’est pas entière"):
        build_site(docs, output, {})

    assert read_files(output) == before


def test_a_failing_build_fails_twice_with_the_same_words(docs, output, capsys):
    (docs / "faux.md").write_text(
        "---\norphan: true\n---\n\n# Une page\n\n{term}`INCONNU`\n", encoding="utf-8"
    )

    def fail():
        """Return the status of the build and its complaints: a slow one also tells its stages."""
        status = main(["build", "--docs", str(docs), "--output", str(output)])
        return status, [line for line in capsys.readouterr().err.splitlines() if "faux.md" in line]

    first = fail()

    assert first == fail()
    assert first[0] == 1
    assert "INCONNU" in first[1][0]


def test_killed_builds_leave_the_old_site_or_the_new():
    assert try_kills(1, 3) == []


def test_two_builds_at_once_take_their_turn():
    assert try_two_at_once(1) == []


def test_a_disk_that_knows_no_exchange_is_served_by_two_renames(
    docs, output, make_post, monkeypatch
):
    monkeypatch.setattr(workspace, "_swap", lambda *_: False)
    change(docs, make_post)

    build_site(docs, output, {})

    assert (output / "posts/2018/neuf.html").exists()


def test_a_site_that_was_moved_away_and_not_yet_replaced_is_put_back(docs, output, make_post):
    before = read_files(output)
    output.rename(output.parent / ".html-work/old")
    (docs / "posts/2018/faux.md").write_text(make_post(author="amor"), encoding="utf-8")

    with pytest.raises(ArchiveError, match="auteur inconnu"):
        build_site(docs, output, {})

    assert read_files(output) == before


def test_the_list_of_files_is_the_one_sha256sum_reads(output):
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]

    assert subprocess.run(command, cwd=output, check=False).returncode == 0


def test_verify_says_nothing_of_a_site_as_it_was_built(output, capsys):
    assert main(["verify", str(output)]) == 0
    assert capsys.readouterr() == ("", "")


def test_verify_names_each_file_that_changed(output, capsys):
    (output / "index.html").write_text("Autre.", encoding="utf-8")
    (output / "search.html").unlink()
    (output / "neuf.html").touch()

    assert main(["verify", str(output)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "index.html : ce fichier a changé depuis la construction.",
        "neuf.html : ce fichier est en trop.",
        "search.html : ce fichier manque.",
    ]


@pytest.mark.parametrize("text", [None, "abîmé"])
def test_verify_wants_a_list(tmp_path, text, capsys):
    if text:
        (tmp_path / "SHA256SUMS").write_text(text, encoding="utf-8")

    assert main(["verify", str(tmp_path)]) == 1
    assert "SHA256SUMS" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run_stages(stream):
    now = iter(range(1000))
    progress = Progress(stream, clock=lambda: float(next(now)))
    for stage in STAGES:
        progress.begin(stage, 2)
        progress.step()
    progress.end()
    return progress


def test_a_terminal_shows_a_bar_with_what_is_done_and_what_remains():
    terminal = Terminal()
    run_stages(terminal)

    assert "lecture 1/2, encore " in terminal.getvalue()
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_elsewhere_each_stage_is_a_plain_line():
    stream = io.StringIO()
    progress = run_stages(stream)

    lines = stream.getvalue().splitlines()
    assert [line.partition("\xa0:")[0] for line in lines] == list(STAGES)
    assert list(progress.seconds) == list(STAGES)
    assert "\x1b" not in stream.getvalue()


def test_what_a_machine_reads_is_free_of_progress(docs, tmp_path):
    words = ["build", "--docs", str(docs), "--output", str(tmp_path / "autre")]
    done = subprocess.run(
        [sys.executable, "-m", "archivist", *words], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("1 billet, ")
    assert "recherche" not in done.stdout
    assert "recherche" in done.stderr
