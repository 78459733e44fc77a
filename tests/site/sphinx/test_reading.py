"""A post is rendered as soon as it is read; its page is what Sphinx alone would have made of it."""

import pytest
from docutils.frontend import OptionParser

from archivist.build.build import build_site
from tests.conftest import list_sink_files, write_docs


def read_pages(folder):
    """Return the pages of a site, by name."""
    pages = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in pages}


def list_kept(folder):
    """Return the posts that the build in *folder* left as Sphinx read them."""
    return sorted(path.stem for path in (folder / ".html-work/doctrees/posts").rglob("*.doctree"))


@pytest.fixture
def linked(make_docs, make_post):
    """Return an archive of three posts, of which the others lead to the second."""
    posts = {
        "2017/avant.md": make_post(title="Avant", date="2017-01-01", body="[Lu](../2018/lu.md)"),
        "2018/lu.md": make_post(title="Lu", date="2018-01-01"),
        "2019/apres.md": make_post(title="Après", date="2019-01-01", body="[Lu](../2018/lu.md)"),
    }
    return make_docs(posts)


def test_pages_are_those_that_sphinx_makes_when_all_is_read(
    sink_site, tmp_path, run_sphinx, monkeypatch
):
    docs = write_docs(tmp_path, list_sink_files())
    # So a site gets its address at Read the Docs.
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://exemple.fr/")

    done = run_sphinx(docs, tmp_path / "out", "-q", "-W")

    assert (done.returncode, done.stderr) == (0, "")
    assert read_pages(tmp_path / "out") == read_pages(sink_site.folder)


def test_only_what_waits_for_another_document_is_left_on_the_disk(linked, tmp_path):
    build_site(linked, tmp_path / "html", {})

    assert list_kept(tmp_path) == ["avant"]


def test_a_post_that_leads_to_another_title_now_is_read_again(linked, tmp_path):
    build_site(linked, tmp_path / "html", {})
    post = linked / "posts/2018/lu.md"
    post.write_text(post.read_text("utf-8").replace("# Lu", "# Relu"), encoding="utf-8")

    report = build_site(linked, tmp_path / "html", {})
    build_site(linked, tmp_path / "clean", {})

    assert report.clean == ""
    assert list_kept(tmp_path) == ["apres", "avant"]
    assert read_pages(tmp_path / "html") == read_pages(tmp_path / "clean")


def test_a_link_to_a_part_that_comes_with_the_same_build_is_no_fault(linked, tmp_path):
    build_site(linked, tmp_path / "html", {})
    for name, added in (
        ("2018/lu", "\n## Partie\n"),
        ("2017/avant", "\n[là](../2018/lu.md#partie)\n"),
    ):
        post = linked / f"posts/{name}.md"
        post.write_text(post.read_text("utf-8") + added, encoding="utf-8")

    build_site(linked, tmp_path / "html", {})

    assert b'lu.html#partie">' in (tmp_path / "html/posts/2017/avant.html").read_bytes()


def test_settings_of_docutils_are_found_once_for_all_documents(
    linked, tmp_path, monkeypatch, make_post
):
    made = []
    make = OptionParser.__init__
    monkeypatch.setattr(
        OptionParser, "__init__", lambda *args, **options: made.append(1) or make(*args, **options)
    )
    build_site(linked, tmp_path / "html", {})
    few = len(made)
    for number in range(3):
        path = linked / f"posts/2019/plus-{number}.md"
        path.write_text(make_post(title=f"Plus {number}", date="2019-01-01"), encoding="utf-8")

    build_site(linked, tmp_path / "other", {})

    assert len(made) == 2 * few
