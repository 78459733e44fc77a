from archivist.search.article import ArticleBlock
from archivist.search.inflection import Dictionary
from archivist.search.lexicon import list_entries, write_lexicon
from archivist.search.lexis import Lexis
from archivist.search.postings import find_postings
from archivist.search.reading import read_blocks
from archivist.search.tables import Tables


def write(*texts):
    """Return the lines of the lexicon's files, by name, for pages of these texts."""
    lexis = Lexis()
    readings = [read_blocks([ArticleBlock(text)], lexis) for text in texts]
    tables = Tables(readings, lexis)
    entries = list_entries(readings, tables, find_postings(tables, readings), Dictionary())
    files = write_lexicon(entries)
    assert all(text.endswith("\n.\n") for text in files.values())
    return {name: text.splitlines()[:-1] for name, text in files.items()}


def test_forms_stand_together_with_the_number_of_their_pages():
    files = write("Une fête sportive.", "Des fêtes sportives, des sportives.")

    assert "sportive 1 sportives 1" in files["s"]
    assert "fête 1 fêtes 1" in files["f"]


def test_compounds_and_acronyms_are_told():
    files = write("Le demi-tour du Réseau des Jardins (RJ).")

    assert "=demitour demi tour" in files["d"]
    assert ">rj reseau des jardins" in files["r"]


def test_link_words_are_left_out():
    assert write("le la les de du") == {}


def test_a_letter_with_many_words_is_parted_by_the_second():
    letters = "aeiouy"
    words = [
        f"b{a}{b}{c}{d}{e}"
        for a in letters
        for b in letters
        for c in letters
        for d in letters
        for e in letters[:3]
    ]

    files = write(" ".join(words))

    assert {"ba", "be"} <= files.keys()
    assert all(line.startswith("ba") for line in files["ba"])


def test_numbers_share_a_file():
    assert write("En 2019 et 77") == {"0": ["2019 1", "77 1"]}
