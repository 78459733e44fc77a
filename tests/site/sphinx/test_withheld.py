"""What readers are not to see yet: told at each build, marked in the preview, never published."""

import subprocess

import pytest

from archivist.__main__ import main
from archivist.build.build import build_site
from archivist.build.preview import Preview
from archivist.dates.today import find_today
from tests.conftest import Site

WORD = "xylophone"
GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@exemple.fr")


def commit(folder, date):
    environment = {"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    words = [*GIT, "-C", str(folder)]
    subprocess.run([*words, "init", "--quiet"], check=True)
    subprocess.run(
        [*words, "commit", "--quiet", "--allow-empty", "-m", "x"],
        check=True,
        env=environment | {"GIT_COMMITTER_DATE": date},
    )


@pytest.fixture
def posts(make_post):
    return {
        "2018/paru.md": make_post(title="Paru", date="2018-06-22"),
        "2018/pas-encore.md": make_post(
            title="Pas encore", draft="true", body=WORD, tags=WORD, redirect="/ancien/"
        ),
        "2019/a-venir.md": make_post(title="À venir", date="2019-01-01", body=WORD, tags=WORD),
    }


def places_of(site, word):
    return [name for name, text in site.texts().items() if word in text.lower() or word in name]


def test_drafts_and_future_posts_are_in_no_output(make_site, posts, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1540000000")  # 20 October 2018

    site = make_site(posts)

    assert site.titles("index.html") == ["Paru"]
    for word in (WORD, "pas-encore", "a-venir", "ancien/"):
        assert places_of(site, word) == []


def test_a_post_appears_on_its_day(make_site, posts, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1546300800")  # 1 January 2019, midnight UTC

    assert make_site(posts).titles("index.html") == ["À venir", "Paru"]


def test_without_a_day_nothing_counts_as_future(make_site, posts):
    assert make_site(posts).titles("index.html") == ["À venir", "Paru"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [("", "2018-10-21"), ("America/Guadeloupe", "2018-10-20"), ("Pacific/Auckland", "2018-10-21")],
)
def test_the_day_is_that_of_the_last_commit_where_the_archive_is(tmp_path, monkeypatch, zone, day):
    (tmp_path / "conf.py").write_text(f"archive_timezone = {zone!r}\n" if zone else "")
    commit(tmp_path, "2018-10-20T22:30:00+0000")

    for machine in ("UTC", "Asia/Tokyo", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", machine)
        assert str(find_today(tmp_path)) == day
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1540074600")  # 20 October 2018, 22:30 UTC
    assert str(find_today(tmp_path)) == day


def test_a_folder_without_history_has_no_day(tmp_path):
    assert find_today(tmp_path) is None


def test_a_wrong_day_names_the_variable(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "demain")

    with pytest.raises(Exception, match="SOURCE_DATE_EPOCH"):
        find_today(tmp_path)


AHEAD = "ce billet du 15 janvier 2099 est peut-être à venir, et rien ne dit quel jour on est : "
EPOCH = "écrivez SOURCE_DATE_EPOCH=$(date +%s) devant la commande"


def tell(capsys, *words):
    """Return what a command prints but how long it took, and whether it is content."""
    code = main(list(words))
    told = capsys.readouterr()
    return code, told.out.splitlines(), told.err.splitlines()


@pytest.fixture
def run(make_docs, posts, monkeypatch, tmp_path, capsys):
    make_docs(posts)
    monkeypatch.chdir(tmp_path)
    return lambda *words: tell(capsys, *words)


TOLD = [
    "1 billet daté du 1er janvier 2019 attend : docs/posts/2019/a-venir.md",
    "le site est au 20 octobre 2018 : le jour de SOURCE_DATE_EPOCH, sinon celui du dernier commit",
    "1 brouillon : docs/posts/2018/pas-encore.md",
]


def test_each_build_and_check_names_what_it_withholds(run, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1540000000")  # 20 October 2018

    _, first, _ = run("build")
    _, again, _ = run("build")
    assert first[0].startswith("1 billet, ")
    assert (first[2:5], again[2:5]) == (TOLD, TOLD)
    assert run("check") == (0, ["1 billet publié", *TOLD], [])
    assert run("check", "docs/posts/2018")[1] == ["1 billet publié", TOLD[2]]
    assert run("check", "docs/posts/2018/paru.md") == (0, [], [])
    assert run("epub")[1] == ["build/archives.epub", *TOLD]
    assert run("offline")[1] == ["build/archives.zip", *TOLD]


def test_of_many_withheld_the_first_are_named(run, make_docs, make_post, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1540000000")
    files = {f"2019/b{day}.md": make_post(date=f"2019-01-0{day}") for day in range(2, 9)}
    make_docs(files | {"2018/encore.md": make_post(draft="true")})

    assert run("check")[1][1::2] == [
        "8 billets datés d’un jour à venir attendent : docs/posts/2019/a-venir.md (1er janvier 2019), "
        + "".join(f"docs/posts/2019/b{day}.md ({day} janvier 2019), " for day in range(2, 5))
        + "docs/posts/2019/b5.md (5 janvier 2019) et 3 autres",
        "2 brouillons : docs/posts/2018/encore.md, docs/posts/2018/pas-encore.md",
    ]


def test_what_is_withheld_comes_out_as_days_go_by(make_docs, posts, monkeypatch, tmp_path):
    docs = make_docs(posts)
    for epoch in ("1540000000", "1546300800", "1540000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        build_site(docs, tmp_path / "html", {})
        build_site(docs, tmp_path / epoch / "html", {})

        assert Site(tmp_path / "html").contents() == Site(tmp_path / epoch / "html").contents()


@pytest.fixture
def ahead(make_post):
    return {
        "2099/loin.md": make_post(date="2099-01-15"),
        "2099/pres.md": make_post(date="2099-01-15"),
    }


@pytest.mark.parametrize("command", ["check", "build", "epub", "offline"])
def test_where_nothing_tells_the_day_what_may_be_ahead_stops_a_build(
    run, make_docs, ahead, command
):
    make_docs(ahead)

    code, _, lines = run(command)
    assert code == 1
    assert [line for line in lines if line.startswith("docs/")] == [
        f"docs/posts/2099/{name}.md:2: {AHEAD}{EPOCH}." for name in ("loin", "pres")
    ]


def test_a_repository_that_git_refuses_is_no_licence_to_publish(
    run, make_docs, ahead, monkeypatch, tmp_path
):
    make_docs(ahead)
    commit(tmp_path, "2018-10-20T22:30:00+0000")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    code, _, lines = run("build")
    way_out = f"git config --global --add safe.directory {tmp_path}"
    assert code == 1
    assert lines[0].endswith(f"{AHEAD}{EPOCH}, ou laissez git lire ce dépôt : {way_out}.")


def test_sphinx_alone_publishes_nothing_ahead_either(make_docs, ahead, run_sphinx, tmp_path):
    assert run_sphinx(make_docs(ahead), tmp_path / "html").returncode != 0
    assert not (tmp_path / "html/index.html").exists()


def test_a_draft_stops_nothing_on_any_day(make_site, make_post):
    site = make_site({"2099/b.md": make_post(date="2099-01-15", draft="true")})

    assert site.titles("index.html") == []


def test_what_had_appeared_elsewhere_and_is_recorded_has_come(make_docs, make_post, capsys):
    source = {"source": "https://exemple.fr/b", "copied": "2099-02-01"}
    posts = {"2099/b.md": make_post(date="2099-01-15", **source)}
    docs = make_docs(posts | {"2099/c.md": make_post(date="2099-01-14")})
    assert main(["verify", "--words", "--record", "--docs", str(docs)]) == 0

    assert main(["check", str(docs)]) == 0
    make_docs({"2099/b.md": make_post(date="2099-01-16", **source)})
    assert main(["check", str(docs)]) == 1
    assert "b.md:2: ce billet du 16 janvier 2099" in capsys.readouterr().err


def read_marks(page):
    return [each.get_text() for each in page.select(".withheld")]


def test_the_preview_marks_what_readers_do_not_see(make_docs, posts, monkeypatch, tmp_path):
    docs = make_docs(posts)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1540000000")
    preview = Preview(docs, tmp_path / "live")
    preview.build()
    site = Site(preview.output)

    assert preview.problems == []
    assert read_marks(site.page("index.html")) == [
        "Attend le 1er janvier 2019",
        "Brouillon\u00a0: n’est pas publié",
    ]
    assert read_marks(site.page("posts/2019/a-venir.html")) == ["Attend le 1er janvier 2019"]
    assert read_marks(site.page("posts/2018/paru.html")) == []

    path = docs / "posts/2018/pas-encore.md"
    path.write_text(path.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    preview.build()
    preview.close()
    assert read_marks(site.page("index.html")) == ["Attend le 1er janvier 2019"]
    assert read_marks(site.page("posts/2018/pas-encore.html")) == []


def test_the_preview_shows_what_may_be_ahead_where_nothing_tells_the_day(
    make_docs, ahead, tmp_path
):
    preview = Preview(make_docs(ahead), tmp_path / "live")
    preview.build()

    assert preview.problems == []
    assert read_marks(Site(preview.output).page("posts/2099/loin.html")) == [
        "Attend le 15 janvier 2099"
    ]


def test_a_new_post_has_the_day_of_the_archive_whatever_the_machine(make_docs):
    days = set()
    # Twenty-five hours lie between them.
    for number, zone in enumerate(("Pacific/Kiritimati", "Pacific/Pago_Pago")):
        docs = make_docs({})
        conf = (docs / "conf.py").read_text(encoding="utf-8")
        (docs / "conf.py").write_text(f'{conf}\narchive_timezone = "{zone}"\n', encoding="utf-8")
        main(["new", "--docs", str(docs), f"Billet {number}"])
        (path,) = docs.glob(f"posts/*/billet-{number}.md")
        days.add(path.read_text(encoding="utf-8").split("\n")[1])

    assert len(days) == 2
