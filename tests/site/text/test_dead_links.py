"""A dead link is told in words beside the author's, and leads to a copy; a build asks nobody."""

import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from archivist.build.build import build_site
from tests.conftest import ROOT, Site, write_docs, write_post
from tests.soak.soak import read_files

DEAD, LOST, ALIVE = "http://mort.fr/page?a=1&b=2", "http://perdu.fr/", "http://vivant.fr/"
COPY = "https://archive.fr/2017/http://mort.fr/page?a=1&b=2"
LEDGER = f"""\
{DEAD}:
  state: dead
  copy: {COPY}
  copy_date: 2017-11-03

{LOST}:
  state: dead

{ALIVE}:
  state: alive

http://laisse.fr/:
  state: dead
  ignore: true
  reason: Réservé aux agents.
"""
BODY = f"""\
Voir [*une* page]({DEAD}#partie), [une autre]({LOST}), [la bonne]({ALIVE}) et
[celle-ci](http://laisse.fr/).

<!-- more -->

## Une partie : [titre]({DEAD})

<table>
<tr><td><a href="{DEAD.replace("&", "&amp;")}">Dans un tableau</a></td></tr>
</table>

Encore [un autre billet](autre.md).
"""
COMMENTS = f"- author: Claire\n  date: 2018-01-02\n  text: Voir <{DEAD}>.\n"
FILES = {
    "2017/billet.md": write_post(
        "Un billet", BODY, date="2017-06-01", source=DEAD, external_link=LOST, partial="true"
    ),
    "2017/billet.comments.yml": COMMENTS,
    "2017/anglais.comments.yml": COMMENTS,
    "2017/autre.md": write_post("Autre", "Rien.", date="2017-06-02"),
    "2017/anglais.md": write_post("English", f"[x]({LOST})", date="2017-06-03", language="en"),
    "/page.md": f"# Page\n\n[là]({LOST})\n",
    "/links.yml": LEDGER,
}
WORDS = " [lien mort, copie de 2017]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("dead")


@pytest.fixture(scope="module")
def site(folder):
    build_site(write_docs(folder, FILES), folder / "html", {})
    return Site(folder / "html")


@pytest.fixture(scope="module")
def plain(folder):
    """The same archive, of whose links nothing is known."""
    build_site(write_docs(folder / "plain", FILES | {"/links.yml": ""}), folder / "plain/html", {})
    return Site(folder / "plain/html")


def list_marks(element):
    return [each.get_text() for each in element.select(".dead-link")]


def test_a_dead_link_is_followed_by_the_way_to_its_copy(site):
    post = site.page("posts/2017/billet.html").select_one("article.post")

    link = post.find("a", string="Dans un tableau")
    mark = link.next_sibling
    assert mark.get_text() == WORDS
    assert mark.a["href"] == COPY
    assert mark["lang"] == "fr"
    assert link["href"] == DEAD


def test_the_words_of_a_link_and_its_address_stay(site):
    post = site.page("posts/2017/billet.html").select_one("article.post")

    link = post.find("a", href=f"{DEAD}#partie")
    assert link.get_text() == "une page"
    assert link.next_sibling.get_text() == WORDS


def test_programs_find_the_copy_from_the_link_and_the_link_from_the_copy(site):
    """As https://robustlinks.org has it."""
    link = site.page("posts/2017/billet.html").find("a", string="Dans un tableau")
    copy = link.next_sibling.a

    assert (link["data-versionurl"], link["data-versiondate"]) == (COPY, "2017-11-03")
    assert (copy["data-originalurl"], copy["data-versiondate"]) == (DEAD, "2017-11-03")


def test_a_dead_link_without_copy_is_told_as_such(site):
    link = site.page("posts/2017/billet.html").find("a", string="une autre")

    assert not {name for name in link.attrs if name.startswith("data-")}
    assert link.next_sibling.get_text() == " [lien mort]"
    assert link.next_sibling.a is None


