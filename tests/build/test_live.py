"""The preview follows its sources: what changed and the lists that show it, and nothing else."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from archivist.build.live import HOST, Preview, find_newest_post, make_app


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
    return live


@pytest.fixture
def write(preview):
    """Return a function that changes a file, builds, and tells which pages were written."""

    def run(name, text):
        before = read_dates(preview.output)
        path = preview.docs / "posts" / name
        path.parent.mkdir(exist_ok=True)
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
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

    for page in ("posts/2017/billet-3.html", "tag/a/page/1/index.html", "page/1/index.html"):
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
    assert "Zébulon" not in read(preview, "tag/b/page/1/index.html")


def test_a_mistake_is_told_and_the_site_stays_as_it_was(preview, write, make_post):
    pages = write("2017/billet-3.md", make_post(title="Zébulon", date="2017-01-03", author="amor"))

    assert pages == set()
    assert preview.problems == [
        "docs/posts/2017/billet-3.md:3: auteur inconnu « amor » : vouliez-vous dire « amoor » ?"
    ]

    write("2017/billet-3.md", make_post(title="Zébulon", date="2017-01-03"))
    assert preview.problems == []
    assert "Zébulon" in read(preview, "posts/2017/billet-3.html")


def test_what_breaks_the_build_is_told_and_can_be_mended(preview, write, make_post):
    conf = preview.docs / "conf.py"
    right = conf.read_text(encoding="utf-8")
    conf.write_text(f"{right}\nextensions += ['absente']\n", encoding="utf-8")
    write("2017/neuf.md", make_post(date="2017-02-01"))
    assert "absente" in preview.problems[0]

    conf.write_text(right, encoding="utf-8")
    write("2017/neuf.md", make_post(title="Zébulon", date="2017-02-01"))
    assert "Zébulon" in read(preview, "posts/2017/neuf.html")


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
            "server": (HOST, port),
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
