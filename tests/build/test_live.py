"""The preview follows its sources: what changed and the lists that show it, and nothing else."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup

from archivist.addresses.ports import HERE
from archivist.build.live import Preview, find_newest_post, make_app, write_problems
from tests.conftest import date_as_folder


@pytest.fixture
def preview(make_docs, make_post, tmp_path):
    """A preview of 22 posts, built once."""
    posts = {
        f"2017/billet-{day}.md": make_post(
            title=f"Billet {day}", date=f"2017-01-{day:02}", tags="[A]" if day < 12 else "[B]"
        )
        for day in range(1, 23)
    }
    live = Preview(make_docs(posts), tmp_path / "live")
    live.build()
    assert live.problems == []
    yield live
    live.close()


@pytest.fixture
def write(preview):
    """Return a function that changes a file, builds, and tells which pages were written."""

    def run(name, text):
        before = read_dates(preview.output)
        path = preview.docs / "posts" / name
        path.parent.mkdir(exist_ok=True)
        path.unlink() if text is None else path.write_text(
            date_as_folder(name, text), encoding="utf-8"
        )
        preview.build()
        after = read_dates(preview.output)
        return {page for page, date in after.items() if before.get(page) != date}

    return run


def read_dates(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*.html")
    }


def read(preview, page):
    return (preview.output / page).read_text(encoding="utf-8")


def test_a_changed_title_is_on_the_page_and_on_the_lists_that_show_it(preview, write, make_post):
    pages = write("2017/billet-3.md", make_post(title="Zébulon", date="2017-01-03", tags="[A]"))

    for page in ("posts/2017/billet-3.html", "tag/a/index.html", "page/1/index.html"):
        assert "Zébulon" in read(preview, page)
    # Its neighbours name it.
    assert "posts/2017/billet-4.html" in pages
    assert "posts/2017/billet-9.html" not in pages
    assert "tag/b/index.html" not in pages


def test_a_new_draft_is_shown_where_it_will_be(preview, write, make_post):
    write("2017/neuf.md", make_post(title="Zébulon", date="2017-02-01", tags="[C]", draft="true"))

    for page in ("posts/2017/neuf.html", "tag/c/index.html", "index.html", "2017/02/index.html"):
        assert "Zébulon" in read(preview, page)


def test_a_tag_taken_away_and_a_post_deleted_leave_their_lists(preview, write, make_post):
    write("2017/billet-3.md", make_post(title="Zébulon", date="2017-01-03", tags="[B]"))
    assert "Zébulon" not in read(preview, "tag/a/index.html")
    assert "Billet 4" in read(preview, "tag/a/index.html")

    write("2017/billet-3.md", None)
    assert "Zébulon" not in read(preview, "tag/b/index.html")


def test_a_post_with_a_mistake_stays_as_it_was_and_all_others_go_on(preview, write, make_post):
    write("2017/billet-3.md", make_post(title="Zébulon", date="2017-01-03", author="amor"))
    pages = write("2017/billet-9.md", make_post(title="Zoé", date="2017-01-09", tags="[A]"))

    assert preview.problems == [
        "docs/posts/2017/billet-3.md:3: auteur inconnu « amor » : vouliez-vous dire « amoor » ?"
    ]
    assert "posts/2017/billet-3.html" not in pages
    for page in ("posts/2017/billet-9.html", "tag/a/index.html"):
        assert "Zoé" in read(preview, page)
    assert "Billet 3" in read(preview, "posts/2017/billet-3.html")

    write("2017/billet-3.md", make_post(title="Zébulon", date="2017-01-03"))
    assert preview.problems == []
    assert "Zébulon" in read(preview, "posts/2017/billet-3.html")


def test_a_post_that_was_never_right_waits_and_others_lead_to_it(preview, write, make_post):
    write("2017/neuf.md", make_post(title="Neuf", author="amor"))
    write("2017/Faux Nom.md", make_post(title="Faux"))
    write("2017/billet-3.md", make_post(title="Trois", body="Voir [ceci](neuf.md)."))

    assert len(preview.problems) == 2
    assert preview.waiting == {"posts/2017/neuf", "posts/2017/Faux Nom"}
    assert "neuf.html" in read(preview, "posts/2017/billet-3.html")

    write("2017/Faux Nom.md", None)
    write("2017/neuf.md", make_post(title="Neuf"))
    assert (preview.problems, preview.waiting) == ([], set())
    assert "Neuf" in read(preview, "posts/2017/neuf.html")


def test_a_deleted_post_stays_while_another_leads_to_it(preview, write, make_post):
    write("2017/billet-3.md", make_post(title="Trois", body="Voir [ceci](billet-4.md)."))
    write("2017/billet-4.md", None)
    assert "lien mort « billet-4.md »" in preview.problems[0]
    assert "Billet 4" in read(preview, "posts/2017/billet-4.html")

    write("2017/billet-3.md", make_post(title="Trois"))
    assert preview.problems == []
    assert not (preview.output / "posts/2017/billet-4.html").exists()


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("authors.yml:1", "amoor: ["),
        ("categories.yml:2", "Innovation publique:\n  parent: Rien"),
        ("redirects.txt:1", "/ancien/  posts/2017/absent"),
        ("_templates/post.html:1", "{% bidule %}"),
        ("conf.py:1", "project ="),
        ("a-propos.md:3", "# Titre\n\n{bidule}`x`"),
    ],
)
def test_a_mistake_elsewhere_is_told_and_posts_go_on(preview, write, make_post, place, wrong):
    path = preview.docs / place.partition(":")[0]
    right = path.read_text(encoding="utf-8")
    path.write_text(wrong, encoding="utf-8")
    write("2017/billet-3.md", make_post(title="Zébulon"))
    assert [each.partition(": ")[0] for each in preview.problems] == [f"docs/{place}"]
    assert "Zébulon" in read(preview, "posts/2017/billet-3.html")

    path.write_text(right, encoding="utf-8")
    write("2017/billet-3.md", make_post(title="Zoé"))
    assert preview.problems == []
    assert "Zoé" in read(preview, "posts/2017/billet-3.html")


def test_a_post_that_asks_what_another_file_has_wrong_waits_for_that(preview, write, make_post):
    authors = preview.docs / "authors.yml"
    right = authors.read_text(encoding="utf-8")
    authors.write_text(f"{right}jeanne:\n  nam: Jeanne\n", encoding="utf-8")
    write("2017/billet-3.md", make_post(title="Zébulon", author="jeanne"))
    first, second = preview.problems
    assert "clé inconnue « nam »" in first
    assert second.startswith("docs/posts/2017/billet-3.md:1: ce billet attend")

    authors.write_text(f"{right}jeanne:\n  name: Jeanne\n", encoding="utf-8")
    preview.build()
    assert preview.problems == []
    assert "Jeanne" in read(preview, "posts/2017/billet-3.html")


def test_what_was_right_last_is_kept_for_the_next_preview(preview, write, make_post):
    write("2017/billet-3.md", make_post(title="Zébulon", author="amor"))
    preview.close()
    again = Preview(preview.docs, preview.output.parent)
    again.build()

    assert len(again.problems) == 1
    assert "Billet 3" in read(again, "posts/2017/billet-3.html")


def test_a_post_that_never_changes_asks_for_no_new_page(preview, write, make_post):
    version = preview.version
    write("2017/billet-3.md", make_post(title="Zébulon", author="amor"))

    assert preview.version == version


def test_what_breaks_the_build_is_told_and_can_be_mended(preview, write, make_post):
    conf = preview.docs / "conf.py"
    right = conf.read_text(encoding="utf-8")
    conf.write_text(f"{right}\nextensions += ['absente']\n", encoding="utf-8")
    write("2017/neuf.md", make_post(date="2017-02-01"))
    assert "absente" in preview.problems[0]

    conf.write_text(right, encoding="utf-8")
    write("2017/neuf.md", make_post(title="Zébulon", date="2017-02-01"))
    assert "Zébulon" in read(preview, "posts/2017/neuf.html")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("authors.yml", "amoor: ["),
        ("conf.py", "project ="),
        ("_templates/page.html", "{% bidule %}"),
        ("index.md", "# Titre\n\n{bidule}`x`"),
    ],
)
def test_a_preview_begins_where_nothing_can_be_built(make_docs, make_post, tmp_path, name, wrong):
    docs = make_docs({"2018/billet.md": make_post(title="Zoé")})
    right = (docs / name).read_text(encoding="utf-8")
    (docs / name).write_text(wrong, encoding="utf-8")
    live = Preview(docs, tmp_path / "live")
    live.build()
    assert f"docs/{name}:" in live.problems[0]
    assert not live.is_built

    (docs / name).write_text(right, encoding="utf-8")
    live.build()
    assert live.problems == []
    assert "Zoé" in read(live, "posts/2018/billet.html")


@pytest.mark.parametrize("name", ["redirects.txt", "links.yml", "exceptions.txt", "neuve.md"])
def test_a_preview_begins_without_what_a_site_can_do_without(make_docs, make_post, tmp_path, name):
    docs = make_docs({"2018/billet.md": make_post(title="Zoé"), f"/{name}": "[non](non.md)\n"})
    live = Preview(docs, tmp_path / "live")
    live.build()

    assert [each.partition(":")[0] for each in live.problems] == [f"docs/{name}"] * len(
        live.problems
    )
    assert "Zoé" in read(live, "posts/2018/billet.html")


def test_mistakes_are_a_page_by_file_and_line():
    page = BeautifulSoup(write_problems(["docs/a.md:3: un <b> « x ».", "perdu"]), "lxml")

    assert page.h1.get_text() == "2 erreurs à corriger"
    assert [each.get_text() for each in page.select("h2")] == ["docs/a.md", "Le site"]
    assert [each.get_text() for each in page.select("td")] == ["3", "un <b> « x ».", "", "perdu"]
    assert "Aucune erreur" in write_problems([])


def test_the_browser_opens_on_the_post_being_written(make_docs, make_post):
    docs = make_docs({"2018/ancien.md": make_post(), "2018/neuf.md": make_post()})
    os.utime(docs / "posts/2018/ancien.md", (1, 1))

    assert find_newest_post(docs) == "posts/2018/neuf.html"


# -- Who may ask ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Return a function from headers to what the preview on port 8000 answers first."""
    folder = tmp_path_factory.mktemp("live")
    (folder / "html").mkdir()
    (folder / "html/index.html").write_text("Un brouillon.")

    def run(*headers, kind="http", port=8000):
        said = []
        scope = {
            "type": kind,
            "method": "GET",
            "path": "/_live/reload" if kind == "websocket" else "/",
            "root_path": "",
            "query_string": b"",
            "server": (HERE, port),
            "headers": [tuple(each.encode() for each in header.split(": ")) for header in headers],
        }

        async def receive():
            kind = "websocket.disconnect" if said else "websocket.connect"
            return {"type": kind, "code": 1000}

        async def send(message):
            said.append(message)

        # In a thread: where a browser is open, this one has a loop that runs.
        answer = make_app(Preview(folder, folder))(scope, receive, send)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, answer).result()
        return said[0].get("status") or said[0]["type"]

    return run


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"]
)
def test_the_preview_answers_its_own_pages(ask, host):
    for headers in ([f"host: {host}"], [f"host: {host}", f"origin: http://{host.lower()}"]):
        assert ask(*headers) == 200
        assert ask(*headers, kind="websocket") == "websocket.accept"


