"""The files of the index: what they say, and that nothing shows how they came about."""

import json

import pytest

from archivist.search import postings
from archivist.search.article import ArticleBlock
from archivist.search.files import IndexedPage, make_search
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import label_reading, read_blocks
from archivist.search.tables import Tables
from archivist.search.word_index import index_words

TEXTS = [
    ("Le compost", "Le compost nourrit la terre."),
    ("Un potager", "Un compost, deux composts."),
    ("Rien", "L’hiver."),
]


def index(texts, lexis=None):
    """Return the files of the search of pages, each a title and a text, by name."""
    lexis = lexis or Lexis()
    pages = [
        IndexedPage(
            url=f"{number}.html",
            reading=read_blocks([ArticleBlock(title, "h1"), ArticleBlock(text)], lexis),
        )
        for number, (title, text) in enumerate(texts)
    ]
    tables = Tables([page.reading for page in pages], lexis)
    made = make_search(pages, 0, tables, Dictionary())
    return {name: make().decode() for name, make, _ in made}


def read_words(files):
    """Return for each word its pages, each with the weight and the places: as index.js does."""
    found = {}
    for name, text in files.items():
        if name.startswith("words/"):
            words, _, signs = text.partition("\n")
            codes = (ord(sign) - (0x800 if sign >= "\ue000" else 0) for sign in signs)
            found |= {word: dict(read_hits(codes)) for word in words.split(" ")}
            assert next(codes, None) is None
    return found


def read_hits(codes):
    page = 0
    for _ in range(next(codes)):
        page += next(codes)
        count, is_heavy = divmod(next(codes), 2)
        weight = next(codes) if is_heavy else count
        place, places = 0, []
        for _ in range(count):
            place += next(codes)
            places.append(place)
        yield page, (weight, places)


def test_each_word_is_known_with_its_pages_its_weight_and_its_places():
    words = read_words(index(TEXTS))

    assert words["compost"] == {0: (11, [1, 3]), 1: (1, [3])}
    assert words["composts"] == {1: (1, [5])}
    assert words["hiver"] == {2: (1, [2])}
    # Link words have places too, for phrases.
    assert words["le"] == {0: (11, [0, 2])}


def test_what_finds_a_page_besides_its_text_is_told_apart_from_it():
    lexis = Lexis()
    reading = read_blocks([ArticleBlock("Le compost"), ArticleBlock("Il nourrit.")], lexis)
    told = label_reading(reading, ["Vers de terre", "Open-Data"], ["Le compost", "mai 2018"], lexis)
    tables = Tables([told], lexis)
    files = {name: make().decode() for name, make, _ in make_search(
        [IndexedPage(url="0.html", reading=told)], 0, tables, Dictionary()
    )}  # fmt: skip

    words = read_words(files)
    assert {word for word in words if not word.isalnum()} == {
        *("vers&", "terre&", "open&", "data&"),
        *("lecompost@", "compost@", "mai2018@"),
    }
    lexicon = "".join(text for name, text in files.items() if name.startswith("lexicon/"))
    assert "terre 1\n" in lexicon
    assert "=opendata open data\n" in lexicon
    assert "mai2018" not in lexicon
    assert told.text == reading.text
    shown = {each.word for each in index_words(tables, 0, Dictionary())}
    assert shown == {"compost", "nourrit"}


def test_numbers_that_are_no_signs_are_told_too():
    far = "a " * 0xD7FF + "loin"

    assert read_words(index([("Titre", f"{far} {far}")]))["loin"] == {0: (2, [0xD800, 0x1B000])}


def test_files_are_cut_by_the_alphabet_and_found_by_their_first_words(monkeypatch):
    whole = read_words(index(TEXTS))
    monkeypatch.setattr(postings, "_LEAST_FILE", 10)
    monkeypatch.setattr(postings, "_FILE_A_ROOT", 1)

    files = index(TEXTS)
    settings = json.loads(files["settings.json"])
    assert read_words(files) == whole
    assert len(settings["words"]) > 2
    for first, name in zip(settings["words"], settings["wordFiles"], strict=True):
        assert files[f"words/{name}.txt"].startswith(first)
    assert settings["words"] == sorted(settings["words"])


@pytest.mark.parametrize("texts", [[], [("", "")], TEXTS])
def test_what_was_read_before_does_not_show(texts):
    lexis = Lexis()
    index([("Hiver", "Les composts, la terre, un zèbre-neige.")], lexis)

    assert index(texts, lexis) == index(texts)


def test_a_text_has_another_name_only_when_its_batch_says_something_else():
    many = [(f"Page {number}", "Un texte.") for number in range(80)]
    changed = [*many[:40], ("Page 40", "Un autre texte."), *many[41:]]

    new = index(changed).keys() - index(many).keys()
    assert {name for name in new if name.startswith("texts/")} == {
        name for name in index(changed) if 36 <= number(name) < 72
    }


def number(name):
    return int(name.rpartition("/")[2].removesuffix(".json")) if name.startswith("texts/") else -1


def test_a_page_costs_every_search_next_to_nothing():
    few, many = (index([(f"Page {n}", "Un texte.") for n in range(pages)]) for pages in (100, 1100))

    assert (len(many["settings.json"]) - len(few["settings.json"])) / 1000 < 1


def test_an_author_cannot_write_into_the_index():
    files = index([("Titre", 'a","url":"x" \n b\u2028 </script> \x00')])

    (page,) = (json.loads(text) for name, text in files.items() if number(name) >= 0)
    assert page["url"] == "0.html"
    assert len(page["text"].split("\n")) == 2
