"""Pictures that an import did not find: what pages show of them, and what becomes of that."""

import pytest
from lxml import html

from archivist.__main__ import main
from archivist.links.finding import find_links
from archivist.pictures.missing import read_missing
from archivist.posts.archive import read_archive
from tests.wordpress.conftest import BLOG, draw, write_item

UPLOADS = f"{BLOG}/wp-content/uploads"
TEXT = (
    f'<p><img src="{UPLOADS}/a.png" alt="Vue &amp; plan"> Bonjour</p>'
    f'<p><a href="https://exemple.org/"><img src="https://flickr.exemple.org/b.jpg" alt="Marché"></a></p>'
    f'<figure><a href="https://exemple.org/c"><img src="{UPLOADS}/c.gif" alt="Gare"></a>'
    "<figcaption>La gare</figcaption></figure>"
    f'<p><img src="{UPLOADS}/d.webp" alt=""></p>'
)


@pytest.fixture
def build(imports, monkeypatch):
    """Build the site, and return a page."""
    monkeypatch.chdir(imports.folder)

    def build(name="posts/2016/billet-1.html", output="html"):
        assert main(["build", "--output", output]) == 0
        return html.fromstring((imports.folder / output / name).read_bytes())

    return build


def test_a_missing_picture_says_its_words_and_leads_to_where_it_was(imports, build):
    imports.run(write_item(1, TEXT))
    page = build()

    article = page.find(".//article")
    assert article.xpath(".//img") == []
    words = [each.text_content() for each in article.find_class("missing-picture")]
    assert words == ["Vue & plan", "Marché", "Gare", ""]
    marks = article.xpath(".//span[contains(@class, 'dead-link')]/a")
    assert {each.text for each in marks} == {"image manquante"}
    assert [each.get("href") for each in marks] == [
        f"{UPLOADS}/a.png", "https://flickr.exemple.org/b.jpg", f"{UPLOADS}/c.gif", f"{UPLOADS}/d.webp"
    ]  # fmt: skip
    assert article.find(".//figcaption").text_content().strip().startswith("La gare")
    assert not [each for each in article.iter("a") if list(each.iter("a"))[1:]]
    assert "manquante" not in page.xpath("string(//meta[@name='description']/@content)")
    assert main(["import", "export.xml", "--audit", "--output", "html"]) == 0
    links = find_links(read_archive(imports.docs))
    assert "https://flickr.exemple.org/b.jpg" in links


def test_the_picture_takes_its_place_once_it_is_there(imports, build):
    imports.run(write_item(1, f'<img src="{UPLOADS}/a.png" alt="Vue">'))
    build()
    assert read_missing(imports.docs / "posts/2016/billet-1/a.png") == f"{UPLOADS}/a.png"
    (imports.docs / "posts/2016/billet-1/a.png").write_bytes(draw("red"))
    page = build()

    assert [each.get("alt") for each in page.find(".//article").iter("img")] == ["Vue"]
    assert page.find_class("missing-picture") == []
    imports.run(write_item(1, f'<img src="{UPLOADS}/a.png" alt="Vue">'))
    assert (imports.docs / "posts/2016/billet-1/a.png").read_bytes() == draw("red")


def test_the_audit_tells_of_a_missing_picture_that_a_page_forgets(imports, build):
    imports.run(write_item(1, TEXT))
    build()
    path = imports.folder / "html/posts/2016/billet-1.html"
    path.write_text(path.read_text("utf-8").replace(">Marché</span>", "></span>"), "utf-8")

    assert main(["import", "export.xml", "--audit", "--output", "html"]) == 1