@pytest.mark.parametrize(
    "headers",
    [
        [],
        ["host: rebound.exemple.test:8000"],
        ["host: rebound.exemple.test:8000", "origin: http://rebound.exemple.test:8000"],
        ["host: 127.0.0.1"],
        ["host: 127.0.0.1:8001"],
        ["host: 127.0.0.1.exemple.test:8000"],
        ["host: localhost:8000@exemple.test"],
        ["host: localhost:8000", "host: exemple.test"],
        ["host: localhost:8000", "origin: http://exemple.test"],
        ["host: localhost:8000", "origin: http://localhost:9000"],
        ["host: localhost:8000", "origin: https://localhost:8000"],
        ["host: localhost:8000", "origin: http://127.0.0.1:8000"],
        ["host: localhost:8000", "origin: null"],
        ["host: localhost:8000", "origin: http://localhost:8000", "origin: http://exemple.test"],
    ],
)
def test_the_preview_answers_nobody_else(ask, headers):
    assert ask(*headers) == 403
    assert ask(*headers, kind="websocket") == "websocket.close"


def test_on_the_port_of_all_sites_the_preview_has_a_shorter_name(ask):
    assert ask("host: localhost", "origin: http://localhost", port=80) == 200
    assert ask("host: exemple.test", port=80) == 403
