"""No English word of the interface is left anywhere in the output."""

import re
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import Comment

SPOKEN = ("aria-label", "aria-description", "title", "alt", "placeholder", "content", "value")
# English words that French has not, of months and of what themes say.
MONTHS = (
    "january february march april may june july august september october november december".split()
)
WORDS = """
    search next previous home skip content toggle light theme table contents back top view edit this
    read more posted posts by from tagged drafts draft updated author authors language languages
    location tags the of and with made copyright last link links permalink heading image page's see
    also warning tip important hint caution danger error loading please activate results found
    redirected seconds comments all recent show hide open close menu's sidebar navigation newer older
""".split()  # fmt: skip
# French has these too.
BOTH = {"page", "menu", "note", "image", "navigation", "danger", "important", "content", "table"}


@pytest.fixture
def site(sink_site):
    return sink_site


def sentences(page):
    """Yield every text and spoken attribute of a page, but for words marked as foreign and code."""
    for foreign in page.select("[lang=en], code, pre"):
        foreign.decompose()
    for text in page.find_all(string=True):
        if not isinstance(text, Comment) and text.parent.name not in {"script", "style"}:
            yield str(text)
    for element in page.find_all(True):
        if element.name == "meta" and element.get("name") != "description":
            continue
        yield from (element[name] for name in SPOKEN if element.get(name))


def words_of(page):
    texts = (re.sub(r"https?://\S+", "", text) for text in sentences(page))
    return {word for text in texts for word in re.findall(r"[a-z’']+", text.lower())}


def theme_sentences():
    """Return what Furo and ABlog say in English, from their own templates."""
    found = set()
    for package in ("furo", "ablog"):
        for path in Path(find_spec(package).origin).parent.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r"""_\(["'](.+?)["']\)""", text))
            found |= set(re.findall(r"""(?:aria-label|title)="([A-Z][^"{]+)\"""", text))
            found |= {
                " ".join(each.split())
                for each in re.findall(r"{%-? ?trans[^%]*%}([^{<]+)[{<]", text)
            }
    return {text for text in found if " " in text.strip()}


def test_no_english_word_is_shown_or_spoken(site):
    english = (set(MONTHS) | set(WORDS)) - BOTH

    found = {
        name: words & english
        for name, page in site.pages().items()
        if (words := words_of(page)) & english
    }
    assert found == {}


def test_no_sentence_of_the_themes_is_left(site):
    sentences_of_themes = theme_sentences()
    assert len(sentences_of_themes) > 15

    for name, page in site.pages().items():
        shown = {" ".join(text.split()) for text in sentences(page)}
        assert (name, shown & sentences_of_themes) == (name, set())


def test_no_line_can_break_where_french_forbids_it(site):
    for name, page in site.pages().items():
        loose = [
            text for text in sentences(page) if re.search(r"\S[ \n]+(?:[;!?»]|:(?!:))|«[ \n]", text)
        ]
        assert (name, loose) == (name, [])


def test_every_page_says_it_is_french(site):
    assert {page.html["lang"] for page in site.pages().values()} == {"fr"}


def test_every_page_reads_its_frame(site):
    for name, page in site.pages().items():
        if page.select("meta[http-equiv=refresh]"):
            continue
        assert (
            name,
            [
                len(page.select(each))
                for each in ("header.site-header", "main", "nav.site-menu", "footer.site-footer")
            ],
        ) == (name, [1, 1, 1, 1])
        assert "ERROR" not in page.get_text()


def test_every_page_says_in_a_sentence_what_it_is(site):
    for name, page in site.pages().items():
        if name != "search.html" and not page.select("meta[http-equiv=refresh], .choices"):
            assert (name, bool(page.select_one("meta[name=description]"))) == (name, True)


def test_headings_go_down_one_level_at_a_time(site):
    for name, page in site.pages().items():
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        steps = [after - before for before, after in pairwise(levels)]
        assert (name, levels[0], [step for step in steps if step > 1]) == (name, 1, [])


def test_no_id_stands_twice_on_a_page(site):
    for name, page in site.pages().items():
        ids = [element["id"] for element in page.find_all(id=True)]
        assert (name, sorted({each for each in ids if ids.count(each) > 1})) == (name, [])


def test_every_link_leads_somewhere(site):
    pages = site.pages()
    for name, page in pages.items():
        for element in page.find_all(href=True) + page.find_all(src=True):
            link = element.get("href") or element.get("src")
            if re.match(r"[a-z]+:", link) or link.startswith("/"):
                continue
            path, _, fragment = link.partition("#")
            target = (
                (site.folder / name).parent / path.partition("?")[0] if path else site.folder / name
            )
            assert target.resolve().is_file(), (name, link)
            if fragment and target.suffix == ".html":
                found = pages[target.resolve().relative_to(site.folder.resolve()).as_posix()]
                assert found.find(id=fragment), (name, link)