def test_links_that_live_or_are_left_alone_have_no_mark(site):
    post = site.page("posts/2017/billet.html")

    for words in ("la bonne", "celle-ci", "un autre billet"):
        assert "dead-link" not in str(post.find("a", string=words).next_sibling)


@pytest.mark.parametrize(
    ("name", "where", "expected"),
    [
        ("posts/2017/billet.html", ".post-source", [WORDS]),
        ("posts/2017/billet.html", ".post-partial", [WORDS]),
        ("posts/2017/billet.html", ".comment-text", [WORDS]),
        ("posts/2017/billet.html", "h2", [WORDS]),
        ("2017/06/index.html", ".entry-excerpt", [" [lien mort]", WORDS, " [lien mort]", WORDS]),
        ("index.html", ".entry-title", [" [lien mort]"]),
        ("posts/2017/anglais.html", ".post", [" [lien mort]"]),
        ("page.html", "article", [" [lien mort]"]),
    ],
)
def test_dead_links_are_told_wherever_they_stand(site, name, where, expected):
    found = [mark for each in site.page(name).select(where) for mark in list_marks(each)]

    assert found == expected


def test_nothing_but_marks_is_added_and_the_search_knows_none(site, plain):
    assert site.files() == plain.files()
    for name, data in site.contents().items():
        if name.endswith(".html"):
            page = BeautifulSoup(data, "lxml")
            for mark in page.select(".dead-link"):
                mark.decompose()
            assert (name, page.get_text()) == (name, plain.page(name).get_text())
        elif name != "SHA256SUMS":
            assert (name, data) == (name, (plain.folder / name).read_bytes())


def test_the_reading_time_and_the_summary_are_those_of_the_words(site, plain):
    for selector in (".post-minutes", "meta[name=description]"):
        one, other = (
            str(each.page("posts/2017/billet.html").select_one(selector)) for each in (site, plain)
        )
        assert one == other


def test_another_ledger_writes_the_pages_that_show_it_and_reads_no_post(
    folder, tmp_path, monkeypatch
):
    docs = write_docs(tmp_path, FILES | {"/links.yml": LEDGER.replace("2017-11", "2019-11")})
    build_site(docs, tmp_path / "html", {})
    before = read_files(tmp_path / "html")
    read = []
    monkeypatch.setattr(
        "archivist.site.sphinx.builder.DocumentsRead.on_env_before_read_docs",
        lambda _, __, ___, docnames: read.append(list(docnames)),
    )
    write_docs(tmp_path, {"/links.yml": LEDGER})

    report = build_site(docs, tmp_path / "html", {})

    after = read_files(tmp_path / "html")
    changed = {name for name in after if before[name] != after[name] and name.endswith(".html")}
    assert report.written == len(changed)
    assert "posts/2017/billet.html" in changed
    # It shows the copy in a comment alone.
    assert "posts/2017/anglais.html" in changed
    assert "posts/2017/autre.html" not in changed
    assert not any(read)
    build_site(docs, tmp_path / "clean", {})
    assert after == read_files(tmp_path / "clean")

    for ledger in (None, LEDGER):
        write_docs(tmp_path, {"/links.yml": ledger})
        build_site(docs, tmp_path / "html", {})
    assert read_files(tmp_path / "html") == after


BUILD = """
import sys
def stop(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        print(event, arguments, file=sys.__stderr__)
        raise SystemExit(3)
sys.addaudithook(stop)
from archivist.__main__ import main
sys.exit(main(["build", "--docs", sys.argv[1], "--output", sys.argv[2]]))
"""


def test_a_build_opens_no_socket(folder, site, tmp_path):
    command = [sys.executable, "-c", BUILD, str(folder / "docs"), str(tmp_path / "html")]

    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert (result.returncode, result.stderr.count("socket")) == (0, 0), result.stderr
    assert read_files(tmp_path / "html") == read_files(site.folder)
