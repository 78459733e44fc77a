"""The archive itself builds, and reads as it should; what it holds is not this test's to say."""

from archivist.checks.run import check_archive
from archivist.dates.today import find_today
from archivist.posts.archive import read_archive


def test_the_archive_holds_no_mistake(root):
    docs = root / "docs"

    assert check_archive(read_archive(docs), find_today(docs)) == []


def test_the_archive_builds_with_its_lists(live_site):
    for name in (
        "index.html",
        "archives/index.html",
        "tag/index.html",
        "404.html",
        "glossaire.html",
    ):
        assert live_site.page(name).select("main h1")
    assert live_site.titles("index.html")


def test_every_post_answers_at_its_slug(live_site):
    for name in live_site.files():
        if name.startswith("posts/") and name.endswith(".html"):
            slug = name.rpartition("/")[2].removesuffix(".html")
            assert live_site.has(f"{slug}/index.html")


def test_the_archive_builds_without_any_of_its_posts(make_site):
    assert make_site({}).page("index.html").select("h1")
