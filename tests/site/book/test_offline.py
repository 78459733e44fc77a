import hashlib
import zipfile

import pytest

from archivist.commands.take_away import copy_site
from archivist.errors import ArchiveError
from tests.browser.conftest import watch
from tests.conftest import show_text, write_post

ANSWERED = "#search-status:not(:empty) ~ #search-results[aria-busy=false]"
ADDRESS = "https://exemple.fr/archives/"


@pytest.fixture(scope="module")
def copy(docs):
    """The ZIP file."""
    path = docs.parent / "archives.zip"
    copy_site(docs, path, {"html_baseurl": ADDRESS})
    return path


@pytest.fixture(scope="module")
def folder(copy, tmp_path_factory):
    """What is in it, unpacked where the path has a space and an accent."""
    place = tmp_path_factory.mktemp("à lire ici")
    zipfile.ZipFile(copy).extractall(place)
    return place / "archives"


@pytest.fixture
def open_page(browser, folder):
    """Return a function that opens a file, from the disk; no page may complain of anything."""
    opened = []

    def open_(name, **options):
        page = browser.new_page(**options)
        watch(page, "file://")
        page.goto((folder / "index.html").as_uri().replace("index.html", name))
        opened.append(page)
        return page

    yield open_
    faults = [fault for page in opened for fault in page.faults]
    for page in opened:
        page.close()
    assert faults == []


def test_the_home_page_leads_to_a_post(open_page):
    page = open_page("index.html")
    page.click("text=Des liens")

    page.wait_for_url("**/posts/2018/liens.html")
    assert page.locator("article h1").inner_text().startswith("Des liens & d’autres")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.site-side')).display") != "inline"
    )


def test_the_pictures_of_a_post_are_shown(open_page):
    page = open_page("posts/2018/evier.html")
    page.evaluate("document.querySelectorAll('img').forEach((each) => (each.loading = 'eager'))")
    page.wait_for_load_state("networkidle")
    widths = page.evaluate("[...document.images].map((each) => each.naturalWidth)")

    assert widths
    assert all(widths)


def ask(page, text):
    """Ask something in the box of *page*, and return the titles that answer."""
    page.evaluate("document.querySelector('#search-status')?.replaceChildren()")
    page.fill("#search-box:visible, #recherche:visible", text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector(ANSWERED, state="attached")
    return page.locator(".result-title").all_inner_texts()


def test_the_search_finds_the_post_of_a_word_and_leads_to_it(open_page):
    page = open_page("posts/2018/liens.html")

    assert ask(page, "licorne") == []
    assert ask(page, "LEGENDE cnfpt")[0] == "Tout ce qu’un billet peut contenir"
    assert page.locator("#search-status").inner_text().endswith("pour «\xa0LEGENDE cnfpt\xa0»")
    page.click(".result-title a")
    page.wait_for_url("**/posts/2018/evier.html*")


def test_the_box_proposes_titles_while_one_types(open_page):
    page = open_page("posts/2018/liens.html")
    page.locator("#recherche").press_sequentially("ete")
    page.wait_for_selector("[role=option]")

    page.click("[role=option] >> text=L’été")

    page.wait_for_url("file://**/posts/**")
    assert page.inner_text("h1").startswith("L’été")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("été", "L’été"),
        ("l'ete", "L’été"),
        ("anciens", "Ancien"),
        ("anci", "Ancien"),
        ("billet", "Un billet"),
        ("d'autres liens", "Des liens & d’autres"),
        ("« Des liens »", "Des liens & d’autres"),
        ("colone", "Tout ce qu’un billet peut contenir"),
    ],
)
def test_the_search_reads_french(open_page, text, title):
    assert ask(open_page("search.html"), text)[0] == title


def test_the_search_says_what_it_did_not_find(open_page):
    page = open_page("search.html")

    assert "Tapez quelques mots" in page.locator("#search-status").inner_text()
    assert ask(page, "zzyzwq") == []
    assert page.locator("#search-status").inner_text() == "Aucun résultat pour «\xa0zzyzwq\xa0»"
    assert ask(page, "colone")
    assert "corrigé\xa0: colonne" in page.inner_text("#search-notices")


def test_what_is_typed_is_never_read_as_html(open_page):
    page = open_page("search.html?q=%3Cimg src=x%3E")

    assert page.locator("main img").count() == 0


def test_without_scripts_the_index_of_words_leads_to_a_post(open_page):
    page = open_page("search.html", java_script_enabled=False)
    page.click("main >> text=l’index des mots")
    page.click("nav.letters >> text=C")
    page.click("dt:has-text('colonne') + dd a")

    page.wait_for_url("**/posts/2018/evier.html*")


@pytest.mark.parametrize("name", ["tag/index.html", "2018/07/index.html", "mots/a/index.html"])
def test_a_list_opens_without_a_complaint(open_page, name):
    assert open_page(name).locator("h1").count() == 1


def test_it_holds_no_draft_and_nothing_that_only_a_host_needs(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix() for path in files}

    assert not any("brouillon" in name or "redirects" in name for name in names)
    names_of_search = {name for name in names if name.startswith("_search/")}
    assert {name.split(".")[-1] for name in names_of_search} == {"js"}
    assert names.isdisjoint({"404.html", "_headers", ".htaccess", "caddy.conf", ".buildinfo"})
    assert "_static/search/page.js" not in names
    assert not any("Le secret" in show_text(path.read_bytes()) for path in files)


def test_it_says_how_to_begin(folder):
    text = (folder / "LISEZ-MOI.txt").read_text(encoding="utf-8")

    assert text.startswith(
        "Archives de l’innovation publique\n46\xa0billets parus de 2015 à 2018\n"
    )
    assert "ouvrez index.html" in text
    assert ADDRESS in text


def test_its_files_are_those_it_lists(folder):
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }

    assert listed == there


def test_the_same_sources_make_the_same_bytes_whatever_was_made_before(copy, docs, tmp_path):
    before = copy.read_bytes()
    copy_site(docs, tmp_path / "archives.zip", {"html_baseurl": ADDRESS})
    assert (tmp_path / "archives.zip").read_bytes() == before

    post = docs / "posts/2019/nouveau.md"
    post.parent.mkdir()
    post.write_text(write_post(title="Nouveau", date="2019-01-01"), encoding="utf-8")
    copy_site(docs, copy, {"html_baseurl": ADDRESS})
    assert copy.read_bytes() != before
    post.unlink()
    post.parent.rmdir()
    copy_site(docs, copy, {"html_baseurl": ADDRESS})
    assert copy.read_bytes() == before


def test_a_mistake_is_told_and_leaves_the_copy_as_it_was(make_docs, make_post, tmp_path):
    path = tmp_path / "archives.zip"
    copy_site(make_docs({"2018/billet.md": make_post()}), path, {})
    before = path.read_bytes()

    with pytest.raises(ArchiveError, match=r"billet\.md:2: "):
        copy_site(make_docs({"2018/billet.md": make_post(date="hier")}), path, {})
    assert path.read_bytes() == before


def test_a_folder_is_no_file_to_write(make_docs, tmp_path):
    with pytest.raises(ArchiveError, match="indiquez un fichier"):
        copy_site(make_docs({}), tmp_path, {})


def test_the_site_of_a_host_has_none_of_it(live_site):
    assert not live_site.has("LISEZ-MOI.txt")
    assert not live_site.has("_search/search.js")
    assert not live_site.has("_search/settings.json.js")
    assert not live_site.has("_static/search/in-folder.js")
